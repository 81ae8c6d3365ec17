package tutoring

import (
	"context"
	"slices"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
	"tremplin/internal/learning"
	"tremplin/internal/people"
)

// Meetings lists the sessions that an actor may hold: those to come, the next first, or those that are over,
// the latest first. Next is where the next page begins; empty at the end. One query.
func (s *Service) Meetings(ctx context.Context, who access.Actor, over bool, after string, limit int) (out []SessionRow, next string, err error) {
	args := db.Args{who.Programme}
	where := "and state in ('planned','running')"
	order, than := "asc", ">"
	if over {
		where, order, than = "and state in ('held','off')", "desc", "<"
	}
	if !SeesAll(who) {
		where += " and (author=" + args.Add(who.Person)
		for _, g := range Mine(who) {
			where += " or in_group=" + args.Add(g) + " or also like " + args.Add("%"+g.String()+"%")
		}
		where += ")"
	}
	if m := view.ReadMark(after); after != "" {
		where += " and (held_on,owner)" + than + "(" + args.Add(m.Text) + "," + args.Add(m.Owner) + ")"
	}
	where += " order by held_on " + order + ",owner " + order + " limit " + args.Add(limit+1)
	out, err = Sessions.Select(ctx, s.J.DB(), who.Programme, where, args[1:]...)
	if len(out) > limit {
		out = out[:limit]
		next = view.Mark{Text: out[limit-1].HeldOn, Owner: out[limit-1].Owner}.String()
	}
	return out, next, err
}

// Joining finds the session of a code that people type or scan.
func (s *Service) Joining(ctx context.Context, programme id.ID, code string) (SessionRow, error) {
	code = strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(code), " ", ""))
	w, ok, err := Sessions.One(ctx, s.J.DB(), programme, "and code=$2", strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(code))
	if err == nil && (!ok || code == "" || w.State == Dropped) {
		err = fault.New(fault.NotFound, "")
	}
	return w, err
}

// Attendee is somebody on the roll of a session, with both half-days.
type Attendee struct {
	Row
	Halves [2]AttendanceRow
}

// Half is what is known of a half-day, 1 or 2.
func (w Attendee) Half(n int64) AttendanceRow { return w.Halves[(n-1)&1] }

// Sheet is the roll of a session: who is expected and who came, by name.
type Sheet struct {
	Session SessionRow
	People  []Attendee
}

// Count counts those who stand so in a half-day; an empty state counts those who are not marked yet.
func (s Sheet) Count(half int64, state string) (n int) {
	for _, p := range s.People {
		if p.Half(half).State == state {
			n++
		}
	}
	return n
}

// SheetOf reads the roll of a session, with where each person is in their modules: four queries. Of ask and photos
// see Selection.
func (s *Service) SheetOf(ctx context.Context, who access.Actor, w SessionRow, ask, photos int64) (Sheet, error) {
	out := Sheet{Session: w}
	known, err := rollOf(ctx, s.J.DB(), who.Programme, w.Owner)
	if err != nil {
		return out, err
	}
	expected, err := s.expected(ctx, who, w, ask, photos)
	if err != nil {
		return out, err
	}
	guests, err := s.guests(ctx, who.Programme, expected, known)
	for _, r := range append(expected, guests...) {
		out.People = append(out.People, Attendee{r, [2]AttendanceRow{known[slot{r.ID, 1}], known[slot{r.ID, 2}]}})
	}
	slices.SortStableFunc(out.People, func(a, b Attendee) int { return strings.Compare(a.folded, b.folded) })
	return out, err
}

// expected are the people of the session's groups that the actor may see, with their modules: two queries; of
// a training, the tutors who are invited: one.
func (s *Service) expected(ctx context.Context, who access.Actor, w SessionRow, ask, photos int64) ([]Row, error) {
	groups := w.Groups()
	if len(groups) == 0 {
		return s.staff(ctx, who.Programme, w)
	}
	rows, err := s.readMembers(ctx, who, access.Read, Selection{Groups: groups, Ask: ask, Photos: photos})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	at := map[id.ID]*Row{}
	for i := range rows {
		at[rows[i].ID] = &rows[i]
	}
	return rows, s.readRuns(ctx, who.Programme, at)
}

// Followed adds to a roll when each person was last asked how they are: one query.
func (s *Service) Followed(ctx context.Context, programme id.ID, sheet *Sheet) error {
	at := map[id.ID]*Row{}
	for i := range sheet.People {
		at[sheet.People[i].ID] = &sheet.People[i].Row
	}
	if len(at) == 0 {
		return nil
	}
	return s.readSigns(ctx, programme, at)
}

// guests are those who came though they are not of the group: of them the first name is enough.
func (s *Service) guests(ctx context.Context, programme id.ID, expected []Row, known map[slot]AttendanceRow) (out []Row, err error) {
	var others []id.ID
	for at := range known {
		if !slices.Contains(others, at.Person) && !slices.ContainsFunc(expected, func(r Row) bool { return r.ID == at.Person }) {
			others = append(others, at.Person)
		}
	}
	if len(others) == 0 {
		return nil, nil
	}
	rows, err := people.Persons.Among(ctx, s.J.DB(), programme, others, "")
	for _, p := range rows {
		out = append(out, Row{ID: p.Owner, First: p.First, Language: p.Language, folded: p.Folded})
	}
	return out, err
}

// Heard are the remarks on the session's module since it began, the latest first: one query.
func (s *Service) Heard(ctx context.Context, programme id.ID, w SessionRow) ([]learning.RemarkRow, error) {
	if w.Module == "" || w.StartedAt == 0 {
		return nil, nil
	}
	until := w.EndedAt
	if until == 0 {
		until = s.J.Now().UnixMicro()
	}
	return learning.Remarks.Select(ctx, s.J.DB(), programme, "and owner=$2 and at>=$3 and at<=$4 and text<>'' order by at desc limit 50",
		learning.ModuleID(programme, w.Module), w.StartedAt, until)
}

// maxGroups bounds the groups that one may choose from.
const maxGroups = 500

// GroupsHeld lists the groups for which somebody may hold sessions: their own, or all of the programme.
func (s *Service) GroupsHeld(ctx context.Context, who access.Actor) ([]GroupRow, error) {
	if !SeesAll(who) {
		return s.MyGroups(ctx, who)
	}
	return Groups.Select(ctx, s.J.DB(), who.Programme, "order by folded,owner limit $2", maxGroups)
}
