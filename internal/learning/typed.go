package learning

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tremplin/internal/learning/content"
)

// Typed is one screen as an author types it in a form: kept as it was typed, also where it does not
// parse, so that nothing is lost.
type Typed struct {
	Title, Picture, Alt string
	Text                string // Markdown with passages, as in a language file
	Kind                content.Kind
	Question, Praise    string
	Body                string // fill: the text with its gaps; short: what is accepted
	Items               []TypedItem
}

// TypedItem is one line of an activity.
type TypedItem struct {
	Right               bool
	Text, Match, Reason string
}

func (i TypedItem) empty() bool { return i == TypedItem{} }

// TypedOf is a screen as a form shows it.
func TypedOf(s content.Screen) Typed {
	t := Typed{Title: s.Title, Picture: s.Picture, Alt: s.Alt}
	var parts []string
	for _, b := range s.Blocks {
		if b.For != nil {
			b.Text = fmt.Sprintf("::: %s\n%s\n:::", strings.Join(b.For, " "), b.Text)
		}
		parts = append(parts, b.Text)
	}
	t.Text = strings.Join(parts, "\n\n")
	if a := s.Activity; a != nil {
		t.Kind, t.Question, t.Praise = a.Kind, a.Question, a.Praise
		t.takeItems(a)
	}
	return t
}

func (t *Typed) takeItems(a *content.Activity) {
	var body strings.Builder
	for _, i := range a.Items {
		switch a.Kind {
		case content.Fill:
			body.WriteString(i.Text + "{" + strings.Join(i.Accept, "|") + "}")
		case content.Short:
			body.WriteString(strings.Join(i.Accept, " | "))
		default:
			t.Items = append(t.Items, TypedItem{i.Right, i.Text, i.Match, i.Reason})
		}
	}
	t.Body = body.String() + a.Tail + a.Package
}

// lined tells whether the activity has a list of lines.
func (t Typed) lined() bool {
	return slices.Contains([]content.Kind{content.Choice, content.Choices, content.Order, content.Match}, t.Kind)
}

// page is a language file of one screen, which remembers from which field each line came.
type page struct {
	lines []string
	from  []Trouble // field and line only
}

func (p *page) add(field, text, before string) {
	for i, line := range strings.Split(text, "\n") {
		p.lines = append(p.lines, before+line)
		p.from = append(p.from, Trouble{Field: field, Line: i + 1})
	}
}

// Screen reads what was typed. The screen is to be used only where there is no trouble.
func (t Typed) Screen(id string) (content.Screen, []Trouble) {
	p := t.page(id)
	text, err := content.ParseText(checked, []byte(strings.Join(p.lines, "\n")))
	var ps content.Problems
	if errors.As(err, &ps) {
		return content.Screen{}, p.troubles(ps, id)
	}
	return text.Screens[0], append(t.unfinished(), t.astray(text)...)
}

// checked is the language under which a single screen is read: any would do.
const checked = "en"

func (t Typed) page(id string) *page {
	p := &page{}
	p.add("", "---\ntitle: .\nsummary: .\n---", "")
	p.add("title", oneLine(t.Title)+" {#"+id+"}", "# ")
	if t.Picture != "" {
		p.add("alt", "!["+oneLine(t.Alt)+"]("+t.Picture+")", "")
	}
	p.add("", "", "")
	p.add("text", t.Text, "")
	if t.Kind != "" {
		t.activity(p)
	}
	return p
}

func (t Typed) activity(p *page) {
	p.add("items", "\n``` "+string(t.Kind), "")
	p.add("question", t.Question, "")
	switch {
	case t.Kind == content.Fill:
		p.add("body", t.Body, "")
	case t.Kind == content.Short || t.Kind == content.Packaged:
		p.add("body", t.Body, "= ")
	case t.lined():
		n := 0
		for i, item := range t.Items {
			if !item.empty() {
				n++
				p.add(fmt.Sprintf("item-%d", i), item.line(t.Kind, n), "")
			}
		}
	}
	if t.Praise != "" {
		p.add("praise", t.Praise, "> ")
	}
	p.add("items", "```", "")
}

func (i TypedItem) line(kind content.Kind, n int) string {
	s := "- [ ] "
	switch {
	case kind == content.Order:
		s = fmt.Sprintf("%d. ", n)
	case kind == content.Match:
		s = "- "
	case i.Right:
		s = "- [x] "
	}
	s += oneLine(i.Text)
	if kind == content.Match {
		s += " = " + oneLine(i.Match)
	}
	if r := oneLine(i.Reason); r != "" {
		s += " > " + r
	}
	return s
}

// unfinished finds pairs of which one half is missing: read as a line, they would say something else.
func (t Typed) unfinished() (out []Trouble) {
	for i, item := range t.Items {
		if t.Kind == content.Match && !item.empty() && oneLine(item.Match) == "" {
			out = append(out, Trouble{Field: fmt.Sprintf("item-%d", i), Code: content.ItemEmpty})
		}
	}
	return out
}

// astray finds what parses, but as something else than the field in which it was typed: a heading or an
// exercise within the text, a reason within an answer.
func (t Typed) astray(text *content.Text) []Trouble {
	s := text.Screens[0]
	kind := content.Kind("")
	if s.Activity != nil {
		kind = s.Activity.Kind
	}
	switch {
	case len(text.Screens) > 1 || s.Title != oneLine(t.Title) || kind != t.Kind:
		return []Trouble{{Field: "text", Code: content.Markdown}}
	case s.Picture != t.Picture:
		return []Trouble{{Field: "text", Code: content.PictureInside}}
	case t.lined():
		return t.astrayItems(s.Activity)
	}
	return nil
}

func (t Typed) astrayItems(a *content.Activity) []Trouble {
	n := 0
	for i, item := range t.Items {
		if item.empty() {
			continue
		}
		want := TypedItem{item.Right && t.Kind != content.Order && t.Kind != content.Match, oneLine(item.Text), "", oneLine(item.Reason)}
		if t.Kind == content.Match {
			want.Match = oneLine(item.Match)
		}
		if n >= len(a.Items) || want != (TypedItem{a.Items[n].Right, a.Items[n].Text, a.Items[n].Match, a.Items[n].Reason}) {
			return []Trouble{{Field: fmt.Sprintf("item-%d", i), Code: content.ActivityLine, Detail: item.Text}}
		}
		n++
	}
	if n != len(a.Items) {
		return []Trouble{{Field: "question", Code: content.ActivityLine}}
	}
	return nil
}

// oneLine keeps the spaces that French typography needs within a line: only what ends a line goes.
func oneLine(s string) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(s))
}
