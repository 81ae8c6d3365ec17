package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
	"tremplin/internal/identity"
)

// The first visit makes the administrator, who also coordinates, and begins the programme; there is no second.
func TestSetup(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		p := d.Get("/setup").Is(200)
		if p.Value("programme") != h.p.Slug || p.Value("cid") == "" {
			t.Error("nothing is chosen:", p.Text("main"))
		}
		p = p.Submit("/setup", "first", "Nadia", "last", "أحمد", "email", "nadia@example.org", "password", "short").Is(422)
		if p.Value("first") != "Nadia" || p.Value("last") != "أحمد" || p.Value("email") != "nadia@example.org" || p.Value("password") != "" {
			t.Error("what was typed is lost:", p.Text("main"))
		}
		p.Submit("/setup", "password", phrase).Goes("/programme")
		who := h.person(d)
		if who.Last != "أحمد" || len(who.Grants) != 2 || !slices.Contains(h.begun, h.p.Slug) {
			t.Errorf("%+v, begun %v", who, h.begun)
		}
		h.device().Get("/setup").Is(404)
		h.device().Post("/setup", "first", "Eve", "email", "eve@example.org", "password", phrase, "programme", h.p.Slug).Is(404)
		if h.count("account") != 1 {
			t.Error("another administrator")
		}
	})
}

func TestSetupOfNoProgramme(t *testing.T) {
	each(t, func(h *house) {
		h.device().Post("/setup", "first", "Nadia", "email", "nadia@example.org", "password", phrase, "programme", "../near").Is(404)
		if h.count("account") != 0 {
			t.Error("an account for nothing")
		}
	})
}

func TestSetupIsNoPartOfTheDemonstration(t *testing.T) {
	each(t, func(h *house) {
		h.pages.Demo = true
		h.device().Get("/setup").Is(404)
	})
}

// An administrator lets colleagues in; who is known already keeps their password.
func TestLet(t *testing.T) {
	each(t, func(h *house) {
		h.staff("admin@example.org", access.Administrator)
		d := h.signedIn("admin@example.org")
		p := d.Get("/admin").Is(200)
		roles := []string{}
		for _, o := range p.All("option") {
			roles = append(roles, webtest.Attr(o, "value"))
		}
		if slices.Contains(roles, string(access.Learner)) || !slices.Contains(roles, string(access.Tutor)) {
			t.Error(roles)
		}
		wrong := p.Submit("/admin/staff", "first", "Leïla", "email", "leila", "password", phrase, "role", "tutor").Is(422)
		if wrong.Value("first") != "Leïla" || wrong.Value("role") != "tutor" || !strings.Contains(wrong.Text("main"), h.says("people.email.wrong")) {
			t.Error(wrong.Text("main"))
		}
		after := wrong.Submit("/admin/staff", "email", "leila@example.org ", "password", phrase).Goes("/admin")
		if got := after.Text("p", "role", "status"); got != h.says("identity.admin.let.done") {
			t.Error(got)
		}
		leila := h.device()
		leila.Post("/sign-in", "email", "leila@example.org", "password", phrase).Goes("/group")
		leila.Get("/admin").Is(403)
		leila.Post("/admin/staff", "first", "Eve", "email", "eve@example.org", "password", phrase, "role", "administrator").Is(403)
		d.Get("/admin").Submit("/admin/staff", "first", "Leïla", "email", "leila@example.org", "password", "another phrase, not taken", "role", "author").Is(303)
		if got := d.Get("/admin").Text("p", "role", "status"); got != h.says("identity.admin.let.known") {
			t.Error(got)
		}
		if who := h.person(leila); len(who.Grants) != 2 {
			t.Errorf("%+v", who.Grants)
		}
		h.device().Post("/sign-in", "email", "leila@example.org", "password", "another phrase, not taken").Is(422)
	})
}

// A role that is none, or that nobody is given here, is refused whatever the form says.
func TestLetOnlyRolesOfTheStaff(t *testing.T) {
	each(t, func(h *house) {
		h.staff("admin@example.org", access.Administrator)
		d := h.signedIn("admin@example.org")
		for _, role := range []string{"", "nobody", "learner", "king"} {
			d.Post("/admin/staff", "first", "Eve", "email", "eve@example.org", "password", phrase, "role", role).Is(422)
		}
		if h.count("account") != 1 || h.count("people_person") != 1 {
			t.Error("somebody was let in")
		}
	})
}

func TestAdminSeesJobsAndProgrammes(t *testing.T) {
	each(t, func(h *house) {
		h.staff("admin@example.org", access.Administrator)
		failed := job.Job{ID: id.New(), Kind: "journal.erase", Tries: 3, Error: "<b>the key store is away"}
		h.jobs = []job.Job{failed, {ID: id.New(), Kind: "journal.erase"}}
		d := h.signedIn("admin@example.org")
		p := d.Get("/admin").Is(200)
		if !strings.Contains(p.Text("aside"), failed.Error) || len(p.All("form", "action", "/admin/job")) != 1 {
			t.Error(p.Text("aside"))
		}
		if p.Submit("/admin/job").Is(303); len(h.again) != 1 || h.again[0] != failed.ID {
			t.Error("another job is tried again", h.again)
		}
		d.Post("/admin/programme", "slug", h.p.Slug).Goes("/admin")
		d.Post("/admin/programme", "slug", "none").Is(404)
	})
}

// The old password is asked, the new one must be long; then every device signs in anew.
func TestPassword(t *testing.T) {
	each(t, func(h *house) {
		h.staff("nadia@example.org", access.Coordinator)
		d, other := h.signedIn("nadia@example.org"), h.signedIn("nadia@example.org")
		p := d.Get("/account").Is(200)
		for _, c := range [][3]string{{"a guess", "a new long phrase", "identity.password.wrong"}, {phrase, "short", "identity.password.short"}} {
			if p := p.Submit("/account/password", "old", c[0], "password", c[1]).Is(422); !strings.Contains(p.Text("main"), h.says(c[2], "Min", 12)) || p.Value("old")+p.Value("password") != "" {
				t.Error(p.Text("main"))
			}
		}
		p.Submit("/account/password", "old", phrase, "password", "a new long phrase").Is(303)
		if d.Remembers(web.SessionCookie) || h.count("session") != 0 {
			t.Error("a session goes on")
		}
		other.Get("/account").Is(303)
		h.device().Post("/sign-in", "email", "nadia@example.org", "password", "a new long phrase").Goes("/programme")
	})
}

// One sees where one is signed in, and ends what one does not know: one's own alone.
func TestSessions(t *testing.T) {
	each(t, func(h *house) {
		h.staff("nadia@example.org", access.Coordinator)
		h.staff("leila@example.org", access.Tutor)
		d, lost, leila := h.signedIn("nadia@example.org"), h.signedIn("nadia@example.org"), h.signedIn("leila@example.org")
		p := d.Get("/account").Is(200)
		if got := len(p.All("form", "action", "/account/end")); got != 1 || !strings.Contains(p.Text("main"), "This device") {
			t.Fatal(got, "other sessions", p.Text("main"))
		}
		theirs, err := h.Sessions(t.Context(), access.Actor{Programme: h.p.ID(), Person: h.person(leila).ID})
		h.must(err)
		for _, token := range []string{hex.EncodeToString(theirs[0].Token[:]), "", "zz", strings.Repeat("0", 64)} {
			d.Post("/account/end", "session", token).Is(303)
		}
		if h.count("session") != 3 {
			t.Error("somebody else's session has ended")
		}
		mine, err := h.Sessions(t.Context(), access.Actor{Programme: h.p.ID(), Person: h.person(d).ID})
		h.must(err)
		i := slices.IndexFunc(mine, func(s identity.Session) bool { return !h.of(s, d) })
		d.Post("/account/end", "session", hex.EncodeToString(mine[i].Token[:])).Goes("/account")
		lost.Get("/account").Is(303)
		d.Get("/account").Is(200)
		leila.Get("/account").Is(200)
	})
}

// of tells whether a session is that of a device.
func (h *house) of(s identity.Session, d *webtest.Device) bool {
	return s.Token == sha256.Sum256([]byte(d.Cookies[web.SessionCookie].Value))
}

func TestUnknownAddressOfAnAccount(t *testing.T) {
	each(t, func(h *house) {
		h.device().Get("/account").Is(303)
		h.device().Post("/account/end", "session", id.New().String()).Is(401)
		h.device().Post("/account/password", "old", "x", "password", "y").Is(401)
	})
}

// An administrator sees who has access, and ends it at once; nobody shuts themselves out.
func TestLeave(t *testing.T) {
	each(t, func(h *house) {
		h.staff("admin@example.org", access.Administrator)
		h.staff("leila@example.org", access.Tutor)
		d, leila := h.signedIn("admin@example.org"), h.signedIn("leila@example.org")
		who := h.person(leila)
		p := d.Get("/admin").Is(200)
		ways := 0
		for _, f := range p.All("form") {
			if webtest.Attr(f, "action") == "/admin/leave" {
				ways++
			}
		}
		if !strings.Contains(p.Text("main"), "leila@example.org") || ways != 1 { // not for the administrator's own
			t.Error(ways, p.Text("main"))
		}
		leila.Get("/account").Is(200)
		d.Post("/admin/leave", "person", h.person(d).ID.String()).Is(422)
		d.Post("/admin/leave", "person", id.New().String()).Is(404)
		cid := id.New().String()
		for range 2 {
			d.Post("/admin/leave", "cid", cid, "person", who.ID.String()).Goes("/admin")
		}
		if strings.Contains(d.Get("/admin").Is(200).Text("main"), "leila@example.org") {
			t.Error("she is still in the list")
		}
		leila.Get("/account").Goes("/sign-in?to=%2Faccount")
		h.device().Post("/sign-in", "email", "leila@example.org", "password", phrase).Is(403)
		h.staff("leila@example.org", access.Tutor)
		h.signedIn("leila@example.org")
	})
}
