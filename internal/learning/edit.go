package learning

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/text"
	"tremplin/internal/learning/content"
)

// Slug makes a name for addresses of a title: [a-z0-9-], one that is not taken.
func Slug(title, otherwise string, taken func(string) bool) string {
	name := strings.Trim(strings.Join(strings.FieldsFunc(text.Fold(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-"), "-")
	if len(name) > 40 {
		name = strings.TrimRight(name[:40], "-")
	}
	if name == "" {
		name = otherwise
	}
	for n, first := 2, name; taken(name); n++ {
		name = fmt.Sprintf("%s-%d", first, n)
	}
	return name
}

func checkTitle(title string) error {
	switch {
	case title == "":
		return fault.Fields(fault.Field{Name: "title", Key: "author.title.missing"})
	case utf8.RuneCountInString(title) > content.MaxTitle:
		return fault.Fields(fault.Field{Name: "title", Key: "author.title.long", Args: []any{"Max", content.MaxTitle}})
	}
	return nil
}

// Add puts a new screen at the end and returns its id.
func (w *Manuscript) Add(title string) (string, error) {
	title = oneLine(title)
	if err := checkTitle(title); err != nil {
		return "", err
	}
	t := w.Source()
	if len(t.Screens) >= content.MaxScreens {
		return "", fault.Fields(fault.Field{Name: "title", Key: "content." + string(content.TextManyScreens)})
	}
	name := Slug(title, "screen", func(v string) bool { return w.at(v) >= 0 })
	t.Screens = append(t.Screens, content.Screen{ID: name, Title: title})
	return name, nil
}

func (w *Manuscript) at(screen string) int {
	return slices.IndexFunc(w.Source().Screens, func(s content.Screen) bool { return s.ID == screen })
}

// Move moves a screen one place up (-1) or down (1); at the ends nothing moves.
func (w *Manuscript) Move(screen string, by int) {
	all, i := w.Source().Screens, w.at(screen)
	if j := i + by; i >= 0 && j >= 0 && j < len(all) {
		all[i], all[j] = all[j], all[i]
	}
}

// Remove takes a screen out.
func (w *Manuscript) Remove(screen string) {
	if i := w.at(screen); i >= 0 {
		t := w.Source()
		t.Screens = slices.Delete(t.Screens, i, i+1)
		delete(w.Typed, screen)
	}
}

// Write keeps what was typed for a screen: as a screen where it parses, else as it was typed. was is the
// mark of what the form showed; where the screen has changed since, nothing is kept and it is a conflict.
func (w *Manuscript) Write(screen, was string, t Typed) error {
	now, ok := w.Sheet(screen)
	if !ok {
		return fault.New(fault.NotFound, "")
	}
	if mark := now.Mark(); mark != was && mark != t.Mark() {
		return fault.New(fault.Conflict, "author.screen.other")
	}
	parsed, wrong := t.Screen(screen)
	if len(wrong) > 0 {
		if w.Typed == nil {
			w.Typed = map[string]Typed{}
		}
		w.Typed[screen] = t
		return nil
	}
	delete(w.Typed, screen)
	w.Source().Screens[w.at(screen)] = parsed
	return nil
}

// Head is what an author says of a module as a whole.
type Head struct {
	Title, Summary string
	Meta           content.Meta
}

// SetHead changes it; slug and source stay.
func (w *Manuscript) SetHead(h Head) {
	h.Meta.Slug, h.Meta.Source = w.Meta.Slug, w.Meta.Source
	w.Meta = h.Meta
	w.Source().Title, w.Source().Summary = oneLine(h.Title), oneLine(h.Summary)
}

// PicturePath names a picture by its screen and content, so that a new one is seen as new.
func PicturePath(screen string, data []byte, ending string) string {
	return fmt.Sprintf("pictures/%.40s-%.8s%s", screen, blob.Sum(data), strings.ToLower(ending))
}

// MediumPath names a picture or a video likewise: the ending says which.
func MediumPath(screen string, data []byte, ending string) string {
	ending = strings.ToLower(ending)
	if ending == ".mp4" || ending == ".webm" {
		return fmt.Sprintf("video/%.40s-%.8s%s", screen, blob.Sum(data), ending)
	}
	return PicturePath(screen, data, ending)
}

// PackagePath names a package likewise.
func PackagePath(screen string, data []byte) string {
	return fmt.Sprintf("packages/%.40s-%.8s.h5p", screen, blob.Sum(data))
}

// AudioPath names the recording of a screen.
func AudioPath(lang, screen, ending string) string {
	return "audio/" + lang + "/" + screen + strings.ToLower(ending)
}

// CheckFile tells what is wrong with a picture or recording under a path: by what it is, not what it is called.
func CheckFile(name string, data []byte) content.Problems {
	if int64(len(data)) > content.DefaultLimits.File {
		return content.Problems{{File: name, Code: content.FileLarge}}
	}
	m := content.Module{Files: map[string][]byte{name: data}}
	return slices.DeleteFunc(m.Check(), func(p content.Problem) bool {
		return p.File != name || p.Code == content.AudioScreen
	})
}

// Recording is the path of a screen's recording in the source language, or empty.
func (w *Manuscript) Recording(screen string) string {
	return content.Recording(w.Files, w.Meta.Source, screen)
}

// Record replaces the recording of a screen; without a path it takes it away.
func (w *Manuscript) Record(screen, name string, h blob.Hash) {
	if old := w.Recording(screen); old != "" {
		delete(w.Files, old)
	}
	if name != "" {
		w.Files[name] = h
	}
}

// CheckHead tells what is wrong with what an author says of the module as a whole.
func (w *Manuscript) CheckHead(h Head) (out []Trouble) {
	text := content.Text{Title: oneLine(h.Title), Summary: oneLine(h.Summary), Screens: []content.Screen{{ID: "a", Title: "a", Blocks: []content.Block{{Text: "a"}}}}}
	_, err := content.ParseText(checked, text.Format())
	var ps content.Problems
	errors.As(err, &ps)
	h.Meta.Slug, h.Meta.Source = w.Meta.Slug, w.Meta.Source
	m := content.Module{Meta: h.Meta}
	for _, p := range append(ps, m.Check()...) {
		if field, known := headFields[p.Code]; known {
			out = append(out, Trouble{Field: field, Code: p.Code, Detail: p.Detail})
		}
	}
	return out
}

// headFields are the fields of the form that problems belong to; others are not its own.
var headFields = map[content.Code]string{
	content.TextNoTitle: "title", content.TitleLong: "title", content.TextNoSummary: "summary", content.SummaryLong: "summary",
	content.TextControl: "title", content.TextBidi: "title", content.TextBadHead: "title",
	content.MetaSlug: "slug", content.MetaSource: "source",
	content.MetaNeeds: "needs", content.MetaSector: "sector", content.MetaLevel: "level", content.MetaMinutes: "minutes",
	content.MetaCountry: "countries", content.MetaAudience: "audience", content.MetaLicence: "licence",
}
