package identity_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/identity"
	"tremplin/internal/people"
)

var home = id.Named("programme", "home")

type house struct {
	*identity.Service
	t *testing.T
	c *journaltest.Clock
}

func each(t *testing.T, f func(h house)) {
	journaltest.Each(t, []*journal.View{people.View}, []id.ID{home}, func(t *testing.T, j *journal.Journal, c *journaltest.Clock) {
		f(house{&identity.Service{J: j, People: &people.Service{J: j}}, t, c})
	})
}

func (h house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h house) learner() id.ID {
	who := id.New()
	h.must(h.People.Enter(h.t.Context(), journaltest.Act(home, who), people.Newcomer{ID: who, Said: people.Described{First: "Amina", Number: "amina", Invented: true}, Role: access.Learner}))
	return who
}

func (h house) identify(said string) access.Actor {
	a, err := h.Identify(h.t.Context(), said, h.c.Now)
	h.must(err)
	return a
}

func TestSessionKnowsWhoAndEnds(t *testing.T) {
	each(t, func(h house) {
		who := h.learner()
		said, life, err := h.Begin(t.Context(), home, who, id.ID{}, false, "Firefox on Android")
		h.must(err)
		a := h.identify(said)
		if a.Person != who || a.Name != "Amina" || !a.Has(access.Learner) || life < 24*time.Hour {
			t.Errorf("%+v for %s", a, life)
		}
		list, err := h.Sessions(t.Context(), a)
		h.must(err)
		if len(list) != 1 {
			t.Fatalf("%d sessions", len(list))
		}
		h.must(h.EndOf(t.Context(), a, list[0].Token[:]))
		if h.identify(said).SignedIn() || h.identify("nonsense").SignedIn() {
			t.Error("an ended or unknown session speaks for somebody")
		}
	})
}

func TestSharedSessionIsOverTheSameDay(t *testing.T) {
	each(t, func(h house) {
		said, _, err := h.Begin(t.Context(), home, h.learner(), id.ID{}, true, "")
		h.must(err)
		h.c.Now = h.c.Now.Add(5 * time.Hour)
		if h.identify(said).SignedIn() {
			t.Error("a shared phone is still signed in after five hours")
		}
	})
}

func TestErasedPersonIsNobody(t *testing.T) {
	each(t, func(h house) {
		who := h.learner()
		said, _, err := h.Begin(t.Context(), home, who, id.ID{}, false, "")
		h.must(err)
		h.must(h.People.Erase(t.Context(), journaltest.Act(home, id.ID{}), who, ""))
		if h.identify(said).SignedIn() {
			t.Error("an erased person is signed in")
		}
	})
}

func TestWrongPINsMustWait(t *testing.T) {
	each(t, func(h house) {
		who := h.learner()
		h.must(h.SetPIN(t.Context(), home, who, "٤٨٢٩١٧"))
		h.must(h.CheckLearner(t.Context(), home, who, "482917"))
		for range 5 {
			if err := h.CheckLearner(t.Context(), home, who, "000001"); !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
		}
		if err := h.CheckLearner(t.Context(), home, who, "482917"); !fault.Is(err, fault.TooMany) {
			t.Errorf("the right PIN after five wrong ones: %v", err)
		}
		h.c.Now = h.c.Now.Add(2 * time.Minute)
		h.must(h.CheckLearner(t.Context(), home, who, "482917"))
		if err := h.CheckLearner(t.Context(), home, id.New(), "482917"); !fault.Is(err, fault.Invalid) {
			t.Errorf("somebody without PIN: %v", err)
		}
	})
}

// Whoever guesses learns nothing of who has an account: unknown names have to wait as known ones do.
func TestUnknownNamesMustWaitToo(t *testing.T) {
	each(t, func(h house) {
		_, err := h.Account(t.Context(), "nadia@example.org", "Nadia", "une phrase assez longue")
		h.must(err)
		var said [2][]string
		for i, email := range []string{"nadia@example.org", "nobody@example.org"} {
			for range 7 {
				_, err := h.CheckStaff(t.Context(), email, "une autre phrase longue")
				said[i] = append(said[i], fmt.Sprint(fault.Of(err).Code, fault.Of(err).Key, fault.Of(err).Args, fault.FieldsOf(err)))
			}
			h.c.Now = h.c.Now.Add(2 * time.Minute)
			_, err := h.CheckStaff(t.Context(), email, "une autre phrase longue")
			said[i] = append(said[i], fmt.Sprint(fault.FieldsOf(err)))
		}
		if !slices.Equal(said[0], said[1]) || said[0][0] == said[0][6] {
			t.Errorf("known:   %v\nunknown: %v", said[0], said[1])
		}
	})
}

// Guesses sent side by side are counted as they come, not when they are judged.
func TestWrongPINsAtOnceMustWait(t *testing.T) {
	each(t, func(h house) {
		who := h.learner()
		h.must(h.SetPIN(t.Context(), home, who, "482917"))
		var judged atomic.Int64
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				switch err := h.CheckLearner(t.Context(), home, who, "000001"); {
				case fault.Is(err, fault.Invalid):
					judged.Add(1)
				case !fault.Is(err, fault.TooMany):
					t.Error(err)
				}
			})
		}
		all.Wait()
		if judged.Load() != 5 {
			t.Errorf("%d guesses were judged", judged.Load())
		}
	})
}

// Who remembers it in the end begins anew; a new PIN ends the wait; each further wrong one doubles it, an hour
// at most.
func TestWaitsGrowAndEnd(t *testing.T) {
	each(t, func(h house) {
		who := h.learner()
		h.must(h.SetPIN(t.Context(), home, who, "482917"))
		wrong := func(want fault.Code) {
			t.Helper()
			if err := h.CheckLearner(t.Context(), home, who, "000001"); !fault.Is(err, want) {
				t.Fatal(err)
			}
		}
		for range 4 {
			wrong(fault.Invalid)
		}
		h.must(h.CheckLearner(t.Context(), home, who, "482917"))
		for range 5 {
			wrong(fault.Invalid)
		}
		for _, minutes := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60} {
			wrong(fault.TooMany)
			h.c.Now = h.c.Now.Add(minutes*time.Minute - time.Second)
			wrong(fault.TooMany)
			h.c.Now = h.c.Now.Add(2 * time.Second)
			wrong(fault.Invalid)
		}
		h.must(h.SetPIN(t.Context(), home, who, "135790"))
		h.must(h.CheckLearner(t.Context(), home, who, "135790"))
	})
}

func TestPINsOneTriesFirstAreRefused(t *testing.T) {
	for pin, key := range map[string]string{
		"12345": "identity.pin.six", "12345a": "identity.pin.six", "111111": "identity.pin.weak", "123456": "identity.pin.weak",
		"654321": "identity.pin.weak", "482917": "", "٤٨٢٩١٧": "",
	} {
		fs := identity.CheckPIN(pin, pin)
		if key == "" && len(fs) > 0 || key != "" && (len(fs) != 1 || fs[0].Key != key) {
			t.Errorf("%s: %v", pin, fs)
		}
	}
	if fs := identity.CheckPIN("482917", "482918"); len(fs) != 1 || fs[0].Name != "again" {
		t.Errorf("two different ones: %v", fs)
	}
}

func TestCardWorksUntilTheNextOne(t *testing.T) {
	each(t, func(h house) {
		who := h.learner()
		first, err := h.Card(t.Context(), home, who)
		h.must(err)
		if got, err := h.CardHolder(t.Context(), home, first); err != nil || got != who {
			t.Errorf("%s, %v", got, err)
		}
		_, err = h.Card(t.Context(), home, who)
		h.must(err)
		if _, err := h.CardHolder(t.Context(), home, first); !fault.Is(err, fault.NotFound) {
			t.Errorf("the lost card: %v", err)
		}
	})
}

func TestStaffHaveOneAccountWithARoleInEachProgramme(t *testing.T) {
	each(t, func(h house) {
		if has, err := h.HasAccounts(t.Context()); err != nil || has {
			t.Fatal(has, err)
		}
		m := identity.Member{First: "Nadia", Email: "Nadia@Example.org", Password: "une phrase assez longue", Role: access.Coordinator}
		h.must(h.Let(t.Context(), journaltest.Act(home, id.ID{}), m))
		m.Role, m.Password = access.Author, "another password, not taken"
		h.must(h.Let(t.Context(), journaltest.Act(home, id.ID{}), m))
		account, err := h.CheckStaff(t.Context(), " nadia@example.ORG ", "une phrase assez longue")
		h.must(err)
		who, err := h.PersonOf(t.Context(), home, account)
		h.must(err)
		p, err := h.People.Person(t.Context(), home, who)
		h.must(err)
		if len(p.Grants) != 2 {
			t.Errorf("grants %v", p.Grants)
		}
		if _, err := h.CheckStaff(t.Context(), "nadia@example.org", "another password, not taken"); !fault.Is(err, fault.Invalid) {
			t.Errorf("a second invitation changed the password: %v", err)
		}
		if who, err := h.PersonOf(t.Context(), id.Named("programme", "other"), account); err != nil || !who.IsZero() {
			t.Errorf("a role in a programme where none was given: %s %v", who, err)
		}
		a := access.Actor{Programme: home, Person: who, Account: account, Name: "Nadia"}
		h.must(h.Password(t.Context(), a, "une phrase assez longue", "une autre phrase longue"))
		_, err = h.CheckStaff(t.Context(), "nadia@example.org", "une autre phrase longue")
		h.must(err)
	})
}

// Whoever lost their password gets another; the old one and the sessions of before end, and the throttle too.
func TestLostPasswordIsRenewed(t *testing.T) {
	each(t, func(h house) {
		if _, err := h.Renew(t.Context(), "nadia@example.org"); !errors.Is(err, identity.ErrNoAccount) {
			t.Error(err)
		}
		m := identity.Member{First: "Nadia", Email: "nadia@example.org", Password: "une phrase assez longue", Role: access.Coordinator}
		h.must(h.Let(t.Context(), journaltest.Act(home, id.ID{}), m))
		account := identity.AccountID(m.Email)
		said, _, err := h.Begin(t.Context(), home, identity.PersonID(home, account), account, false, "")
		h.must(err)
		for range 6 {
			_, err = h.CheckStaff(t.Context(), m.Email, "forgotten")
		}
		if !fault.Is(err, fault.TooMany) {
			t.Fatal(err)
		}
		password, err := h.Renew(t.Context(), " Nadia@example.org")
		h.must(err)
		_, err = h.CheckStaff(t.Context(), m.Email, password)
		h.must(err)
		if _, err := h.CheckStaff(t.Context(), m.Email, m.Password); !fault.Is(err, fault.Invalid) || h.identify(said).SignedIn() {
			t.Errorf("the password of before still opens: %v", err)
		}
	})
}

// An account comes last: where the role was refused, nobody can sign in to nothing.
func TestNoAccountWithoutARole(t *testing.T) {
	each(t, func(h house) {
		m := identity.Member{First: "Nadia", Email: "nadia@example.org", Password: "une phrase assez longue", Role: access.Coordinator}
		if err := h.Let(t.Context(), journaltest.Act(id.Named("programme", "not begun"), id.ID{}), m); err == nil {
			t.Fatal("a role in a programme that has not begun")
		}
		if has, err := h.HasAccounts(t.Context()); err != nil || has {
			t.Error("there is an account without a role:", err)
		}
		h.must(h.Let(t.Context(), journaltest.Act(home, id.ID{}), m))
	})
}

func TestMembersAreChecked(t *testing.T) {
	each(t, func(h house) {
		good := identity.Member{First: "A", Email: "a@b.org", Password: "long enough here", Role: access.Tutor}
		for field, spoil := range map[string]func(*identity.Member){
			"first": func(m *identity.Member) { m.First = "" }, "email": func(m *identity.Member) { m.Email = "" },
			"password": func(m *identity.Member) { m.Password = "short" },
		} {
			m := good
			spoil(&m)
			err := h.Let(t.Context(), journaltest.Act(home, id.ID{}), m)
			if !fault.Is(err, fault.Invalid) || fault.Of(err).Fields[0].Name != field {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

func TestOnlyInventedPeopleAreSignedInByName(t *testing.T) {
	each(t, func(h house) {
		who := h.learner()
		if got, err := h.Invented(t.Context(), home, "amina"); err != nil || got != who {
			t.Errorf("%s %v", got, err)
		}
		h.must(h.People.Enter(t.Context(), journaltest.Act(home, who), people.Newcomer{ID: id.New(), Said: people.Described{First: "Real", Number: "real"}, Role: access.Learner}))
		if _, err := h.Invented(t.Context(), home, "real"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a real person was signed in by name: %v", err)
		}
	})
}
