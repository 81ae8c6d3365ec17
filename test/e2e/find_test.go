package e2e_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// object is an element of the page, as the browser's protocol names it.
type object = runtime.RemoteObjectID

// find looks for what people perceive: a role of the accessibility tree and its name. The whole name
// comes first; else the one element whose name holds the words.
func (p *tab) find(role, name string) (object, error) {
	nodes, err := p.nodes(role)
	if err != nil {
		return "", err
	}
	var whole, part []cdp.BackendNodeID
	for _, n := range nodes {
		switch said := nameOf(n); {
		case said == folded(name):
			whole = append(whole, n.BackendDOMNodeID)
		case strings.Contains(said, folded(name)):
			part = append(part, n.BackendDOMNodeID)
		}
	}
	switch {
	case len(whole) > 0:
		return p.resolve(whole[0])
	case len(part) == 1:
		return p.resolve(part[0])
	}
	return "", fmt.Errorf("%d × %s %q; there are %q", len(part), role, name, names(nodes))
}

// nodes lists the elements of a role that are not hidden.
func (p *tab) nodes(role string) (out []*accessibility.Node, err error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	root, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: "document"})
	if err != nil {
		return nil, err
	}
	r, err := chromedp.Call(ctx, accessibility.QueryAXTree, accessibility.QueryAXTreeParams{ObjectID: root.Result.ObjectID, Role: role})
	if err != nil {
		return nil, err
	}
	for _, n := range r.Nodes {
		if !n.Ignored && n.BackendDOMNodeID != 0 {
			out = append(out, n)
		}
	}
	return out, nil
}

func names(nodes []*accessibility.Node) []string {
	out := make([]string, len(nodes))
	for i, n := range nodes {
		out[i] = nameOf(n)
	}
	return out
}

func nameOf(n *accessibility.Node) (said string) {
	if n.Name != nil && len(n.Name.Value) > 0 {
		_ = json.Unmarshal(n.Name.Value, &said) // a name is a string
	}
	return folded(said)
}

func (p *tab) resolve(n cdp.BackendNodeID) (object, error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	r, err := chromedp.Call(ctx, dom.ResolveNode, dom.ResolveNodeParams{BackendNodeID: n})
	if err != nil {
		return "", err
	}
	return r.Object.ObjectID, nil
}

// of calls a function of JavaScript on an element.
func of[T any](p *tab, o object, function string) (v T, err error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	r, err := chromedp.Call(ctx, runtime.CallFunctionOn, runtime.CallFunctionOnParams{
		FunctionDeclaration: function, ObjectID: o, ReturnByValue: new(true),
	})
	return decode[T](r.Result, r.ExceptionDetails, err)
}

// reach scrolls an element into view and says where it can be touched; what covers it is an error.
const reach = `function() {
	this.scrollIntoView({block: 'center', inline: 'nearest', behavior: 'instant'});
	const r = this.getClientRects()[0];
	if (!r) return {why: 'is not drawn'};
	const x = r.x + r.width / 2, y = r.y + r.height / 2, hit = document.elementFromPoint(x, y);
	const inside = hit && (this.contains(hit) || hit.contains(this) && hit.tagName === 'LABEL');
	return inside ? {x, y} : {why: 'is covered by ' + (hit ? hit.outerHTML.slice(0, 80) : 'nothing')};
}`

type spot struct {
	X, Y float64
	Why  string
}

func (p *tab) touchAt(o object) error {
	s, err := of[spot](p, o, reach)
	if err != nil {
		return err
	}
	if s.Why != "" {
		return errors.New(s.Why)
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if p.touch {
		return chromedp.Do(ctx, chromedp.TapXY(s.X, s.Y))
	}
	return chromedp.Do(ctx, chromedp.MouseClickXY(s.X, s.Y))
}
