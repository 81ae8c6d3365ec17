package tutoring

import (
	"context"
	"crypto/sha256"
	"errors"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/photo"
)

// MaxPaper bounds the photograph of a sheet, in bytes.
const MaxPaper = photo.MaxBytes

// KeepPaper keeps the photograph of a signed sheet as evidence of a half-day, and takes it as the signature
// of everybody whom the roll has as present and who has not signed otherwise. Nothing but the picture is
// kept, and only sealed.
func (s *Service) KeepPaper(ctx context.Context, a journal.Act, who access.Actor, session id.ID, half int64, taken []byte) error {
	if _, err := s.MeetingOf(ctx, who, session); err != nil {
		return err
	}
	picture, err := photo.Clean(taken)
	switch {
	case errors.Is(err, photo.ErrTooLarge):
		return fault.Fields(fault.Field{Name: "photo", Key: "tutoring.paper.large"})
	case err != nil:
		return fault.Fields(fault.Field{Name: "photo", Key: "tutoring.paper.none"})
	}
	kept, err := s.keepEvidence(ctx, a, session, picture)
	if err != nil {
		return err
	}
	same := journal.Same(session, half, sha256.Sum256(taken))
	return s.J.Do(ctx, a, same, func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		w, err := halfOf(ctx, q, who, session, half, "photo")
		if err != nil {
			return nil, nil, err
		}
		known, err := rollOf(ctx, q, a.Programme, session)
		if err != nil {
			return nil, nil, err
		}
		ds := []journal.Draft{KindPaper.Draft(session, session, Paper{Half: half, Document: kept})}
		return append(ds, signedOn(a, w, known, half, kept)...), nil, nil
	})
}

// keepEvidence keeps a picture sealed with the session's key, and says under which name it is found.
func (s *Service) keepEvidence(ctx context.Context, a journal.Act, session id.ID, picture []byte) (string, error) {
	shut, err := s.J.SealWork(ctx, a.Programme, session, paperName(a.ID), picture)
	if err != nil {
		return "", err
	}
	kept, err := s.Learning.Blobs.Put(shut)
	return string(kept), err
}

// halfOf reads a session that the actor may hold, and refuses a half-day that it does not have.
func halfOf(ctx context.Context, q db.Queryer, who access.Actor, session id.ID, half int64, field string) (SessionRow, error) {
	w, err := meetingOf(ctx, q, who, session)
	if err == nil && (half < 1 || half > max(w.Halves, 1)) {
		err = fault.Fields(fault.Field{Name: field, Key: "tutoring.roll.wrong"})
	}
	return w, err
}

// signedOn are the signatures of those who were there and have not signed yet: they stand on the paper.
func signedOn(a journal.Act, w SessionRow, known map[slot]AttendanceRow, half int64, document string) (ds []journal.Draft) {
	for _, r := range inOrder(known, func(r AttendanceRow) bool { return r.Half == half && r.There && r.OwnAt == 0 }) {
		m := Mark{Half: half, State: r.State, How: ByPaper, Own: true, Document: document}.entry(w)
		m.Differs, m.Signed = r.Differs, r.SealedAt > 0
		ds = append(ds, KindMarked.Draft(r.Owner, w.Owner, m).When(when(a.At, w)))
	}
	return ds
}

// paperName is under what a picture is sealed: the entry that keeps it.
func paperName(entry id.ID) string { return "paper " + entry.String() }

// PapersOf lists the sheets of a session, the latest first.
func (s *Service) PapersOf(ctx context.Context, programme, session id.ID) ([]PaperRow, error) {
	return Papers.Select(ctx, s.J.DB(), programme, "and owner=$2 order by at desc,entry limit 20", session)
}

// OpenPaper gives the photograph of a sheet, as JPEG, or what was drawn, as PNG, to whoever may hold the session. That
// it was looked at is noted in the story of everybody whose signature it is.
func (s *Service) OpenPaper(ctx context.Context, who access.Actor, session, entry id.ID) (row PaperRow, picture []byte, err error) {
	if _, err = s.MeetingOf(ctx, who, session); err != nil {
		return row, nil, err
	}
	if row, err = Papers.Find(ctx, s.J.DB(), who.Programme, "and owner=$2 and entry=$3", session, entry); err != nil {
		return row, nil, err
	}
	if picture, err = s.openEvidence(ctx, who.Programme, row); err != nil {
		return row, nil, err
	}
	return row, picture, s.lookedAt(ctx, who, session, row.Document)
}

// openEvidence opens what keepEvidence kept.
func (s *Service) openEvidence(ctx context.Context, programme id.ID, row PaperRow) ([]byte, error) {
	shut, err := s.Learning.Blobs.Get(blob.Hash(row.Document))
	if err != nil {
		return nil, err
	}
	return s.J.OpenWork(ctx, programme, row.Owner, paperName(row.Entry), shut)
}

// lookedAt notes that a document was opened with which people signed.
func (s *Service) lookedAt(ctx context.Context, who access.Actor, session id.ID, document string) error {
	known, err := rollOf(ctx, s.J.DB(), who.Programme, session)
	if err != nil {
		return err
	}
	for _, r := range inOrder(known, func(r AttendanceRow) bool { return r.Document == document }) {
		if err := s.People.Opened(ctx, who, r.Owner, access.Identity, ""); err != nil {
			return err
		}
	}
	return nil
}
