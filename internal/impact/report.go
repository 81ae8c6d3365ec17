package impact

import (
	"context"
	"encoding/json"
	"time"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
	"tremplin/internal/impact/figure"
)

// Report is a frozen report, as its document keeps it: nothing else is needed to show it again.
type Report struct {
	Format      int                               `json:"format"`
	ID          id.ID                             `json:"id"`
	Title       programme.Text                    `json:"title,omitempty"`
	Deliverable string                            `json:"deliverable,omitempty"`
	CutOff      string                            `json:"cut_off"`
	Until       int64                             `json:"until"`
	Known       int64                             `json:"known"`
	FrozenAt    int64                             `json:"frozen_at"`
	Before      id.ID                             `json:"before,omitzero"` // the report before
	Partners    map[string]programme.Organisation `json:"partners"`
	Refused     map[string]bool                   `json:"refused,omitempty"`
	Figures     []figure.Figure                   `json:"figures"`
}

// Freeze is a report about to be closed.
type Freeze struct {
	Deliverable string    // a report of the calendar, or
	CutOff      string    // the last day counted, yyyy-mm-dd
	Known       time.Time // what had arrived by then counts; zero: the end of the cut-off
}

// ReportID is the id of the report that an act freezes.
func ReportID(a journal.Act) id.ID {
	return id.Derive(a.Programme[:], []byte("report"), a.ID[:])
}

// Freeze closes a report: its figures, definitions and facts are kept as they are. A report of the
// calendar is frozen once.
func (s *Service) Freeze(ctx context.Context, a journal.Act, f Freeze) error {
	b, err := s.Book(a.Programme)
	if err != nil {
		return err
	}
	at := a.At
	if at.IsZero() {
		at = s.J.Now()
	}
	r, err := f.begin(b, at)
	if err != nil {
		return err
	}
	r.ID = ReportID(a)
	if err := s.fill(ctx, b, &r); err != nil {
		return err
	}
	doc, err := json.Marshal(r)
	if err != nil {
		return err
	}
	h, err := s.Blobs.Put(doc)
	if err != nil {
		return err
	}
	e := Frozen{Deliverable: r.Deliverable, CutOff: r.CutOff, Until: r.Until, Known: r.Known, Document: string(h)}
	return s.J.Do(ctx, a, journal.Same("freeze", f.Deliverable, f.CutOff), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		return []journal.Draft{KindFrozen.Draft(r.ID, r.ID, e)}, nil, once(ctx, q, a.Programme, r.Deliverable)
	})
}

// begin finds the cut-off, which must be past when the report is frozen.
func (f Freeze) begin(b *Book, at time.Time) (Report, error) {
	r := Report{Format: 1, Deliverable: f.Deliverable, CutOff: f.CutOff, FrozenAt: at.UnixMicro(), Partners: map[string]programme.Organisation{}}
	if f.Deliverable != "" {
		due, ok := b.Entry(f.Deliverable)
		if !ok || due.Kind != figure.KindReport {
			return r, fault.New(fault.NotFound, "")
		}
		r.Title, r.CutOff = due.Title, due.CutOff
	}
	from, _ := time.Parse(time.DateOnly, b.Programme.From) // checked where the folder is read
	until, err := b.End(r.CutOff)
	switch {
	case err != nil:
		return r, fault.Fields(fault.Field{Name: "cut_off", Key: "impact.cut-off.wrong"})
	case r.CutOff < b.Programme.From:
		return r, fault.Fields(fault.Field{Name: "cut_off", Key: "impact.cut-off.early", Args: []any{"Date", from}})
	case until.After(at):
		return r, fault.Fields(fault.Field{Name: "cut_off", Key: "impact.cut-off.future"})
	}
	r.Until, r.Known = until.UnixMicro(), until.UnixMicro()
	if !f.Known.IsZero() {
		r.Known = f.Known.UnixMicro()
	}
	for _, o := range b.Programme.Organisations {
		r.Partners[o.Slug] = programme.Organisation{Slug: o.Slug, Name: o.Name, Country: o.Country}
	}
	return r, nil
}

func (s *Service) fill(ctx context.Context, b *Book, r *Report) (err error) {
	p := b.Programme.ID()
	if r.Refused, err = s.refused(ctx, p); err != nil {
		return err
	}
	before, _, err := Filings.One(ctx, s.J.DB(), p, "and document<>'' and until<$2 order by until desc,at desc", r.Until)
	if err != nil {
		return err
	}
	r.Before = before.Owner
	r.Figures, err = s.count(ctx, b, bounds{r.Until, r.Known}, figure.Asked{Refused: r.Refused, Report: r.Deliverable})
	return err
}

// once refuses what the calendar already has.
func once(ctx context.Context, q db.Queryer, programme id.ID, deliverable string) error {
	if deliverable == "" {
		return nil
	}
	_, ok, err := Filings.One(ctx, q, programme, "and deliverable=$2", deliverable)
	if err == nil && ok {
		err = fault.New(fault.Conflict, "impact.filed-already")
	}
	return err
}

// HandIn records that a deliverable of the calendar was handed in: once.
func (s *Service) HandIn(ctx context.Context, a journal.Act, h Handed) error {
	b, err := s.Book(a.Programme)
	if err != nil {
		return err
	}
	if due, ok := b.Entry(h.Deliverable); !ok || due.Kind != figure.KindDeliverable {
		return fault.New(fault.NotFound, "")
	}
	owner := id.Derive(a.Programme[:], []byte("deliverable"), []byte(h.Deliverable))
	return s.J.Do(ctx, a, journal.Same("hand in", h.Deliverable), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		return []journal.Draft{KindHanded.Draft(owner, owner, h)}, nil, once(ctx, q, a.Programme, h.Deliverable)
	})
}

// Report opens a frozen report again: one query, then its document.
func (s *Service) Report(ctx context.Context, programme, report id.ID) (Report, error) {
	row, err := Filings.Find(ctx, s.J.DB(), programme, "and owner=$2 and document<>''", report)
	if err != nil {
		return Report{}, err
	}
	doc, err := s.Blobs.Get(blob.Hash(row.Document))
	if err != nil {
		return Report{}, err
	}
	var r Report
	return r, json.Unmarshal(doc, &r)
}

// Figure finds one figure of a report.
func (r Report) Figure(indicator string) (figure.Figure, error) { return find(r.Figures, indicator) }

// Changes explains what moved since the report before; none where there is no such report.
func (s *Service) Changes(ctx context.Context, programme id.ID, r Report) ([]figure.Change, error) {
	if r.Before.IsZero() {
		return nil, nil
	}
	was, err := s.Report(ctx, programme, r.Before)
	return figure.Changes(was.Figures, r.Figures, figure.Bounds{Until: was.Until, Known: was.Known}, r.Refused), err
}

// Late is what happened before a report's cut-off and became known after it: it falls in the next one.
type Late struct {
	Figure figure.Figure
	Facts  []figure.Counted
}

// Late finds what came late for a report: three queries.
func (s *Service) Late(ctx context.Context, r Report, programme id.ID) (out []Late, err error) {
	b, err := s.Book(programme)
	if err != nil {
		return nil, err
	}
	now, err := s.count(ctx, b, bounds{r.Until, forever}, figure.Asked{})
	for _, f := range now {
		was, lost := r.Figure(f.ID)
		if lost != nil {
			continue
		}
		late := Late{Figure: f}
		for _, c := range f.Missing(was) {
			if c.Arrived >= r.Known {
				late.Facts = append(late.Facts, c)
			}
		}
		if len(late.Facts) > 0 {
			out = append(out, late)
		}
	}
	return out, err
}
