package people

import (
	"context"
	"encoding/json"
	"errors"

	"tremplin/internal/core/draft"
	"tremplin/internal/core/form"
	"tremplin/internal/core/id"
	"tremplin/internal/core/vault"
)

// HalfFilled is a form that somebody has begun: work in progress, sealed with their key like the answers
// that it becomes.
type HalfFilled struct {
	Given form.Answers `json:"given"`        // as it was typed
	At    string       `json:"at,omitempty"` // the question where they are
	Held  string       `json:"held,omitempty"`
}

// Kinds of draft: forms that are begun, and forms that somebody does not want to be asked for again.
const (
	halfKind  = "form"
	laterKind = "form-later"
)

func halfOf(programme, person id.ID, form string) draft.Draft {
	return draft.Draft{Programme: programme, Kind: halfKind, Key: form, Person: person}
}

func laterOf(programme, person id.ID, form string) draft.Draft {
	return draft.Draft{Programme: programme, Kind: laterKind, Key: form, Person: person}
}

// HalfFilled reads what somebody has begun; false where there is nothing.
func (s *Service) HalfFilled(ctx context.Context, programme, person id.ID, form string) (HalfFilled, bool, error) {
	var shut []byte
	_, ok, err := draft.Get(ctx, s.J.DB(), halfOf(programme, person, form), &shut)
	if err != nil || !ok {
		return HalfFilled{}, false, err
	}
	return s.openHalf(ctx, programme, person, form, shut)
}

// openHalf opens a draft. Where its key is lost, so is the draft: it loses no history.
func (s *Service) openHalf(ctx context.Context, programme, person id.ID, form string, shut []byte) (h HalfFilled, ok bool, err error) {
	clear, err := s.J.OpenWork(ctx, programme, person, form, shut)
	if errors.Is(err, vault.ErrMissing) {
		return h, false, nil
	}
	if err != nil {
		return h, false, err
	}
	return h, true, json.Unmarshal(clear, &h)
}

// KeepHalf changes what somebody has begun and keeps it. Where another page kept something meanwhile, change
// runs again on that.
func (s *Service) KeepHalf(ctx context.Context, programme, person id.ID, form string, change func(*HalfFilled)) error {
	_, err := draft.Change(ctx, s.J.DB(), halfOf(programme, person, form), s.J.Now(), func(shut *[]byte, found bool) (err error) {
		var h HalfFilled
		if found {
			if h, _, err = s.openHalf(ctx, programme, person, form, *shut); err != nil {
				return err
			}
		}
		change(&h)
		clear, err := json.Marshal(h)
		if err != nil {
			return err
		}
		*shut, err = s.J.SealWork(ctx, programme, person, form, clear)
		return err
	})
	return err
}

// EndHalf forgets what was begun: it is sent, or thrown away.
func (s *Service) EndHalf(ctx context.Context, programme, person id.ID, form string) error {
	return draft.Delete(ctx, s.J.DB(), halfOf(programme, person, form))
}

// Begun lists the forms that somebody has begun.
func (s *Service) Begun(ctx context.Context, programme, person id.ID) ([]string, error) {
	return draft.Mine(ctx, s.J.DB(), programme, halfKind, person)
}

// PutOff notes that somebody does not want to be asked for a form again; it stays in their list.
func (s *Service) PutOff(ctx context.Context, programme, person id.ID, form string) error {
	return draft.Put(ctx, s.J.DB(), laterOf(programme, person, form), true, s.J.Now())
}

// Wanted tells whether somebody may be asked for a form: they neither answered it nor put it off.
func (s *Service) Wanted(ctx context.Context, programme, person id.ID, form string) (bool, error) {
	_, answered, err := FormAnswers.One(ctx, s.J.DB(), programme, "and owner=$2 and form=$3", person, form)
	if err != nil || answered {
		return false, err
	}
	var later bool
	_, off, err := draft.Get(ctx, s.J.DB(), laterOf(programme, person, form), &later)
	return !off && err == nil, err
}
