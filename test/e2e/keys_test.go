package e2e_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// insert types a text as an input method does: every script, at once.
func insert(text string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return err
	})
}

// key strikes keys: kb.Tab, kb.Enter, " ".
func (p *tab) key(keys string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.KeyEvent(keys)); err != nil {
		p.fail("key: %v", err)
	}
}

// mostTabs is after how many strokes of Tab somebody gives up.
const mostTabs = 60

// tabTo walks with Tab to what has this role and name (any, if empty); each stop on the way must be seen.
func (p *tab) tabTo(role, name string) {
	p.t.Helper()
	var stops []string
	for range mostTabs {
		p.key(kb.Tab)
		r, n, err := p.focus()
		if err != nil {
			p.fail("where is the focus? %v", err)
		}
		if r == role && (n == folded(name) || name == "") {
			return
		}
		stops = append(stops, r+" "+n)
	}
	p.fail("Tab never comes to %s %q; it stops at %q", role, name, stops)
}

// focus says what has the focus, as it is read aloud, and makes sure that it can be seen.
func (p *tab) focus() (role, name string, err error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	r, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: "document.activeElement"})
	if err != nil {
		return "", "", err
	}
	tree, err := chromedp.Call(ctx, accessibility.GetPartialAXTree, accessibility.GetPartialAXTreeParams{
		ObjectID: r.Result.ObjectID, FetchRelatives: new(false),
	})
	if err != nil {
		return "", "", err
	}
	if len(tree.Nodes) == 0 || tree.Nodes[0].Role == nil {
		return "", "", errors.New("nothing that is read aloud")
	}
	role = folded(string(tree.Nodes[0].Role.Value[1 : len(tree.Nodes[0].Role.Value)-1]))
	name = nameOf(tree.Nodes[0])
	why, err := of[string](p, r.Result.ObjectID, unseen)
	if err == nil && why != "" {
		err = fmt.Errorf("%s %q %s", role, name, why)
	}
	return role, name, err
}

// unseen says why the focus of an element cannot be seen: no ring, outside the window, or covered.
const unseen = `function() {
	if (this === document.body) return ''; // between the page's end and its beginning
	const ring = (e) => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; };
	if (!ring(this) && !(this.closest('label') && ring(this.closest('label')))) return 'has no ring';
	const r = this.getBoundingClientRect();
	const x = Math.min(Math.max(r.x + r.width / 2, 1), innerWidth - 1), y = r.y + Math.min(r.height / 2, 20);
	if (y < 0 || y > innerHeight || r.right < 0 || r.left > innerWidth) return 'is outside the window';
	const hit = document.elementFromPoint(x, y);
	if (hit && !this.contains(hit) && !hit.contains(this)) return 'is covered by ' + hit.outerHTML.slice(0, 80);
	return '';
}`
