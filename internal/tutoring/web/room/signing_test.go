package room_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"log/slog"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"rsc.io/qr"

	"tremplin/internal/core/id"
	"tremplin/internal/core/web/webtest"
	"tremplin/internal/tutoring"
)

// drawn is a signature as a canvas gives it.
func drawn(t *testing.T) string {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 320, 140))
	for x := 20; x < 220; x++ {
		m.Set(x, 30+x/4, color.NRGBA{28, 36, 48, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
}

// Whoever is there may sign on the screen, and only while there is something to sign; what was signed opens for
// whoever holds the session, and stands on the sheet.
func TestSignOnTheScreen(t *testing.T) {
	s := open(t)
	at, _ := s.plan()
	d := s.as("leila")
	if d.Get(at).Is(200).Has("dialog") {
		t.Error("one signs before the session")
	}
	d.Post(at + "/start").Is(303)
	page := d.Get(at).Is(200)
	if button := page.All("button", "data-sign", "Amina"); len(button) != 1 || webtest.Attr(button[0], "data-lang") != "ar" || webtest.Attr(button[0], "data-dir") != "rtl" {
		t.Error("Amina cannot sign")
	}
	if !strings.Contains(page.Header.Get("Permissions-Policy"), "camera=(self)") || !strings.Contains(s.as("").Get("/s").Header.Get("Permissions-Policy"), "camera=()") {
		t.Error("the camera is for cards alone")
	}
	if p := page.Submit(at+"/sign", "person", s.amina.String(), "drawing", "data:image/png;base64,!").Is(422); !strings.Contains(p.Text("main"), "Nothing is signed yet") {
		t.Error(p.Text("main"))
	}
	signature := at + "/signature/" + s.amina.String() + "?half=1"
	d.Get(signature).Is(404)
	plain := len(d.Get(at + "/sheet.pdf").Is(200).Body)
	page.Submit(at+"/sign", "person", s.amina.String(), "drawing", drawn(t)).Goes(at + "?half=1#p-" + s.amina.String())
	page = d.Get(at).Is(200)
	if !page.Has("a", "href", signature) || page.Has("button", "data-sign", "Amina") {
		t.Error(page.Text("main"))
	}
	if p := d.Get(signature).Is(200); !p.Has("img", "alt", "Signature") || !strings.Contains(p.Text("main"), "Amina") || p.Header.Get("Cache-Control") != "no-store" {
		t.Error(p.Text("main"), p.Header)
	}
	s.as("marc").Get(signature).Is(404)
	s.as("amina").Get(signature).Is(403)
	alone := d.Get(at + "/sheet.pdf").Is(200).Body
	if p := page.Submit(at+"/sign", "person", "", "drawing", "").Is(422); !strings.Contains(p.Text("main"), "Nothing is signed yet") {
		t.Error(p.Text("main"))
	}
	page.Submit(at+"/sign", "person", "", "drawing", drawn(t)).Goes(at + "?half=1")
	page = d.Get(at).Is(200)
	if page.Has("button", "data-sign", "Add my signature") || !strings.Contains(page.Text("main"), "The signature is kept.") || !strings.Contains(page.Text("main"), "Signature · Who held") {
		t.Error(page.Text("main"))
	}
	if both := d.Get(at + "/sheet.pdf").Is(200).Body; bytes.Count(both, []byte("/Subtype/Image")) <= bytes.Count(alone, []byte("/Subtype/Image")) {
		t.Error("whoever held the session does not stand on the sheet")
	}
	if b := d.Get(at + "/sheet.pdf").Is(200).Body; len(b) <= plain || !bytes.Contains(b, []byte("/Subtype/Image")) {
		t.Error("the signature is not on the sheet")
	}
	if b := d.Get(at + "/sheet.pdf?blank=1").Is(200).Body; bytes.Contains(b, []byte("/Subtype/Image")) {
		t.Error("the blank sheet is signed")
	}
}

// card is what the QR code of Amina's card says.
func (s *site) card() string {
	s.T.Helper()
	codes, err := s.PrintCards(s.Ctx(), s.Act(), []id.ID{s.amina})
	s.Must(err)
	return "https://tremplin.example.org/card/" + codes[s.amina] + "?lang=ar"
}

// snap sends a photo of a card, as the form does without script.
func (s *site) snap(at string, photo []byte) *webtest.Page {
	s.T.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	s.Must(w.WriteField("half", "1"))
	f, err := w.CreateFormFile("photo", "card.jpg")
	s.Must(err)
	_, err = f.Write(photo)
	s.Must(err)
	s.Must(w.Close())
	return s.as("leila").Send(http.MethodPost, at+"/card", b.String(), http.Header{"Content-Type": {w.FormDataContentType()}})
}

// A card is scanned by the camera or photographed. It marks, signs nobody in, and is said in no log.
func TestCardIsScanned(t *testing.T) {
	s := open(t)
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(before)
	at, _ := s.plan()
	said, d := s.card(), s.as("leila")
	d.Post(at + "/start").Is(303)
	ask := func(card string) (out struct {
		OK                  bool
		Said, Person, State string
	},
	) {
		t.Helper()
		p := d.Send(http.MethodPost, at+"/card", "half=1&card="+card, http.Header{"Accept": {"application/json"}, "Content-Type": {"application/x-www-form-urlencoded"}}).Is(200)
		s.Must(json.Unmarshal(p.Body, &out))
		if len(p.Header.Values("Set-Cookie")) > 0 || strings.Contains(string(p.Body), card) {
			t.Error("a card signs in:", p.Header)
		}
		return out
	}
	if got := ask("https://tremplin.example.org/card/nobody"); got.OK || !strings.Contains(got.Said, "not valid any more") {
		t.Error(got)
	}
	if got := ask(said); !got.OK || got.Said != "Amina is here." || got.Person != s.amina.String() || got.State != "present" {
		t.Error(got)
	}
	if got := ask(said); !got.OK || got.Said != "Amina has signed already." {
		t.Error(got)
	}
	if strings.Contains(string(d.Get(at).Is(200).Body), "data-card=") {
		t.Error("whoever reads the page needs no marks of cards")
	}
	kept := d.Send(http.MethodGet, at, "", http.Header{"X-Keeps": {"1"}}).Is(200)
	sum := sha256.Sum256([]byte(strings.TrimSuffix(strings.TrimPrefix(said, "https://tremplin.example.org/card/"), "?lang=ar")))
	if !kept.Has("li", "id", "p-"+s.amina.String(), "data-card", hex.EncodeToString(sum[:8])) {
		t.Error("a device that keeps the page cannot tell whose card it reads")
	}
	code, err := qr.Encode(said, qr.M)
	s.Must(err)
	if p := s.snap(at, code.PNG()).Is(200); p.Text("p", "role", "status") != "Amina has signed already." {
		t.Error(p.Text("main"))
	}
	for _, bad := range [][]byte{nil, []byte("<svg/>")} {
		if p := s.snap(at, bad).Is(422); !strings.Contains(p.Text("p", "role", "status"), "No card can be read") {
			t.Error(p.Text("main"))
		}
	}
	secret := strings.TrimSuffix(strings.TrimPrefix(said, "https://tremplin.example.org/card/"), "?lang=ar")
	if strings.Contains(log.String(), secret) {
		t.Error("the log says the card's secret")
	}
}

// The roll shows the photo of those who agreed to it, and the letters of all others.
func TestPhotoOnTheRoll(t *testing.T) {
	s := open(t)
	s.Learner("Badr", 20, true)
	at, _ := s.plan()
	q, _ := tutoring.Picturing(s.P)
	var b bytes.Buffer
	s.Must(png.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 400))))
	s.Must(s.KeepPortrait(s.Ctx(), s.Act(), s.Tutor, s.amina, q, true, b.Bytes()))
	if p := s.as("leila").Get(at).Is(200); len(p.All("img")) != 1 || !p.Has("img", "src", "/group/"+s.amina.String()+"/photo") {
		t.Error("no photo on the roll")
	}
	s.Must(s.DropPortrait(s.Ctx(), s.Act(), s.Tutor, s.amina, q))
	if p := s.as("leila").Get(at).Is(200); p.Has("img") {
		t.Error("the photo stays")
	}
}
