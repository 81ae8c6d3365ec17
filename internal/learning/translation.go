package learning

import (
	"context"
	"slices"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/draft"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/learning/content"
)

// Turning is a translation being made: one draft a module and language.
type Turning struct {
	Screens map[string]Turned // by screen; "_" is the title and summary
}

// Turned is one screen of it. The title and summary stand in Title and Text.
type Turned struct {
	Typed
	From  string // the state of the source that it is made from
	Done  bool
	Voice *Voice // nil: its recording stays as it was published
}

// Voice is a new recording of a screen; without a path there is to be none.
type Voice struct {
	Path string
	Hash blob.Hash
}

func (w Turned) equal(o Turned) bool {
	return w.Mark() == o.Mark() && (w.Voice == nil) == (o.Voice == nil) && (w.Voice == nil || *w.Voice == *o.Voice)
}

// Translation is a module as its translator sees it.
type Translation struct {
	Module
	Lang    string
	Source  *content.Text
	Text    *content.Text     // nil: the module does not speak the language yet
	From    map[string]string // what each screen was made from
	Turning Turning
}

// States of a screen for its translator.
const (
	Missing = "missing"
	Stale   = "stale"
	Begun   = "begun" // something is typed, not said to be done
	Done    = "done"  // waits to be published
	Fresh   = "fresh"
)

func turningOf(programme id.ID, slug, lang string) draft.Draft {
	return draft.Draft{Programme: programme, Kind: "translation", Key: slug + "/" + lang}
}

// Translation reads a module beside its translation: three queries.
func (s *Service) Translation(ctx context.Context, programme id.ID, slug, lang string) (Translation, error) {
	last, err := s.last(ctx, programme, slug)
	if err != nil {
		return Translation{}, err
	}
	if last.Content == nil || lang == last.Source {
		return Translation{}, fault.New(fault.NotFound, "")
	}
	t := Translation{
		Module: last.Module, Lang: lang, Source: last.Content.Languages[last.Source],
		Text: last.Content.Languages[lang], From: last.Sources[lang],
	}
	_, _, err = draft.Get(ctx, s.J.DB(), turningOf(programme, slug, lang), &t.Turning)
	return t, err
}

// Names lists what is to be translated, in order: the title and summary, then the screens.
func (t Translation) Names() []string {
	out := []string{headMark}
	for _, s := range t.Source.Screens {
		out = append(out, s.ID)
	}
	return out
}

// State of one screen.
func (t Translation) State(name string) string {
	turned, typed := t.Turning.Screens[name]
	switch {
	case typed && turned.Done && turned.From == t.hash(name):
		return Done
	case typed:
		return Begun
	case t.Text == nil || t.From[key(name)] == "":
		return Missing
	case t.From[key(name)] != t.hash(name):
		return Stale
	}
	return Fresh
}

// Left counts the screens that are neither up to date nor done.
func (t Translation) Left() (n int) {
	for _, name := range t.Names() {
		if s := t.State(name); s != Fresh && s != Done {
			n++
		}
	}
	return n
}

func (t Translation) hash(name string) string { return t.Source.Hashes()[key(name)] }

// key is a screen's name as content knows it.
func key(name string) string {
	if name == headMark {
		return ""
	}
	return name
}

// SourceSheet is a screen of the source as a form shows it; ok is false where there is none.
func (t Translation) SourceSheet(name string) (Typed, bool) { return sheet(t.Source, name) }

func sheet(t *content.Text, name string) (Typed, bool) {
	if name == headMark {
		return Typed{Title: t.Title, Text: t.Summary}, true
	}
	s, ok := screenOf(t, name)
	return TypedOf(s), ok
}

// Sheet is the translation of a screen so far, in the shape of its source.
func (t Translation) Sheet(name string) Typed {
	source, _ := t.SourceSheet(name)
	if turned, ok := t.Turning.Screens[name]; ok {
		return t.shaped(turned.Typed, source)
	}
	if t.Text == nil || t.From[key(name)] == "" { // stands in the source language: nothing to begin from
		return t.shaped(Typed{}, source)
	}
	now, _ := sheet(t.Text, name)
	return t.shaped(now, source)
}

// shaped gives typed words the picture, the kind, the package and the lines of the source: a translator says what
// is said, not what is right. A language keeps a picture or package of its own while the module has it.
func (t Translation) shaped(w, source Typed) Typed {
	w.Kind, w.Items = source.Kind, slices.Clone(w.Items)
	if t.Content.Files[w.Picture] == nil || source.Picture == "" {
		w.Picture = source.Picture
	}
	if w.Kind == content.Packaged && t.Content.Files[w.Body] == nil {
		w.Body = source.Body
	}
	w.Items = append(w.Items, make([]TypedItem, len(source.Items))...)[:len(source.Items)]
	for i := range w.Items {
		w.Items[i].Right = source.Items[i].Right
	}
	return w
}

// Waiting counts the screens that are done and not published.
func (t Translation) Waiting() (n int) {
	for _, name := range t.Names() {
		if t.State(name) == Done {
			n++
		}
	}
	return n
}

// Recording is the path of a screen's recording as it will be published, or empty.
func (t Translation) Recording(name string) string {
	if v := t.Turning.Screens[name].Voice; v != nil {
		return v.Path
	}
	return content.Recording(t.Content.Files, t.Lang, name)
}
