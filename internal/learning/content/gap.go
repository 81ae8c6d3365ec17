package content

import (
	"strings"

	"tremplin/internal/core/text"
)

// takeAccepted reads a line `= a | b` of a short answer; several lines add up.
func (p *parser) takeAccepted(a *Activity, line string, at int) {
	list, ok := strings.CutPrefix(line, "=")
	if !ok {
		p.report(at, ActivityLine, line)
		return
	}
	if len(a.Items) == 0 {
		a.Items = []Item{{}}
	}
	a.Items[0].Accept = append(a.Items[0].Accept, p.alternatives(list, at, ActivityNoAnswer)...)
}

// takeGaps reads a text with gaps in braces.
func (p *parser) takeGaps(a *Activity, text string, at int) {
	for {
		before, rest, found := strings.Cut(text, "{")
		if !found {
			break
		}
		gap, after, closed := strings.Cut(rest, "}")
		if !closed || strings.ContainsAny(gap, "{\n") || strings.Contains(before, "}") {
			p.report(at, ActivityGap, text)
			break
		}
		at += strings.Count(before, "\n")
		a.Items = append(a.Items, Item{Text: before, Accept: p.alternatives(gap, at, ActivityGap)})
		text = after
	}
	if !strings.Contains(text, "{") && strings.Contains(text, "}") {
		p.report(at, ActivityGap, text)
	}
	a.Tail = text
}

// alternatives parts a list at its bars. One that folds to nothing would make an empty answer right.
func (p *parser) alternatives(list string, at int, empty Code) []string {
	parts := strings.Split(list, "|")
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
		if text.Fold(part) == "" {
			p.report(at, empty, list)
		}
	}
	return parts
}
