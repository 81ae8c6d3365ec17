package content

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// Format writes the text as a language file. Reading it again gives an equal text; the bytes depend on nothing else.
func (t *Text) Format() []byte {
	var b strings.Builder
	b.WriteString("---\n" + t.head() + "---\n")
	for _, s := range t.Screens {
		b.WriteString("\n" + s.Source())
	}
	return []byte(b.String())
}

// head is the title and the summary in YAML.
func (t *Text) head() string {
	text, err := yaml.Marshal(head{t.Title, t.Summary})
	if err != nil { // two strings always marshal
		return ""
	}
	return string(text)
}

// Source is the screen as it stands in a language file, in the one way Format writes it.
func (s Screen) Source() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s {#%s}\n", s.Title, s.ID)
	if s.Picture != "" {
		fmt.Fprintf(&b, "![%s](%s)\n", s.Alt, s.Picture)
	}
	for _, block := range s.Blocks {
		b.WriteString("\n" + block.source())
	}
	if s.Activity != nil {
		b.WriteString("\n" + s.Activity.source())
	}
	return b.String()
}

func (b Block) source() string {
	if b.For == nil {
		return b.Text + "\n"
	}
	return fmt.Sprintf("::: %s\n%s\n:::\n", strings.Join(b.For, " "), b.Text)
}

func (a *Activity) source() string {
	lines := []string{"``` " + string(a.Kind)}
	if a.Question != "" {
		lines = append(lines, a.Question)
	}
	switch a.Kind {
	case Fill:
		lines = append(lines, a.gaps())
	case Packaged:
		lines = append(lines, "= "+a.Package)
	default:
		lines = append(lines, a.list()...)
	}
	if a.Praise != "" {
		lines = append(lines, "> "+strings.ReplaceAll(a.Praise, "\n", "\n> "))
	}
	return strings.Join(append(lines, "```\n"), "\n")
}

// gaps is the text of a fill activity.
func (a *Activity) gaps() string {
	var b strings.Builder
	for _, item := range a.Items {
		b.WriteString(item.Text + "{" + strings.Join(item.Accept, "|") + "}")
	}
	return b.String() + a.Tail
}

// list is one line an item.
func (a *Activity) list() []string {
	lines := make([]string, len(a.Items))
	for i, item := range a.Items {
		lines[i] = item.source(a.Kind, i)
		if item.Reason != "" {
			lines[i] += " > " + item.Reason
		}
	}
	return lines
}

func (item Item) source(kind Kind, i int) string {
	switch {
	case kind == Order:
		return fmt.Sprintf("%d. %s", i+1, item.Text)
	case kind == Match:
		return fmt.Sprintf("- %s = %s", item.Text, item.Match)
	case kind == Short:
		return "= " + strings.Join(item.Accept, " | ")
	case item.Right:
		return "- [x] " + item.Text
	}
	return "- [ ] " + item.Text
}
