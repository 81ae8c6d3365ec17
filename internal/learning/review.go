package learning

import (
	"context"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/draft"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/learning/content"
	"tremplin/internal/people"
)

// Candidate is the module that a draft would publish now, or the problems that prevent it.
func (s *Service) Candidate(ctx context.Context, programme id.ID, w Manuscript) (*content.Module, error) {
	last, err := s.last(ctx, programme, w.Meta.Slug)
	if err != nil {
		return nil, err
	}
	m, _, err := s.candidate(w, last)
	return m, err
}

func (s *Service) candidate(w Manuscript, last version) (*content.Module, Sources, error) {
	if len(w.Typed) > 0 || len(w.Troubles()) > 0 {
		return nil, nil, fault.New(fault.Invalid, "author.draft.troubles")
	}
	m, sources, err := s.assemble(w, last)
	if err != nil {
		return nil, nil, err
	}
	if err := readAgain(m); err != nil {
		return nil, nil, err
	}
	if err := s.addSmaller(w, m); err != nil {
		return nil, nil, err
	}
	return m, sources, m.Check().Err()
}

// readAgain reads the source as a language file: its title and summary were typed in a form.
func readAgain(m *content.Module) error {
	_, err := content.ParseText(m.Source, m.Languages[m.Source].Format())
	return err
}

// Submit asks for a reader. What is changed afterwards is to be submitted again.
func (s *Service) Submit(ctx context.Context, a journal.Act, slug, note string) error {
	w, ok, err := s.Manuscript(ctx, a.Programme, slug)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.NotFound, "")
	}
	if _, err := s.Candidate(ctx, a.Programme, w); err != nil {
		return err
	}
	owner, said := ModuleID(a.Programme, slug), Submitted{Draft: w.Fingerprint(), Note: note}
	return s.J.Do(ctx, a, journal.Same(owner, said), journal.Known(KindSubmitted.Draft(owner, owner, said)))
}

// Return gives a submitted draft back, with what is to be done.
func (s *Service) Return(ctx context.Context, a journal.Act, slug, why string) error {
	if why == "" {
		return fault.Fields(fault.Field{Name: "why", Key: "author.why.missing"})
	}
	owner := ModuleID(a.Programme, slug)
	return s.J.Do(ctx, a, journal.Same(owner, why, "return"), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		row, ok, err := Reviews.One(ctx, q, a.Programme, "and owner=$2", owner)
		if err == nil && (!ok || row.ReturnedAt > 0) {
			err = fault.New(fault.Conflict, "author.review.none")
		}
		return []journal.Draft{KindReturned.Draft(owner, owner, Returned{why})}, nil, err
	})
}

// Release is what an author says when publishing a draft.
type Release struct {
	Slug     string
	Note     string
	Remarks  []id.ID
	Findings []id.ID // findings that it answers
	Partner  id.ID   // whose work it is
}

// PublishManuscript publishes a draft that a colleague has read, and ends it.
func (s *Service) PublishManuscript(ctx context.Context, a journal.Act, r Release) error {
	w, ok, err := s.Manuscript(ctx, a.Programme, r.Slug)
	if err != nil || !ok { // a second click finds no draft: it is published
		return err
	}
	if r.Note == "" && w.Base > 0 {
		return fault.Fields(fault.Field{Name: "note", Key: "author.note.missing"})
	}
	last, err := s.last(ctx, a.Programme, r.Slug)
	if err != nil {
		return err
	}
	m, sources, err := s.candidate(w, last)
	if err != nil {
		return err
	}
	p := Publication{
		Module: m, Sources: sources, Note: r.Note, Remarks: r.Remarks, Findings: r.Findings, From: w.Origin, Of: w.Of, Partner: r.Partner,
	}
	err = s.publish(ctx, a, last, &p, func(ctx context.Context, q db.Queryer) (err error) {
		p.Wrote, p.Alone, err = reading(ctx, q, a, w)
		return err
	})
	if err != nil {
		return err
	}
	ended, err := draft.End(ctx, s.J.DB(), manuscriptOf(a.Programme, r.Slug), w.Changed)
	if err != nil || !ended {
		return err
	}
	return draft.Delete(ctx, s.J.DB(), sizesOf(a.Programme, r.Slug))
}

// reading reads who submitted a draft and who else could have read it, and holds both against the rule.
func reading(ctx context.Context, q db.Queryer, a journal.Act, w Manuscript) (wrote id.ID, alone bool, err error) {
	row, _, err := Reviews.One(ctx, q, a.Programme, "and owner=$2", ModuleID(a.Programme, w.Meta.Slug))
	if err != nil {
		return wrote, false, err
	}
	others, err := readers(ctx, q, a.Programme, a.Author)
	if err != nil {
		return wrote, false, err
	}
	alone, err = mayPublish(row, a.Author, w.Fingerprint(), others)
	if wrote = row.Sender; alone {
		wrote = a.Author
	}
	return wrote, alone, err
}

// readers counts the others who may read a draft before it is published.
func readers(ctx context.Context, q db.Queryer, programme, writer id.ID) (int, error) {
	rows, err := people.Roles.Select(ctx, q, programme, "and role in ($2,$3) and owner<>$4",
		string(access.Author), string(access.Coordinator), writer)
	return len(rows), err
}

// Alone tells whether nobody else may read the actor's drafts.
func (s *Service) Alone(ctx context.Context, a access.Actor) (bool, error) {
	n, err := readers(ctx, s.J.DB(), a.Programme, a.Person)
	return n == 0, err
}

// mayPublish is the rule of four eyes: one submits, another publishes what was submitted. Where there is
// nobody else, the writer may, and the entry says so.
func mayPublish(r ReviewRow, who id.ID, work string, others int) (alone bool, err error) {
	switch {
	case others == 0:
		return true, nil
	case r.SentAt == 0 || r.ReturnedAt > 0:
		return false, fault.New(fault.Invalid, "author.review.first")
	case r.Sender == who:
		return false, fault.New(fault.Invalid, "author.review.own")
	case r.Fingerprint != work:
		return false, fault.New(fault.Invalid, "author.review.moved")
	}
	return false, nil
}

// Answerable lists the remarks that a next version may answer: open ones, and those decided to be changed
// since the last version.
func (s *Service) Answerable(ctx context.Context, programme id.ID, slug string) ([]RemarkRow, error) {
	return Remarks.Select(ctx, s.J.DB(), programme, `and owner=$2 and text<>'' and (state='open' or state='change' and decided_at>
		(select m.published_at from learning_module m where m.programme=$1 and m.owner=learning_remark.owner)) order by at desc limit 50`,
		ModuleID(programme, slug))
}
