package room_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"tremplin/internal/core/access"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
	"tremplin/internal/tutoring"
	"tremplin/internal/tutoring/tutoringtest"
	"tremplin/internal/tutoring/web/room"
)

// site is the room's pages in a house with one group.
type site struct {
	*tutoringtest.House
	handler http.Handler
	amina   id.ID
}

func open(t *testing.T) *site {
	t.Helper()
	s := &site{House: tutoringtest.New(t, dbtest.SQLite(t))}
	s.amina = s.Learner("Amina", 20, true)
	s.Publish("speaking-at-work")
	who := map[string]access.Actor{
		"leila": s.Tutor, "nadia": s.Boss, "marc": s.Staff("Marc", access.Tutor, id.New()),
		"amina": {Programme: s.P.ID(), Person: s.amina, Name: "Amina", Grants: []access.Grant{{Role: access.Learner, Of: s.GroupID}}},
	}
	routes := (&room.Pages{Tutoring: s.Service, Learning: s.Learning}).Routes()
	s.handler = webtest.Site(t, web.Site{Programmes: webtest.Running(s.P), Routes: routes, Now: s.J.Now, Slots: slots()}, who, room.Locale)
	return s
}

// as is a device on which somebody is signed in, in English; empty: nobody.
func (s *site) as(who string) *webtest.Device {
	d := webtest.New(s.T, s.handler)
	d.Cookies[web.LangCookie] = &http.Cookie{Name: web.LangCookie, Value: "en"}
	if who != "" {
		d.Cookies[web.SessionCookie] = &http.Cookie{Name: web.SessionCookie, Value: who}
	}
	return d
}

// plan plans a session today and gives its address and its code.
func (s *site) plan(more ...string) (at, code string) {
	s.T.Helper()
	fields := append(slices.Clone(more), // of a name that is said twice the first counts
		"kind", "trial", "title", "", "module", "speaking-at-work", "day", s.Now.Format(time.DateOnly), "starts", "09:30", "halves", "1", "hours", "2,5",
		"mode", "on-site", "place", "Salle 2", "group", s.GroupID.String(), "language", "fr", "language", "ar",
	)
	p := s.as("leila").Post("/sessions/new", fields...).Is(http.StatusSeeOther)
	at = p.Header.Get("Location")
	which, err := id.Parse(strings.TrimPrefix(at, "/sessions/"))
	s.Must(err)
	w, err := tutoring.Sessions.Find(s.Ctx(), s.J.DB(), s.P.ID(), "and owner=$2", which)
	s.Must(err)
	return at, w.Code
}

// What is wrong with a plan is said beside the field, and what was typed stays.
func TestPlanLosesNothing(t *testing.T) {
	s := open(t)
	d := s.as("leila")
	p := d.Get("/sessions/new").Is(200).Submit("/sessions/new", "title", "Une séance", "day", "tomorrow", "starts", "half past nine", "hours", "two", "mode", "remote", "link", "http://x", "place", "Ici").Is(422)
	for field, typed := range map[string]string{"title": "Une séance", "starts": "half past nine", "hours": "two", "link": "http://x", "place": "Ici"} {
		if p.Value(field) != typed {
			t.Errorf("%s: %q", field, p.Value(field))
		}
	}
	if got := p.Text("div", "class", "notice bad"); !strings.Contains(got, "09:30") || !strings.Contains(got, "https://") {
		t.Error(got)
	}
	at, _ := s.plan()
	page := s.as("leila").Get(at).Is(200)
	if page.Text("h1") != "Le module speaking-at-work" && page.Text("h1") == "" || !strings.Contains(page.Text("main"), "Salle 2") || !strings.Contains(page.Text("main"), "Amina") {
		t.Error(page.Text("main"))
	}
}

// A session is of those who hold it: others do not find it, and whoever has its code sees no name.
func TestSessionIsTheirs(t *testing.T) {
	s := open(t)
	at, code := s.plan()
	for _, path := range []string{at, at + "/plan", at + "/wall", at + "/sheet.pdf"} {
		s.as("marc").Get(path).Is(404)
		s.as("amina").Get(path).Is(403)
		s.as("").Get(path).Is(303)
	}
	for _, act := range []string{"/start", "/roll", "/rest", "/end", "/off", "/walk-in", "/wall", "/paper", "/sign", "/card"} {
		s.as("marc").Post(at+act, "half", "1").Is(404)
	}
	s.as("leila").Post(at + "/start").Goes(at)
	if p := s.as("").Get("/s/" + code).Is(200); strings.Contains(p.Text("main"), "Amina") || !p.Has("form", "action", "/s/"+code+"/follow") {
		t.Error(p.Text("main"))
	}
	s.as("").Get("/s/ZZZZZZ").Is(404)
	if p := s.as("").Post("/s", "code", "zzz").Is(422); p.Value("code") != "zzz" {
		t.Error(p.Text("main"))
	}
	s.as("").Post("/s", "code", " "+strings.ToLower(code)+" ").Goes("/s/" + code)
}

// The invitation says where and when, by the clock of that place, and nothing of the programme or of people.
func TestInvitation(t *testing.T) {
	s := open(t)
	_, code := s.plan()
	p := s.as("").Get("/s/" + code + "/invite.ics").Is(200)
	text := string(p.Body)
	for _, want := range []string{"BEGIN:VEVENT", "DTSTART:" + s.Now.Format("20060102") + "T083000Z", "DTEND:" + s.Now.Format("20060102") + "T110000Z", "LOCATION:Salle 2"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing:\n%s", want, text)
		}
	}
	for _, secret := range []string{"MIGRANTECH", "Amina", "AMSED"} {
		if strings.Contains(text, secret) {
			t.Errorf("it says %s", secret)
		}
	}
	if !strings.HasPrefix(p.Header.Get("Content-Type"), "text/calendar") {
		t.Error(p.Header)
	}
}

// What is on the wall is what phones are led to; a session that is over leads nowhere.
func TestWall(t *testing.T) {
	s := open(t)
	at, code := s.plan()
	d := s.as("leila")
	d.Post(at + "/start").Is(303)
	d.Get(at + "/wall").Is(200)
	d.Post(at+"/wall", "at", "3").Goes("/learn/speaking-at-work/3/wall?session=" + strings.TrimPrefix(at, "/sessions/"))
	phone := s.as("")
	phone.Post("/s/" + code + "/follow").Goes("/learn/speaking-at-work/3")
	if !phone.Remembers("room") {
		t.Error("the phone does not know what it follows")
	}
	now := func() string {
		return string(phone.Send(http.MethodGet, "/s/"+code+"/now", "", http.Header{"Accept": {"application/json"}}).Is(200).Body)
	}
	if got := now(); got != `{"at":3,"runs":true,"to":"/learn/speaking-at-work/3"}` {
		t.Error(got)
	}
	d.Post(at+"/end", "hours", "many").Is(422)
	d.Post(at+"/end", "hours", "2.5").Goes(at)
	if got := now(); !strings.Contains(got, `"runs":false`) {
		t.Error(got)
	}
}

// The roll by its forms alone, as without script: marks, the rest, a walk-in, both signatures, the sheet, a photo.
func TestRollByForms(t *testing.T) {
	s := open(t)
	s.Learner("Badr", 20, true)
	at, code := s.plan()
	d := s.as("leila")
	d.Post(at + "/start").Is(303)
	page := d.Get(at).Is(200)
	page.Submit(at+"/rest", "state", "present").Is(303)
	d.Get(at).Submit(at+"/roll", "person", s.amina.String(), "state", "late").Is(303)
	d.Post(at+"/roll", "person", s.amina.String(), "half", "1", "state", "asleep").Is(422)
	d.Post(at+"/walk-in", "half", "1", "first", "Yusra", "language", "ar").Is(303)
	if p := d.Post(at+"/walk-in", "half", "1", "first", "", "language", "ar").Is(422); !strings.Contains(p.Text("main"), "Yusra") {
		t.Error(p.Text("main"))
	}
	s.as("amina").Get("/s/" + code).Submit("/s/" + code + "/here").Goes("/s/" + code)
	d.Get(at).Submit(at+"/end", "hours", "2,5").Goes(at)
	main := d.Get(at).Is(200).Text("main")
	for _, want := range []string{"Length: 2.5 h", "Half-days signed by both: 1 of 3", "Yusra", "Signed by both"} {
		if !strings.Contains(main, want) {
			t.Errorf("%q is missing: %s", want, main)
		}
	}
	for _, query := range []string{"", "?blank=1"} {
		if p := d.Get(at + "/sheet.pdf" + query).Is(200); !bytes.HasPrefix(p.Body, []byte("%PDF-")) {
			t.Error("no sheet")
		}
	}
	s.photograph(at, []byte("<svg/>")).Is(422)
	var b bytes.Buffer
	s.Must(png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 40))))
	s.photograph(at, b.Bytes()).Is(303)
	page = d.Get(at)
	if main := page.Text("main"); !strings.Contains(main, "Half-days signed by both: 3 of 3") || !strings.Contains(main, "Sheet photographed") {
		t.Error(main)
	}
	var sheet string
	for _, a := range page.All("a") {
		if i := slices.IndexFunc(a.Attr, func(v html.Attribute) bool { return v.Key == "href" && strings.Contains(v.Val, "/paper/") }); i >= 0 {
			sheet = a.Attr[i].Val
		}
	}
	if p := d.Get(sheet).Is(200); p.Text("h1") != "Sheet photographed" || !p.Has("a", "href", at+"?half=1") || !strings.Contains(string(p.Body), `src="data:image/jpeg;base64,`) {
		t.Error(p.Text("main"))
	}
	if main := s.as("leila").Get(at + "?lang=fr").Is(200).Text("main"); !strings.Contains(main, "2,5 h") || strings.Contains(main, "2.5") {
		t.Error(main)
	}
}

// photograph sends a photo of the sheet.
func (s *site) photograph(at string, photo []byte) *webtest.Page {
	s.T.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	s.Must(w.WriteField("half", "1"))
	f, err := w.CreateFormFile("photo", "sheet.jpg")
	s.Must(err)
	_, err = f.Write(photo)
	s.Must(err)
	s.Must(w.Close())
	return s.as("leila").Send(http.MethodPost, at+"/paper", b.String(), http.Header{"Content-Type": {w.FormDataContentType()}})
}
