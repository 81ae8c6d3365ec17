package learning

import (
	"context"
	"slices"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/people"
)

// Task is a translation to be made or brought up to date.
type Task struct {
	ModuleRow
	Title, TitleLang string
	Lang             string
	Stale            int64 // 0: the module does not speak the language yet
	Since            int64
}

// Tasks lists what is missing or stale in some languages, the oldest first, and apart from it what is up to
// date: two queries.
func (s *Service) Tasks(ctx context.Context, programme id.ID, reader string, langs []string) (out, fresh []Task, err error) {
	rows, err := Modules.Select(ctx, s.J.DB(), programme, "and not retired order by slug limit 500")
	if err != nil {
		return nil, nil, err
	}
	titles, err := Titles.Select(ctx, s.J.DB(), programme, "")
	byModule := map[id.ID]map[string]TitleRow{}
	for _, t := range titles {
		if byModule[t.Owner] == nil {
			byModule[t.Owner] = map[string]TitleRow{}
		}
		byModule[t.Owner][t.Lang] = t
	}
	for _, m := range rows {
		o := offer(m, titles, reader)
		for _, lang := range langs {
			t, ok := byModule[m.Owner][lang]
			task := Task{ModuleRow: m, Title: o.Title, TitleLang: o.Lang, Lang: lang, Stale: t.Stale, Since: t.StaleAt}
			if !ok {
				task.Since = m.PublishedAt
			}
			switch {
			case lang == m.Source:
			case !ok || t.Stale > 0:
				out = append(out, task)
			default:
				fresh = append(fresh, task)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Task) int { return int(min(1, max(-1, x.Since-y.Since))) })
	return out, fresh, err
}

// Speaks lists the languages that an actor may translate into: a coordinator's are all of the
// programme's, a translator's the one that they said.
func (s *Service) Speaks(ctx context.Context, a access.Actor, all []string) ([]string, error) {
	if a.Has(access.Coordinator) {
		return all, nil
	}
	row, _, err := people.Persons.One(ctx, s.J.DB(), a.Programme, "and owner=$2", a.Person)
	if row.Language == "" {
		return all, err
	}
	return strings.Fields(row.Language), err
}
