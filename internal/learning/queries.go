package learning

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/learning/content"
)

// Module is a version with its content.
type Module struct {
	ModuleRow
	Content *content.Module
}

// Text is the module in a language, else in English or its source.
func (m Module) Text(lang string) *content.Text {
	for _, l := range []string{lang, "en", m.Source} {
		if t := m.Content.Languages[l]; t != nil {
			return t
		}
	}
	return m.Content.Languages[m.Source]
}

// Has tells whether the module speaks a language.
func (m ModuleRow) Has(lang string) bool { return strings.Contains(m.Languages, " "+lang+" ") }

// Offer is a module as the library shows it.
type Offer struct {
	ModuleRow
	Title, Summary string
	Lang           string // in which these words are
	Run            RunRow // how far the reader is; zero: not begun
}

// Filter narrows the library; empty fields do not.
type Filter struct {
	Need, Sector, Level, Language, Country, Audience string
}

// Library lists the modules offered, in the reader's language where they speak it: three queries.
func (s *Service) Library(ctx context.Context, programme id.ID, lang string, l Learner, f Filter) ([]Offer, error) {
	q := s.J.DB()
	where, args := f.where()
	ms, err := Modules.Select(ctx, q, programme, where, args...)
	if err != nil {
		return nil, err
	}
	titles, err := Titles.Select(ctx, q, programme, "")
	if err != nil {
		return nil, err
	}
	runs, err := s.Runs(ctx, programme, l.ID)
	if err != nil {
		return nil, err
	}
	out := make([]Offer, len(ms))
	for i, m := range ms {
		out[i] = offer(m, titles, lang)
		out[i].Run = runs[m.Owner]
	}
	slices.SortStableFunc(out, func(a, b Offer) int { return b.speaks(lang) - a.speaks(lang) })
	return out, nil
}

// speaks is 1 for what can be read in a language: that comes first.
func (o Offer) speaks(lang string) int {
	if o.Has(lang) {
		return 1
	}
	return 0
}

func (f Filter) where() (string, []any) {
	b, args := strings.Builder{}, []any{}
	add := func(cond string, v string) {
		if v != "" {
			args = append(args, v)
			fmt.Fprintf(&b, " and "+cond, len(args)+1)
		}
	}
	b.WriteString("and not retired")
	add("needs like '%% '||$%d||' %%'", f.Need)
	add("sector=$%d", f.Sector)
	add("level=$%d", f.Level)
	add("languages like '%% '||$%d||' %%'", f.Language)
	add("(countries='' or countries like '%% '||$%d||' %%')", f.Country)
	add("audience=$%d", f.Audience)
	b.WriteString(" order by level,slug limit 500")
	return b.String(), args
}

// offer picks the words of a module: the reader's language, English, the source, any.
func offer(m ModuleRow, titles []TitleRow, lang string) Offer {
	o, best := Offer{ModuleRow: m}, 0
	for _, t := range titles {
		if t.Owner != m.Owner {
			continue
		}
		rank := 1
		switch t.Lang {
		case lang:
			rank = 4
		case "en":
			rank = 3
		case m.Source:
			rank = 2
		}
		if rank > best {
			best, o.Title, o.Summary, o.Lang = rank, t.Title, t.Summary, t.Lang
		}
	}
	return o
}

// Module reads the newest version of a module with its content: one query.
func (s *Service) Module(ctx context.Context, programme id.ID, slug string) (Module, error) {
	row, err := Modules.Find(ctx, s.J.DB(), programme, "and slug=$2", slug)
	if err != nil {
		return Module{}, err
	}
	c, err := s.Package(blob.Hash(row.Package))
	return Module{row, c}, err
}

// Run reads how far a learner is with a module; the zero row where they have not begun.
func (s *Service) Run(ctx context.Context, programme id.ID, l Learner, module id.ID) (RunRow, error) {
	if l.ID.IsZero() {
		return RunRow{}, nil
	}
	return runOf(ctx, s.J.DB(), programme, l.ID, module)
}

// Runs reads how far a learner is, by module.
func (s *Service) Runs(ctx context.Context, programme, learner id.ID) (map[id.ID]RunRow, error) {
	out := map[id.ID]RunRow{}
	if learner.IsZero() {
		return out, nil
	}
	rows, err := Runs.Select(ctx, s.J.DB(), programme, "and owner=$2", learner)
	for _, w := range rows {
		out[w.Module] = w
	}
	return out, err
}

// doneScreens are those of a module that a learner has done.
func doneScreens(ctx context.Context, q db.Queryer, programme, learner, module id.ID) (map[string]bool, error) {
	tries, err := Tries.Select(ctx, q, programme, "and owner=$2 and module=$3", learner, module)
	done := map[string]bool{}
	for _, w := range tries {
		if w.Done {
			done[w.Screen] = true
		}
	}
	return done, err
}

func runOf(ctx context.Context, q db.Queryer, programme, learner, module id.ID) (RunRow, error) {
	row, _, err := Runs.One(ctx, q, programme, "and owner=$2 and module=$3", learner, module)
	return row, err
}

func (s *Service) keptRuns(ctx context.Context, programme, visit id.ID) (out []KeptRun, err error) {
	if visit.IsZero() {
		return nil, nil
	}
	runs, err := Runs.Select(ctx, s.J.DB(), programme, "and owner=$2 order by module", visit)
	if err != nil {
		return nil, err
	}
	for _, w := range runs {
		done, err := doneScreens(ctx, s.J.DB(), programme, visit, w.Module)
		if err != nil {
			return nil, err
		}
		ended, err := endedIn(ctx, s.J.DB(), programme, w)
		if err != nil {
			return nil, err
		}
		out = append(out, KeptRun{
			Module: w.Module, Number: w.Number, Done: languages(done), Last: w.Screen, LastAt: w.LastAt, Of: w.Of,
			StartedAt: w.StartedAt, FinishedAt: w.FinishedAt, Language: w.Lang, Room: w.Room, Ended: ended,
		})
	}
	return out, nil
}

// Package reads a module's content by the name of its document: it never changes, so it is read once.
func (s *Service) Package(h blob.Hash) (*content.Module, error) {
	return s.packages.Make(h, func() (*content.Module, error) {
		b, err := s.Blobs.Get(h)
		if err != nil {
			return nil, err
		}
		return content.ReadZip(bytes.NewReader(b), int64(len(b)), content.DefaultLimits)
	})
}

// PackageOf reads a module's content by a name from an address.
func (s *Service) PackageOf(name string) (*content.Module, error) { return s.Package(blob.Hash(name)) }
