package learning

import (
	"maps"
	"path"
	"slices"
	"strings"

	"tremplin/internal/learning/content"
)

// merged puts a draft onto the newest version: the source is the draft's; of the translations, what the
// draft did not bring stays as others have published it meanwhile. base is where the draft began, or nil.
func merged(w Manuscript, base *content.Module, last version) (*content.Module, Sources) {
	m := &content.Module{Meta: w.Meta, Languages: map[string]*content.Text{w.Meta.Source: w.Source()}}
	sources := Sources{}
	for _, lang := range translations(w, last) {
		t := mergedText(w, base, last, lang)
		was := textOf(last.Content, w.Meta.Source)
		m.Languages[lang], sources[lang] = aligned(w.Source(), was, t.text, t.from)
	}
	return m, sources
}

func translations(w Manuscript, last version) []string {
	langs := languages(w.Languages)
	if last.Content != nil {
		langs = append(langs, languages(last.Content.Languages)...)
	}
	slices.Sort(langs)
	return slices.DeleteFunc(slices.Compact(langs), func(l string) bool { return l == w.Meta.Source })
}

func textOf(m *content.Module, lang string) *content.Text {
	if m == nil || m.Languages[lang] == nil {
		return &content.Text{Lang: lang}
	}
	return m.Languages[lang]
}

// made is a translation with what its screens were made from.
type made struct {
	text *content.Text
	from map[string]string
}

// mergedText takes each screen from the draft if it brought other words than its base had, else from the
// newest version.
func mergedText(w Manuscript, base *content.Module, last version, lang string) made {
	published := made{textOf(last.Content, lang), last.Sources[lang]}
	mine := made{w.Languages[lang], w.Sources[lang]}
	switch {
	case mine.text == nil:
		return made{published.text, maps.Clone(published.from)}
	case last.Content == nil || last.Content.Languages[lang] == nil:
		return made{mine.text, maps.Clone(mine.from)}
	}
	was, is := textOf(base, lang).Hashes(), mine.text.Hashes()
	out := made{&content.Text{Lang: lang}, map[string]string{}}
	pick := func(screen string) made {
		out.from[screen] = mine.from[screen]
		if was[screen] == is[screen] && has(published.text, screen) {
			out.from[screen] = published.from[screen]
			return published
		}
		return mine
	}
	face := pick("")
	out.text.Title, out.text.Summary = face.text.Title, face.text.Summary
	for _, s := range mine.text.Screens {
		if from := pick(s.ID); from.text != mine.text {
			s, _ = screenOf(from.text, s.ID)
		}
		out.text.Screens = append(out.text.Screens, s)
	}
	return out
}

func has(t *content.Text, screen string) bool {
	_, ok := screenOf(t, screen)
	return ok || screen == ""
}

func screenOf(t *content.Text, screen string) (content.Screen, bool) {
	for _, s := range t.Screens {
		if s.ID == screen {
			return s, true
		}
	}
	return content.Screen{}, false
}

// aligned gives a translation the shape of its source, so that the module stays whole when its source
// changes: what is missing is shown in the source language until it is translated, and counts as stale.
// was is the source that the translation has followed so far.
func aligned(source, was, t *content.Text, from map[string]string) (*content.Text, map[string]string) {
	out := &content.Text{Lang: t.Lang, Title: t.Title, Summary: t.Summary}
	known := map[string]string{}
	if t.Title == "" {
		out.Title, out.Summary = source.Title, source.Summary
	} else if h := from[""]; h != "" {
		known[""] = h
	}
	for _, s := range source.Screens {
		x, ok := screenOf(t, s.ID)
		if !ok {
			out.Screens = append(out.Screens, s)
			continue
		}
		old, _ := screenOf(was, s.ID)
		out.Screens = append(out.Screens, fitted(s, old, x))
		if h := from[s.ID]; h != "" {
			known[s.ID] = h
		}
	}
	return out, known
}

// fitted gives one translated screen the picture and package of its source and, where its own no longer fits, the exercise.
func fitted(source, was, x content.Screen) content.Screen {
	switch {
	case x.Picture == "" || source.Picture == "":
		x.Picture, x.Alt = source.Picture, source.Alt
	case x.Picture == was.Picture:
		x.Picture = source.Picture
	}
	switch {
	case !fits(source, x):
		x.Activity = source.Activity
	case x.Package() != "" && x.Package() == was.Package():
		a := *x.Activity
		a.Package = source.Package()
		x.Activity = &a
	}
	return x
}

// fits tells whether a translated screen has the exercise of its source, with as many lines and the same right.
func fits(source, x content.Screen) bool {
	one := func(s content.Screen) *content.Text { return &content.Text{Screens: []content.Screen{s}} }
	ps := content.Same(one(source), one(x))
	return !ps.Has(content.SameActivity) && !ps.Has(content.SameItems) && !ps.Has(content.SameRight)
}

// addedSince are the files that others have published since a draft began, and the recordings that are theirs.
func addedSince(w Manuscript, base, last *content.Module) map[string][]byte {
	out := map[string][]byte{}
	if last == nil {
		return out
	}
	for name, data := range last.Files {
		if base == nil || base.Files[name] == nil || w.others(name) {
			out[name] = data
		}
	}
	return out
}

// others tells whether a file is the recording of a language that the draft does not touch: it stands as its
// translators have published it.
func (w *Manuscript) others(name string) bool {
	lang, is := strings.CutPrefix(path.Dir(name), "audio/")
	return is && w.Languages[lang] == nil
}

// wanted tells whether a module shows or plays a file, or has the screen that a recording reads.
func wanted(m *content.Module, name string) bool {
	if dir, is := strings.CutPrefix(path.Dir(name), "audio/"); is {
		return m.Languages[dir] != nil && has(m.Languages[m.Source], strings.TrimSuffix(path.Base(name), path.Ext(name)))
	}
	for _, t := range m.Languages {
		if slices.ContainsFunc(t.Screens, func(s content.Screen) bool { return shows(s, name) }) {
			return true
		}
	}
	return false
}

// shows tells whether a screen shows, plays or subtitles with a file, in any size.
func shows(s content.Screen, name string) bool {
	captions := strings.HasSuffix(name, ".vtt") && content.IsVideo(s.Picture) && content.VideoOf(name)+path.Ext(s.Picture) == s.Picture
	small := content.IsVideo(s.Picture) && content.SmallPath(s.Picture) == name
	return s.Picture == name || s.Package() == name || captions || small
}
