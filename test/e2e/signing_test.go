package e2e_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"rsc.io/qr"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/tutoring"
)

// signBoard is the place to sign, opened for somebody who has not signed yet.
func signBoard(p *tab, w *i18n.Words) (session string, who tutoring.Row) {
	p.t.Helper()
	session = "/sessions/" + meetingOf(p.h.programme().ID()).String()
	all := p.h.named(p.t)
	who = all[slices.IndexFunc(all, func(r tutoring.Row) bool { return p.h.half(p.t, session, r.ID).OwnAt == 0 })]
	p.open(session)
	p.press("button", w.T("room.sign")+" · "+who.Name())
	p.sees(p.h.words(who.Language).T("room.sign.what"))
	return session, who
}

// draw moves a finger, or a mouse, over what has this name.
func (p *tab) draw(name string) {
	p.t.Helper()
	o, err := p.find("image", name)
	if err != nil {
		p.fail("%v", err)
	}
	s, err := of[spot](p, o, reach)
	if err != nil || s.Why != "" {
		p.fail("%s %s: %v", name, s.Why, err)
	}
	at := func(i int) (x, y float64) { return s.X - 90 + float64(i)*18, s.Y + float64(i%3)*20 - 20 }
	for i := range 11 {
		x, y := at(i)
		p.stroke(i == 0, x, y)
	}
	if p.touch {
		tell(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchEnd", TouchPoints: []*input.TouchPoint{}})
		return
	}
	x, y := at(10)
	tell(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: "mouseReleased", X: x, Y: y, Button: "left", ClickCount: 1})
}

func (p *tab) stroke(first bool, x, y float64) {
	p.t.Helper()
	if p.touch {
		kind := input.DispatchTouchEventType("touchMove")
		if first {
			kind = "touchStart"
		}
		tell(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: []*input.TouchPoint{{X: x, Y: y}}})
		return
	}
	kind := input.DispatchMouseEventType("mouseMoved")
	if first {
		kind = "mousePressed"
	}
	tell(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: x, Y: y, Button: "left", Buttons: 1, ClickCount: 1})
}

// signsOffline is a person who signs on their tutor's telephone while the network is gone: the drawing waits,
// is still known after the page was opened again, and arrives once.
func signsOffline(t *testing.T, h *house) {
	w, line := h.words("fr"), h.wire(t)
	p := h.visit(t, phone, "fr").along(line)
	p.signedIn(h.session(t, "leila").Value)
	session := planned(p)
	p.follow("button", w.T("room.start"))
	p.open(session)
	p.kept()
	line.state.Store(cut)
	who, before := h.group(t)[0], h.entries(t)
	p.press("button", w.T("room.mark.late")+" · "+who.Name())
	p.press("button", w.T("room.sign")+" · "+who.Name())
	p.press("button", w.T("room.sign.done"))
	p.sees(w.T("tutoring.drawing.none"))
	p.draw(w.T("room.sign.board"))
	p.press("button", w.T("room.sign.clear"))
	p.press("button", w.T("room.sign.done"))
	p.sees(w.T("tutoring.drawing.none"))
	p.draw(w.T("room.sign.board"))
	p.press("button", w.T("room.sign.done"))
	p.sees(w.T("room.signed.by-them"))
	p.open(session) // without network, as after a break
	p.sees(w.T("room.signed.by-them"))
	sheet := filepath.Join(t.TempDir(), "feuille.png")
	must(t, os.WriteFile(sheet, picture(t), 0o600))
	p.handTo("#photo", sheet)
	p.press("button", w.T("room.paper.keep"))
	p.sees(w.T("room.paper.waits"))
	p.press("button", w.T("room.holder"))
	p.sees(w.T("room.holder.what"))
	p.draw(w.T("room.sign.board"))
	p.press("button", w.T("room.sign.done"))
	p.sees(w.T("room.sign.kept"))
	must(t, h.grown(t, before))
	line.state.Store(deaf)
	p.open(session)
	p.until("send", func() error { return h.grown(t, before+4) })
	line.state.Store(whole)
	p.open("/phone")
	p.sees(w.T("learning.phone.all-sent"))
	must(t, h.grown(t, before+4)) // late, signed, the sheet, and who held the session: once each
	row := h.half(t, session, who.ID)
	if row.State != tutoring.Late || row.How != tutoring.ByHand || row.Document == "" {
		t.Errorf("%+v", row)
	}
	p.open(session)
	p.follow("link", w.T("room.sign.see"))
	p.sees(who.Name())
	if !p.has("image", w.T("room.signature")) {
		p.fail("no signature")
	}
	p.open(session)
	p.listsSheet(w, line, sheet)
}

// listsSheet is a sheet that waits while the page stays open: once it is sent, it stands in the list, which nobody
// had to open again, and it opens as a page with a way back.
func (p *tab) listsSheet(w *i18n.Words, line *wire, sheet string) {
	p.t.Helper()
	const count = "document.querySelectorAll('[data-sheets] a').length"
	before := ask[int](p, count)
	line.state.Store(cut)
	p.handTo("#photo", sheet)
	p.press("button", w.T("room.paper.keep"))
	p.sees(w.T("room.paper.waits"))
	line.state.Store(whole)
	ask[bool](p, "dispatchEvent(new Event('online'))")
	p.until("list the sheet", func() error {
		n, err := look[int](p, count)
		if err == nil && n != before+1 {
			err = fmt.Errorf("%d sheets", n)
		}
		return err
	})
	if ask[bool](p, "!!document.querySelector('[data-told]')") {
		p.fail("the page still says that it waits")
	}
	ask[any](p, "setTimeout(() => document.querySelector('[data-sheets] a').click())") // the answer is here before the page is gone
	p.sees(w.T("room.paper"))
	if !p.has("image", w.T("room.paper")) {
		p.fail("no sheet")
	}
}

// drew holds somebody's half-day to a signature.
func (h *house) drew(t *testing.T, session string, who id.ID) error {
	if row := h.half(t, session, who); row.How != tutoring.ByHand {
		return fmt.Errorf("%+v", row)
	}
	return nil
}

// half is somebody's first half-day in a session.
func (h *house) half(t *testing.T, session string, who id.ID) tutoring.AttendanceRow {
	t.Helper()
	row, _, err := tutoring.Attendances.One(t.Context(), h.app.DB, h.programme().ID(), "and owner=$2 and session=$3 and half=1", who, last(t, session))
	must(t, err)
	return row
}

// camera is what a browser of its own films, from the beginning each time it is switched on: each code for two
// seconds, then the table for long.
type camera string

func withCamera(t *testing.T) (context.Context, camera) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "film.mjpeg")
	return start(t, chromedp.Flag("use-fake-device-for-media-stream", true), chromedp.Flag("use-fake-ui-for-media-stream", true),
		chromedp.Flag("use-file-for-fake-video-capture", file)), camera(file)
}

func (c camera) films(t *testing.T, codes ...string) {
	t.Helper()
	var film []byte
	for _, code := range codes {
		film = append(film, bytes.Repeat(frame(t, code), 60)...)
	}
	film = append(film, bytes.Repeat(frame(t, ""), 1200)...)
	must(t, os.WriteFile(string(c), film, 0o600))
}

// frame is a card in somebody's hand as a camera sees it: neither straight nor quite white.
func frame(t *testing.T, said string) []byte {
	t.Helper()
	m, code := image.NewGray(image.Rect(0, 0, 640, 480)), &qr.Code{}
	if said != "" {
		var err error
		code, err = qr.Encode(said, qr.M)
		must(t, err)
	}
	const module, sin, cos = 6.0, 0.2, 0.98
	for y := range 480 {
		for x := range 640 {
			dx, dy := float64(x-300), float64(y-250)
			light := 160 + uint8(x/16)
			if code.Black(int(math.Floor((dx*cos+dy*sin)/module+float64(code.Size)/2)), int(math.Floor((dy*cos-dx*sin)/module+float64(code.Size)/2))) {
				light -= 120
			}
			m.SetGray(x, y, color.Gray{light})
		}
	}
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, m, nil))
	return b.Bytes()
}

// scans is a tutor who takes cards one after the other: by the camera, by a photo, without network, and by a touch of
// the name for whoever has none.
func scans(t *testing.T, h *house) {
	w, line := h.words("fr"), h.wire(t)
	browser, seen := withCamera(t)
	p := h.visitIn(browser, t, phone, "fr").along(line)
	p.signedIn(h.session(t, "leila").Value)
	session := planned(p)
	p.follow("button", w.T("room.start"))
	people := h.named(t)[:3]
	codes := map[id.ID]string{}
	for _, r := range people {
		said, err := h.app.Identity.Card(t.Context(), h.programme().ID(), r.ID)
		must(t, err)
		codes[r.ID] = "https://tremplin.example.org/card/" + said
	}
	seen.films(t, codes[people[0].ID]+"x", codes[people[0].ID])
	p.press("DisclosureTriangle", w.T("room.scan"))
	p.press("button", w.T("room.scan.camera"))
	p.sees(w.T("tutoring.scan.old"))
	p.sees(w.T("room.scan.done", "Name", people[0].Name()))
	p.sees(w.T("room.signed.by-them"))
	p.press("DisclosureTriangle", w.T("room.scan")) // the camera goes off
	p.press("DisclosureTriangle", w.T("room.scan"))
	code, err := qr.Encode(codes[people[1].ID], qr.M)
	must(t, err)
	file := filepath.Join(t.TempDir(), "card.png")
	must(t, os.WriteFile(file, code.PNG(), 0o600))
	p.handTo("#card-photo", file)
	p.sees(w.T("room.scan.done", "Name", people[1].Name()))
	p.lands(session)
	p.kept()
	seen.films(t, codes[people[2].ID]+"x", codes[people[2].ID])
	scansOffline(p, w, line, people[2])
	for _, r := range people {
		if row := h.half(t, session, r.ID); row.How != tutoring.ByCard || row.OwnAt == 0 {
			t.Errorf("%s: %+v", r.Name(), row)
		}
	}
	p.press("button", w.T("room.mark.left")+" · "+people[1].Name()) // over the card's mark, which this device has seen
	p.until("be sent", func() error { return h.marked(t, session, people[1].ID, tutoring.Gone) })
}

// scansOffline reads a card where there is no network, opens the page again, and finds all sent once there is one.
func scansOffline(p *tab, w *i18n.Words, line *wire, who tutoring.Row) {
	p.t.Helper()
	line.state.Store(cut)
	p.press("button", w.T("room.scan.camera"))
	p.sees(w.T("room.scan.away"))
	p.sees(w.T("room.scan.done", "Name", who.Name()))
	p.press("DisclosureTriangle", w.T("room.scan"))
	p.waits(1)
	p.open(ask[string](p, "location.pathname"))
	p.until("show what waits", func() error {
		there, err := look[bool](p, fmt.Sprintf("!!document.querySelector('#p-%s [aria-pressed=true][value=present]')", who.ID))
		if err == nil && !there {
			err = errors.New("what waits is not shown")
		}
		return err
	})
	line.state.Store(whole)
	p.open(ask[string](p, "location.pathname"))
	p.waits(0)
}
