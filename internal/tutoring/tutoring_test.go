package tutoring_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
	"tremplin/internal/tutoring/tutoringtest"
)

// monday is a group in which everybody stands somewhere else.
func monday(h *tutoringtest.House) map[string]id.ID {
	m, other := h.Publish("looking-for-work"), h.Publish("speaking-at-work")
	who := map[string]id.ID{}
	for name, days := range map[string]int{"Ahmed": 30, "Fatou": 40, "Oksana": 20, "Deniz": 60, "Samir": 30, "Nour": 2, "Ines": 40} {
		who[name] = h.Learner(name, days, name != "Samir")
	}
	for range 3 {
		h.Work(who["Ahmed"], m, "words", 7, 9, false, 1)
	}
	h.Work(who["Fatou"], m, "start", 1, 9, true, 16)
	h.Finish(who["Oksana"], other, 9)
	h.Work(who["Oksana"], m, "start", 1, 9, true, 0)
	h.Finish(who["Deniz"], other, 40)
	for range 3 {
		h.Work(who["Samir"], m, "words", 7, 9, false, 1)
	}
	session := id.New()
	h.Must(h.Hold(h.Ctx(), h.Act(), tutoring.Session{ID: session, Said: tutoring.Held{Kind: "trial", Day: "2026-11-20", Title: "Essai", Hours: 3}}))
	h.Must(h.Sign(h.Ctx(), h.Act(), tutoring.Signature{Person: who["Ines"], Session: session, Half: 1, At: h.Now.AddDate(0, 0, -3)}))
	return who
}

func TestTodaysList(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		monday(h)
		l, err := h.List(h.Ctx(), h.Tutor, access.Read, "fr", h.Selection())
		h.Must(err)
		var got []string
		for _, r := range l.People {
			got = append(got, r.First+" "+r.Standing.String())
		}
		const want = "Ahmed stuck, Fatou silent, Ines moving, Nour moving, Oksana moving, Deniz finished, Samir private"
		if s := strings.Join(got, ", "); s != want || l.Next != "" {
			h.T.Errorf("%s (%s)\nwant %s", s, l.Next, want)
		}
		run, ok := l.People[0].Blocked()
		if !ok || run.At != 7 || run.Title != "Le module looking-for-work" || l.People[0].Since() != run.LastAt {
			h.T.Errorf("stuck: %+v", run)
		}
		if last := l.People[6]; len(last.Runs) > 0 || last.Active != 0 || last.Begun != 0 {
			h.T.Errorf("progress that is not shared is seen: %+v", last)
		}
		const counts = "map[stuck:1 silent:1 moving:3 finished:1 private:1]"
		if fmt.Sprint(l.Counts) != counts {
			h.T.Error(l.Counts)
		}
		sel := h.Selection()
		sel.After = "4|zzzz|" + id.New().String()
		if l, err = h.List(h.Ctx(), h.Tutor, access.Read, "fr", sel); err != nil || len(l.People) > 0 || fmt.Sprint(l.Counts) != counts {
			h.T.Error("an empty page lost the counts", l, err)
		}
	})
}

// A yes to a notice that has been raised since covers nothing: progress is private until it is said again.
func TestAnOldYesIsClosed(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		who := h.Learner("Ahmed", 30, true)
		h.Work(who, h.Publish("looking-for-work"), "words", 7, 9, false, 1)
		for _, c := range []struct {
			said, asks int64
			private    bool
		}{{1, 1, false}, {1, 2, true}, {2, 2, false}, {0, 0, false}} {
			if c.said > 1 {
				h.Must(h.People.Permit(h.Ctx(), h.Act(), who, people.Permission{Purpose: "share", Given: true, Version: c.said, Opens: "tutor"}))
			}
			row, err := h.One(h.Ctx(), h.Tutor, access.Read, "fr", who, c.asks, 0)
			h.Must(err)
			if private := row.Standing == tutoring.Private; private != c.private || private == (len(row.Runs) > 0) {
				h.T.Errorf("said to version %d, asked with %d: %s, %d runs", c.said, c.asks, row.Standing, len(row.Runs))
			}
		}
	})
}

// What the list shows of people is what their standing follows from, whatever they did.
func TestStandingIsTheRule(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		m := []learning.ModuleRow{h.Publish("looking-for-work"), h.Publish("speaking-at-work")}
		for i := range 36 {
			who := h.Learner(fmt.Sprint("P", i), []int{1, 14, 15, 60}[i%4], i%5 != 0)
			for n, w := range m {
				switch (i / (n + 2)) % 4 {
				case 1:
					h.Finish(who, w, []int{0, 13, 30}[i%3])
				case 2:
					h.Work(who, w, "a", 2, 9, i%2 == 0, []int{0, 14, 15}[(i+n)%3])
				case 3:
					for range 3 {
						h.Work(who, w, "b", 3, 9, false, 20)
					}
				}
			}
		}
		sel := h.Selection()
		l, err := h.List(h.Ctx(), h.Tutor, access.Read, "fr", sel)
		h.Must(err)
		if len(l.People) != 36 {
			h.T.Fatalf("%d rows", len(l.People))
		}
		for _, r := range l.People {
			f := tutoring.Facts{Shared: r.Standing != tutoring.Private, Begun: r.Begun, Done: r.Done, Active: max(r.Active, r.Joined)}
			_, f.Stuck = r.Blocked()
			if want := tutoring.Stand(f, h.Now); r.Standing != want {
				h.T.Errorf("%s: the list says %s, the rule %s (%+v)", r.First, r.Standing, want, f)
			}
		}
	})
}

func TestPagesAndFilters(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		for i := range 12 {
			h.Learner(fmt.Sprintf("Same%d", i/6), 1+i, false)
			h.Learner(fmt.Sprintf("Other%d", i), 20+i, true)
		}
		sel, seen := h.Selection(), map[id.ID]bool{}
		sel.Limit = 5
		for pages := 0; ; pages++ {
			l, err := h.List(h.Ctx(), h.Tutor, access.Read, "fr", sel)
			h.Must(err)
			for _, r := range l.People {
				if seen[r.ID] {
					h.T.Fatalf("%s comes twice", r.First)
				}
				seen[r.ID] = true
			}
			if sel.After = l.Next; l.Next == "" || pages > 10 {
				break
			}
		}
		if len(seen) != 14 {
			h.T.Errorf("%d people on the pages", len(seen))
		}
		sel.After, sel.Status, sel.Limit = "", "private", 50
		l, err := h.List(h.Ctx(), h.Tutor, access.Read, "fr", sel)
		h.Must(err)
		if len(l.People) != 2 {
			h.T.Errorf("%d private", len(l.People))
		}
		sel.After = "nonsense|'|x"
		_, err = h.List(h.Ctx(), h.Tutor, access.Read, "fr", sel)
		h.Must(err)
		sel = h.Selection()
		if sel.Ask = 0; true { // a programme that does not ask
			if l, err = h.List(h.Ctx(), h.Tutor, access.Read, "fr", sel); err != nil || len(l.People) != 14 || l.People[13].Standing == tutoring.Private {
				h.T.Error("progress is private though nobody is asked", err)
			}
		}
	})
}

func TestWhoIsReached(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		who := h.Learner("Amina", 3, true)
		other := h.Staff("Marc", access.Tutor, id.New())
		learner := access.Actor{Programme: h.P.ID(), Person: who, Grants: []access.Grant{{Role: access.Learner, Of: h.GroupID}}}
		for _, c := range []struct {
			name string
			a    access.Actor
			ok   bool
		}{{"tutor", h.Tutor, true}, {"coordinator", h.Boss, true}, {"tutor of another group", other, false}, {"learner", learner, false}, {"nobody", access.Actor{Programme: h.P.ID()}, false}} {
			_, err := h.One(h.Ctx(), c.a, access.Read, "fr", who, 1, 0)
			if (err == nil) != c.ok || err != nil && !fault.Is(err, fault.NotFound) {
				h.T.Errorf("%s: %v", c.name, err)
			}
			if _, err := h.Group(h.Ctx(), c.a, h.GroupID); (err == nil) != c.ok && c.name != "learner" {
				h.T.Errorf("group, %s: %v", c.name, err)
			}
		}
		// one who names another's group gets nobody: the reach decides
		l, err := h.List(h.Ctx(), other, access.Read, "fr", h.Selection())
		if h.Must(err); len(l.People) > 0 {
			h.T.Error("another's group was listed")
		}
		if l, err = h.List(h.Ctx(), h.Boss, access.Read, "fr", tutoring.Selection{Limit: 9}); err != nil || len(l.People) > 0 {
			h.T.Error("people were listed without a group", err)
		}
		if _, err := h.One(h.Ctx(), h.Tutor, access.Read, "fr", h.Boss.Person, 1, 0); !fault.Is(err, fault.NotFound) {
			h.T.Error("a colleague is no learner", err)
		}
	})
}

func TestGroups(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		h.Learner("Amina", 3, true)
		for _, c := range []struct {
			g     tutoring.NewGroup
			field string
		}{
			{tutoring.NewGroup{ID: id.New(), Said: tutoring.Opened{Name: ""}}, "name"},
			{tutoring.NewGroup{ID: id.New(), Said: tutoring.Opened{Name: "x", Organisation: id.New()}}, "organisation"},
			{tutoring.NewGroup{ID: id.New(), Said: tutoring.Opened{Name: "x"}, Tutor: h.Boss.Person}, "tutor"},
		} {
			err := h.OpenGroup(h.Ctx(), h.Act(), c.g)
			if fs := fault.Of(err).Fields; len(fs) != 1 || fs[0].Name != c.field {
				h.T.Errorf("%s: %v", c.field, err)
			}
		}
		g, a := tutoring.NewGroup{ID: id.New(), Said: tutoring.Opened{Name: "Atelier", Place: "Liège"}, Tutor: h.Tutor.Person}, h.Act()
		for range 2 { // sent twice
			h.Must(h.OpenGroup(h.Ctx(), a, g))
		}
		marc := h.Staff("Marc", access.Tutor, id.New())
		h.Must(h.AssignTutor(h.Ctx(), h.Act(), h.GroupID, marc.Person))
		if err := h.AssignTutor(h.Ctx(), h.Act(), id.New(), marc.Person); !fault.Is(err, fault.NotFound) {
			h.T.Error(err)
		}
		all, next, err := h.AllGroups(h.Ctx(), h.P.ID(), "", 1)
		h.Must(err)
		if len(all) != 1 || all[0].Name != "Atelier" || next == "" || all[0].Learners != 0 {
			h.T.Errorf("%+v %q", all, next)
		}
		all, next, err = h.AllGroups(h.Ctx(), h.P.ID(), next, 1)
		h.Must(err)
		if len(all) != 1 || all[0].Learners != 1 || all[0].Partner != "AMSED" || strings.Join(all[0].Tutors, ",") != "Leïla M.,Marc M." || next != "" {
			h.T.Errorf("%+v %q", all, next)
		}
	})
}

func TestPINAndCards(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		who := h.Learner("Amina", 3, true)
		a := h.Act()
		pin, err := h.ResetPIN(h.Ctx(), a, who)
		h.Must(err)
		h.Must(h.Identity.CheckLearner(h.Ctx(), h.P.ID(), who, pin))
		if again, err := h.ResetPIN(h.Ctx(), a, who); err != nil || again != pin {
			h.T.Errorf("sent twice: %q, then %q %v", pin, again, err)
		}
		h.Now = h.Now.Add(10 * time.Minute)
		if _, err := h.ResetPIN(h.Ctx(), a, who); !fault.Is(err, fault.Conflict) {
			h.T.Errorf("sent again much later: %v", err)
		}
		h.Must(h.Identity.CheckLearner(h.Ctx(), h.P.ID(), who, pin))
		noSecret(h, who, pin)

		card := h.Act()
		var codes [2]map[id.ID]string
		var all sync.WaitGroup
		for i := range codes { // a double click
			all.Go(func() {
				got, err := h.PrintCards(h.Ctx(), card, []id.ID{who})
				if err != nil {
					h.T.Error(err)
				}
				codes[i] = got
			})
		}
		all.Wait()
		if codes[0][who] == "" || codes[0][who] != codes[1][who] {
			h.T.Errorf("%q", codes)
		}
		if got, err := h.Identity.CardHolder(h.Ctx(), h.P.ID(), codes[0][who]); err != nil || got != who {
			h.T.Error(got, err)
		}
		row, err := h.One(h.Ctx(), h.Tutor, access.Read, "fr", who, 1, 0)
		h.Must(err)
		if row.Carded == 0 || row.Pinned == 0 {
			h.T.Errorf("%+v", row)
		}
		h.Now = h.Now.Add(10 * time.Minute)
		if _, err := h.PrintCards(h.Ctx(), card, []id.ID{who}); !fault.Is(err, fault.Conflict) {
			h.T.Errorf("sent again much later: %v", err)
		}
		noSecret(h, who, codes[0][who])
	})
}

// noSecret holds that nothing in a person's story says a PIN or a code.
func noSecret(h *tutoringtest.House, who id.ID, secret string) {
	h.T.Helper()
	story, err := h.J.History(h.Ctx(), h.P.ID(), who)
	h.Must(err)
	for _, e := range story {
		if strings.Contains(fmt.Sprintf("%s %+v", e.Payload, e), secret) {
			h.T.Errorf("%s says %s", e.Kind, secret)
		}
	}
}

func TestEnter(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		w := tutoring.Arrival{
			Group: h.GroupID, Said: people.Described{First: "سمير", Language: "ar", Country: "FR", Phone: "+33612345678"},
			Shown:  []people.Shown{{Purpose: "accompaniment", Version: 1, Language: "fr"}},
			Agreed: []people.Permission{{Purpose: "share", Given: true, Version: 1, Opens: "tutor"}},
		}
		a := h.Act()
		who, pin, err := h.Enter(h.Ctx(), a, w)
		h.Must(err)
		if again, same, err := h.Enter(h.Ctx(), a, w); err != nil || again != who || same != pin {
			h.T.Error("sent twice:", again, same, err)
		}
		h.Must(h.Identity.CheckLearner(h.Ctx(), h.P.ID(), who, pin))
		row, err := h.One(h.Ctx(), h.Tutor, access.Read, "fr", who, 1, 0)
		h.Must(err)
		if row.First != "سمير" || row.Standing != tutoring.Moving || row.Group != h.GroupID || row.Phone != "+33612345678" {
			h.T.Errorf("%+v", row)
		}
		w.Said.Phone = "12"
		if _, _, err := h.Enter(h.Ctx(), h.Act(), w); len(fault.Of(err).Fields) != 1 {
			h.T.Error(err)
		}
		w.Said.Phone, w.Group = "", id.New()
		if _, _, err := h.Enter(h.Ctx(), h.Act(), w); !fault.Is(err, fault.NotFound) {
			h.T.Error(err)
		}
	})
}

func TestNudges(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		who := h.Learner("Fatou", 30, true)
		a := h.Act()
		for range 2 {
			h.Must(h.Nudge(h.Ctx(), a, tutoring.Nudge{Person: who, Channel: "whatsapp", At: h.Now.AddDate(0, 0, -2)}, tutoring.Nudge{Person: who, Channel: "sms"}))
		}
		if err := h.Nudge(h.Ctx(), h.Act(), tutoring.Nudge{Person: who, Channel: "pigeon"}); !fault.Is(err, fault.Invalid) {
			h.T.Error(err)
		}
		got, err := h.NudgesOf(h.Ctx(), h.P.ID(), who)
		h.Must(err)
		if len(got) != 2 || got[0].Channel != "sms" || got[1].Channel != "whatsapp" || got[0].Author != h.Tutor.Person {
			h.T.Errorf("%+v", got)
		}
		h.Must(h.SetPhone(h.Ctx(), h.Act(), who, "٠٦ ١٢ ٣٤ ٥٦ ٧٨"))
		row, err := h.One(h.Ctx(), h.Tutor, access.Read, "fr", who, 1, 0)
		h.Must(err)
		if row.Phone != "+33612345678" || row.Asked == 0 || row.First != "Fatou" {
			h.T.Errorf("%+v", row)
		}
		for _, bad := range []string{"", "12", "call me"} {
			if err := h.SetPhone(h.Ctx(), h.Act(), who, bad); len(fault.Of(err).Fields) != 1 {
				h.T.Errorf("%q: %v", bad, err)
			}
		}
	})
}

// People are found by reach, never by walking through the programme: no step looks up by the programme
// alone.
func TestNobodyIsWalkedThrough(t *testing.T) {
	h := tutoringtest.New(t, dbtest.SQLite(t))
	h.Learner("Amina", 3, true)
	for text, args := range h.Queries(h.Tutor, h.Selection()) {
		rows, err := h.J.DB().Query(h.Ctx(), "explain query plan "+text, args...)
		h.Must(err)
		steps := 0
		for ; rows.Next(); steps++ {
			var a, b, c int
			var step string
			h.Must(rows.Scan(&a, &b, &c, &step))
			if strings.HasPrefix(step, "SCAN p") || strings.HasSuffix(step, "(programme=?)") {
				t.Errorf("%s\n%s", step, text)
			}
		}
		h.Must(rows.Err())
		h.Must(rows.Close())
		if steps == 0 {
			t.Error("no plan")
		}
	}
}
