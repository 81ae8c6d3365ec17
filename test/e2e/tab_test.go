package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is one window in which somebody walks through the site.
type tab struct {
	t     *testing.T
	h     *house
	ctx   context.Context
	touch bool
	base  string // where this device finds the house
	cut   bool   // its network fails on purpose: that is no fault of a page

	refused bool // a page tries what the browser refuses it, on purpose: the console says so

	mu     sync.Mutex
	faults []string // what no page may do
	sent   map[network.RequestID]*sent

	outside, left string // an address beyond this machine that one may leave for, and the one that was left for
}

// pictures are where a failure can be looked at; git ignores the folder.
const pictures = "../../shots"

// fail ends the journey with a picture of what stood on the screen.
func (p *tab) fail(format string, args ...any) {
	p.t.Helper()
	at := filepath.Join(pictures, "failed", strings.ReplaceAll(p.t.Name(), "/", "_")+".png")
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	where, _ := chromedp.Run(ctx, chromedp.Location()) // only to say more
	if png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot()); err != nil {
		at = "no picture: " + err.Error()
	} else if err := keep(at, png); err != nil {
		at = "no picture: " + err.Error()
	}
	p.t.Fatalf("%s\n  on %s\n  %s", fmt.Sprintf(format, args...), where, at)
}

func keep(at string, png []byte) error {
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return err
	}
	return os.WriteFile(at, png, 0o600)
}

// finish ends a journey: no page may have failed quietly.
func (p *tab) finish() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.faults {
		p.t.Error(f)
	}
	p.faults = nil
}

// open goes to an address as if it were typed.
func (p *tab) open(path string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(p.base+path)); err != nil {
		p.fail("open %s: %v", path, err)
	}
}

// as signs somebody of the demonstration in.
func (p *tab) as(name string) *tab {
	p.t.Helper()
	p.open("/demo/" + name)
	return p
}

// signedIn puts a session's cookie into the browser.
func (p *tab) signedIn(said string) {
	p.t.Helper()
	tell(p, network.SetCookie, network.SetCookieParams{Name: "s", Value: said, URL: p.base})
}

// until waits for a condition, asking again and again.
func (p *tab) until(what string, ok func() error) {
	p.t.Helper()
	end := time.After(patience)
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		err := ok()
		if err == nil {
			return
		}
		select {
		case <-end:
			p.fail("%s: %v", what, err)
		case <-again.C:
		}
	}
}

// look asks the page something: an expression of JavaScript, read by the test and not by the page.
func look[T any](p *tab, expression string) (v T, err error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	r, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{
		Expression: expression, ReturnByValue: new(true), AwaitPromise: new(true),
	})
	return decode[T](r.Result, r.ExceptionDetails, err)
}

func decode[T any](o *runtime.RemoteObject, x *runtime.ExceptionDetails, err error) (v T, _ error) {
	if err != nil {
		return v, err
	}
	if x != nil {
		return v, &chromedp.ExceptionError{ExceptionDetails: x}
	}
	if len(o.Value) == 0 {
		return v, nil
	}
	return v, json.Unmarshal(o.Value, &v)
}

// ask is look where there must be an answer.
func ask[T any](p *tab, expression string) T {
	p.t.Helper()
	v, err := look[T](p, expression)
	if err != nil {
		p.fail("%s: %v", expression, err)
	}
	return v
}

// folded makes every run of white space one space, as readers see it.
func folded(s string) string { return strings.Join(strings.Fields(s), " ") }
