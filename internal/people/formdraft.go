package people

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

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
	Room  string       `json:"room,omitempty"` // the code of the trial for which it is filled in
}

// Kinds of draft: forms that are begun, forms that somebody does not want to be asked for now, tables of
// people on their way in, and forms that are tried out.
const (
	halfKind  = "form"
	laterKind = "form-later"
	TableKind = "table"
	TrialKind = "form-check"
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
	mine, err := draft.Mine(ctx, s.J.DB(), programme, person, map[string]time.Time{halfKind: {}})
	return mine[halfKind], err
}

// PutOffFor is how long nobody asks for a form that somebody put off.
const PutOffFor = 7 * 24 * time.Hour

// PutOff notes that somebody does not want to be asked for a form now; it stays in their list, and is
// offered again after a while.
func (s *Service) PutOff(ctx context.Context, programme, person id.ID, form string) error {
	return draft.Put(ctx, s.J.DB(), laterOf(programme, person, form), true, s.J.Now())
}

// Asking is how far somebody is with the forms of a programme.
type Asking struct {
	Answered, Declined map[string]int64 // when
	Begun, Later       []string
}

// Wanted tells whether somebody may be asked for a form: they neither answered it nor declined it, and did
// not put it off a short while ago.
func (a Asking) Wanted(form string) bool {
	return a.Answered[form] == 0 && a.Declined[form] == 0 && !slices.Contains(a.Later, form)
}

// State of a form: begun, new, done, or declined.
func (a Asking) State(form string) string {
	switch {
	case slices.Contains(a.Begun, form):
		return "begun"
	case a.Answered[form] > 0:
		return "done"
	case a.Declined[form] > 0:
		return "declined"
	}
	return "new"
}

// Asking reads it: two queries, however many forms there are.
func (s *Service) Asking(ctx context.Context, programme, person id.ID) (a Asking, err error) {
	q := s.J.DB()
	rows, err := FormAnswers.Select(ctx, q, programme, "and owner=$2", person)
	if err != nil {
		return a, err
	}
	a.Answered, a.Declined = map[string]int64{}, map[string]int64{}
	for _, w := range rows {
		if a.Answered[w.Form] = w.At; w.Entry.IsZero() {
			delete(a.Answered, w.Form)
			a.Declined[w.Form] = w.At
		}
	}
	mine, err := draft.Mine(ctx, q, programme, person, map[string]time.Time{halfKind: {}, laterKind: s.J.Now().Add(-PutOffFor)})
	a.Begun, a.Later = mine[halfKind], mine[laterKind]
	return a, err
}
