package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/chromedp"
)

// press touches or clicks what has this role and name.
func (p *tab) press(role, name string) {
	p.t.Helper()
	p.until("press "+role+" "+name, func() error {
		o, err := p.find(role, name)
		if err != nil {
			return err
		}
		return p.touchAt(o)
	})
}

// double strikes a button two times, as fast as a hand can.
func (p *tab) double(role, name string) {
	p.t.Helper()
	o, err := p.find(role, name)
	if err != nil {
		p.fail("%v", err)
	}
	s, err := of[spot](p, o, reach)
	if err != nil || s.Why != "" {
		p.fail("%s %s: %v", name, s.Why, err)
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	for range 2 {
		if err := chromedp.Do(ctx, chromedp.MouseClickXY(s.X, s.Y)); err != nil {
			p.fail("%v", err)
		}
	}
}

// follow presses and waits for the page that this leads to.
func (p *tab) follow(role, name string) {
	p.t.Helper()
	p.leads(func() { p.press(role, name) })
}

// leads waits until what act does has brought another page, whole.
func (p *tab) leads(act func()) {
	p.t.Helper()
	before := ask[float64](p, "performance.timeOrigin")
	act()
	p.until("another page", func() error {
		now, err := look[float64](p, "document.readyState === 'complete' ? performance.timeOrigin : 0")
		if err == nil && (now == 0 || now == before) {
			err = errors.New("still on the way")
		}
		return err
	})
}

// fill writes into the field with this label, in place of what stood there.
func (p *tab) fill(label, text string) {
	p.t.Helper()
	p.until("fill "+label, func() error {
		o, err := p.field(label)
		if err != nil {
			return err
		}
		if _, err = of[any](p, o, "function() { this.focus(); this.select(); }"); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(p.ctx, patience)
		defer cancel()
		return chromedp.Do(ctx, insert(text))
	})
}

// field is a place to write with this label, of whatever kind.
func (p *tab) field(label string) (object, error) {
	var errs []error
	for _, role := range []string{"textbox", "searchbox", "spinbutton"} {
		o, err := p.find(role, label)
		if err == nil {
			return o, nil
		}
		errs = append(errs, err)
	}
	return "", errors.Join(errs...)
}

// pick chooses an option of a list by its words.
func (p *tab) pick(label, option string) {
	p.t.Helper()
	p.until("pick "+option, func() error {
		o, err := p.find("combobox", label)
		if err != nil {
			return err
		}
		found, err := of[bool](p, o, fmt.Sprintf(`function() {
			const i = [...this.options].findIndex((o) => o.text.trim() === %q);
			if (i < 0) return false;
			this.selectedIndex = i;
			this.dispatchEvent(new Event('input', {bubbles: true}));
			this.dispatchEvent(new Event('change', {bubbles: true}));
			return true;
		}`, option))
		if err == nil && !found {
			err = fmt.Errorf("no option %q", option)
		}
		return err
	})
}

// hand gives a file to the page's only place for one.
func (p *tab) hand(file string) {
	p.t.Helper()
	nodes, err := chromedp.Run(p.ctx, chromedp.Nodes(chromedp.CSS("input[type=file]")))
	if err != nil {
		p.fail("no place for a file: %v", err)
	}
	tell(p, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, NodeID: nodes[0].NodeID})
}

// text is what can be read on the page.
func (p *tab) text() (string, error) {
	s, err := look[string](p, "document.body.innerText")
	return folded(s), err
}

// sees waits until the page says something.
func (p *tab) sees(words string) {
	p.t.Helper()
	p.until("read "+words, func() error {
		s, err := p.text()
		if err == nil && !strings.Contains(s, folded(words)) {
			err = fmt.Errorf("the page says %q", short(s))
		}
		return err
	})
}

// misses makes sure that the page, as it stands, does not say something.
func (p *tab) misses(words string) {
	p.t.Helper()
	s, err := p.text()
	if err != nil || strings.Contains(s, folded(words)) {
		p.fail("the page says %q: %v", words, err)
	}
}

// has tells whether something of this role and name is there now.
func (p *tab) has(role, name string) bool {
	p.t.Helper()
	nodes, err := p.nodes(role)
	if err != nil {
		p.fail("%v", err)
	}
	return slices.Contains(names(nodes), folded(name))
}

// at is the path of the page.
func (p *tab) at() string {
	p.t.Helper()
	return ask[string](p, "location.pathname")
}

// stands tells whether the page with this path is there, whole.
func (p *tab) stands(path string) error {
	at, err := look[string](p, "document.readyState === 'complete' ? location.pathname : ''")
	if err == nil && at != path {
		err = fmt.Errorf("this is %q, not %s", at, path)
	}
	return err
}

// lands makes sure of the path of the page.
func (p *tab) lands(path string) {
	p.t.Helper()
	if at := p.at(); at != path {
		p.fail("this is %s, not %s", at, path)
	}
}

func short(s string) string {
	if r := []rune(s); len(r) > 600 {
		return string(r[:600]) + "…"
	}
	return s
}
