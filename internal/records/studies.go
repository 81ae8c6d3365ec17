package records

import (
	"context"
	"slices"
	"time"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
	"tremplin/internal/records/xapi"
)

// States of what is learnt on another platform. Of several that were told, the one that stands later here is kept: who
// passed has passed, also when an earlier try or a later visit is told of afterwards.
const (
	StudyBegun  = "begun"
	StudyDone   = "done"
	StudyFailed = "failed"
	StudyPassed = "passed"
)

var studyStates = []string{StudyBegun, StudyDone, StudyFailed, StudyPassed}

// progress is what the verbs of cmi5 and of ADL's vocabulary say of how far somebody is with what they learn.
var progress = map[string]string{
	adl + "attempted":    StudyBegun,
	adl + "initialized":  StudyBegun,
	adl + "launched":     StudyBegun,
	adl + "progressed":   StudyBegun,
	adl + "resumed":      StudyBegun,
	adl + "suspended":    StudyBegun,
	adl + "terminated":   StudyBegun,
	adlToo + "satisfied": StudyDone,
	Completed:            StudyDone,
	Failed:               StudyFailed,
	Passed:               StudyPassed,
}

// StudyRow is something that somebody learns on another platform, as far as it was told.
type StudyRow struct {
	Owner    id.ID
	Activity id.ID `view:"key"` // it owns what is known of it
	IRI      string
	Client   id.ID // who told of it last
	LastAt   int64 // when the latest that was told took place
	State    string
	Scored   bool
	Percent  int64 // the best score; nothing where not Scored
}

// studied follows what a platform says of its own courses. What this programme offers is followed where it is offered.
func studied(r *view.Rows, e *journal.Entry, d *Deed) {
	if d == nil || progress[d.Verb] == "" {
		return
	}
	if _, _, own := Thing(d.Activity); own {
		return
	}
	Studies.Edit(r, StudyRow{Activity: names{programme: r.Programme}.of(ofActivity, d.Activity)}, func(w *StudyRow) {
		w.IRI = d.Activity
		if slices.Index(studyStates, progress[d.Verb]) > slices.Index(studyStates, w.State) {
			w.State = progress[d.Verb]
		}
		if e.At >= w.LastAt {
			w.LastAt, w.Client = e.At, e.Author
		}
		if d.Most > 0 {
			w.Scored, w.Percent = true, max(w.Percent, min(100*d.Points/d.Most, 100))
		}
	})
}

// Study is a StudyRow with what it is called.
type Study struct {
	IRI, Platform string // the name of the platform; empty: it is not known any more
	Definition    xapi.Object
	State         string
	Scored        bool
	Percent       int64
	Last          time.Time
}

// StudiesOf are what somebody learns on other platforms, the latest first, at most fifty: one query.
func (s *Service) StudiesOf(ctx context.Context, programme, person id.ID) (out []Study, err error) {
	rows, err := s.J.DB().Query(ctx, `select s.iri,coalesce(c.name,''),coalesce(a.definition,''),s.state,s.scored,s.percent,s.last_at from records_study s
		left join records_activity a on a.programme=s.programme and a.owner=s.activity
		left join records_client c on c.programme=s.programme and c.owner=s.client
		where s.programme=$1 and s.owner=$2 order by s.last_at desc,s.iri limit 50`, programme, person)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var w Study
		var known string
		var last int64
		if err := rows.Scan(&w.IRI, &w.Platform, &known, &w.State, &w.Scored, &w.Percent, &last); err != nil {
			return nil, err
		}
		w.Definition, w.Last = definition(known), time.UnixMicro(last).UTC()
		out = append(out, w)
	}
	return out, rows.Err()
}
