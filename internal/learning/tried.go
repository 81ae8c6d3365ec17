package learning

import (
	"iter"
	"slices"
	"strings"
)

// erred follows a screen on which the learner was wrong.
const erred = "!"

// tries marks that a screen of a version was tried, which is the version at hand from now on: a run knows
// the screens of that one alone.
func (w *RunRow) tries(number int64, screen string, wrong bool) {
	var marks []string
	if w.Number == number {
		marks = Codes(w.Tried)
	}
	i := slices.IndexFunc(marks, func(m string) bool { return strings.TrimSuffix(m, erred) == screen })
	if i < 0 {
		i, marks = len(marks), append(marks, screen)
	}
	if wrong {
		marks[i] = screen + erred
	}
	w.Number, w.Tried = number, spaced(marks)
}

// Screens are those that the learner tried in the version at hand, by id: true where they were wrong.
func (w RunRow) Screens() iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		for m := range strings.FieldsSeq(w.Tried) {
			screen, wrong := strings.CutSuffix(m, erred)
			if !yield(screen, wrong) {
				return
			}
		}
	}
}
