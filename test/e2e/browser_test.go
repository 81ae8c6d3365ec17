package e2e_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// chromium is Debian's, without the frame of a browser around its windows: they open sooner.
const chromium = "/usr/bin/chromium-headless-shell"

// patience is how long anything that a person waits for may take, on a busy machine too.
const patience = 20 * time.Second

// start opens a browser: the one that all journeys share, or one that differs from it.
func start(t *testing.T, more ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	if _, err := os.Stat(chromium); err != nil {
		t.Fatal("no browser: test/setup.sh installs it")
	}
	all, end := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), append(more,
		chromedp.ExecPath(chromium), chromedp.UserDataDir(t.TempDir()),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("host-resolver-rules", "MAP *.localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"), // what leaves all the same gets nowhere
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("disable-background-timer-throttling", true), chromedp.Flag("disable-renderer-backgrounding", true), chromedp.Flag("disable-backgrounding-occluded-windows", true))...)
	ctx, stop := chromedp.NewContext(all)
	t.Cleanup(func() { stop(); end() })
	must(t, chromedp.Do(ctx))
	return ctx
}

// device is what somebody holds in their hands.
type device struct {
	width, height int64
	touch         bool
}

var (
	phone  = device{360, 740, true}
	laptop = device{1280, 800, false}
	zoomed = device{320, 256, false} // a laptop's window at 400 %
)

// visit opens a window of its own for one journey: no cookie, no cache, nothing of another. It speaks lang.
func (h *house) visit(t *testing.T, d device, lang string) *tab {
	t.Helper()
	return h.visitIn(h.browser, t, d, lang)
}

func (h *house) visitIn(browser context.Context, t *testing.T, d device, lang string) *tab {
	t.Helper()
	ctx, end := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	p := &tab{t: t, h: h, ctx: ctx, base: h.base, touch: d.touch, sent: map[network.RequestID]*sent{}}
	t.Cleanup(func() { p.finish(); end() })
	must(t, chromedp.Do(ctx))
	must(t, chromedp.Listen(ctx, p.hear))
	tell(p, audits.Enable, cdp.Empty{})
	tell(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}) // each window believes that it is in front
	tell(p, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": lang}})
	p.hold(d)
	p.prefer("light")
	return p
}

// hold changes the device in the hand.
func (p *tab) hold(d device) {
	p.t.Helper()
	p.touch = d.touch
	tell(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: d.width, Height: d.height, DeviceScaleFactor: 1, Mobile: d.touch,
	})
	tell(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: d.touch})
}

// prefer chooses light or dark; nothing moves, so that a picture is the same each time.
func (p *tab) prefer(scheme string) {
	p.t.Helper()
	tell(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// withoutScript turns JavaScript off for the pages; the test itself can still look.
func (p *tab) withoutScript() {
	p.t.Helper()
	tell(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// tell sends one command of the browser's protocol.
func tell[P, R any](p *tab, c cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	r, err := chromedp.Call(ctx, c, params)
	if err != nil {
		p.fail("%s: %v", c.Method, err)
	}
	return r
}
