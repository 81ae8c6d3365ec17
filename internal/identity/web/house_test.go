package web_test

import (
	"context"
	"net/http"
	"os"
	"testing"
	"testing/fstest"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
	"tremplin/internal/identity"
	pages "tremplin/internal/identity/web"
	"tremplin/internal/learning"
	"tremplin/internal/people"
)

// house serves the pages of signing in, and stands for the whole that they ask.
type house struct {
	*identity.Service
	t     *testing.T
	c     *journaltest.Clock
	p     *programme.Programme
	pages *pages.Pages
	words *i18n.Catalogue
	begun []string
	jobs  []job.Job
	again []id.ID
}

func each(t *testing.T, f func(h *house)) {
	p, err := programme.Read(os.DirFS("../../../programmes/migrantech"))
	if err != nil {
		t.Fatal(err)
	}
	views := []*journal.View{people.View, learning.View}
	journaltest.Each(t, views, []id.ID{p.ID()}, func(t *testing.T, j *journal.Journal, c *journaltest.Clock) {
		s := &people.Service{J: j}
		h := &house{Service: &identity.Service{J: j, People: s}, t: t, c: c, p: p}
		h.pages = &pages.Pages{Identity: h.Service, People: s, Learning: &learning.Service{J: j, Blobs: blob.In(t.TempDir()), People: s}, House: h}
		var err error
		h.words, err = i18n.Load(ui.Locale, pages.Locale)
		h.must(err)
		f(h)
	})
}

// Folders are the programmes that could run here.
func (h *house) Folders() []*programme.Programme { return []*programme.Programme{h.p} }

// Begin starts one.
func (h *house) Begin(_ context.Context, slug string) error {
	if slug != h.p.Slug {
		return fault.New(fault.NotFound, "")
	}
	h.begun = append(h.begun, slug)
	return nil
}

// Again notes which job was asked for.
func (h *house) Again(_ context.Context, _, job id.ID) error {
	h.again = append(h.again, job)
	return nil
}

// Waiting are the jobs not yet done.
func (h *house) Waiting(context.Context, id.ID) ([]job.Job, error) { return h.jobs, nil }

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// device is a phone that has never been here, whose browser speaks English.
func (h *house) device() *webtest.Device {
	h.t.Helper()
	assets, err := web.LoadAssets(fstest.MapFS{"tremplin.css": {Data: []byte("a")}, "tremplin.js": {Data: []byte("b")}})
	h.must(err)
	d := webtest.New(h.t, (&web.Site{
		Words: h.words, Programmes: h.Folders, Routes: h.pages.Routes(), Assets: assets, Now: h.J.Now, Identify: h.Identify,
	}).Handler())
	d.Header.Set("Accept-Language", "en")
	return d
}

// says is a message in English.
func (h *house) says(key string, args ...any) string { return h.words.In("en").T(key, args...) }

// learner is somebody with a PIN and a card.
func (h *house) learner(pin string) (who id.ID, card string) {
	h.t.Helper()
	who = id.New()
	n := people.Newcomer{ID: who, Said: people.Described{First: "Amina", Number: "amina", Invented: true}, Role: access.Learner}
	h.must(h.People.Enter(h.t.Context(), journaltest.Act(h.p.ID(), who), n))
	h.must(h.SetPIN(h.t.Context(), h.p.ID(), who, pin))
	card, err := h.Card(h.t.Context(), h.p.ID(), who)
	h.must(err)
	return who, card
}

const phrase = "une phrase assez longue"

// staff is somebody with an account.
func (h *house) staff(email string, role access.Role) {
	h.t.Helper()
	m := identity.Member{First: "Nadia", Email: email, Password: phrase, Role: role}
	h.must(h.Let(h.t.Context(), journaltest.Act(h.p.ID(), id.ID{}), m))
}

// signedIn is a device of somebody of the staff.
func (h *house) signedIn(email string) *webtest.Device {
	h.t.Helper()
	d := h.device()
	d.Post("/sign-in", "email", email, "password", phrase).Is(303)
	return d
}

// count counts rows of a draft table.
func (h *house) count(table string) (n int) {
	h.t.Helper()
	h.must(h.J.DB().QueryRow(h.t.Context(), "select count(*) from "+table).Scan(&n))
	return n
}

func cookie(name string) *http.Cookie { return &http.Cookie{Name: name, Value: "1"} }
