package learning

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/draft"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/learning/content"
)

// Manuscript is a module being edited: one draft a module, shared by its authors, until it is published or
// thrown away. Only the source is edited here; translators have drafts of their own.
type Manuscript struct {
	Meta      content.Meta
	Base      int64                    // the version from which it began; 0: the module is new
	Package   string                   // of that version
	Languages map[string]*content.Text // the source, and what a file brought in other languages
	Sources   Sources                  // of those others
	Files     map[string]blob.Hash     // pictures and recordings, by path
	Typed     map[string]Typed         // screens that do not parse yet
	Smaller   map[string]bool          `json:",omitempty"` // films, by path, with which a size for phones goes once it is made
	Origin    id.ID                    // the programme from which it was adopted
	Of        int64                    // the version there

	Changed time.Time `json:"-"`
	Sizes   Sizes     `json:"-"` // what became of making its films smaller
}

// Source is the text that is edited.
func (w *Manuscript) Source() *content.Text { return w.Languages[w.Meta.Source] }

// Fingerprint names what stands in the work now.
func (w *Manuscript) Fingerprint() string {
	same := journal.Same(w)
	return id.Derive(same[:]).String()
}

// Sheet is a screen as the form shows it; ok is false where there is none.
func (w *Manuscript) Sheet(screen string) (t Typed, ok bool) {
	for _, s := range w.Source().Screens {
		if s.ID == screen {
			if t, ok := w.Typed[screen]; ok {
				return t, true
			}
			return TypedOf(s), true
		}
	}
	return t, false
}

// Mark names the state of one screen, so that a second editor is told of the first.
func (t Typed) Mark() string {
	same := journal.Same(t)
	return id.Derive(same[:]).String()
}

// Troubles are all that stands between the screens and being published, by screen.
func (w *Manuscript) Troubles() map[string][]Trouble {
	out := map[string][]Trouble{}
	for _, s := range w.Source().Screens {
		t, _ := w.Sheet(s.ID)
		if _, wrong := t.Screen(s.ID); len(wrong) > 0 {
			out[s.ID] = wrong
		}
	}
	return out
}

func manuscriptOf(programme id.ID, slug string) draft.Draft {
	return draft.Draft{Programme: programme, Kind: "module", Key: slug}
}

// Manuscript reads a module's draft; ok is false where nobody is editing it.
func (s *Service) Manuscript(ctx context.Context, programme id.ID, slug string) (w Manuscript, ok bool, err error) {
	w.Changed, ok, err = draft.GetWith(ctx, s.J.DB(), manuscriptOf(programme, slug), &w, sizesOf(programme, slug).Kind, &w.Sizes)
	return w, ok, err
}

// Change changes a module's draft; where there is none, one begins from the version published.
func (s *Service) Change(ctx context.Context, programme id.ID, slug string, f func(*Manuscript) error) error {
	_, err := draft.Change(ctx, s.J.DB(), manuscriptOf(programme, slug), s.J.Now(), func(w *Manuscript, found bool) (err error) {
		if !found {
			if *w, err = s.begin(ctx, programme, slug); err != nil {
				return err
			}
		}
		return f(w)
	})
	return err
}

// begin makes the draft of a module that is published.
func (s *Service) begin(ctx context.Context, programme id.ID, slug string) (Manuscript, error) {
	m, err := s.Module(ctx, programme, slug)
	if err != nil {
		return Manuscript{}, err
	}
	w := Manuscript{
		Meta: m.Content.Meta, Base: m.Number, Package: m.Package, Origin: m.Origin, Of: m.OriginNumber,
		Languages: map[string]*content.Text{m.Source: copied(m.Content.Languages[m.Source])},
	}
	w.Files, err = s.keepFiles(m.Content.Files)
	return w, err
}

// copied is a text whose screens can be moved about: a package that was read is shared and never changes.
func copied(t *content.Text) *content.Text {
	c := *t
	c.Screens = slices.Clone(t.Screens)
	return &c
}

// keepFiles keeps pictures and recordings as documents of their own: they have no person.
func (s *Service) keepFiles(files map[string][]byte) (map[string]blob.Hash, error) {
	out := map[string]blob.Hash{}
	var err error
	for path, data := range files {
		if out[path], err = s.Blobs.Put(data); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Discard throws a draft away: the version published stays.
func (s *Service) Discard(ctx context.Context, programme id.ID, slug string) error {
	if err := draft.Delete(ctx, s.J.DB(), manuscriptOf(programme, slug)); err != nil {
		return err
	}
	return draft.Delete(ctx, s.J.DB(), sizesOf(programme, slug))
}

// Found begins the draft of a module that is not published yet. Its slug is made of its title.
func (s *Service) Found(ctx context.Context, programme id.ID, title, source string) (slug string, err error) {
	title = oneLine(title)
	if err := checkTitle(title); err != nil {
		return "", err
	}
	slug = Slug(title, "module", func(v string) bool { return reserved[v] })
	_, err = draft.Change(ctx, s.J.DB(), manuscriptOf(programme, slug), s.J.Now(), func(w *Manuscript, found bool) error {
		_, err := s.Module(ctx, programme, slug)
		switch {
		case err == nil || found:
			return fault.Fields(fault.Field{Name: "title", Key: "author.title.taken"})
		case !fault.Is(err, fault.NotFound):
			return err
		}
		*w = blank(slug, title, source)
		return nil
	})
	return slug, err
}

// reserved are addresses of the workshop itself.
var reserved = map[string]bool{"new": true, "import": true, "adopt": true}

func blank(slug, title, source string) Manuscript {
	return Manuscript{
		Meta:      content.Meta{Slug: slug, Source: source, Level: "A2", Minutes: 20, Audience: "learner", Licence: "CC-BY-4.0"},
		Languages: map[string]*content.Text{source: {Lang: source, Title: title}},
		Files:     map[string]blob.Hash{},
	}
}

// assemble makes the module that a draft would publish, on top of the newest version.
func (s *Service) assemble(w Manuscript, last version) (*content.Module, Sources, error) {
	base, err := s.base(w)
	if err != nil {
		return nil, nil, err
	}
	m, sources := merged(w, base, last)
	files := maps.Clone(w.Files)
	maps.DeleteFunc(files, func(name string, _ blob.Hash) bool { return last.Content != nil && w.others(name) })
	added, err := s.keepFiles(addedSince(w, base, last.Content))
	if err != nil {
		return nil, nil, err
	}
	maps.Copy(files, added)
	m.Files, err = s.files(m, files)
	return m, sources, err
}

func (s *Service) base(w Manuscript) (*content.Module, error) {
	if w.Base == 0 {
		return nil, nil
	}
	return s.Package(blob.Hash(w.Package))
}

// files reads those that a module shows or plays; what nobody would see is left behind.
func (s *Service) files(m *content.Module, kept map[string]blob.Hash) (map[string][]byte, error) {
	out := map[string][]byte{}
	var errs error
	for path, h := range kept {
		if !wanted(m, path) {
			continue
		}
		data, err := s.Blobs.Get(h)
		errs = errors.Join(errs, err)
		out[path] = data
	}
	return out, errs
}

// Opened reads a module's draft, or what one would begin as; begun tells which.
func (s *Service) Opened(ctx context.Context, programme id.ID, slug string) (m Manuscript, begun bool, err error) {
	if m, begun, err = s.Manuscript(ctx, programme, slug); err != nil || begun {
		return m, begun, err
	}
	m, err = s.begin(ctx, programme, slug)
	return m, false, err
}
