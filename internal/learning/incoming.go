package learning

import (
	"bytes"
	"context"
	"maps"
	"path"
	"reflect"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/draft"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/learning/content"
	"tremplin/internal/learning/document"
)

// Incoming is a package that came from outside, to be looked at before it becomes a draft: a file, or
// the module of a programme that runs here too.
type Incoming struct {
	Package blob.Hash
	Origin  id.ID // that programme; zero: a file
	Of      int64 // the version there

	Document bool // it was made of a document: what a module says of itself is still to be asked
	Left     []document.Left
}

func incomingOf(a access.Actor, slug string) draft.Draft {
	return draft.Draft{Programme: a.Programme, Kind: "import", Key: slug, Person: a.Person}
}

// Receive keeps a file to be looked at and returns the module's slug: a package, or a document, of which a module is
// made. The error is content.Problems where the file cannot be taken.
func (s *Service) Receive(ctx context.Context, a access.Actor, u Upload) (slug string, err error) {
	if kind := document.Kind(u.Data); kind != "zip" {
		return s.receiveDocument(ctx, a, kind, u)
	}
	m, err := content.ReadZip(bytes.NewReader(u.Data), int64(len(u.Data)), content.DefaultLimits)
	if err != nil {
		return "", err
	}
	return s.receive(ctx, a, m, Incoming{})
}

// Adopt takes the newest version of a module from another programme that runs here.
func (s *Service) Adopt(ctx context.Context, a access.Actor, from id.ID, slug string) (string, error) {
	m, err := s.Module(ctx, from, slug)
	if err != nil {
		return "", err
	}
	if from == a.Programme || m.Retired {
		return "", fault.New(fault.NotFound, "")
	}
	return s.receive(ctx, a, m.Content, Incoming{Origin: from, Of: m.Number})
}

func (s *Service) receive(ctx context.Context, a access.Actor, m *content.Module, in Incoming) (string, error) {
	if reserved[m.Slug] {
		return "", content.Problems{{File: "module.yaml", Code: content.MetaSlug, Detail: m.Slug}}
	}
	last, err := s.last(ctx, a.Programme, m.Slug)
	if err != nil {
		return "", err
	}
	if last.Content != nil && last.Source != m.Source {
		return "", fault.New(fault.Invalid, "author.import.source", "Language", last.Source)
	}
	if in.Package, err = s.pack(m); err != nil {
		return "", err
	}
	return m.Slug, draft.Put(ctx, s.J.DB(), incomingOf(a, m.Slug), in, s.J.Now())
}

// Incoming reads what was received; ok is false where nothing waits.
func (s *Service) Incoming(ctx context.Context, a access.Actor, slug string) (in Incoming, m *content.Module, ok bool, err error) {
	_, ok, err = draft.Get(ctx, s.J.DB(), incomingOf(a, slug), &in)
	if err == nil && ok {
		m, err = s.Package(in.Package)
	}
	return in, m, ok, err
}

// Take makes what was received the module's draft: what was in the draft before is replaced.
func (s *Service) Take(ctx context.Context, a access.Actor, slug string) error {
	in, m, ok, err := s.Incoming(ctx, a, slug)
	if err != nil || !ok { // a second click finds nothing: it is the draft
		return err
	}
	return s.take(ctx, a, slug, in, m)
}

// take makes a draft of a module that arrived under a slug.
func (s *Service) take(ctx context.Context, a access.Actor, slug string, in Incoming, m *content.Module) error {
	last, err := s.last(ctx, a.Programme, m.Slug)
	if err != nil {
		return err
	}
	w := taken(in, m, last)
	if w.Files, err = s.keepFiles(withOthers(m, last.Content)); err != nil {
		return err
	}
	if err := draft.Put(ctx, s.J.DB(), manuscriptOf(a.Programme, m.Slug), w, s.J.Now()); err != nil {
		return err
	}
	return draft.Delete(ctx, s.J.DB(), incomingOf(a, slug))
}

// taken makes a draft of a package: languages that it does not bring, or brings as they are, stay out.
func taken(in Incoming, m *content.Module, last version) Manuscript {
	w := Manuscript{
		Meta: m.Meta, Base: last.Number, Package: last.Package, Origin: in.Origin, Of: in.Of,
		Languages: map[string]*content.Text{}, Sources: Sources{},
	}
	if in.Origin.IsZero() && last.Content != nil {
		w.Origin, w.Of = last.Origin, last.OriginNumber
	}
	sources := carried(last.Content, last.Sources, m)
	for lang, t := range m.Languages {
		if lang == m.Source || !reflect.DeepEqual(t, textOf(last.Content, lang)) {
			w.Languages[lang] = t
		}
		if lang != m.Source && w.Languages[lang] != nil {
			w.Sources[lang] = sources[lang]
		}
	}
	return w
}

// withOthers adds to a package's files those of the languages that it does not bring.
func withOthers(m, last *content.Module) map[string][]byte {
	files := maps.Clone(m.Files)
	if last == nil {
		return files
	}
	for name, data := range last.Files {
		lang, isAudio := strings.CutPrefix(path.Dir(name), "audio/")
		remade := content.Larger(m.Files, name) != "" // a film that comes without a size for phones has none
		if files[name] == nil && !remade && (!isAudio || m.Languages[lang] == nil) {
			files[name] = data
		}
	}
	return files
}
