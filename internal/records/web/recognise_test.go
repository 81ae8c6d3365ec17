package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/records"
)

// by is an actor of a statement, in place of the mailbox.
func by(actor string) string { return `{"actor":` + actor + `}` }

// stranger is where the page of the only one stands whom nobody knows.
func (r *readers) stranger() string {
	r.Helper()
	all := r.strangers()
	if len(all) != 1 {
		r.Fatal(all)
	}
	return "/records/actors/" + all[0].ID.String()
}

func TestWhoRecognisesPeople(t *testing.T) {
	read(t, func(r *readers) {
		r.as(records.All)
		r.post(statement("amina", "a"))
		actor, person := r.stranger(), "/people/"+r.enrolled("Bilal", "").String()
		for _, role := range access.Roles {
			status := 403
			if role == access.Coordinator {
				status = 200
			}
			for _, path := range []string{"/records/actors", actor, person + "/elsewhere"} {
				r.device(role, "en").Get(path).Is(status)
			}
		}
		r.device(access.Administrator, "en").Post(actor+"/claim", "person", person[len("/people/"):]).Is(403)
	})
}

func TestThoseWhomNobodyKnowsAreListed(t *testing.T) {
	read(t, func(r *readers) {
		en := r.device(access.Coordinator, "en")
		r.says(en.Get("/records/actors").Is(200), "Nobody is waiting to be recognised", "they stand here")
		r.as(records.All)
		var all []string
		for i := range 60 {
			all = append(all, statement("x", "a", by(fmt.Sprintf(`{"mbox":"mailto:x%d@example.org","name":" Somebody %02d"}`, i, i))))
		}
		r.says(en.Get("/records"), "!/records/actors")
		r.post(append(all, all[0], statement("x", "a", by(`{"mbox":"mailto:nameless@example.org"}`)))...)
		r.says(en.Get("/records").Is(200), "whom Tremplin does not know yet", `href="/records/actors"`)
		first := en.Get("/records/actors").Is(200)
		r.says(first, "No name told", "Somebody 00", "Somebody 48", "!Somebody 49", "23 November 2026, 08:45 UTC", `>2</td>`)
		next := first.All("a", "rel", "next")
		if len(next) != 1 {
			t.Fatal("there is no next page")
		}
		second := en.Get(next[0].Attr[1].Val).Is(200)
		r.says(second, "!Somebody 48", "Somebody 49", "Somebody 59", `!rel="next"`, "!No name told")
		r.thrifty("/records/actors", 8)
	})
}

// What a platform says of somebody is told in words, and nobody reads a hash.
func TestSomebodyUnknownIsShownAsThePlatformTells(t *testing.T) {
	read(t, func(r *readers) {
		en := r.device(access.Coordinator, "en")
		r.as(records.All)
		sum := sha1sum("mailto:secret@example.org")
		for actor, words := range map[string][]string{
			`{"account":{"homePage":"https://moodle.example.org","name":"a.diop"},"name":"A. Diop"}`: {"A. Diop", "a.diop", "https://moodle.example.org", "Account"},
			`{"mbox_sha1sum":"` + sum + `"}`:                                                                              {"No name told", "only a fingerprint", "!" + sum},
			`{"openid":"https://id.example.org/amina","name":"Amina"}`:                                                    {"https://id.example.org/amina", "OpenID"},
			`{"objectType":"Group","member":[{"mbox_sha1sum":"` + sum + `"},{"name":"B","mbox":"mailto:b@example.org"}]}`: {"This is a group", ", B", "!" + sum, "!Find"},
		} {
			ids := r.post(statement("x", "", lesson, by(actor)))
			page := en.Get("/records/actors/" + r.ownerOf(ids[0]).String()).Is(200)
			r.says(page, append(words, "The lesson", "has passed", "Plateforme", `href="/records/`+ids[0]+`"`)...)
		}
		for _, at := range []string{id.New().String(), "x", r.enrolled("Bilal", "").String()} {
			en.Get("/records/actors/" + at).Is(404)
		}
	})
}

// A professional finds the participant and says so; what is wrong stands beside the choice, and the search stays.
func TestRecognisingSomebody(t *testing.T) {
	read(t, func(r *readers) {
		one, other := r.enrolled("Aïssata Diop", ""), r.enrolled("Aïssata Diop", "")
		r.as(records.All)
		ids := r.post(statement("x", "", lesson, by(`{"account":{"homePage":"https://moodle.example.org","name":"7"},"name":"Aissata"}`)))
		at, en := r.stranger(), r.device(access.Coordinator, "en")
		page := en.Get(at).Is(200)
		r.says(page, `value="`+one.String()+`"`, `value="`+other.String()+`"`, `value="Aissata"`, "Français", "here since 23 November 2026")
		r.says(en.Get(at+"?q=diop+a"), one.String(), `value="diop a"`)
		r.says(en.Get(at+"?q=zzz"), "No participant was found", "Write the beginning of a name", "!"+one.String())
		wrong := en.Get(at + "?q=diop").Submit(at + "/claim").Is(422)
		r.says(wrong, "Choose who it is.", `href="#person"`, `value="diop"`, one.String())
		r.says(en.Post(at+"/claim", "q", "diop", "person", id.New().String()).Is(422), "is not there any more", `value="diop"`)
		en.Post("/records/actors/"+id.New().String()+"/claim", "person", one.String()).Is(404)
		en.Post("/records/actors/x/claim").Is(404)
		for range 2 {
			done := page.Submit(at+"/claim", "person", one.String()).Goes("/records/actors?now=" + one.String())
			r.says(done.Is(200), "It is noted who this is", "<bdi>Aïssata Diop</bdi>", "/people/"+one.String()+"/elsewhere", "Nobody is waiting", "part the account again")
		}
		r.says(en.Get(at+"?q=").Goes("/records/actors"), "Somebody has already said who this is.", "!Aissata")
		r.says(en.Post(at+"/claim", "person", other.String()).Goes("/records/actors"), "Somebody has already said who this is.")
		if got := r.told(one); len(got) != 1 || got[0] != ids[0] {
			t.Error(got)
		}
	})
}

// Who has the same mailbox is confirmed in one press.
func TestTheSameMailboxIsOffered(t *testing.T) {
	read(t, func(r *readers) {
		r.as(records.All)
		r.post(statement("family", "a"))
		amina, bilal := r.enrolled("Amina", "family@example.org"), r.enrolled("Bilal", "Family@example.org")
		en, at := r.device(access.Coordinator, "en"), r.stranger()
		page := en.Get(at).Is(200)
		r.says(page, "the same e-mail address", "Yes, it is Amina", "Yes, it is Bilal", `value="family"`)
		r.thrifty(at, 8)
		r.says(en.Get(at+"?q=amina"), "!Yes, it is", amina.String())
		page.Submit(at + "/claim").Goes("/records/actors?now=" + amina.String()).Is(200)
		if len(r.told(amina)) != 1 || len(r.told(bilal)) != 0 {
			t.Error("not the first of them")
		}
	})
}

func TestOnOtherPlatforms(t *testing.T) {
	read(t, func(r *readers) {
		amina := r.enrolled("Amina", "amina@example.org")
		en, at := r.device(access.Coordinator, "en"), "/people/"+amina.String()+"/elsewhere"
		r.says(en.Get(at).Is(200), "No account on another platform", "No platform is connected", "No platform has told anything")
		r.as(records.All)
		page := en.Get(at)
		for range 2 {
			r.says(page.Submit(at).Goes(at), "The name is made.", "For Plateforme, given on 23 November 2026")
		}
		code := r.elsewhere(amina).Invited[0].Code
		if len(r.elsewhere(amina).Invited) != 1 {
			t.Error("two names for one press")
		}
		r.says(en.Get(at), code)
		first := r.key
		r.as(records.All)
		page = en.Get(at)
		r.says(page.Submit(at).Is(422), "Choose the platform.", `href="#client"`)
		r.says(en.Post(at, "client", id.New().String()).Is(422), "is not connected any more")
		r.says(en.Post(at, "client", first).Goes(at), "The name is made.")
		en.Post("/people/"+id.New().String()+"/elsewhere", "client", first).Is(404)
		en.Get("/people/x/elsewhere").Is(404)
	})
}

// An account that is parted stands by itself again, and so it does after a second press.
func TestPartingAnAccount(t *testing.T) {
	read(t, func(r *readers) {
		amina := r.enrolled("Amina", "amina@example.org")
		en, at := r.device(access.Coordinator, "en"), "/people/"+amina.String()+"/elsewhere"
		r.as(records.All)
		ids := r.post(statement("amina", "", lesson))
		for i := range 21 {
			ids = append(ids, r.post(statement("amina", "a", fmt.Sprintf(`{"object":{"id":"https://example.org/%d"}}`, i)))...)
		}
		client, _ := id.Parse(r.key)
		r.must(r.Invite(t.Context(), r.act(), amina, client))
		ids = append(ids, r.post(statement("x", "", by(`{"account":{"homePage":"https://moodle.example.org","name":"`+r.elsewhere(amina).Invited[0].Code+`"}}`)))...)
		page := en.Get(at).Is(200)
		r.says(page, "amina@example.org", "22 records; the last came on", "1 record; it came", "on https://moodle.example.org", "No name told",
			`/records/`+ids[22]+`"`, `/records/`+ids[3]+`"`, `!/records/`+ids[2]+`"`)
		r.thrifty(at, 8)
		account := r.elsewhere(amina).Accounts[1].Actor
		for range 2 {
			r.says(page.Submit(at+"/"+account.String()+"/part").Goes(at), "The account is parted.", "!22 records")
		}
		if got := r.told(amina); len(got) != 1 || "/records/actors/"+account.String() != r.stranger() {
			t.Error(got)
		}
		for _, bad := range []string{"/people/x/elsewhere/" + account.String(), at + "/x", "/people/" + id.New().String() + "/elsewhere/" + account.String()} {
			en.Post(bad + "/part").Is(404)
		}
		looked, err := r.People.Lookers(t.Context(), r.programme, amina)
		if err != nil || len(looked) != 1 || looked[0].Section != string(access.Learning) {
			t.Error("nobody is seen to have looked", looked, err)
		}
	})
}

// However many participants have the name, and however many accounts are somebody's: eight queries.
func TestManyOfOneNameAreEightQueries(t *testing.T) {
	read(t, func(r *readers) {
		r.as(records.All)
		r.post(statement("x", "a", by(`{"account":{"homePage":"https://moodle.example.org","name":"7"},"name":"Amina Ben Ali"}`)))
		amina := r.enrolled("Amina Ben Ali", "")
		for range 30 {
			r.enrolled("Amina Ben Ali", "")
		}
		at := r.stranger()
		r.thrifty(at, 8)
		r.thrifty(at+"?"+url.Values{"q": {"ben ali amina"}}.Encode(), 8)
		page := r.device(access.Coordinator, "en").Get(at)
		r.says(page, "More people were found")
		if n := strings.Count(string(page.Body), `type="radio"`); n != 20 {
			t.Errorf("%d are offered, want 20", n)
		}
		for i := range 8 {
			ids := r.post(statement("x", "a", by(fmt.Sprintf(`{"mbox":"mailto:x%d@example.org"}`, i))))
			r.must(r.Claim(t.Context(), r.act(), r.ownerOf(ids[0]), amina))
		}
		r.device(access.Coordinator, "en").Get("/people/" + amina.String() + "/elsewhere").Is(200) // the first look of a day is an act
		r.thrifty("/people/"+amina.String()+"/elsewhere", 8)
		if n := len(r.elsewhere(amina).Accounts); n != 8 {
			t.Errorf("%d accounts, want 8", n)
		}
	})
}
