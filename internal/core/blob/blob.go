// Package blob keeps documents: immutable bytes named by their SHA-256, in a folder. What is written
// twice is written once. It knows nothing of what the bytes mean.
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tremplin/internal/core/fault"
)

// Hash is the SHA-256 of a document, 64 hexadecimal digits.
type Hash string

// sound tells whether it can be a hash at all, and so a part of a path.
func (h Hash) sound() bool { return len(h) == 64 && strings.Trim(string(h), "0123456789abcdef") == "" }

// Store is a folder of documents.
type Store struct{ dir string }

// In is the store in a folder, which the first document makes.
func In(dir string) *Store { return &Store{dir} }

// Sum names bytes without keeping them.
func Sum(b []byte) Hash {
	s := sha256.Sum256(b)
	return Hash(hex.EncodeToString(s[:]))
}

// Put keeps a document, whole or not at all, and on disk before it is named.
func (s *Store) Put(b []byte) (Hash, error) {
	h := Sum(b)
	at := s.path(h)
	if s.Has(h) {
		return h, nil
	}
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		return "", err
	}
	return h, write(at, b)
}

func write(at string, b []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(at), "new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), at)
}

// Get reads a document and holds it to its name. One that is missing is missing to whoever looks after the
// folder: another process may keep its documents elsewhere.
func (s *Store) Get(h Hash) ([]byte, error) {
	if !h.sound() {
		return nil, fault.New(fault.NotFound, "")
	}
	b, err := os.ReadFile(s.path(h))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &fault.Error{Code: fault.Missing, Cause: fmt.Errorf("document %s is not in %s", h, s.dir)}
	}
	if err == nil && Sum(b) != h {
		return nil, errors.New("document " + string(h) + " is damaged on disk")
	}
	return b, err
}

// Has tells whether a document is here.
func (s *Store) Has(h Hash) bool {
	if !h.sound() {
		return false
	}
	_, err := os.Stat(s.path(h))
	return err == nil
}

// Size is how many bytes a document has; 0 where it is not here.
func (s *Store) Size(h Hash) int64 {
	if !h.sound() {
		return 0
	}
	info, err := os.Stat(s.path(h))
	if err != nil {
		return 0
	}
	return info.Size()
}

// Dir is the folder.
func (s *Store) Dir() string { return s.dir }

func (s *Store) path(h Hash) string { return filepath.Join(s.dir, string(h[:2]), string(h)) }
