package web_test

import (
	"crypto/sha1"
	"encoding/hex"
	"slices"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/view"
	"tremplin/internal/people"
	"tremplin/internal/records"
)

func (s *store) act() journal.Act { return journaltest.Act(s.programme, id.Named("coordinator")) }

func (s *store) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// enrolled is a participant with a mailbox.
func (s *store) enrolled(first, email string) id.ID {
	s.Helper()
	n := people.Newcomer{ID: id.New(), Role: access.Learner, Said: people.Described{First: first, Language: "fr", Country: "FR", Email: email}}
	s.must(s.People.Enter(s.Context(), s.act(), n))
	return n.ID
}

// told are the ids of the statements in somebody's story.
func (s *store) told(owner id.ID) (ids []string) {
	s.Helper()
	all, err := s.Elsewhere(s.Context(), s.programme, owner, 100)
	s.must(err)
	for _, w := range all.Latest {
		ids = append(ids, w.ID.String())
	}
	return ids
}

func (s *store) strangers() []records.Actor {
	s.Helper()
	out, err := s.Strangers(s.Context(), s.programme, view.Mark{}, 100)
	s.must(err)
	return out
}

func sha1sum(of string) string {
	sum := sha1.Sum([]byte(of))
	return hex.EncodeToString(sum[:])
}

func account(page, name string) string {
	return `{"actor":{"account":{"homePage":"` + page + `","name":"` + name + `"}}}`
}

// An account of this Tremplin is the participant; a mailbox, hashed or not, is who has it.
func TestActorsThatAreParticipants(t *testing.T) {
	each(t, func(s *store) {
		amina, bilal := s.enrolled("Amina", "amina@example.org"), s.enrolled("Bilal", "Bilal@Example.org")
		both := [2]id.ID{s.enrolled("Chloe", "family@example.org"), s.enrolled("Dan", "family@example.org")}
		one := s.post(statement("x", "a", account("https://tremplin.example.org", amina.String())))[0]
		two := s.post(statement("amina", "a"))[0]
		three := s.post(statement("x", "a", `{"actor":{"mbox_sha1sum":"`+sha1sum("mailto:bilal@example.org")+`"}}`))[0]
		s.post(statement("family", "a"), statement("x", "a", account("https://elsewhere.example.org", amina.String())))
		if got := s.told(amina); !slices.Equal(got, []string{two, one}) {
			t.Error("amina", got)
		}
		if got := s.told(bilal); !slices.Equal(got, []string{three}) {
			t.Error("bilal", got)
		}
		if len(s.told(both[0])) > 0 || len(s.told(both[1])) > 0 || len(s.strangers()) != 2 {
			t.Error("a mailbox of two is given to one", s.strangers())
		}
		for _, agent := range []string{`{"mbox":"mailto:amina@example.org"}`, `{"account":{"homePage":"https://tremplin.example.org","name":"` + amina.String() + `"}}`} {
			if got := s.found("agent", agent); len(got) != 1 {
				t.Error(agent, got)
			}
		}
	})
}

// Whoever comes before their mailbox is known is found once it is.
func TestMailboxThatIsKnownLater(t *testing.T) {
	each(t, func(s *store) {
		s.post(statement("amina", "a"))
		amina := s.enrolled("Amina", "amina@example.org")
		s.Now = s.Now.Add(2 * time.Minute)
		s.post(statement("amina", "b"))
		if got := s.told(amina); len(got) != 2 {
			t.Fatal("the history does not follow", got)
		}
		s.must(s.Part(t.Context(), s.act(), s.joinedWith(amina), amina))
		s.Now = s.Now.Add(2 * time.Minute)
		s.post(statement("amina", "c"))
		if len(s.told(amina)) > 0 || len(s.strangers()) != 1 {
			t.Fatal("whom a professional parted is joined again")
		}
	})
}

func (s *store) elsewhere(person id.ID) records.Elsewhere {
	s.Helper()
	e, err := s.Elsewhere(s.Context(), s.programme, person, 5)
	s.must(err)
	return e
}

// joinedWith is the actor that was joined with somebody.
func (s *store) joinedWith(person id.ID) id.ID {
	s.Helper()
	e := s.elsewhere(person)
	if len(e.Accounts) != 1 {
		s.Fatal(e)
	}
	return e.Accounts[0].Actor
}

func TestInvitation(t *testing.T) {
	each(t, func(s *store) {
		amina := s.enrolled("Amina", "")
		client, err := id.Parse(s.key)
		s.must(err)
		act := s.act()
		s.must(s.Invite(t.Context(), act, amina, client))
		s.must(s.Invite(t.Context(), act, amina, client))
		e := s.elsewhere(amina)
		if len(e.Invited) != 1 || len(e.Invited[0].Code) != 16 {
			t.Fatal(e)
		}
		code := e.Invited[0].Code
		s.as(records.Write) // another platform has no use for the name
		s.post(statement("x", "a", account("https://other.example.org", code)))
		if len(s.told(amina)) > 0 {
			t.Fatal("any platform may say the name")
		}
		s.key, s.secret = "", ""
		s.as(records.All)
		client, _ = id.Parse(s.key)
		s.must(s.Invite(t.Context(), s.act(), amina, client))
		e = s.elsewhere(amina)
		which := s.post(statement("x", "b", account("https://moodle.example.org", e.Invited[1].Code)))
		if got := s.told(amina); !slices.Equal(got, which) {
			t.Fatal(got)
		}
		if err := s.Invite(t.Context(), s.act(), amina, id.New()); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
}

func TestClaimAndPart(t *testing.T) {
	each(t, func(s *store) {
		amina, bilal := s.enrolled("Amina", ""), s.enrolled("Bilal", "")
		which := s.post(statement("a.diop", "a"), statement("a.diop", "b", `{"actor":{"mbox":"mailto:a.diop@example.org"}}`)) // once without a name
		all := s.strangers()
		if len(all) != 1 || all[0].Statements != 2 || !slices.Equal(all[0].Names, []string{"a.diop"}) {
			t.Fatal(all)
		}
		actor, told, err := s.Stranger(t.Context(), s.programme, all[0].ID, 10)
		s.must(err)
		if len(told) != 2 || actor.Statements != 2 {
			t.Fatal(actor, told)
		}
		act := s.act()
		s.must(s.Claim(t.Context(), act, actor.ID, amina))
		s.must(s.Claim(t.Context(), act, actor.ID, amina))
		if err := s.Claim(t.Context(), s.act(), actor.ID, bilal); fault.FieldsOf(err) == nil {
			t.Error("claimed twice", err)
		}
		if err := s.Claim(t.Context(), s.act(), bilal, amina); fault.FieldsOf(err) == nil {
			t.Error("a participant is claimed", err)
		}
		if err := s.Claim(t.Context(), s.act(), actor.ID, id.New()); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
		if got := s.told(amina); len(got) != 2 || len(s.strangers()) != 0 || len(s.found()) != 2 {
			t.Fatal(got)
		}
		more := s.post(statement("a.diop", "c"))
		if s.told(amina)[0] != more[0] {
			t.Fatal("what comes later does not follow")
		}
		if ids := s.found("agent", `{"mbox":"mailto:a.diop@example.org"}`); len(ids) != 3 {
			t.Error(ids)
		}
		s.ask("GET", "/statements?statementId="+which[0], "").is(200)
		part := s.act()
		s.must(s.Part(t.Context(), part, actor.ID, amina))
		s.must(s.Part(t.Context(), part, actor.ID, amina))
		if len(s.told(amina)) > 0 || len(s.strangers()) != 1 || len(s.found()) != 3 {
			t.Fatal("parted, and still there")
		}
		if err := s.Part(t.Context(), s.act(), actor.ID, amina); err != nil {
			t.Error(err)
		}
	})
}

// Who is erased takes along what platforms told, and nothing more of them is kept.
func TestErasedWithWhatPlatformsTold(t *testing.T) {
	each(t, func(s *store) {
		amina := s.enrolled("Amina", "amina@example.org")
		s.post(statement("amina", "a"))
		s.must(s.People.Erase(t.Context(), s.act(), amina, "asked"))
		if len(s.found()) > 0 || len(s.strangers()) > 0 {
			t.Fatal("still there")
		}
		s.ask("POST", "/statements", statement("amina", "b")).is(403).says("erased")
		if _, _, err := s.Stranger(t.Context(), s.programme, amina, 1); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
}

// A voided statement goes from the story that it was joined into, and one about it finds it there.
func TestVoidedInAJoinedStory(t *testing.T) {
	each(t, func(s *store) {
		amina := s.enrolled("Amina", "amina@example.org")
		which := s.post(statement("amina", "a"), statement("amina", "b"))
		s.ask("POST", "/statements", statement("bilal", "v", `{"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},"object":{"objectType":"StatementRef","id":"`+which[0]+`"}}`)).is(200)
		if got := s.told(amina); !slices.Equal(got, which[1:]) {
			t.Error(got)
		}
		about := s.post(statement("chloe", "c", `{"object":{"objectType":"StatementRef","id":"`+which[1]+`"}}`))
		if got := s.found("activity", "https://example.org/b"); !slices.Contains(got, about[0]) || len(got) != 2 {
			t.Error(got)
		}
		late := id.New().String()
		s.post(statement("amina", "d", `{"object":{"objectType":"StatementRef","id":"`+late+`"}}`))
		s.post(statement("bilal", "e", `{"id":"`+late+`"}`))
		s.must(s.Part(t.Context(), s.act(), s.joinedWith(amina), amina))
		if got := s.found("activity", "https://example.org/e"); len(got) != 2 {
			t.Error("parted from what was found out while it was joined", got)
		}
	})
}
