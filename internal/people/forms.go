package people

import (
	"context"
	"maps"
	"slices"

	"tremplin/internal/core/db"
	"tremplin/internal/core/form"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/sheet"
	"tremplin/internal/core/view"
)

// KindFormAnswered is a questionnaire filled in. Which one it was is sealed with the answers.
var KindFormAnswered = journal.NewKind[FormAnswered]("people.form.answered", journal.OfPerson)

// FormAnswered is everything that somebody answered to a form at that moment.
type FormAnswered struct {
	Form     string             `json:"form"`
	Version  string             `json:"version"` // hash of the form's file
	Language string             `json:"language"`
	Held     string             `json:"held"`              // who held the phone: one of Holders
	Answers  form.Answers       `json:"answers,omitempty"` // canonical; calculations among them
	Asked    int64              `json:"asked"`             // questions that were shown
	Answered int64              `json:"answered"`          // of those
	Numbers  map[string]float64 `json:"numbers,omitempty"` // what the form calculated
	Room     string             `json:"room,omitempty"`    // the code of the trial for which it was asked
}

// Holders are who may have held the phone, the person themselves first.
var Holders = []string{"self", "professional", "volunteer", "relative"}

// KindFormDeclined says that somebody does not want to be asked for a questionnaire again.
var KindFormDeclined = journal.NewKind[FormDeclined]("people.form.declined", journal.OfPerson)

// FormDeclined names the questionnaire. Whoever declined one may still answer it.
type FormDeclined struct {
	Form     string `json:"form"`
	Language string `json:"language"` // in which it was offered
}

// AnswerRow is the latest answer to a form: that there is one, never what it says.
type AnswerRow struct {
	Owner           id.ID
	Form            string `view:"key"`
	Entry           id.ID  // which holds the answers, sealed; zero: it was declined, never answered
	Version         string
	At              int64
	Asked, Answered int64
}

// ScoreRow is a number that a form calculated from the latest answers.
type ScoreRow struct {
	Owner id.ID
	Form  string `view:"key"`
	Name  string `view:"key"`
	N     float64
}

// RoomAnswerRow says that somebody answered a form for a trial; it stays when they answer it for another.
type RoomAnswerRow struct {
	Owner id.ID
	Form  string `view:"key"`
	Room  string `view:"key"` // the session's code
	At    int64
}

// The tables of questionnaires. Answers for a trial are counted by its code and the form.
var (
	RoomAnswers = view.New("people_room_answer", view.Totals(func(w *RoomAnswerRow) []view.Cell {
		return []view.Cell{{Name: "answered", Key: w.Room + "|" + w.Form, N: 1}}
	}))
	FormAnswers = view.New[AnswerRow]("people_answer")
	FormScores  = view.New[ScoreRow]("people_score")
)

func formAnswered(r *view.Rows, e *journal.Entry, b FormAnswered) {
	FormAnswers.Edit(r, AnswerRow{Form: b.Form}, func(w *AnswerRow) {
		w.Entry, w.Version, w.At, w.Asked, w.Answered = e.ID, b.Version, e.At, b.Asked, b.Answered
	})
	if b.Room != "" {
		RoomAnswers.Edit(r, RoomAnswerRow{Form: b.Form, Room: b.Room}, func(w *RoomAnswerRow) { w.At = e.At })
	}
	FormScores.Each(r, func(w ScoreRow) {
		if w.Form == b.Form {
			FormScores.Delete(r, w)
		}
	})
	for _, name := range slices.Sorted(maps.Keys(b.Numbers)) {
		FormScores.Edit(r, ScoreRow{Form: b.Form, Name: name}, func(w *ScoreRow) { w.N = b.Numbers[name] })
	}
}

// formDeclined notes a no. What was answered before stays answered.
func formDeclined(r *view.Rows, e *journal.Entry, b FormDeclined) {
	FormAnswers.Edit(r, AnswerRow{Form: b.Form}, func(w *AnswerRow) {
		if w.Entry.IsZero() {
			w.At = e.At
		}
	})
}

// Filled is a questionnaire about to be recorded.
type Filled struct {
	Person         id.ID
	Questionnaire  Questionnaire
	Given          form.Answers // what was sent
	Language, Held string
	Room           string // the code of the trial for which it is asked
}

// Answer records what was answered. Where something is wrong it says what, and records nothing. The same
// answers to the same form again are a no-op.
func (s *Service) Answer(ctx context.Context, a journal.Act, f Filled) ([]form.AnswerProblem, error) {
	last, before, err := s.LastAnswers(ctx, a.Programme, f.Person, f.Questionnaire.ID)
	if err != nil {
		return nil, err
	}
	said, problems := f.body(before.Answers, sheet.CivilOf(s.J.Now()))
	if len(problems) > 0 {
		return problems, nil
	}
	same := journal.Same(f.Person, said)
	a.ID = id.Derive(a.ID[:], same[:]) // going back and answering otherwise is another act
	return nil, s.J.Do(ctx, a, same, func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		now, _, err := FormAnswers.One(ctx, q, a.Programme, "and owner=$2 and form=$3", f.Person, said.Form)
		if err != nil || now.Entry == last.Entry && !last.Entry.IsZero() && said.sameAs(before) {
			return nil, nil, err
		}
		return []journal.Draft{KindFormAnswered.Draft(f.Person, f.Person, said)}, nil, nil
	})
}

// LastAnswers reads somebody's latest answers to a form; zero where there are none. The caller must have the
// right to read them: they come out of the sealed entry.
func (s *Service) LastAnswers(ctx context.Context, programme, person id.ID, form string) (AnswerRow, FormAnswered, error) {
	row, ok, err := FormAnswers.One(ctx, s.J.DB(), programme, "and owner=$2 and form=$3", person, form)
	if err != nil || !ok {
		return AnswerRow{}, FormAnswered{}, err
	}
	found, err := s.J.Find(ctx, programme, row.Entry)
	if err != nil || len(found) == 0 {
		return row, FormAnswered{}, err
	}
	said, err := KindFormAnswered.Read(&found[0])
	return row, said, err
}

// Decline records that somebody does not want to be asked for a form again; what was begun of it goes.
func (s *Service) Decline(ctx context.Context, a journal.Act, person id.ID, b FormDeclined) error {
	err := s.J.Do(ctx, a, journal.Same(person, b, "decline"), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		_, known, err := FormAnswers.One(ctx, q, a.Programme, "and owner=$2 and form=$3", person, b.Form)
		if err != nil || known {
			return nil, nil, err
		}
		return []journal.Draft{KindFormDeclined.Draft(person, person, b)}, nil, nil
	})
	if err != nil {
		return err
	}
	return s.EndHalf(ctx, a.Programme, person, b.Form)
}
