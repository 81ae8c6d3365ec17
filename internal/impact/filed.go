package impact

import (
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
)

func frozen(r *view.Rows, e *journal.Entry, b Frozen) {
	Filings.Edit(r, FilingRow{}, func(w *FilingRow) {
		w.Deliverable, w.CutOff, w.Until, w.Known, w.Document = b.Deliverable, b.CutOff, b.Until, b.Known, b.Document
		w.At, w.Author = e.At, e.Author
	})
}

func handed(r *view.Rows, e *journal.Entry, b Handed) {
	Filings.Edit(r, FilingRow{}, func(w *FilingRow) { w.Deliverable, w.At, w.Author = b.Deliverable, e.At, e.Author })
}

func drawn(r *view.Rows, e *journal.Entry, b Drawn) {
	Samples.Edit(r, SampleRow{}, func(w *SampleRow) {
		w.Indicator, w.Version, w.Report, w.Until, w.Known, w.Seed = b.Indicator, b.Version, b.Report, b.Until, b.Known, b.Seed
		w.Lines, w.Population, w.At, w.Author = int64(len(b.Lines)), b.Of, e.At, e.Author
	})
	for i, l := range b.Lines {
		Lines.Edit(r, LineRow{Number: int64(i + 1)}, func(w *LineRow) {
			w.Entry, w.Fact, w.Unit, w.Indicator, w.Organisation = l.Entry, l.Fact, l.Unit, b.Indicator, l.Organisation
			w.Story, w.Person, w.At, w.Status = l.Owner, l.Person, l.At, Open
		})
	}
}

func judged(r *view.Rows, e *journal.Entry, b Judged) {
	if _, ok := Lines.Get(r, LineRow{Number: b.Line}); !ok {
		return
	}
	Words.Edit(r, WordRow{Entry: e.ID}, func(w *WordRow) {
		w.Line, w.Status, w.Because, w.At, w.Author = b.Line, b.State, b.Why, e.At, e.Author
	})
	Lines.Edit(r, LineRow{Number: b.Line}, func(w *LineRow) {
		if next, fits := Judging.Fold(w.Status, b.State); fits { // an explanation that crossed a decision stays a word
			w.Status, w.Because, w.JudgedAt = next, b.Why, e.At
		}
	})
}
