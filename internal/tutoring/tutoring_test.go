package tutoring_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// monday is a group in which everybody stands somewhere else.
func monday(h *house) map[string]id.ID {
	m, other := h.publish("looking-for-work"), h.publish("speaking-at-work")
	who := map[string]id.ID{}
	for name, days := range map[string]int{"Ahmed": 30, "Fatou": 40, "Oksana": 20, "Deniz": 60, "Samir": 30, "Nour": 2, "Ines": 40} {
		who[name] = h.learner(name, days, name != "Samir")
	}
	for range 3 {
		h.work(who["Ahmed"], m, "words", 7, 9, false, 1)
	}
	h.work(who["Fatou"], m, "start", 1, 9, true, 16)
	h.finish(who["Oksana"], other, 9)
	h.work(who["Oksana"], m, "start", 1, 9, true, 0)
	h.finish(who["Deniz"], other, 40)
	for range 3 {
		h.work(who["Samir"], m, "words", 7, 9, false, 1)
	}
	session := id.New()
	h.must(h.Hold(h.ctx(), h.act(), tutoring.Session{ID: session, Said: tutoring.Held{Kind: "trial", Day: "2026-11-20", Title: "Essai", Hours: 3}}))
	h.must(h.Sign(h.ctx(), h.act(), tutoring.Signature{Person: who["Ines"], Session: session, Half: 1, At: h.now.AddDate(0, 0, -3)}))
	return who
}

func TestTodaysList(t *testing.T) {
	eachHouse(t, func(h *house) {
		monday(h)
		rows, next, err := h.List(h.ctx(), h.tutor, access.Read, "fr", h.selection())
		h.must(err)
		var got []string
		for _, r := range rows {
			got = append(got, r.First+" "+r.Standing.String())
		}
		const want = "Ahmed stuck, Fatou silent, Ines moving, Nour moving, Oksana moving, Deniz finished, Samir private"
		if s := strings.Join(got, ", "); s != want || next != "" {
			h.t.Errorf("%s (%s)\nwant %s", s, next, want)
		}
		run, ok := rows[0].Blocked()
		if !ok || run.At != 7 || run.Title != "Chercher du travail" && run.Title == "" || rows[0].Since() != run.LastAt {
			h.t.Errorf("stuck: %+v", run)
		}
		if last := rows[6]; len(last.Runs) > 0 || last.Active != 0 || last.Begun != 0 {
			h.t.Errorf("progress that is not shared is seen: %+v", last)
		}
		counts, err := h.Counts(h.ctx(), h.tutor, h.selection())
		h.must(err)
		if fmt.Sprint(counts) != "map[stuck:1 silent:1 moving:3 finished:1 private:1]" {
			h.t.Error(counts)
		}
	})
}

// The list's SQL and the rule say the same, whatever people did.
func TestStandingIsTheRule(t *testing.T) {
	eachHouse(t, func(h *house) {
		m := []learning.ModuleRow{h.publish("looking-for-work"), h.publish("speaking-at-work")}
		for i := range 36 {
			who := h.learner(fmt.Sprint("P", i), []int{1, 14, 15, 60}[i%4], i%5 != 0)
			for n, w := range m {
				switch (i / (n + 2)) % 4 {
				case 1:
					h.finish(who, w, []int{0, 13, 30}[i%3])
				case 2:
					h.work(who, w, "a", 2, 9, i%2 == 0, []int{0, 14, 15}[(i+n)%3])
				case 3:
					for range 3 {
						h.work(who, w, "b", 3, 9, false, 20)
					}
				}
			}
		}
		sel := h.selection()
		rows, _, err := h.List(h.ctx(), h.tutor, access.Read, "fr", sel)
		h.must(err)
		if len(rows) != 36 {
			h.t.Fatalf("%d rows", len(rows))
		}
		for _, r := range rows {
			f := tutoring.Facts{Shared: r.Standing != tutoring.Private, Begun: r.Begun, Done: r.Done, Active: max(r.Active, r.Joined)}
			_, f.Stuck = r.Blocked()
			if want := tutoring.Stand(f, h.now); r.Standing != want {
				h.t.Errorf("%s: the list says %s, the rule %s (%+v)", r.First, r.Standing, want, f)
			}
		}
	})
}

func TestPagesAndFilters(t *testing.T) {
	eachHouse(t, func(h *house) {
		for i := range 12 {
			h.learner(fmt.Sprintf("Same%d", i/6), 1+i, false)
			h.learner(fmt.Sprintf("Other%d", i), 20+i, true)
		}
		sel, seen := h.selection(), map[id.ID]bool{}
		sel.Limit = 5
		for pages := 0; ; pages++ {
			rows, next, err := h.List(h.ctx(), h.tutor, access.Read, "fr", sel)
			h.must(err)
			for _, r := range rows {
				if seen[r.ID] {
					h.t.Fatalf("%s comes twice", r.First)
				}
				seen[r.ID] = true
			}
			if sel.After = next; next == "" || pages > 10 {
				break
			}
		}
		if len(seen) != 14 {
			h.t.Errorf("%d people on the pages", len(seen))
		}
		sel.After, sel.Status, sel.Limit = "", "private", 50
		rows, _, err := h.List(h.ctx(), h.tutor, access.Read, "fr", sel)
		h.must(err)
		if len(rows) != 2 {
			h.t.Errorf("%d private", len(rows))
		}
		sel.After = "nonsense|'|x"
		_, _, err = h.List(h.ctx(), h.tutor, access.Read, "fr", sel)
		h.must(err)
		sel = h.selection()
		if sel.Ask = false; true { // a programme that does not ask
			if rows, _, err = h.List(h.ctx(), h.tutor, access.Read, "fr", sel); err != nil || len(rows) != 14 || rows[13].Standing == tutoring.Private {
				h.t.Error("progress is private though nobody is asked", err)
			}
		}
	})
}

func TestWhoIsReached(t *testing.T) {
	eachHouse(t, func(h *house) {
		who := h.learner("Amina", 3, true)
		other := h.staff("Marc", access.Tutor, id.New())
		learner := access.Actor{Programme: h.p.ID(), Person: who, Grants: []access.Grant{{Role: access.Learner, Of: h.group}}}
		for _, c := range []struct {
			name string
			a    access.Actor
			ok   bool
		}{{"tutor", h.tutor, true}, {"coordinator", h.boss, true}, {"tutor of another group", other, false}, {"learner", learner, false}, {"nobody", access.Actor{Programme: h.p.ID()}, false}} {
			_, err := h.One(h.ctx(), c.a, access.Read, "fr", who, true)
			if (err == nil) != c.ok || err != nil && !fault.Is(err, fault.NotFound) {
				h.t.Errorf("%s: %v", c.name, err)
			}
			if _, err := h.Group(h.ctx(), c.a, h.group); (err == nil) != c.ok && c.name != "learner" {
				h.t.Errorf("group, %s: %v", c.name, err)
			}
		}
		// one who names another's group gets nobody: the reach decides
		rows, _, err := h.List(h.ctx(), other, access.Read, "fr", h.selection())
		if h.must(err); len(rows) > 0 {
			h.t.Error("another's group was listed")
		}
		if rows, _, err = h.List(h.ctx(), h.boss, access.Read, "fr", tutoring.Selection{Limit: 9}); err != nil || len(rows) > 0 {
			h.t.Error("people were listed without a group", err)
		}
		if _, err := h.One(h.ctx(), h.tutor, access.Read, "fr", h.boss.Person, true); !fault.Is(err, fault.NotFound) {
			h.t.Error("a colleague is no learner", err)
		}
	})
}

func TestGroups(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.learner("Amina", 3, true)
		for _, c := range []struct {
			g     tutoring.NewGroup
			field string
		}{
			{tutoring.NewGroup{ID: id.New(), Said: tutoring.Opened{Name: ""}}, "name"},
			{tutoring.NewGroup{ID: id.New(), Said: tutoring.Opened{Name: "x", Organisation: id.New()}}, "organisation"},
			{tutoring.NewGroup{ID: id.New(), Said: tutoring.Opened{Name: "x"}, Tutor: h.boss.Person}, "tutor"},
		} {
			err := h.OpenGroup(h.ctx(), h.act(), c.g)
			if fs := fault.Of(err).Fields; len(fs) != 1 || fs[0].Name != c.field {
				h.t.Errorf("%s: %v", c.field, err)
			}
		}
		g, a := tutoring.NewGroup{ID: id.New(), Said: tutoring.Opened{Name: "Atelier", Place: "Liège"}, Tutor: h.tutor.Person}, h.act()
		for range 2 { // sent twice
			h.must(h.OpenGroup(h.ctx(), a, g))
		}
		marc := h.staff("Marc", access.Tutor, id.New())
		h.must(h.AssignTutor(h.ctx(), h.act(), h.group, marc.Person))
		if err := h.AssignTutor(h.ctx(), h.act(), id.New(), marc.Person); !fault.Is(err, fault.NotFound) {
			h.t.Error(err)
		}
		all, next, err := h.AllGroups(h.ctx(), h.p.ID(), "", 1)
		h.must(err)
		if len(all) != 1 || all[0].Name != "Atelier" || next == "" || all[0].Learners != 0 {
			h.t.Errorf("%+v %q", all, next)
		}
		all, next, err = h.AllGroups(h.ctx(), h.p.ID(), next, 1)
		h.must(err)
		if len(all) != 1 || all[0].Learners != 1 || all[0].Partner != "AMSED" || strings.Join(all[0].Tutors, ",") != "Leïla M.,Marc M." || next != "" {
			h.t.Errorf("%+v %q", all, next)
		}
	})
}

func TestPINAndCards(t *testing.T) {
	eachHouse(t, func(h *house) {
		who := h.learner("Amina", 3, true)
		a := h.act()
		pin, err := h.ResetPIN(h.ctx(), a, who)
		h.must(err)
		h.must(h.Identity.CheckLearner(h.ctx(), h.p.ID(), who, pin))
		if again, err := h.ResetPIN(h.ctx(), a, who); err != nil || again != pin {
			h.t.Errorf("sent twice: %q, then %q %v", pin, again, err)
		}
		h.now = h.now.Add(10 * time.Minute)
		if _, err := h.ResetPIN(h.ctx(), a, who); !fault.Is(err, fault.Conflict) {
			h.t.Errorf("sent again much later: %v", err)
		}
		h.must(h.Identity.CheckLearner(h.ctx(), h.p.ID(), who, pin))
		h.noSecret(who, pin)

		card := h.act()
		var codes [2]map[id.ID]string
		var all sync.WaitGroup
		for i := range codes { // a double click
			all.Go(func() {
				got, err := h.PrintCards(h.ctx(), card, []id.ID{who})
				if err != nil {
					h.t.Error(err)
				}
				codes[i] = got
			})
		}
		all.Wait()
		if codes[0][who] == "" || codes[0][who] != codes[1][who] {
			h.t.Errorf("%q", codes)
		}
		if got, err := h.Identity.CardHolder(h.ctx(), h.p.ID(), codes[0][who]); err != nil || got != who {
			h.t.Error(got, err)
		}
		row, err := h.One(h.ctx(), h.tutor, access.Read, "fr", who, true)
		h.must(err)
		if row.Carded == 0 || row.Pinned == 0 {
			h.t.Errorf("%+v", row)
		}
		h.now = h.now.Add(10 * time.Minute)
		if _, err := h.PrintCards(h.ctx(), card, []id.ID{who}); !fault.Is(err, fault.Conflict) {
			h.t.Errorf("sent again much later: %v", err)
		}
		h.noSecret(who, codes[0][who])
	})
}

// noSecret holds that nothing in a person's story says a PIN or a code.
func (h *house) noSecret(who id.ID, secret string) {
	h.t.Helper()
	story, err := h.J.History(h.ctx(), h.p.ID(), who)
	h.must(err)
	for _, e := range story {
		if strings.Contains(fmt.Sprintf("%s %+v", e.Payload, e), secret) {
			h.t.Errorf("%s says %s", e.Kind, secret)
		}
	}
}

func TestEnter(t *testing.T) {
	eachHouse(t, func(h *house) {
		w := tutoring.Arrival{
			Group: h.group, Said: people.Described{First: "سمير", Language: "ar", Country: "FR", Phone: "+33612345678"},
			Shown:  []people.Shown{{Purpose: "accompaniment", Version: 1, Language: "fr"}},
			Agreed: []people.Permission{{Purpose: "share", Given: true, Version: 1, Opens: "tutor"}},
		}
		a := h.act()
		who, pin, err := h.Enter(h.ctx(), a, w)
		h.must(err)
		if again, same, err := h.Enter(h.ctx(), a, w); err != nil || again != who || same != pin {
			h.t.Error("sent twice:", again, same, err)
		}
		h.must(h.Identity.CheckLearner(h.ctx(), h.p.ID(), who, pin))
		row, err := h.One(h.ctx(), h.tutor, access.Read, "fr", who, true)
		h.must(err)
		if row.First != "سمير" || row.Standing != tutoring.Moving || row.Group != h.group || row.Phone != "+33612345678" {
			h.t.Errorf("%+v", row)
		}
		w.Said.Phone = "12"
		if _, _, err := h.Enter(h.ctx(), h.act(), w); len(fault.Of(err).Fields) != 1 {
			h.t.Error(err)
		}
		w.Said.Phone, w.Group = "", id.New()
		if _, _, err := h.Enter(h.ctx(), h.act(), w); !fault.Is(err, fault.NotFound) {
			h.t.Error(err)
		}
	})
}

func TestNudges(t *testing.T) {
	eachHouse(t, func(h *house) {
		who := h.learner("Fatou", 30, true)
		a := h.act()
		for range 2 {
			h.must(h.Nudge(h.ctx(), a, tutoring.Nudge{Person: who, Channel: "whatsapp", At: h.now.AddDate(0, 0, -2)}, tutoring.Nudge{Person: who, Channel: "sms"}))
		}
		if err := h.Nudge(h.ctx(), h.act(), tutoring.Nudge{Person: who, Channel: "pigeon"}); !fault.Is(err, fault.Invalid) {
			h.t.Error(err)
		}
		got, err := h.NudgesOf(h.ctx(), h.p.ID(), who)
		h.must(err)
		if len(got) != 2 || got[0].Channel != "sms" || got[1].Channel != "whatsapp" || got[0].Author != h.tutor.Person {
			h.t.Errorf("%+v", got)
		}
		h.must(h.SetPhone(h.ctx(), h.act(), who, "٠٦ ١٢ ٣٤ ٥٦ ٧٨"))
		row, err := h.One(h.ctx(), h.tutor, access.Read, "fr", who, true)
		h.must(err)
		if row.Phone != "+33612345678" || row.Asked == 0 || row.First != "Fatou" {
			h.t.Errorf("%+v", row)
		}
		for _, bad := range []string{"", "12", "call me"} {
			if err := h.SetPhone(h.ctx(), h.act(), who, bad); len(fault.Of(err).Fields) != 1 {
				h.t.Errorf("%q: %v", bad, err)
			}
		}
	})
}

func TestSignedOnce(t *testing.T) {
	eachHouse(t, func(h *house) {
		who, session := h.learner("Amina", 3, true), id.New()
		h.must(h.Hold(h.ctx(), h.act(), tutoring.Session{ID: session, Said: tutoring.Held{Kind: "training", Path: "tutor", Day: "2026-11-20", Title: "Formation", Hours: 7}}))
		w := tutoring.Signature{Person: who, Session: session, Half: 1}
		h.must(h.Sign(h.ctx(), h.act(), w))
		h.must(h.Sign(h.ctx(), h.act(), w, tutoring.Signature{Person: who, Session: session, Half: 2}))
		rows, err := tutoring.Attendances.Select(h.ctx(), h.J.DB(), h.p.ID(), "and owner=$2", who)
		h.must(err)
		if len(rows) != 2 || rows[0].Path != "tutor" || rows[0].Kind != "training" {
			h.t.Errorf("%+v", rows)
		}
		if err := h.Sign(h.ctx(), h.act(), tutoring.Signature{Person: who, Session: session, Half: 3}); !fault.Is(err, fault.Invalid) {
			h.t.Error(err)
		}
		if err := h.Sign(h.ctx(), h.act(), tutoring.Signature{Person: who, Session: id.New(), Half: 1}); !fault.Is(err, fault.NotFound) {
			h.t.Error(err)
		}
		if err := h.Hold(h.ctx(), h.act(), tutoring.Session{ID: id.New()}); !fault.Is(err, fault.Invalid) {
			h.t.Error(err)
		}
	})
}

func TestCertificates(t *testing.T) {
	eachHouse(t, func(h *house) {
		m, session, me := h.publish("tutor-online"), id.New(), h.tutor.Person
		ask := tutoring.Certification{Person: me, Path: "tutor"}
		refused := func(why string) {
			h.t.Helper()
			if err := h.Certify(h.ctx(), h.p, h.act(), ask); !fault.Is(err, fault.Invalid) {
				h.t.Errorf("%s: %v", why, err)
			}
		}
		refused("nothing done")
		h.finish(me, m, 3)
		refused("no half-day signed")
		h.must(h.Hold(h.ctx(), h.act(), tutoring.Session{ID: session, Said: tutoring.Held{Kind: "training", Path: "tutor", Day: "2026-11-20", Title: "Formation", Hours: 7}}))
		h.must(h.Sign(h.ctx(), h.act(), tutoring.Signature{Person: me, Session: session, Half: 1}))
		refused("one half-day of two")
		h.must(h.Sign(h.ctx(), h.act(), tutoring.Signature{Person: me, Session: session, Half: 2}))
		h.must(h.Certify(h.ctx(), h.p, h.act(), ask))
		first := h.training()
		h.must(h.Certify(h.ctx(), h.p, h.act(), ask))
		if second := h.training(); first.Certificate.Number == "" || second.Certificate != first.Certificate || !first.Complete() || first.Modules() != 1 {
			h.t.Errorf("%+v, then %+v", first.Certificate, second.Certificate)
		}
		proof, ok, err := h.Verify(h.ctx(), h.p, strings.ToLower(first.Certificate.Number))
		if err != nil || !ok || proof.Initials != "L. M." || proof.Path.ID != "tutor" {
			h.t.Errorf("%+v %v %v", proof, ok, err)
		}
		if _, ok, err := h.Verify(h.ctx(), h.p, "AAAAA-AAAAA"); err != nil || ok {
			h.t.Error("an unknown number is valid", err)
		}
		if err := h.Certify(h.ctx(), h.p, h.act(), tutoring.Certification{Person: me, Path: "none"}); !fault.Is(err, fault.NotFound) {
			h.t.Error(err)
		}
		story, err := h.J.History(h.ctx(), h.p.ID(), me)
		h.must(err)
		h.said(journal.Voided.Draft(me, story[len(story)-1].ID, journal.Reason{Why: "issued by mistake"}))
		if _, ok, err = h.Verify(h.ctx(), h.p, first.Certificate.Number); err != nil || ok {
			h.t.Error("a certificate that was taken back is valid", err)
		}
	})
}

func (h *house) training() tutoring.Training {
	h.t.Helper()
	all, err := h.Trainings(h.ctx(), h.p, h.tutor.Person, "fr")
	h.must(err)
	if len(all) != 1 {
		h.t.Fatalf("%d paths", len(all))
	}
	return all[0]
}

func TestConfusing(t *testing.T) {
	eachHouse(t, func(h *house) {
		m := h.publish("looking-for-work")
		if _, ok, err := h.Confusing(h.ctx(), h.tutor, "fr", h.selection()); err != nil || ok {
			h.t.Fatal("nobody errs", err)
		}
		module, err := h.Learning.Module(h.ctx(), h.p.ID(), m.Slug)
		h.must(err)
		screen := module.Text("fr").Screens[2].ID
		for i := range 9 {
			who := h.learner(fmt.Sprint("P", i), 3, true)
			h.work(who, m, screen, 3, 9, i >= 4, 1)
		}
		h.work(h.learner("hidden", 3, false), m, screen, 3, 9, false, 1)
		h.must(h.Learning.Remark(h.ctx(), h.p.ID(), id.New(), module, learning.Remarked{Screen: screen, Language: "fr", Text: "Je ne comprends pas."}))
		c, ok, err := h.Confusing(h.ctx(), h.tutor, "fr", h.selection())
		h.must(err)
		if !ok || c.At != 3 || c.Erring != 4 || c.Seen != 9 || c.Open != 1 || c.Slug != m.Slug {
			h.t.Errorf("%v %+v", ok, c)
		}
	})
}

func TestTutorOf(t *testing.T) {
	eachHouse(t, func(h *house) {
		got, ok, err := h.TutorOf(h.ctx(), h.p.ID(), h.learner("Amina", 3, true))
		if err != nil || !ok || got.Name() != "Leïla M." || got.Organisation != "AMSED" || got.Phone == "" {
			h.t.Errorf("%+v %v %v", got, ok, err)
		}
		if _, ok, err := h.TutorOf(h.ctx(), h.p.ID(), h.tutor.Person); err != nil || ok {
			h.t.Error("a tutor has no tutor", err)
		}
	})
}

// The list is found by reach: it reads no more when the programme grows.
func TestListDoesNotReadEverybody(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	h.learner("Amina", 3, true)
	n := 0
	ctx := db.Counted(h.ctx(), &n)
	for text, args := range h.Queries(h.tutor, h.selection()) {
		rows, err := h.J.DB().Query(ctx, "explain query plan "+text, args...)
		h.must(err)
		for rows.Next() {
			var a, b, c int
			var step string
			h.must(rows.Scan(&a, &b, &c, &step))
			for _, big := range []string{"SCAN p", "SCAN r", "SCAN w", "SCAN t ", "SCAN reach"} {
				if strings.HasPrefix(step, big) {
					t.Errorf("%s\n%s", step, text)
				}
			}
		}
		h.must(rows.Err())
		h.must(rows.Close())
	}
}
