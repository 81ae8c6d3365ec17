package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/records"
)

// claims is a coordinator who says who somebody is of whom a platform tells, sees what was told with the participant,
// and parts them again.
func claims(t *testing.T, h *house) {
	w, person := h.words("fr"), "/people/"+h.person(t, "oksana").String()
	h.tells(t, `{"actor":{"account":{"homePage":"https://campus.example.org","name":"b-7"},"name":"Oxana la nouvelle"},
		"verb":{"id":"https://example.org/verbs/read","display":{"fr":"a lu"}},"object":{"id":"https://campus.example.org/guide","definition":{"name":{"fr":"Le guide du campus"}}}}`)
	p := h.visit(t, laptop, "fr").as("nadia")
	p.open("/records")
	p.follow("link", w.T("records.actor.go"))
	p.lands("/records/actors")
	p.follow("link", "Oxana la nouvelle")
	for _, said := range []string{"b-7", "https://campus.example.org", "Campus", "Le guide du campus", "a lu", w.T("records.actor.nobody")} {
		p.sees(said)
	}
	p.fill(w.T("records.actor.search"), "oksana")
	p.follow("button", w.T("records.actor.find"))
	p.follow("button", w.T("records.actor.claim"))
	p.sees(w.T("records.actor.choose"))
	p.press("radio", "Оксана")
	p.follow("button", w.T("records.actor.claim"))
	p.sees(w.T("records.actor.now"))
	p.misses("Oxana la nouvelle")
	p.open(person)
	p.follow("link", w.T("records.elsewhere.go"))
	p.lands(person + "/elsewhere")
	p.sees("Oxana la nouvelle")
	p.sees("Le guide du campus")
	p.pick(w.T("records.client"), "Campus")
	p.follow("button", w.T("records.elsewhere.invite"))
	p.sees(w.T("records.elsewhere.invited"))
	p.press("DisclosureTriangle", w.T("records.elsewhere.part")+" · Oxana la nouvelle")
	p.sees(w.T("records.elsewhere.part.what"))
	p.follow("button", w.T("records.elsewhere.part"))
	p.sees(w.T("records.elsewhere.parted"))
	p.misses("Le guide du campus")
	p.open("/records/actors")
	p.sees("Oxana la nouvelle")
	abroad(t, h)
}

// abroad is a platform that tells how far people are with a course of its own: their tutor reads it, and whoever learns reads it
// on their own page.
func abroad(t *testing.T, h *house) {
	t.Helper()
	const called = "La caisse d’un magasin"
	w, p := h.words("fr"), h.visit(t, phone, "fr").as("leila")
	who := h.led(t, "finished", always)
	h.tells(t, `{"actor":{"account":{"homePage":"`+h.base+`","name":"`+who.ID.String()+`"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/passed"},
		"object":{"id":"https://campus.example.org/till","definition":{"name":{"fr":"`+called+`"}}},"result":{"score":{"scaled":0.8}}}`)
	p.open("/group/" + who.ID.String())
	for _, said := range []string{called, w.T("records.study.is.passed"), w.T("records.score.share", "Percent", 80), "Campus"} {
		p.sees(said)
	}
	p.as("fatou").open("/me")
	p.sees(w.T("records.studies"))
}

// tells is a platform that is connected and sends a statement.
func (h *house) tells(t *testing.T, statement string) {
	t.Helper()
	key, secret, err := h.app.Records.AddClient(t.Context(), journal.Act{Programme: h.programme().ID(), ID: id.New()}, records.Client{Name: "Campus", Scopes: []string{records.Write}})
	must(t, err)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.base+"/xapi/statements", strings.NewReader(statement))
	must(t, err)
	r.SetBasicAuth(key, secret)
	r.Header.Set("X-Experience-API-Version", "2.0.0")
	r.Header.Set("Content-Type", "application/json")
	a, err := direct.Do(r)
	must(t, err)
	must(t, a.Body.Close())
	if a.StatusCode != http.StatusOK {
		t.Fatal(a.Status)
	}
}
