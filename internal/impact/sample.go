package impact

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"
	"unicode/utf8"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/impact/figure"
	"tremplin/internal/learning"
	"tremplin/internal/people"
)

// Draw is a sample about to be drawn.
type Draw struct {
	Indicator string
	Report    id.ID  // frozen; zero: as of now
	Seed      string // empty: from the act
}

// SampleID is the id of the sample that an act draws.
func SampleID(a journal.Act) id.ID {
	return id.Derive(a.Programme[:], []byte("sample"), a.ID[:])
}

// Draw draws a sample of what a figure counts. The seed is printed, so that it can be drawn again.
func (s *Service) Draw(ctx context.Context, a journal.Act, d Draw) error {
	if utf8.RuneCountInString(d.Seed) > maxSeed {
		return fault.Fields(fault.Field{Name: "seed", Key: "impact.seed.long", Args: []any{"Max", maxSeed}})
	}
	owner, asked := SampleID(a), journal.Same("draw", d.Indicator, d.Report, d.Seed)
	if d.Seed == "" {
		d.Seed = owner.String()[24:]
	}
	e, err := s.drawn(ctx, a.Programme, d)
	if err != nil {
		return err
	}
	if len(e.Lines) == 0 {
		return fault.New(fault.Invalid, "impact.sample.nothing")
	}
	return s.J.Do(ctx, a, asked, journal.Known(KindDrawn.Draft(owner, owner, e)))
}

func (s *Service) drawn(ctx context.Context, programme id.ID, d Draw) (e Drawn, err error) {
	var f figure.Figure
	if d.Report.IsZero() {
		var st State
		if st, err = s.Figures(ctx, programme, Query{}); err == nil {
			f, err = st.Figure(d.Indicator)
			e.Until, e.Known = st.Until.UnixMicro(), st.Until.UnixMicro()
		}
	} else {
		var r Report
		if r, err = s.Report(ctx, programme, d.Report); err == nil {
			f, err = r.Figure(d.Indicator)
			e.Until, e.Known = r.Until, r.Known
		}
	}
	e.Indicator, e.Version, e.Report, e.Seed, e.Of = d.Indicator, f.Version, d.Report, d.Seed, countable(f.Counted)
	for _, c := range draw(f.Counted, d.Seed, SampleSize) {
		e.Lines = append(e.Lines, DrawnLine{
			Entry: c.Entry, Key: c.Key, Fact: c.Fact, Unit: c.Unit, Owner: c.Owner, Person: c.Person, Organisation: c.Organisation, At: c.At,
		})
	}
	return e, err
}

// Sample is a sample with its lines and every word about them.
type Sample struct {
	SampleRow
	Lines []Line
	Open  bool // its names can still be read
}

// Line is one line of a sample; Name is empty where it may not be read.
type Line struct {
	LineRow
	Name  string
	Words []WordRow // the first first
}

// Closes is when the names of a sample close.
func (w SampleRow) Closes() time.Time { return time.UnixMicro(w.At).UTC().Add(SampleLife) }

// Sample reads a sample without names: three queries.
func (s *Service) Sample(ctx context.Context, programme, sample id.ID) (out Sample, err error) {
	q := s.J.DB()
	if out.SampleRow, err = Samples.Find(ctx, q, programme, "and owner=$2", sample); err != nil {
		return out, err
	}
	out.Open = s.J.Now().Before(out.Closes())
	rows, err := Lines.Select(ctx, q, programme, "and owner=$2 order by number", sample)
	if err != nil {
		return out, err
	}
	words, err := Words.Select(ctx, q, programme, "and owner=$2 order by at,entry", sample)
	for _, w := range rows {
		l := Line{LineRow: w}
		for _, x := range words {
			if x.Line == w.Number {
				l.Words = append(l.Words, x)
			}
		}
		out.Lines = append(out.Lines, l)
	}
	return out, err
}

// Named puts the names onto a sample that is still open: two queries. Each opening of a person's file
// is written into that person's own story, with the sample as its reason, before the name is shown.
func (s *Service) Named(ctx context.Context, a access.Actor, sample *Sample) error {
	if !sample.Open || len(sample.Lines) == 0 || !a.May(access.Read, access.Sample) {
		return nil
	}
	if err := s.open(ctx, a, sample); err != nil {
		return err
	}
	stories := make([]id.ID, len(sample.Lines))
	for i, l := range sample.Lines {
		stories[i] = l.Story
	}
	persons, err := people.Persons.Among(ctx, s.J.DB(), a.Programme, stories, "")
	if err != nil {
		return err
	}
	modules, err := learning.Modules.Among(ctx, s.J.DB(), a.Programme, stories, "")
	names := map[id.ID]string{}
	for _, p := range persons {
		names[p.Owner] = people.Person{First: p.First, Last: p.Last}.Name()
	}
	for _, m := range modules {
		names[m.Owner] = m.Slug
	}
	for i := range sample.Lines {
		sample.Lines[i].Name = names[sample.Lines[i].Story]
	}
	return err
}

// open writes the openings, side by side: the journal takes them together.
func (s *Service) open(ctx context.Context, a access.Actor, sample *Sample) error {
	var wait sync.WaitGroup
	errs := make([]error, len(sample.Lines))
	for i, l := range sample.Lines {
		if l.Person {
			wait.Go(func() { errs[i] = s.People.Opened(ctx, a, l.Story, access.Identity, sample.Owner.String()) })
		}
	}
	wait.Wait()
	for i, err := range errs {
		if errors.Is(err, journal.ErrErased) { // the story has ended: there is no name to show
			errs[i] = nil
		}
	}
	return errors.Join(errs...)
}

// Judge says a word about a line of a sample, as Judging has it. The last word counts, and all are kept.
func (s *Service) Judge(ctx context.Context, a journal.Act, who access.Actor, sample id.ID, b Judged) error {
	return s.J.Do(ctx, a, journal.Same(sample, b), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		row, err := Lines.Find(ctx, q, a.Programme, "and owner=$2 and number=$3", sample, b.Line)
		if err != nil {
			return nil, nil, err
		}
		return []journal.Draft{KindJudged.Draft(sample, sample, b)}, nil, checkWord(row.Status, b, who)
	})
}

// Samples lists the samples drawn, the latest first, and where the next page begins (0 at the end).
func (s *Service) Samples(ctx context.Context, programme id.ID, before int64, limit int) (out []SampleRow, next int64, err error) {
	if before == 0 {
		before = forever
	}
	out, err = Samples.Select(ctx, s.J.DB(), programme, "and at<$2 order by at desc limit $3", before, limit+1)
	if len(out) > limit {
		out = out[:limit]
		next = out[limit-1].At
	}
	return out, next, err
}

// Waiting is a sample in which explanations were asked for that nobody has given.
type Waiting struct {
	SampleRow
	Asked int
}

// Waiting lists the samples that wait for somebody's explanation: two queries.
func (s *Service) Waiting(ctx context.Context, programme id.ID) (out []Waiting, err error) {
	lines, err := Lines.Select(ctx, s.J.DB(), programme, "and status=$2 order by owner limit 500", Asked)
	if err != nil {
		return nil, err
	}
	asked, which := map[id.ID]int{}, []id.ID(nil)
	for _, l := range lines {
		if asked[l.Owner]++; asked[l.Owner] == 1 {
			which = append(which, l.Owner)
		}
	}
	rows, err := Samples.Among(ctx, s.J.DB(), programme, which, "order by at desc,owner")
	for _, w := range rows {
		out = append(out, Waiting{w, asked[w.Owner]})
	}
	return out, err
}

// Step is one thing that happened in the story of a line, as its indicator sees it.
type Step struct {
	At   int64
	Says map[string]string // the attributes of its kind
}

// Steps are what the figure of a line rests on: all of its kind that happened in its story, the first first.
// They are for who reads the names of the sample; about people without a name there are none.
func (s *Service) Steps(ctx context.Context, programme id.ID, l Line) (out []Step, err error) {
	if l.Person && l.Name == "" {
		return nil, nil
	}
	rows, err := Facts.Select(ctx, s.J.DB(), programme, "and owner=$2 and fact=$3 order by at,recorded,entry limit 20", l.Story, l.Fact)
	for _, w := range rows {
		says := map[string]string{}
		if err := json.Unmarshal([]byte(w.Attributes), &says); err != nil && w.Attributes != "" {
			return nil, err
		}
		out = append(out, Step{w.At, says})
	}
	return out, err
}
