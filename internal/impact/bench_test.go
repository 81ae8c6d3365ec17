package impact_test

import (
	"fmt"
	"os"
	"regexp"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/impact"
	"tremplin/internal/impact/impacttest"
	"tremplin/internal/learning"
	"tremplin/internal/people"
)

// BenchmarkFigures counts MIGRANTECH's figures for 160 people: the page's time grows with the facts.
func BenchmarkFigures(b *testing.B) {
	book, err := os.ReadFile("../../programmes/migrantech/indicators.yaml")
	if err != nil {
		b.Fatal(err)
	}
	slugs := regexp.MustCompile(`(?m)^      organisation: \{.*|\b(amsed|rives-metiers|cap-ourthe|atelier-passerelle|cais-linguas|oficina-norte|ege-kopru|yeni-adim|erasmus)$`)
	h := impacttest.New(b, dbtest.SQLite, slugs.ReplaceAllStringFunc(string(book), func(s string) string {
		if s[0] == ' ' {
			return ""
		}
		return "operator"
	}))
	for i := range 160 {
		n := fmt.Sprint("P", i)
		h.Enter("2026-01-15", n, access.Learner, people.Described{Country: "FR", Gender: "woman"})
		var ds []journal.Draft
		for m := range 4 {
			module := id.Named("module", fmt.Sprint(m))
			ds = append(ds, learning.KindAnswered.Draft(impacttest.Who(n), module, learning.Answered{Language: "fr"}),
				learning.KindFinished.Draft(impacttest.Who(n), module, learning.Finished{Audience: "learner"}))
		}
		h.On("2026-02-01", ds...)
		h.Sign("2026-03-01", n, "one", 1, "trial")
	}
	b.ResetTimer()
	for b.Loop() {
		st, err := h.Figures(b.Context(), h.P.ID(), impact.Query{})
		if err != nil || len(st.Figures) == 0 {
			b.Fatal(err)
		}
	}
}
