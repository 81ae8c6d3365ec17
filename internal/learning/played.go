package learning

import (
	"strings"

	"tremplin/internal/core/blob"
	"tremplin/internal/learning/content"
)

// stagedName is a package of a module, by the name of the module's document.
type stagedName struct {
	module blob.Hash
	path   string
}

// Staged is under which name a module's package is played: the SHA-256 of its bytes, the same in every version
// that has it.
func (s *Service) Staged(m Module, path string) (blob.Hash, error) {
	return s.staged.Make(stagedName{blob.Hash(m.Package), path}, func() (blob.Hash, error) { return blob.Sum(m.Content.Files[path]), nil })
}

// Played opens a package by that name. The error is fault.Missing where there is none, content.Problems where
// the document is something else.
func (s *Service) Played(name blob.Hash) (*content.Package, error) {
	return s.stage.Make(name, func() (*content.Package, error) {
		b, err := s.Blobs.Get(name)
		if err != nil {
			return nil, err
		}
		return content.ReadPackage(b)
	})
}

// keepPackages keeps each package as a document of its own, so that it is played without its module.
func (s *Service) keepPackages(m *content.Module) error {
	for path, data := range m.Files {
		if strings.HasSuffix(path, ".h5p") {
			if _, err := s.Blobs.Put(data); err != nil {
				return err
			}
		}
	}
	return nil
}
