package tutoring

import (
	"context"
	"crypto/sha256"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/people"
)

// Autograph is what somebody who held a session drew as their signature of a half-day.
type Autograph struct {
	PaperRow
	Name string // of who drew it
	Ink  []byte // PNG
}

// SignAsHolder keeps what the actor drew as the signature of whoever held the session, for one half-day. What
// counts a half-day is the end of the session; this stands on the sheet beside the signatures of the others.
func (s *Service) SignAsHolder(ctx context.Context, a journal.Act, who access.Actor, session id.ID, half int64, drawn []byte) error {
	if _, err := s.MeetingOf(ctx, who, session); err != nil {
		return err
	}
	ink, err := inkOf(drawn)
	if err != nil {
		return err
	}
	kept, err := s.keepEvidence(ctx, a, session, ink)
	if err != nil {
		return err
	}
	same := journal.Same(session, half, sha256.Sum256(drawn))
	return s.J.Do(ctx, a, same, func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		w, err := halfOf(ctx, q, who, session, half, "drawing")
		if err == nil {
			err = s.inTime(a, w)
		}
		return []journal.Draft{KindPaper.Draft(session, session, Paper{half, kept, true})}, nil, err
	})
}

// Autographs reads what those who held a session drew, the latest first: three queries, and the pictures.
func (s *Service) Autographs(ctx context.Context, who access.Actor, session id.ID) (out []Autograph, err error) {
	if _, err := s.MeetingOf(ctx, who, session); err != nil {
		return nil, err
	}
	rows, err := Papers.Select(ctx, s.J.DB(), who.Programme, "and owner=$2 and drawn order by at desc,entry limit 20", session)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var authors []id.ID
	for _, r := range rows {
		authors = append(authors, r.Author)
	}
	named, err := people.Persons.Among(ctx, s.J.DB(), who.Programme, authors, "")
	if err != nil {
		return nil, err
	}
	names := map[id.ID]string{}
	for _, p := range named {
		names[p.Owner] = p.Person().Name()
	}
	for _, r := range rows {
		ink, err := s.openEvidence(ctx, who.Programme, r)
		if err != nil {
			return nil, err
		}
		out = append(out, Autograph{r, names[r.Author], ink})
	}
	return out, nil
}
