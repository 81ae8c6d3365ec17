package people_test

import (
	"strings"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/programme"
	"tremplin/internal/people"
)

// raised is a programme whose notices are in some versions.
func raised(record, photo, share int64) *programme.Programme {
	return &programme.Programme{Slug: "home", Purposes: []programme.Purpose{
		{ID: "record", Version: record}, {ID: "photo", Version: photo, Optional: true}, {ID: "share", Version: share, Optional: true, Opens: "tutor"},
	}}
}

func TestRaisedNoticesAreOwed(t *testing.T) {
	pid := programme.IDOf("home")
	journaltest.Each(t, []*journal.View{people.View}, []id.ID{pid}, func(t *testing.T, j *journal.Journal, c *journaltest.Clock) {
		h := house{&people.Service{J: j}, t, c}
		amina := id.New()
		h.must(h.Enter(t.Context(), journaltest.Act(pid, amina), people.Newcomer{
			ID: amina, Role: access.Learner, Said: people.Described{First: "Amina"}, Shown: []people.Shown{{Purpose: "record", Version: 1, Language: "ar"}},
		}))
		h.must(h.Permit(t.Context(), journaltest.Act(pid, amina), amina, people.Permission{Purpose: "share", Given: true, Version: 1, Opens: "tutor"}))
		h.must(h.Permit(t.Context(), journaltest.Act(pid, amina), amina, people.Permission{Purpose: "photo", Given: false, Version: 1}))
		as := access.Learner
		owes := func(who id.ID, p *programme.Programme, want string) {
			t.Helper()
			s := &people.Service{J: j} // as a process does that has read the folder again
			for range 2 {
				owed, err := s.Owed(t.Context(), p, actor(who, pid, as, pid))
				h.must(err)
				var got []string
				for _, q := range owed {
					got = append(got, q.ID)
					if q.Asks {
						got = append(got, "?")
					}
					if q.New {
						got = append(got, "!")
					}
				}
				if s := strings.Join(got, ""); s != want {
					t.Errorf("owed %q, want %q", s, want)
				}
			}
		}
		owes(amina, raised(1, 1, 1), "")
		owes(amina, raised(2, 2, 2), "recordshare?")
		imported := h.enter(pid, "Nobody told her", access.Learner, pid)
		owes(imported, raised(2, 2, 2), "record!")
		more := raised(1, 1, 1)
		more.Purposes = append(more.Purposes, programme.Purpose{ID: "network", Version: 1})
		owes(amina, more, "network!")
		as = access.Tutor // who works here is told by contract
		owes(imported, raised(2, 2, 2), "")
		owes(amina, raised(2, 2, 2), "recordshare?")
		as = access.Learner

		act := journaltest.Act(pid, amina)
		shown := []people.Shown{{Purpose: "record", Version: 2, Language: "ar"}, {Purpose: "share", Version: 2, Language: "ar"}}
		said := []people.Permission{{Purpose: "share", Given: true, Version: 2, Opens: "tutor"}}
		h.must(h.Tell(t.Context(), act, amina, shown, said))
		h.must(h.Tell(t.Context(), act, amina, shown, said))
		owes(amina, raised(2, 2, 2), "")
		owes(amina, raised(2, 2, 3), "share?")
		p, err := h.Person(t.Context(), pid, amina)
		h.must(err)
		if w, q := p.Permission["share"], raised(2, 2, 2).Purposes[2]; !w.Covers(q) || w.Version != 2 {
			t.Errorf("%+v", w)
		}
		// a device that is behind shows an older version later: the newer one was seen
		h.must(h.Tell(t.Context(), journaltest.Act(pid, amina), amina, shown[:1], nil))
		h.must(h.Tell(t.Context(), journaltest.Act(pid, amina), amina, []people.Shown{{Purpose: "record", Version: 1}}, nil))
		owes(amina, raised(2, 2, 2), "")
	})
}
