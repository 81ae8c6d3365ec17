package web_test

import (
	"errors"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/web/webtest"
	"tremplin/internal/records"
)

// The secret is on the page that answers the form, and on no other; a second click breaks nothing.
func TestConnectingAPlatformShowsItsSecretOnce(t *testing.T) {
	read(t, func(r *readers) {
		admin := r.device(access.Administrator, "en")
		form := admin.Get("/admin/clients").Is(200)
		if n := len(form.All("input", "type", "checkbox", "checked", "")); n != 4 {
			t.Errorf("%d things are ticked to begin with, want 4", n)
		}
		cid := form.Value("cid")
		wrong := admin.Post("/admin/clients", "cid", cid, "name", " ", "scope", records.All).Is(422)
		r.says(wrong, "Give the platform a name.", `value="all" checked`)
		wrong = admin.Post("/admin/clients", "cid", cid, "name", "Moodle <é>").Is(422)
		r.says(wrong, "Tick at least one thing", `value="Moodle &lt;é&gt;"`)

		page := form.Submit("/admin/clients", "name", "Moodle <é>").Is(200)
		r.says(page, "shown this once", webtest.Host+"/xapi", "Moodle &lt;é&gt;", "Not used yet")
		shown := page.All("code") // address, key, secret
		r.key, r.secret = shown[1].FirstChild.FirstChild.Data, shown[2].FirstChild.FirstChild.Data
		r.post(statement("amina", "a"))

		for _, name := range []string{"Moodle <é>", "Another name"} {
			again := form.Submit("/admin/clients", "name", name).Is(200)
			r.says(again, "is connected already", "!"+r.secret, "!Another name")
		}
		r.says(admin.Get("/admin/clients").Is(200), "Last used on 23 November 2026, 08:45 UTC", "!"+r.secret)
		r.forgetful()
		r.post(statement("amina", "b"))
		if all, err := r.ClientsOf(t.Context(), r.programme); err != nil || len(all) != 1 {
			t.Errorf("%d platforms are connected, want one: %v", len(all), err)
		}
	})
}

// forgetful waits until secrets are checked anew.
func (r *readers) forgetful() { r.Now = r.Now.Add(2 * time.Minute) }

// Two clicks at once make one platform, and the secret that one of them was told is right.
func TestASecondClickKeepsTheSecret(t *testing.T) {
	read(t, func(r *readers) {
		a := journaltest.Act(r.programme, id.ID{})
		said := records.Client{Name: "Moodle", Scopes: []string{records.All}}
		key, secret, err := r.AddClient(t.Context(), a, said)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := r.AddClient(t.Context(), a, said); !errors.Is(err, records.ErrAdded) {
			t.Error(err)
		}
		if _, err := r.Prove(t.Context(), []id.ID{r.programme}, key, secret); err != nil {
			t.Error(err)
		}
	})
}

func TestDisconnectingAPlatform(t *testing.T) {
	read(t, func(r *readers) {
		r.as(records.All)
		r.post(statement("amina", "a"))
		admin := r.device(access.Administrator, "en")
		page, at := admin.Get("/admin/clients").Is(200), "/admin/clients/"+r.key+"/revoke"
		for range 2 {
			r.says(page.Submit(at).Goes("/admin/clients"), "The platform is disconnected.", "!"+at)
		}
		r.ask("POST", "/statements", statement("amina", "b")).is(401)
		r.says(admin.Get("/records").Is(200), "1 record", "Plateforme")
		admin.Post("/admin/clients/" + id.New().String() + "/revoke").Is(404)
		admin.Post("/admin/clients/x/revoke").Is(404)
	})
}
