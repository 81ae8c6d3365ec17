package app_test

import (
	"testing"
	"time"

	"tremplin/internal/core/draft"
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
	"tremplin/internal/people"
)

// begun leaves work in progress of every kind, touched some days ago.
func (h *house) begun(who id.ID, days int) {
	h.t.Helper()
	here, at := programme.IDOf("migrantech"), h.now.AddDate(0, 0, -days)
	for _, kind := range []string{"form", people.TableKind, people.TrialKind, "form-later", "module", "translation", "import", "xapi.refused"} {
		n := draft.Draft{Programme: here, Kind: kind, Key: at.Format(time.DateOnly), Person: who}
		must(h.t, draft.Put(h.t.Context(), h.DB, n, "work", at))
	}
}

// Every night what was begun and left is deleted, each kind in its time; what authors write stays. The
// next night is planned by the one before.
func TestNightlyTidying(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		who := id.New()
		for _, days := range []int{0, 6, 8, 89, 91, 400} {
			h.begun(who, days)
		}
		must(t, h.PlanTidy(t.Context(), h.now))
		must(t, h.PlanTidy(t.Context(), h.now))
		h.Jobs.Drain(t.Context())
		for kind, want := range map[string]int{
			"form": 4, people.TableKind: 2, people.TrialKind: 2, "form-later": 2, "module": 6, "translation": 6, "import": 6, "xapi.refused": 3,
		} {
			if n := h.count("draft", "kind=$1", kind); n != want {
				t.Errorf("%d drafts of kind %s are left, want %d", n, kind, want)
			}
		}
		h.now = h.now.AddDate(0, 0, 2)
		h.Jobs.Drain(t.Context())
		if n := h.count("draft", "kind='form'"); n != 3 {
			t.Errorf("two nights later %d forms are left, want 3", n)
		}
		if n := h.count("job", "kind='house.tidy' and error=''"); n != 1 {
			t.Errorf("%d nights are planned, want one", n)
		}
	})
}

// Sessions go when they are over, and not before.
func TestEndedSessionsAreDeleted(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, shared := range []bool{true, false} {
			_, _, err := h.Identity.Begin(t.Context(), programme.IDOf("migrantech"), id.New(), id.ID{}, shared, "Firefox")
			must(t, err)
		}
		must(t, h.PlanTidy(t.Context(), h.now))
		h.Jobs.Drain(t.Context())
		if n := h.count("session", "true"); n != 2 {
			t.Fatalf("%d sessions, want both", n)
		}
		h.now = h.now.AddDate(0, 0, 1)
		h.Jobs.Drain(t.Context())
		if n := h.count("session", "not shared"); n != 1 || h.count("session", "true") != 1 {
			t.Errorf("%d sessions, want the one that is not over", h.count("session", "true"))
		}
	})
}
