package tutoring

import (
	"context"
	"errors"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/draft"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/photo"
	"tremplin/internal/core/programme"
	"tremplin/internal/people"
)

// opensPhoto is what a purpose opens that people agree to so that the roll shows their photo.
const opensPhoto = "photo"

// portraitKind is a draft: a photo has no history, and taking the permission back must end it. It is sealed with
// its person's key, and belongs to one permission: it says when that was given.
const portraitKind = "photo"

type portrait struct {
	Shut []byte `json:"shut"`
}

func portraitOf(programme, person id.ID) draft.Draft {
	return draft.Draft{Programme: programme, Kind: portraitKind, Person: person}
}

// Picturing is the purpose under which a roll shows photos; a programme without it shows initials.
func Picturing(p *programme.Programme) (programme.Purpose, bool) {
	for _, q := range p.Purposes {
		if q.Optional && q.Opens == opensPhoto {
			return q, true
		}
	}
	return programme.Purpose{}, false
}

// KeepPortrait notes that somebody agrees to their photo being shown, and keeps it: a small square, sealed with
// their key. Without their agreement nothing is kept.
func (s *Service) KeepPortrait(ctx context.Context, a journal.Act, who access.Actor, person id.ID, q programme.Purpose, agrees bool, taken []byte) error {
	if err := s.People.Reachable(ctx, who, access.Write, access.Identity, person); err != nil {
		return err
	}
	if !agrees {
		return fault.Fields(fault.Field{Name: "agrees", Key: "tutoring.photo.agrees.missing"})
	}
	square, err := photo.Portrait(taken)
	switch {
	case errors.Is(err, photo.ErrTooLarge):
		return fault.Fields(fault.Field{Name: "photo", Key: "tutoring.photo.large"})
	case err != nil:
		return fault.Fields(fault.Field{Name: "photo", Key: "tutoring.photo.none"})
	}
	shut, err := s.J.SealWork(ctx, a.Programme, person, portraitKind, square)
	if err != nil {
		return err
	}
	if err := s.People.Permit(ctx, a, person, people.Permission{Purpose: q.ID, Given: true, Version: q.Version, Opens: q.Opens}); err != nil {
		return err
	}
	said, err := people.Permissions.Find(ctx, s.J.DB(), a.Programme, "and owner=$2 and purpose=$3", person, q.ID)
	if err != nil || !said.Given { // taken back since: this form is an old one
		return err
	}
	return draft.Put(ctx, s.J.DB(), portraitOf(a.Programme, person), portrait{shut}, time.UnixMicro(said.At))
}

// DropPortrait takes the permission back and the photo away.
func (s *Service) DropPortrait(ctx context.Context, a journal.Act, who access.Actor, person id.ID, q programme.Purpose) error {
	if err := s.People.Reachable(ctx, who, access.Write, access.Identity, person); err != nil {
		return err
	}
	if err := s.People.Permit(ctx, a, person, people.Permission{Purpose: q.ID, Version: q.Version, Opens: q.Opens}); err != nil {
		return err
	}
	return draft.Delete(ctx, s.J.DB(), portraitOf(a.Programme, person))
}

// Photos is the version of the notice to which people must have said yes before their photo is shown; 0 where the
// programme has no photos.
func Photos(p *programme.Programme) int64 {
	q, ok := Picturing(p)
	if !ok {
		return 0
	}
	return max(1, q.Version)
}

// permitsPhoto is a condition on a photo d: its permission covers the notice as it is, and was not taken back since. It
// is asked each time.
func permitsPhoto(args *db.Args, version int64) string {
	return "exists (select 1 from people_permission m where m.programme=d.programme and m.owner=d.person and m.opens='photo' and m.given and m.at=d.changed and m.version>=" +
		args.Add(version) + ")"
}

// Pictured tells whether somebody has a photo that may be shown: one query, none where the programme has no photos.
func (s *Service) Pictured(ctx context.Context, p *programme.Programme, person id.ID) (bool, error) {
	if Photos(p) == 0 {
		return false, nil
	}
	args := db.Args{p.ID(), person}
	text := "select d.person from draft d where d.programme=$1 and d.kind='photo' and d.person=$2 and " + permitsPhoto(&args, Photos(p))
	found, err := db.Column[id.ID](ctx, s.J.DB(), text, args...)
	return len(found) > 0, err
}

// Portrait gives somebody's photo, as JPEG, to whoever may see them.
func (s *Service) Portrait(ctx context.Context, p *programme.Programme, who access.Actor, person id.ID) ([]byte, error) {
	if err := s.People.Reachable(ctx, who, access.Read, access.Identity, person); err != nil {
		return nil, err
	}
	shown, err := s.Pictured(ctx, p, person)
	if err != nil {
		return nil, err
	}
	var kept portrait
	_, ok, err := draft.Get(ctx, s.J.DB(), portraitOf(p.ID(), person), &kept)
	if err == nil && (!ok || !shown) {
		err = fault.New(fault.NotFound, "")
	}
	if err != nil {
		return nil, err
	}
	return s.J.OpenWork(ctx, p.ID(), person, portraitKind, kept.Shut)
}

// tidyPortraits ends the photos whose permission was taken back, and those of people who were erased.
func (s *Service) tidyPortraits(ctx context.Context) error {
	_, err := s.J.DB().Exec(ctx, `delete from draft where kind='photo' and not exists (select 1 from people_permission m
		where m.programme=draft.programme and m.owner=draft.person and m.opens='photo' and m.given and m.at=draft.changed)`)
	return err
}

// Tidy forgets the walls of sessions that are over, and photos that may not be shown any more.
func (s *Service) Tidy(ctx context.Context, now time.Time) error {
	return errors.Join(draft.Expire(ctx, s.J.DB(), wallKind, now.Add(-keepWall)), s.tidyPortraits(ctx))
}
