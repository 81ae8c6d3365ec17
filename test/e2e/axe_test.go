package e2e_test

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// axe is axe-core, see testdata/README.md.
//
//go:embed testdata/axe.min.js
var axe string

// finding is what axe says of a page.
type finding struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []spotted
}

// spotted is one element with a finding.
type spotted struct {
	Target         []any
	HTML           string
	FailureSummary string
	Any            []struct{ Data any }
}

// unsure is why axe could not measure a contrast; empty where it could.
func (s spotted) unsure() string {
	for _, c := range s.Any {
		if d, ok := c.Data.(map[string]any); ok && d["messageKey"] != nil {
			return fmt.Sprint(d["messageKey"])
		}
	}
	return ""
}

// rules are those of the Web Content Accessibility Guidelines 2.2, A and AA, and what axe calls good practice.
const rules = `{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}`

// drawn are those that colours, widths and places decide.
const drawn = `{type: 'rule', values: ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block']}`

// examine runs axe in a world of its own beside the page: the page's policy allows no foreign script.
func (p *tab) examine(rules string) []finding {
	p.t.Helper()
	r := tell(p, runtime.Evaluate, runtime.EvaluateParams{
		ContextID: p.world(), ReturnByValue: new(true), AwaitPromise: new(true),
		Expression: `axe.run(document, {runOnly: ` + rules + `, preload: false, resultTypes: ['violations', 'incomplete']})
			.then((r) => r.violations.concat(r.incomplete.filter((i) => i.id === 'color-contrast')))`,
	})
	found, err := decode[[]finding](r.Result, r.ExceptionDetails, nil)
	if err != nil {
		p.fail("axe: %v", err)
	}
	return found
}

// world is where axe lives on the page that is open.
func (p *tab) world() runtime.ExecutionContextID {
	p.t.Helper()
	frame := tell(p, page.GetFrameTree, cdp.Empty{}).FrameTree.Frame.ID
	world := tell(p, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frame, WorldName: "axe"}).ExecutionContextID
	if r := tell(p, runtime.Evaluate, runtime.EvaluateParams{ContextID: world, Expression: axe + "; 0"}); r.ExceptionDetails != nil {
		p.fail("axe does not load: %s", r.ExceptionDetails.Text)
	}
	return world
}

// accepted are contrasts that axe cannot measure, with why they stand.
var accepted = []struct{ unsure, element, why string }{
	{"shortTextContent", "", "one letter or digit, in the colours of its longer neighbours, which are measured"},
	{"imgNode", "<text ", "a word of a chart: ink on the card's ground, which web.TestContrast measures in both themes"},
}

func stands(n spotted) bool {
	for _, a := range accepted {
		if n.unsure() == a.unsure && strings.HasPrefix(n.HTML, a.element) {
			return true
		}
	}
	return false
}

func (f finding) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", f.ID, f.Help)
	for _, n := range f.Nodes[:min(len(f.Nodes), 4)] {
		fmt.Fprintf(&b, "\n    %v %s\n      %s %s", n.Target, short(n.HTML), n.unsure(), folded(n.FailureSummary))
	}
	return b.String()
}

// report says what axe found, without what was accepted.
func report(t *testing.T, found []finding) {
	t.Helper()
	for _, f := range found {
		f.Nodes = slices.DeleteFunc(f.Nodes, stands)
		if len(f.Nodes) > 0 {
			t.Error(f)
		}
	}
}
