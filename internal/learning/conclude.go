package learning

import (
	"context"
	"slices"
	"unicode/utf8"

	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
)

// Finding is what a team writes down.
type Finding struct {
	Module  Module
	Screen  string // empty: the module as a whole
	Text    string
	Rooms   []string // codes of trials
	Number  int64    // the version that these showed; 0: the newest
	Remarks []id.ID
}

// Conclude writes a finding down, with the figures as they stand: those of the trials that it rests on, else
// those of the version.
func (s *Service) Conclude(ctx context.Context, a journal.Act, f Finding) error {
	if err := f.check(); err != nil {
		return err
	}
	owner := f.Module.Owner
	said := FindingWritten{Number: f.Number, Screen: f.Screen, Text: f.Text, Rooms: f.Rooms, Remarks: f.Remarks}
	if said.Number == 0 {
		said.Number = f.Module.Number
	}
	return s.J.Do(ctx, a, journal.Same(owner, said.Screen, said.Text, said.Rooms, said.Remarks), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		if err := knownRemarks(ctx, q, a.Programme, owner, f.Remarks); err != nil {
			return nil, nil, err
		}
		saw, err := seen(ctx, q, a.Programme, owner, said)
		said.Seen, said.Erring, said.Took, said.Stopped = saw.Seen, saw.Erring, saw.Took, saw.Stopped
		return []journal.Draft{KindFindingWritten.Draft(owner, owner, said)}, nil, err
	})
}

func (f Finding) check() error {
	switch _, known := screenOf(f.Module.Content.Languages[f.Module.Source], f.Screen); {
	case f.Screen != "" && !known, slices.ContainsFunc(f.Rooms, func(c string) bool { return room(c) == "" }):
		return fault.New(fault.NotFound, "")
	case f.Text == "":
		return fault.Fields(fault.Field{Name: "text", Key: "learning.finding.missing"})
	case utf8.RuneCountInString(f.Text) > maxRemark:
		return fault.Fields(fault.Field{Name: "text", Key: "learning.remark.long", Args: []any{"Max", maxRemark}})
	}
	return nil
}

// seen are the figures of a finding as they stand.
func seen(ctx context.Context, q db.Queryer, programme, module id.ID, said FindingWritten) (t Tally, err error) {
	versions, rooms, err := doneWith(ctx, q, programme, module)
	if len(said.Rooms) == 0 {
		if e := versions[said.Number]; e != nil {
			t = e.of(said.Screen)
		}
		return t, err
	}
	return inRooms(rooms, said.Rooms, said.Screen), err
}

// DecideFinding records what becomes of a finding, and of the remarks that it sums up: one act.
func (s *Service) DecideFinding(ctx context.Context, a journal.Act, module id.ID, d FindingDecided) error {
	if !d.Change && d.Because == "" {
		return fault.Fields(fault.Field{Name: "because", Key: "learning.because.missing"})
	}
	return s.J.Do(ctx, a, journal.Same(module, d), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		w, err := Findings.Find(ctx, q, a.Programme, "and owner=$2 and entry=$3", module, d.Finding)
		if err == nil && w.Answers > 0 { // a version has answered it: what was decided is done
			err = fault.New(fault.Conflict, "learning.finding.done")
		}
		drafts := []journal.Draft{KindFindingDecided.Draft(module, d.Finding, d)}
		for _, r := range w.SumsUp() {
			drafts = append(drafts, KindDecided.Draft(module, r, Decided{Remark: r, Change: d.Change, Because: d.Because}))
		}
		return drafts, nil, err
	})
}

// FindingsOf lists what a team found of a module, the latest first: one query.
func (s *Service) FindingsOf(ctx context.Context, programme, module id.ID) ([]FindingRow, error) {
	return Findings.Select(ctx, s.J.DB(), programme, "and owner=$2 order by at desc,entry limit 200", module)
}

// ToAnswer lists the findings that were decided to be changed and that no version answers yet: one query.
func (s *Service) ToAnswer(ctx context.Context, programme id.ID, slug string) ([]FindingRow, error) {
	return toAnswer(ctx, s.J.DB(), programme, ModuleID(programme, slug))
}

func toAnswer(ctx context.Context, q db.Queryer, programme, module id.ID) ([]FindingRow, error) {
	return Findings.Select(ctx, q, programme, "and owner=$2 and state='change' and answers=0 order by at desc,entry limit 50", module)
}

// answering holds the findings that a version says it answers against those that wait, and adds the remarks
// that they sum up.
func (p *Publication) answering(ctx context.Context, q db.Queryer, programme id.ID) error {
	if len(p.Findings) == 0 {
		return nil
	}
	waiting, err := toAnswer(ctx, q, programme, ModuleID(programme, p.Module.Slug))
	if err != nil {
		return err
	}
	for _, v := range p.Findings {
		i := slices.IndexFunc(waiting, func(w FindingRow) bool { return w.Entry == v })
		if i < 0 {
			return fault.New(fault.Conflict, "learning.finding.done")
		}
		for _, r := range waiting[i].SumsUp() {
			if !slices.Contains(p.Remarks, r) {
				p.Remarks = append(p.Remarks, r)
			}
		}
	}
	return nil
}

// knownRemarks refuses remarks of another module, or of none.
func knownRemarks(ctx context.Context, q db.Queryer, programme, module id.ID, remarks []id.ID) error {
	if len(remarks) == 0 {
		return nil
	}
	args := db.Args{programme, module}
	rows, err := Remarks.Select(ctx, q, programme, "and owner=$2 and entry in ("+db.List(&args, remarks)+")", args[1:]...)
	if err == nil && len(rows) < len(remarks) {
		err = fault.New(fault.NotFound, "")
	}
	return err
}
