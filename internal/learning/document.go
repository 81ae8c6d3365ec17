package learning

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/learning/content"
	"tremplin/internal/learning/document"
	"tremplin/internal/learning/pdf"
)

// Upload is a file that somebody brings, with what a document does not say itself.
type Upload struct {
	Name      string // of the file
	Data      []byte
	Languages []string // of the programme; the first is taken where the document's own is none of them
	Page      PageName
}

// PageName names a page of a document that has no title of its own, in a language.
type PageName func(lang string, number int) string

// receiveDocument makes a module of a document, as good as can be guessed, and keeps it to be looked at.
func (s *Service) receiveDocument(ctx context.Context, a access.Actor, kind string, u Upload) (string, error) {
	d, err := read(ctx, kind, u)
	if err != nil {
		return "", err
	}
	slug := Slug(d.Title, "module", func(v string) bool { return reserved[v] })
	last, err := s.last(ctx, a.Programme, slug)
	if err != nil {
		return "", err
	}
	m := moduleOf(d, slug, sourceOf(d, u, last), u.Page)
	return s.receive(ctx, a, m, Incoming{Document: true, Left: d.Left})
}

func read(ctx context.Context, kind string, u Upload) (*document.Document, error) {
	switch kind {
	case "docx":
		return document.ReadDOCX(u.Name, u.Data)
	case "pdf":
		return pdf.Read(ctx, u.Name, u.Data)
	}
	return nil, content.Problems{{Code: document.Unknown}}
}

// sourceOf guesses the language of a document: that of the module which it follows, its own, or the programme's.
func sourceOf(d *document.Document, u Upload, last version) string {
	switch {
	case last.Content != nil:
		return last.Source
	case slices.Contains(u.Languages, d.Language):
		return d.Language
	}
	return u.Languages[0]
}

// moduleOf makes a module of a document.
func moduleOf(d *document.Document, slug, source string, page PageName) *content.Module {
	w := blank(slug, cmp.Or(d.Title, slug), source)
	m := &content.Module{Meta: w.Meta, Languages: w.Languages, Files: map[string][]byte{}}
	t := w.Source()
	for _, s := range d.Screens {
		screen := content.Screen{Title: titleOf(s, source, page)}
		screen.ID = Slug(screen.Title, "screen", func(v string) bool { return w.at(v) >= 0 })
		if p := s.Picture; p != nil {
			screen.Picture = PicturePath(screen.ID, p.Data, p.Ending)
			screen.Alt = altOf(s, screen.Title, source, page)
			m.Files[screen.Picture] = p.Data
		}
		if s.Text != "" {
			screen.Blocks = []content.Block{{Text: s.Text}}
		}
		t.Screens = append(t.Screens, screen)
	}
	t.Summary = cmp.Or(d.Summary, firstSentence(t), t.Title)
	m.Minutes = minutesOf(t)
	return m
}

func titleOf(s document.Screen, source string, page PageName) string {
	if s.Title == "" {
		return page(source, s.Page)
	}
	return s.Title
}

// altOf says what a picture shows: what the document says, or what stands on the page that it shows. Else it is the
// screen's title, until somebody says it.
func altOf(s document.Screen, title, source string, page PageName) string {
	words, _, _ := strings.Cut(content.Plain(s.Text), "\n")
	switch {
	case s.Picture.Alt != "":
		return s.Picture.Alt
	case s.Page > 0 && words+s.Title != "":
		return clip(page(source, s.Page)+". "+cmp.Or(words, s.Title), maxGuess)
	}
	return title
}

// Undescribed tells whether nobody has said yet what a screen's picture shows.
func Undescribed(s content.Screen) bool { return s.Picture != "" && s.Alt == s.Title }

const (
	maxGuess = 200 // characters of a sentence that was guessed
	pace     = 80  // words that somebody who learns the language reads in a minute, and thinks about
)

// firstSentence is how a text begins: as good a summary as any until its author writes one.
func firstSentence(t *content.Text) string {
	i := slices.IndexFunc(t.Screens, func(s content.Screen) bool { return len(s.Blocks) > 0 })
	if i < 0 {
		return ""
	}
	line, _, _ := strings.Cut(content.Plain(t.Screens[i].Blocks[0].Text), "\n")
	if end := strings.IndexAny(line, ".!?؟"); end > 0 {
		_, size := utf8.DecodeRuneInString(line[end:])
		line = line[:end+size]
	}
	return clip(line, maxGuess)
}

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// minutesOf guesses how long a text takes, in steps of five minutes.
func minutesOf(t *content.Text) int {
	words := 0
	for _, s := range t.Screens {
		for _, b := range s.Blocks {
			words += len(strings.Fields(b.Text))
		}
	}
	return 5 * min(max((words/pace+len(t.Screens)/2+4)/5, 1), 24)
}

// Naming is what an author says of a document before it becomes a draft.
type Naming struct {
	Slug, Source string
	Head         Head
	Page         PageName
}

// Check tells what is wrong with it.
func (n Naming) Check() []Trouble {
	w := Manuscript{Meta: content.Meta{Slug: n.Slug, Source: n.Source}}
	return w.CheckHead(n.Head)
}

// TakeDocument makes the module of a document the draft, as its author names it. Another slug than the one that was
// looked at must be free, so that nothing is replaced that was not shown.
func (s *Service) TakeDocument(ctx context.Context, a access.Actor, slug string, n Naming) error {
	in, m, ok, err := s.Incoming(ctx, a, slug)
	if err != nil || !ok { // a second click finds nothing: it is the draft
		return err
	}
	last, err := s.last(ctx, a.Programme, n.Slug)
	if err != nil {
		return err
	}
	_, begun, err := s.Manuscript(ctx, a.Programme, n.Slug)
	switch {
	case err != nil:
		return err
	case reserved[n.Slug], n.Slug != slug && (begun || last.Content != nil):
		return fault.Fields(fault.Field{Name: "slug", Key: "author.slug.taken"})
	case last.Content != nil && last.Source != n.Source:
		return fault.Fields(fault.Field{Name: "source", Key: "author.import.source", Args: []any{"Language", last.Source}})
	}
	return s.take(ctx, a, slug, in, n.named(m))
}

// named is the module with what its author says of it. The package that was read is shared and stays as it is.
func (n Naming) named(m *content.Module) *content.Module {
	out := *m
	t := *copied(m.Languages[m.Source])
	for i, s := range t.Screens { // pages that are named by their number, in the language that was guessed
		if was := n.Page(m.Source, i+1); s.Title == was || strings.HasPrefix(s.Alt, was) {
			now := n.Page(n.Source, i+1)
			t.Screens[i].Title = strings.Replace(s.Title, was, now, 1)
			t.Screens[i].Alt = strings.Replace(s.Alt, was, now, 1)
		}
	}
	n.Head.Meta.Slug, n.Head.Meta.Source = n.Slug, n.Source
	out.Meta, t.Lang, t.Title, t.Summary = n.Head.Meta, n.Source, oneLine(n.Head.Title), oneLine(n.Head.Summary)
	out.Languages = map[string]*content.Text{n.Source: &t}
	return &out
}
