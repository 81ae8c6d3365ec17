package tutoring

import (
	"context"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/draft"
	"tremplin/internal/core/id"
)

// wallKind is a draft: where a session stands on the wall is no history, what people did is in their own.
const wallKind = "wall"

// keepWall is how long it is known after it was turned last.
const keepWall = 2 * 24 * time.Hour

// projected is what stands on the wall: the number of the screen, 0 for the code to scan.
type projected struct {
	At int `json:"at"`
}

func onWall(programme, session id.ID) draft.Draft {
	return draft.Draft{Programme: programme, Kind: wallKind, Key: session.String()}
}

// Wall reads which screen a session projects: 0 is the code to scan.
func (s *Service) Wall(ctx context.Context, programme, session id.ID) (int, error) {
	var v projected
	_, _, err := draft.Get(ctx, s.J.DB(), onWall(programme, session), &v)
	return v.At, err
}

// Turn projects another screen.
func (s *Service) Turn(ctx context.Context, who access.Actor, session id.ID, at int) error {
	if _, err := s.MeetingOf(ctx, who, session); err != nil {
		return err
	}
	return draft.Put(ctx, s.J.DB(), onWall(who.Programme, session), projected{max(at, 0)}, s.J.Now())
}
