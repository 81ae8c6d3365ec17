package web_test

import (
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/web/webtest"
	"tremplin/internal/records"
	"tremplin/internal/records/web"
	"tremplin/internal/records/xapi"
)

// refused keeps something that is sent again later, and gives where it stands.
func (r *readers) refused(came string) string {
	r.Helper()
	r.Now = r.Now.Add(time.Second)
	client, _ := id.Parse(r.key)
	who := records.Known{Programme: r.programme, ID: client}
	why := &xapi.Fault{Reason: xapi.NoType}
	if err := r.Refuse(r.Context(), who, records.Refused{Version: "1.0.3", Type: "application/json"}, why, []byte(came)); err != nil {
		r.Fatal(err)
	}
	all, err := r.RefusedOf(r.Context(), r.programme)
	if err != nil {
		r.Fatal(err)
	}
	return "/records/refused/" + all[0].ID.String()
}

func TestWhatWasRefusedIsReadAgain(t *testing.T) {
	read(t, func(r *readers) {
		r.as(records.All)
		r.ask("POST", "/statements", `{"actor":{"mbox":"mailto:secret@example.org"}}`).is(400)
		en := r.device(access.Coordinator, "en")
		page := en.Get("/records").Is(200)
		r.says(page, "What could not be taken", "is missing", "!secret@example.org", "!shown this once")
		bad := webtest.Attr(page.All("form")[len(page.All("form"))-2], "action")
		for range 2 {
			r.says(page.Submit(bad).Is(422), "It still cannot be taken: ", "is missing", `href="#refused-`)
		}
		good := r.refused(statement("amina", "a"))
		page = en.Get("/records").Is(200)
		r.says(page.Submit(good+"/again").Goes("/records"), "is among the records now", "1 record", "!"+good)
		r.says(page.Submit(good+"/again").Goes("/records"), "no longer in the list")
		settled := strings.Replace(bad, "/again", "/settle", 1)
		for range 2 {
			r.says(page.Submit(settled).Goes("/records"), "It was thrown away.", "!What could not be taken")
		}
		en.Post("/records/refused/x/again").Is(404)
		en.Post("/records/refused/x/settle").Is(404)
	})
}

// Why something was refused is said in the reader's language, whatever it is.
func TestEveryReasonIsSaid(t *testing.T) {
	words, err := i18n.Load(web.Locale)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Languages {
		said := map[string]string{}
		for _, why := range xapi.Reasons {
			text := words.In(l.Code).T("records.why."+why.Code, "A", "one", "B", "two")
			if before := said[text]; before != "" || strings.Contains(text, "records.why") || strings.Contains(text, "{{") || strings.Contains(text, "no value") {
				t.Errorf("%s: %s is %q, as %q", l.Code, why.Code, text, before)
			}
			said[text] = why.Code
		}
	}
}

// What came in several parts and is not whole is kept too, and the reader's page has no other language.
func TestAttachmentsRefusedAreKept(t *testing.T) {
	read(t, func(r *readers) {
		r.as(records.All)
		r.ask("POST", "/statements", "--edge\r\nContent-Type: application/json\r\n\r\n[]", "Content-Type", edged).is(400)
		r.ask("POST", "/statements", statement("amina", "a", `{"actor":{"mbox":"amina@example.org"}}`)).is(400)
		r.says(r.device(access.Coordinator, "tr").Get("/records").Is(200), "Birkaç bölüm hâlinde gelen tam değil.", "mailto:ad@example.org. (actor.mbox)")
	})
}

// What clashes with what is here, or brings less than it names, stays in the list, with the reason.
func TestWhatCannotBeReadAgainSaysWhy(t *testing.T) {
	read(t, func(r *readers) {
		r.as(records.All)
		ids := r.post(statement("amina", "a"))
		en := r.device(access.Coordinator, "en")
		for came, why := range map[string]string{
			statement("amina", "other", `{"id":"`+ids[0]+`"}`):       "says something else",
			statement("amina", "a", attached([]byte("photo"), "")):   "is named and did not come",
			strings.Replace(statement("amina", "a"), "{", "{{", 1):   "is no JSON",
			`[` + statement("amina", "a") + `,{"actor":"somebody"}]`: "“verb” is missing. ([1])",
		} {
			at := r.refused(came)
			r.says(en.Get("/records").Submit(at+"/again").Is(422), why, "1 record")
		}
		gone := r.refused(statement("amina", "b"))
		owner := r.ownerOf(ids[0])
		erased := journal.Known(journal.Erased.Draft(owner, owner, journal.Reason{}))
		if err := r.J.Do(t.Context(), journaltest.Act(r.programme, id.ID{}), journal.Same(owner), erased); err != nil {
			t.Fatal(err)
		}
		if err := r.J.Erase(t.Context(), r.programme, owner); err != nil {
			t.Fatal(err)
		}
		en.Get("/records/" + ids[0]).Is(404)
		r.says(en.Get("/records").Submit(gone+"/again").Is(422), "deleted for ever")
	})
}

func (r *readers) ownerOf(statement string) id.ID {
	v, _ := id.Parse(statement)
	w, _, err := r.One(r.Context(), r.programme, v)
	if err != nil {
		r.Fatal(err)
	}
	return w.Owner
}
