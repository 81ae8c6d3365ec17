package learning

import (
	"context"
	"errors"
	"maps"
	"slices"

	"tremplin/internal/core/access"
	"tremplin/internal/core/draft"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/learning/content"
)

// Turn keeps the translation of one screen; was is the mark of what the form showed. Where it is said to be
// done, what is wrong is returned, and kept all the same.
func (s *Service) Turn(ctx context.Context, a access.Actor, slug, lang, name, was string, w Turned) ([]Trouble, error) {
	var wrong []Trouble
	t, err := s.Translation(ctx, a.Programme, slug, lang)
	if err != nil {
		return nil, err
	}
	source, ok := t.SourceSheet(name)
	if !ok {
		return nil, fault.New(fault.NotFound, "")
	}
	w.Typed = t.shaped(w.Typed, source)
	if w.Done {
		wrong = w.translated(t, name)
		w.Done = len(wrong) == 0
	}
	_, err = draft.Change(ctx, s.J.DB(), turningOf(a.Programme, slug, lang), s.J.Now(), func(all *Turning, _ bool) error {
		t.Turning = *all
		if mark := t.Sheet(name).Mark(); mark != was && mark != w.Mark() {
			return fault.New(fault.Conflict, "author.screen.other")
		}
		all.take(name, w)
		return nil
	})
	return wrong, err
}

// take puts a screen in its place; a recording that was brought before stays, unless another is.
func (w *Turning) take(name string, now Turned) {
	if now.Voice == nil {
		now.Voice = w.Screens[name].Voice
	}
	if w.Screens == nil {
		w.Screens = map[string]Turned{}
	}
	w.Screens[name] = now
}

// translated tells what keeps a translated screen from being published.
func (t Typed) translated(of Translation, name string) []Trouble {
	if name == headMark {
		return t.face(of)
	}
	source, _ := screenOf(of.Source, name)
	screen, wrong := t.Screen(name)
	if len(wrong) == 0 {
		one := func(s content.Screen) *content.Text { return &content.Text{Screens: []content.Screen{s}} }
		for _, p := range content.Same(one(source), one(screen)) {
			wrong = append(wrong, Trouble{Field: "items", Code: p.Code})
		}
	}
	return wrong
}

// face checks a title and summary.
func (t Typed) face(of Translation) (wrong []Trouble) {
	text := content.Text{Lang: of.Lang, Title: t.Title, Summary: t.Text, Screens: of.Source.Screens}
	_, err := content.ParseText(of.Lang, text.Format())
	var ps content.Problems
	errors.As(err, &ps)
	for _, p := range ps {
		field := "title"
		if p.Code == content.TextNoSummary || p.Code == content.SummaryLong {
			field = "text"
		}
		wrong = append(wrong, Trouble{Field: field, Code: p.Code})
	}
	return wrong
}

// PublishTranslation makes a version with what is done in one language. A language that is new must be whole.
func (s *Service) PublishTranslation(ctx context.Context, a journal.Act, slug, lang string) error {
	last, err := s.last(ctx, a.Programme, slug)
	if err != nil {
		return err
	}
	t, err := s.Translation(ctx, a.Programme, slug, lang)
	if err != nil {
		return err
	}
	if t.Text == nil && t.Left() > 0 && len(t.Turning.Screens) > 0 {
		return fault.New(fault.Invalid, "translate.unfinished", "N", t.Left())
	}
	m, sources, ok := t.turned(last)
	if !ok { // a second click finds nothing that is done
		return nil
	}
	if m.Files, err = s.recorded(t, m.Files); err != nil {
		return err
	}
	p := Publication{Module: m, Sources: sources, Note: TranslationNote + lang, From: last.Origin, Of: last.OriginNumber}
	if err := s.publish(ctx, a, last, &p, nil); err != nil {
		return err
	}
	return s.forgetDone(ctx, a.Programme, slug, lang, t.Turning)
}

// recorded puts the recordings of what is done among the files of a module.
func (s *Service) recorded(t Translation, files map[string][]byte) (map[string][]byte, error) {
	out := maps.Clone(files)
	for name, w := range t.Turning.Screens {
		if w.Voice == nil || t.State(name) != Done {
			continue
		}
		delete(out, content.Recording(out, t.Lang, name))
		if w.Voice.Path == "" {
			continue
		}
		data, err := s.Blobs.Get(w.Voice.Hash)
		if err != nil {
			return nil, err
		}
		out[w.Voice.Path] = data
	}
	return out, nil
}

// TranslationNote begins the note of a version that brings a translation up to date; the language follows.
const TranslationNote = "translation: "

// turned puts what is done into the newest version.
func (t Translation) turned(last version) (*content.Module, Sources, bool) {
	m, sources := *last.Content, last.Sources.clone()
	text := content.Text{Lang: t.Lang}
	if t.Text != nil {
		text = *copied(t.Text)
	}
	if sources[t.Lang] == nil {
		sources[t.Lang] = map[string]string{}
	}
	any := false
	for _, name := range t.Names() {
		if t.State(name) == Done {
			any = t.put(&text, name) || any
			sources[t.Lang][key(name)] = t.Turning.Screens[name].From
		}
	}
	m.Languages = maps.Clone(last.Content.Languages)
	m.Languages[t.Lang], sources[t.Lang] = aligned(t.Source, t.Source, &text, sources[t.Lang])
	return &m, sources, any
}

func (t Translation) put(text *content.Text, name string) bool {
	typed := t.Turning.Screens[name].Typed
	if name == headMark {
		text.Title, text.Summary = oneLine(typed.Title), oneLine(typed.Text)
		return true
	}
	source, _ := t.SourceSheet(name)
	screen, wrong := t.shaped(typed, source).Screen(name)
	if len(wrong) > 0 {
		return false
	}
	i := slices.IndexFunc(text.Screens, func(s content.Screen) bool { return s.ID == name })
	if i < 0 {
		text.Screens = append(text.Screens, screen)
	} else {
		text.Screens[i] = screen
	}
	return true
}

// forgetDone takes out of the draft what is published; what was typed since stays.
func (s *Service) forgetDone(ctx context.Context, programme id.ID, slug, lang string, published Turning) error {
	_, err := draft.Change(ctx, s.J.DB(), turningOf(programme, slug, lang), s.J.Now(), func(w *Turning, _ bool) error {
		for name, was := range published.Screens {
			if now := w.Screens[name]; was.Done && now.Done && now.equal(was) {
				delete(w.Screens, name)
			}
		}
		return nil
	})
	return err
}

// Before finds the source that a screen was translated from, in the versions that there were; ok is false
// where none is known, as for a screen that is new.
func (s *Service) Before(ctx context.Context, t Translation, programme id.ID, name string) (Typed, bool, error) {
	from := t.From[key(name)]
	if from == "" || t.State(name) == Fresh {
		return Typed{}, false, nil
	}
	versions, err := Versions.Select(ctx, s.J.DB(), programme, "and owner=$2 order by number desc limit 50", t.Owner)
	for _, v := range versions {
		m, err := s.PackageOf(v.Package)
		if err != nil {
			return Typed{}, false, err
		}
		if source := m.Languages[t.Module.Source]; source != nil && source.Hashes()[key(name)] == from {
			was, ok := sheet(source, name)
			return was, ok, nil
		}
	}
	return Typed{}, false, err
}
