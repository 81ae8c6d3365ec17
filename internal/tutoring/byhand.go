package tutoring

import (
	"context"
	"crypto/sha256"
	"errors"
	"strconv"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/photo"
	"tremplin/internal/people"
)

// MaxDrawing bounds a signature drawn on a screen, in bytes.
const MaxDrawing = photo.MaxDrawing

// Signable tells whether people can sign with their presence at a moment: while the session runs, and on its
// day after it was ended. Later on there is the paper.
func (w SessionRow) Signable(at time.Time) bool {
	return w.State == Running || w.State == Over && at.In(w.Begins().Location()).Format(time.DateOnly) == w.HeldOn
}

// SignByHand keeps what somebody drew on the tutor's screen as their signature of a half-day, sealed with their
// own key. Of the mark the person, the half-day and what the device had seen are taken; who signs is there.
func (s *Service) SignByHand(ctx context.Context, a journal.Act, who access.Actor, session id.ID, m Mark, drawn []byte) error {
	w, err := s.MeetingOf(ctx, who, session)
	if err == nil {
		err = s.expects(ctx, s.J.DB(), who, []Mark{m})
	}
	if err != nil {
		return err
	}
	m.State, m.How, m.Own = Present, ByHand, true
	if err := m.check(w); err != nil {
		return err
	}
	if m.Document, err = s.keepDrawing(ctx, a, session, m, drawn); err != nil {
		return err
	}
	same := journal.Same(session, m.Person, m.Half, sha256.Sum256(drawn))
	return s.J.Do(ctx, a, same, func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		ds, err := s.signs(ctx, q, a, who, session, m)
		return ds, nil, err
	})
}

// keepDrawing keeps the ink of a drawing, sealed, and says under which name it is found.
func (s *Service) keepDrawing(ctx context.Context, a journal.Act, session id.ID, m Mark, drawn []byte) (string, error) {
	ink, err := inkOf(drawn)
	if err != nil {
		return "", err
	}
	shut, err := s.J.SealWork(ctx, a.Programme, m.Person, drawingName(session, m.Half), ink)
	if err != nil {
		return "", err
	}
	kept, err := s.Learning.Blobs.Put(shut)
	return string(kept), err
}

// inkOf is what was drawn, without the paper around it.
func inkOf(drawn []byte) ([]byte, error) {
	ink, err := photo.Drawing(drawn)
	switch {
	case errors.Is(err, photo.ErrTooLarge):
		return nil, fault.Fields(fault.Field{Name: "drawing", Key: "tutoring.drawing.large"})
	case err != nil:
		return nil, fault.Fields(fault.Field{Name: "drawing", Key: "tutoring.drawing.none"})
	}
	return ink, nil
}

// signs decides what is written when somebody signs with their presence: as they were marked, if they were
// there, else present.
func (s *Service) signs(ctx context.Context, q db.Queryer, a journal.Act, who access.Actor, session id.ID, m Mark) ([]journal.Draft, error) {
	w, err := meetingOf(ctx, q, who, session)
	if err == nil {
		err = s.expects(ctx, q, who, []Mark{m})
	}
	if err != nil {
		return nil, err
	}
	if err := s.inTime(a, w); err != nil {
		return nil, err
	}
	was, err := attendanceOf(ctx, q, a.Programme, m.Person, session, m.Half)
	if err != nil {
		return nil, err
	}
	if was.There {
		m.State = was.State
	}
	return roll(ctx, q, a, w, []Mark{m})
}

// inTime refuses a signature of another day.
func (s *Service) inTime(a journal.Act, w SessionRow) error {
	at := a.At
	if at.IsZero() {
		at = s.J.Now()
	}
	if !w.Signable(at) {
		return fault.New(fault.Conflict, "tutoring.session.not-running")
	}
	return nil
}

// drawingName is under what a signature is sealed: the half-day that it signs.
func drawingName(session id.ID, half int64) string {
	return "signature " + session.String() + " " + strconv.FormatInt(half, 10)
}

// Drawn gives the signature that somebody drew, as PNG, to whoever may hold the session. That it was looked at
// is noted in the person's story.
func (s *Service) Drawn(ctx context.Context, who access.Actor, a AttendanceRow) ([]byte, error) {
	if a.How != ByHand || a.Document == "" {
		return nil, fault.New(fault.NotFound, "")
	}
	shut, err := s.Learning.Blobs.Get(blob.Hash(a.Document))
	if err != nil {
		return nil, err
	}
	ink, err := s.J.OpenWork(ctx, who.Programme, a.Owner, drawingName(a.Session, a.Half), shut)
	if err != nil {
		return nil, err
	}
	return ink, s.People.Opened(ctx, who, a.Owner, access.Identity, "")
}

// Attended reads somebody's half-day with their name: two queries. Where nothing is said of it, it is "not found".
func (s *Service) Attended(ctx context.Context, programme, person, session id.ID, half int64) (a AttendanceRow, p people.PersonRow, err error) {
	if a, err = Attendances.Find(ctx, s.J.DB(), programme, "and owner=$2 and session=$3 and half=$4", person, session, half); err != nil {
		return a, p, err
	}
	p, err = people.Persons.Find(ctx, s.J.DB(), programme, "and owner=$2", person)
	return a, p, err
}
