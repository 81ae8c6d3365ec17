package people_test

import (
	"testing"

	"tremplin/internal/core/form"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/people"
)

// What is answered for a trial is of that trial: for the next one it is asked and counted anew, though the
// answers are the same.
func TestAnswersForATrial(t *testing.T) {
	eachFormHouse(t, func(h *formHouse) {
		given := form.Answers{"module": {"speaking-at-work"}, "can_work": {"3"}}
		counts := func(room string, want int64) {
			t.Helper()
			n, err := h.CountIn(t.Context(), h.p.ID(), room)
			h.must(err)
			if n["before"] != want {
				t.Errorf("%s: %v", room, n)
			}
		}
		for i, room := range []string{"SPR123", "SPR123", "ATM123"} {
			a := journaltest.Act(home, h.amina.Person)
			for range 2 {
				if p := h.fill(a, people.Filled{Questionnaire: h.form("before"), Given: given, Language: "fr", Room: room}); p != nil {
					t.Fatal(p)
				}
			}
			if want := []int{1, 1, 2}[i]; h.entries() != want {
				t.Errorf("%d entries, want %d", h.entries(), want)
			}
		}
		counts("SPR123", 1)
		counts("ATM123", 1)
		counts("NNE123", 0)
		if _, said := h.last("before"); said.Room != "ATM123" {
			t.Errorf("%+v", said)
		}
		if done, err := h.AnsweredIn(t.Context(), h.p.ID(), h.amina.Person, "before", "NNE123"); err != nil || done {
			t.Error(done, err)
		}
	})
}

// The code of a session comes from an address: what is none is not kept.
func TestRoomIsACode(t *testing.T) {
	for code, want := range map[string]string{"ABC123": "ABC123", "abc123": "", "ABC12": "", "ABC1234": "", "<b>123": "", "": "", "ABCILO": ""} {
		if got := people.Room(code); got != want {
			t.Errorf("%q: %q", code, got)
		}
	}
}
