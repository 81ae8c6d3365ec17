package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/people"
	"tremplin/internal/records"
)

// sees runs f with a house whose administrator has records passed on to another store.
func sees(t *testing.T, f func(r *readers, p *pair)) {
	read(t, func(r *readers) {
		t := r.T
		programme := id.Named("elsewhere")
		j, c := journaltest.New(t, dbtest.SQLite(t), []*journal.View{people.View, records.View}, programme)
		p := &pair{here: r.store, there: newStore(t, j, c, programme)}
		site := httptest.NewServer(p)
		defer site.Close()
		p.url, p.login = site.URL+"/xapi", records.Login{Key: p.there.key, Secret: p.there.secret}
		f(r, p)
	})
}

// The form comes back with what was typed, but for the secret; once it is right, records are passed on, and it is said
// how far that has come.
func TestSettingAForward(t *testing.T) {
	sees(t, func(r *readers, p *pair) {
		r.as(records.All)
		ids := r.post(statement("amina", "a"), statement("bilal", "b"))
		admin := r.device(access.Administrator, "en")
		form := admin.Get("/admin/forwards").Is(200)
		r.says(form, "No records are passed on.")
		typed := []string{
			"name", "Région <é>", "purpose", "Convention", "url", p.url + "/statements/", "key", p.login.Key, "secret", "no", "from", "all",
			"verbs", "https://example.org/did\r\nhttps://example.org/passed", "client", r.key,
		}
		wrong := form.Submit("/admin/forwards", typed...).Is(422)
		r.says(wrong, "does not know this key", "Région &lt;é&gt;", "Convention", p.url, "https://example.org/passed", p.login.Key, "!"+p.login.Secret, `value="`+r.key+`" checked`, `value="all" checked`)
		r.says(wrong.Submit("/admin/forwards", "secret", p.login.Secret, "verbs", "passed").Is(422), "Each line must be a whole address")
		for range 2 {
			page := wrong.Submit("/admin/forwards", "secret", p.login.Secret).Goes("/admin/forwards")
			r.says(page, "The connection works", p.url, "!"+p.url+"/statements", "Région &lt;é&gt;", "2 records waiting", "Nothing sent yet", "https://example.org/passed", "Plateforme", "!"+p.login.Secret)
		}
		p.pass(time.Second)
		r.says(admin.Get("/admin/forwards").Is(200), "Up to date", "2 records sent, the last on 23 November 2026")
		p.arrived(ids...)
	})
}

// What is in the way is said, and what can be done about it.
func TestSeeingAForwardInTrouble(t *testing.T) {
	sees(t, func(r *readers, p *pair) {
		r.as(records.All)
		p.set(records.Forward{})
		at := "/admin/forwards/" + p.forward.String()
		admin := r.device(access.Administrator, "fr")
		old := *p.there
		p.there.as(records.All) // the other store gives a new key, and the old one is no longer good
		which, _ := id.Parse(old.key)
		if err := p.there.Revoke(t.Context(), journaltest.Act(p.there.programme, id.ID{}), which); err != nil {
			t.Fatal(err)
		}
		ids := r.post(statement("amina", "a"))
		p.pass(10 * time.Second)
		page := admin.Get("/admin/forwards").Is(200)
		r.says(page, "Rien ne passe", "1 trace en attente", "ne connaît pas cette clé", "Depuis le 23 novembre 2026")
		p.stand = nil
		fresh := p.there.key
		login := admin.Get(at + "/login").Is(200)
		r.says(login.Submit(at+"/login", "key", fresh, "secret", "no").Is(422), "ne connaît pas cette clé", fresh)
		r.says(login.Submit(at+"/login", "key", " ", "secret", p.there.secret).Is(422), "Saisissez la clé")
		p.stand = answers(502)
		r.says(login.Submit(at+"/login", "key", fresh, "secret", p.there.secret).Is(422), "en panne (statut 502)", `id="url"`)
		p.stand = nil
		for range 2 {
			r.says(login.Submit(at+"/login", "key", fresh, "secret", p.there.secret).Goes("/admin/forwards"), "La connexion fonctionne")
		}
		p.pass(0)
		p.arrived(ids...)
		p.stand = answers(409)
		ids = r.post(statement("amina", "b"))
		p.pass(10 * time.Second)
		r.says(admin.Get("/admin/forwards").Submit(at+"/again").Goes("/admin/forwards"), "essaie maintenant")
		p.pass(0)
		page = admin.Get("/admin/forwards").Is(200)
		r.says(page, "1 trace est refusée", "/records/"+ids[0], ">409 ", "!Rien ne passe")
		r.says(page.Submit(at+"/drop").Goes("/admin/forwards"), "ne sont plus envoyées", "!/records/"+ids[0])
		for range 2 {
			r.says(page.Submit(at+"/end").Goes("/admin/forwards"), "Plus rien", "Terminé", "!"+at)
		}
		admin.Get(at + "/login").Is(404)
		for _, what := range []string{"login", "again", "drop", "end"} {
			admin.Post("/admin/forwards/" + id.New().String() + "/" + what).Is(404)
			admin.Post("/admin/forwards/x/" + what).Is(404)
		}
		if strings.Contains(string(admin.Get("/admin/forwards").Body), p.login.Secret) {
			t.Error("the secret is shown")
		}
	})
}
