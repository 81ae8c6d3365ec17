package content

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// itemStart recognises the first item of each kind; what stands before it is the question. Reflection has none.
var itemStart = map[Kind]*regexp.Regexp{
	Choice:  regexp.MustCompile(`^- *\[`),
	Choices: regexp.MustCompile(`^- *\[`),
	Order:   regexp.MustCompile(`^\d+[.)] `),
	Match:   regexp.MustCompile(`^- `),
	Fill:    regexp.MustCompile(`[{}]`),
	Short:   regexp.MustCompile(`^=`),

	Packaged: regexp.MustCompile(`^=`),
}

var (
	choiceForm = regexp.MustCompile(`^- *\[([ xX])\](.*)$`)
	orderForm  = regexp.MustCompile(`^(\d+)[.)] (.*)$`)
)

func (p *parser) openActivity(mark string) {
	p.interrupt()
	kind := Kind(strings.TrimSpace(mark[3:]))
	p.fence, p.opened = &kind, p.line
	if !slices.Contains(kinds, kind) {
		p.report(p.line, ActivityUnknown, string(kind))
	}
	if p.screen.Activity != nil {
		p.report(p.line, ScreenActivities, p.screen.ID)
	}
}

func (p *parser) takeActivity(mark string) {
	if mark == "```" {
		p.closeActivity()
		return
	}
	p.lines = append(p.lines, mark)
}

// closeActivity reads the lines gathered since the activity was opened.
func (p *parser) closeActivity() {
	a := &Activity{Kind: *p.fence}
	if len(strings.Join(p.lines, "\n")) > 2*MaxBlock {
		p.report(p.opened, BlockLong, p.screen.ID)
	}
	if slices.Contains(kinds, a.Kind) {
		body := p.takePraise(a, p.lines)
		p.takeItems(a, body, p.takeQuestion(a, body))
		p.checkActivity(a)
	}
	p.screen.Activity = a
	p.fence, p.lines = nil, nil
}

// takePraise takes the last lines that begin with > and returns the lines before them.
func (p *parser) takePraise(a *Activity, all []string) []string {
	end := len(all)
	for end > 0 && (all[end-1] == "" || all[end-1][0] == '>') {
		end--
	}
	var praise []string
	for _, line := range all[end:] {
		if line = strings.Trim(strings.TrimPrefix(line, ">"), " "); line != "" {
			praise = append(praise, line)
		}
	}
	a.Praise = strings.Join(praise, "\n")
	p.checkMarkdown(p.opened+1+end, a.Praise)
	return all[:end]
}

// takeQuestion takes the lines up to the first item and returns where that is.
func (p *parser) takeQuestion(a *Activity, body []string) int {
	first := len(body)
	if form := itemStart[a.Kind]; form != nil {
		if i := slices.IndexFunc(body, form.MatchString); i >= 0 {
			first = i
		}
	}
	a.Question = strings.Trim(strings.Join(body[:first], "\n"), "\n")
	if a.Question == "" {
		p.report(p.opened, ActivityNoQuestion, p.screen.ID)
	}
	p.checkMarkdown(p.opened+1, a.Question)
	return first
}

func (p *parser) takeItems(a *Activity, body []string, first int) {
	at := p.opened + 1
	if a.Kind == Fill {
		p.takeGaps(a, strings.Join(slices.DeleteFunc(slices.Clone(body[first:]), isBlank), "\n"), at+first)
		return
	}
	for i, line := range body[first:] {
		if line != "" {
			p.takeItem(a, line, at+first+i)
		}
	}
}

func isBlank(s string) bool { return s == "" }

// takeItem reads one line of a list. The first " > " parts the answer from its reason.
func (p *parser) takeItem(a *Activity, line string, at int) {
	switch a.Kind {
	case Short:
		p.takeAccepted(a, line, at)
		return
	case Packaged:
		p.takePackage(a, line, at)
		return
	}
	body, reason, _ := strings.Cut(line, " > ")
	item := Item{Reason: strings.Trim(reason, " ")}
	if !p.itemBody(&item, a, body, at) {
		p.report(at, ActivityLine, line)
		return
	}
	p.checkLine(at, item.Text, MaxTitle, ItemEmpty, ItemLong)
	p.checkLong(at, item.Match, MaxTitle, ItemLong)
	p.checkLong(at, item.Reason, MaxSummary, ItemLong)
	a.Items = append(a.Items, item)
}

// itemBody reads what stands before the reason; false: this kind knows no such line.
func (p *parser) itemBody(item *Item, a *Activity, body string, at int) bool {
	switch a.Kind {
	case Order:
		m := orderForm.FindStringSubmatch(body)
		if m == nil {
			return false
		}
		if m[1] != strconv.Itoa(len(a.Items)+1) {
			p.report(at, ActivityNumber, m[1])
		}
		item.Text = m[2]
	case Match:
		left, right, ok := strings.Cut(strings.TrimPrefix(body, "-"), " = ")
		if !ok || body[0] != '-' {
			return false
		}
		item.Text, item.Match = left, strings.Trim(right, " ")
		if item.Match == "" {
			p.report(at, ItemEmpty, body)
		}
	default:
		m := choiceForm.FindStringSubmatch(body)
		if m == nil {
			return false
		}
		item.Right, item.Text = m[1] != " ", m[2]
	}
	item.Text = strings.Trim(item.Text, " ")
	return true
}
