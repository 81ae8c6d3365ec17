package learning

import (
	"context"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
)

// RoomRow is how far a learner came in one session. It stays as it was when they learn the module again in
// another one: a trial says the same a year later.
type RoomRow struct {
	Owner  id.ID
	Module id.ID  `view:"key"`
	Room   string `view:"key"` // the session's code
	Screen string // the last one
	Ended  bool   // they left the last screen of the module there
}

// RoomTryRow is what a learner did with one screen in one session.
type RoomTryRow struct {
	Owner       id.ID
	Module      id.ID  `view:"key"`
	Room        string `view:"key"`
	Screen      string `view:"key"`
	Wrong, Took int64
}

// The tables of sessions. Their totals count per session and screen.
var (
	Rooms     = view.New("learning_room", view.Totals(roomCells))
	RoomTries = view.New("learning_room_try", view.Totals(func(w *RoomTryRow) []view.Cell {
		return triedCells(roomCell(w.Module, w.Room, w.Screen), w.Wrong, w.Took)
	}))
)

func roomCells(w *RoomRow) []view.Cell {
	key := roomCell(w.Module, w.Room, "")
	cells := []view.Cell{{Name: "started", Key: key, N: 1}}
	if w.Ended {
		return append(cells, view.Cell{Name: "finished", Key: key, N: 1})
	}
	return append(cells, view.Cell{Name: "stopped", Key: roomCell(w.Module, w.Room, w.Screen), N: 1})
}

// roomCell is the key of a total of one session.
func roomCell(module id.ID, room, screen string) string {
	return module.String() + "|" + room + "|" + screen
}

// answeredInRoom follows an answer that was given in a session.
func answeredInRoom(r *view.Rows, e *journal.Entry, a Answered) {
	if a.Room == "" {
		return
	}
	RoomTries.Edit(r, RoomTryRow{Module: e.Subject, Room: a.Room, Screen: a.Screen}, func(w *RoomTryRow) {
		w.Took += a.Took
		if !a.Right {
			w.Wrong++
		}
	})
	Rooms.Edit(r, RoomRow{Module: e.Subject, Room: a.Room}, func(w *RoomRow) {
		w.Screen, w.Ended = a.Screen, w.Ended || a.Right && a.At == a.Of
	})
}

// keptRoom hands a visit's last session over to the person who kept it.
func keptRoom(r *view.Rows, run KeptRun) {
	if run.Room != "" {
		Rooms.Edit(r, RoomRow{Module: run.Module, Room: run.Room}, func(w *RoomRow) { w.Screen, w.Ended = run.Last, run.Ended })
	}
}

// inRoom are the kept totals of sessions.
var inRoom = []string{
	"learning_room/started", "learning_room/finished", "learning_room/stopped",
	"learning_room_try/seen", "learning_room_try/erring", "learning_room_try/wrong", "learning_room_try/took",
}

// InRoom reads what was done with a module in one session, by the session's code: one query.
func (s *Service) InRoom(ctx context.Context, programme, module id.ID, code string) (Effect, error) {
	sums, err := view.ReadCells(ctx, s.J.DB(), programme, roomCell(module, code, ""), inRoom...)
	e := sorted(sums)[module.String()][code]
	if e == nil {
		e = &Effect{Screens: map[string]Tally{}}
	}
	return *e, err
}

// doneWith reads what learners did with each version of a module, and in each session: one query.
func doneWith(ctx context.Context, q db.Queryer, programme, module id.ID) (versions map[int64]*Effect, rooms map[string]*Effect, err error) {
	sums, err := view.ReadCells(ctx, q, programme, module.String()+"|", append(tallied, inRoom...)...)
	all := sorted(sums)[module.String()]
	return numbered(all), all, err
}

// endedIn tells whether a learner reached the end of a module in the session where it was last learnt.
func endedIn(ctx context.Context, q db.Queryer, programme id.ID, run RunRow) (bool, error) {
	if run.Room == "" {
		return false, nil
	}
	w, _, err := Rooms.One(ctx, q, programme, "and owner=$2 and module=$3 and room=$4", run.Owner, run.Module, run.Room)
	return w.Ended, err
}
