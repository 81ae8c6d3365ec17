package learning

import (
	"context"
	"slices"
	"time"

	"tremplin/internal/core/id"
)

// RereadAfter is how long what a module says is believed: laws, offices and telephone numbers change.
const RereadAfter = 365 * 24 * time.Hour

// Life is how fresh one module is: when it was read last, and how each language stands.
type Life struct {
	ModuleRow
	Title, Lang string
	Old         bool             // nobody has read it again for a year
	Stale       map[string]int64 // screens to bring up to date, by language
	Missing     []string         // languages of the programme that it does not speak
}

// Lives lists the modules offered, those first that nobody has read for the longest time: two queries.
func (s *Service) Lives(ctx context.Context, programme id.ID, lang string, spoken []string, now time.Time) ([]Life, error) {
	rows, err := Modules.Select(ctx, s.J.DB(), programme, "and not retired order by reread_at,slug limit 500")
	if err != nil {
		return nil, err
	}
	titles, err := Titles.Select(ctx, s.J.DB(), programme, "")
	out := make([]Life, len(rows))
	for i, m := range rows {
		o := offer(m, titles, lang)
		out[i] = Life{ModuleRow: m, Title: o.Title, Lang: o.Lang, Old: now.Sub(time.UnixMicro(m.RereadAt)) > RereadAfter, Stale: map[string]int64{}}
		for _, l := range spoken {
			if !m.Has(l) {
				out[i].Missing = append(out[i].Missing, l)
			}
		}
		for _, t := range titles {
			if t.Owner == m.Owner && t.Stale > 0 {
				out[i].Stale[t.Lang] = t.Stale
			}
		}
	}
	return out, err
}

// Sectors are those short of people for which modules are made.
var Sectors = []string{"building", "care-services", "catering", "cleaning", "logistics"}

// Unserved are the sectors of which no module speaks.
func Unserved(all []Life) (out []string) {
	for _, v := range Sectors {
		if !slices.ContainsFunc(all, func(l Life) bool { return l.Sector == v }) {
			out = append(out, v)
		}
	}
	return out
}
