package tutoring

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
	"tremplin/internal/learning"
)

// opensTutor is what a purpose opens that people agree to so that their tutor sees their progress.
const opensTutor = "tutor"

// Sharing is the purpose under which a person lets the tutor see their progress; where a programme has
// none, progress is seen without. Who never said yes shares nothing but the name and how to reach them.
func Sharing(p *programme.Programme) (programme.Purpose, bool) {
	for _, q := range p.Purposes {
		if q.Optional && q.Opens == opensTutor {
			return q, true
		}
	}
	return programme.Purpose{}, false
}

// Selection says whose people are looked at, and which of them.
type Selection struct {
	Groups []id.ID // learners of these; none: of any group, for those who see all and name persons
	Only   []id.ID // these persons alone; none: all
	Ask    bool    // progress is seen only of those who agreed to share it
	Status string  // a standing's name; empty: all
	After  string  // where the page before ended
	Limit  int
}

// Row is somebody in a tutor's list.
type Row struct {
	ID             id.ID
	First, Last    string
	Language       string
	Country        string
	Phone, Email   string
	Group          id.ID
	Joined         int64
	Begun, Done    int64
	Active         int64 // the last thing done; 0: nothing, or not shared
	Asked          int64 // when somebody last asked how they are
	Carded, Pinned int64 // when they last got a card, a PIN
	Halves         int64 // half-days signed
	Standing       Standing
	Runs           []Run // the latest first; none if not shared

	ran, attended int64
	folded        string
}

// Name is how the person is called on a page.
func (r Row) Name() string { return strings.TrimSpace(r.First + " " + r.Last) }

// Run is how far somebody is with a module, with the module's name.
type Run struct {
	learning.RunRow
	Title, Lang string
}

// Blocked is the run in which the person is stuck, if any.
func (r Row) Blocked() (Run, bool) {
	for _, w := range r.Runs {
		if w.FinishedAt == 0 && w.WrongHere >= learning.StuckAfter {
			return w, true
		}
	}
	return Run{}, false
}

// Since is the moment at which the standing began, where that can be told; else 0.
func (r Row) Since() int64 {
	switch r.Standing {
	case Stuck:
		run, _ := r.Blocked()
		return run.LastAt
	case Silent:
		return max(r.Active, r.Joined) + SilentAfter.Microseconds()
	case Finished:
		return r.Active
	}
	return 0
}

// within writes the condition that keeps a role r to the groups of the selection.
func within(b *binder, sel Selection) string {
	if len(sel.Groups) == 0 {
		return "r.of<>$1" // of any group: for those who see all
	}
	return "r.of in (" + b.list(sel.Groups) + ")"
}

// reached writes the condition on p.owner that keeps to the selection and to what the actor may.
func (s *Service) reached(b *binder, a access.Actor, v access.Verb, sel Selection) string {
	if len(sel.Only)+len(sel.Groups) == 0 {
		return "1=0" // nobody is listed without a group
	}
	member := "p.owner in (" + b.list(sel.Only) + ")"
	if len(sel.Only) == 0 {
		member = "p.owner in (select g.owner from people_reach g where g.programme=$1 and g.reader in (" + b.list(sel.Groups) + "))"
	}
	member += " and exists (select 1 from people_role r where r.programme=$1 and r.owner=p.owner and r.role='learner' and " + within(b, sel) + ")"
	allowed, args := a.Filter(v, access.Identity, "p.owner", s.J.Now().UnixMicro(), len(b.args)+1)
	b.args = append(b.args, args...)
	return member + " and " + allowed
}

// shared writes the condition that p's progress may be seen.
func shared(b *binder, ask bool) string {
	return b.add(!ask) + ` or exists (select 1 from people_permission m where m.programme=$1 and m.owner=p.owner and m.given and m.opens=` + b.add(opensTutor) + ")"
}

// standings is the query that computes everybody's standing: by reach, so that it does not grow with
// the programme. Its thresholds are those of Stand.
func (s *Service) standings(b *binder, a access.Actor, v access.Verb, sel Selection) string {
	run := "from learning_run w where w.programme=$1 and w.owner=p.owner"
	last := func(table, where string) string {
		return "coalesce((select max(w.at) from " + table + " w where w.programme=$1 and w.owner=p.owner" + where + "),0)"
	}
	cutoff := b.add(silentSince(s.J.Now()))
	inner := `select p.owner,p.folded,p.first,p.last,p.language,p.country,p.phone,p.email,p.joined_at,
		(select r.of from people_role r where r.programme=$1 and r.owner=p.owner and r.role='learner' and ` + within(b, sel) + ` order by r.since,r.of limit 1) as grp,
		case when ` + shared(b, sel.Ask) + ` then 1 else 0 end as shared,
		(select count(*) ` + run + `) as begun,
		(select count(*) ` + run + ` and w.finished_at>0) as done,
		(select count(*) ` + run + ` and w.finished_at=0 and w.wrong_here>=` + b.add(int64(learning.StuckAfter)) + `) as stuck,
		coalesce((select max(w.last_at) ` + run + `),0) as ran,
		` + last("tutoring_attendance", "") + ` as attended,
		` + last("tutoring_nudge", "") + ` as asked,
		` + last("tutoring_handed", " and w.what='card'") + ` as carded,
		` + last("tutoring_handed", " and w.what='pin'") + ` as pinned,
		(select count(*) from tutoring_attendance w where w.programme=$1 and w.owner=p.owner) as halves
		from people_person p where p.programme=$1 and ` + s.reached(b, a, v, sel)
	return `select x.*,case when shared=0 then 4 when stuck>0 then 0 when begun>0 and done=begun then 3
		when ran<` + cutoff + ` and attended<` + cutoff + ` and joined_at<` + cutoff + ` then 1 else 2 end as standing from (` + inner + ") x"
}

// List reads the people of a selection, those who need the tutor first, with where each one is, and
// where the next page begins: three queries.
func (s *Service) List(ctx context.Context, a access.Actor, v access.Verb, lang string, sel Selection) (out []Row, next string, err error) {
	b := &binder{args: []any{a.Programme}}
	text := "select owner,folded,first,last,language,country,phone,email,joined_at,grp,begun,done,ran,attended,asked,carded,pinned,halves,standing from (" +
		s.standings(b, a, v, sel) + ") y where 1=1"
	if sel.After != "" {
		standing, folded, last := mark(sel.After)
		text += " and (standing,folded,owner)>(" + b.add(standing) + "," + b.add(folded) + "," + b.add(last) + ")"
	}
	if st, ok := StandingOf(sel.Status); ok {
		text += " and standing=" + b.add(int64(st))
	}
	text += " order by standing,folded,owner limit " + b.add(sel.Limit+1)
	if out, err = readRows(ctx, s.J.DB(), text, b.args); err != nil {
		return nil, "", err
	}
	if len(out) > sel.Limit {
		out = out[:sel.Limit]
		end := out[len(out)-1]
		next = fmt.Sprintf("%d|%s|%s", end.Standing, end.folded, end.ID)
	}
	return out, next, s.addRuns(ctx, a.Programme, lang, out)
}

func mark(after string) (standing int64, folded string, last id.ID) {
	head, rest, _ := strings.Cut(after, "|")
	standing, _ = strconv.ParseInt(head, 10, 64) // a mark that somebody changed begins elsewhere, no more
	folded, last = cut(rest)
	return standing, folded, last
}

func readRows(ctx context.Context, q db.Queryer, text string, args []any) (out []Row, err error) {
	found, err := q.Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close() //nolint:errcheck // Err below says what matters
	for found.Next() {
		var r Row
		if err := found.Scan(&r.ID, &r.folded, &r.First, &r.Last, &r.Language, &r.Country, &r.Phone, &r.Email, &r.Joined, &r.Group,
			&r.Begun, &r.Done, &r.ran, &r.attended, &r.Asked, &r.Carded, &r.Pinned, &r.Halves, &r.Standing); err != nil {
			return nil, err
		}
		if r.Active = max(r.ran, r.attended); r.Standing == Private {
			r.Active, r.Begun, r.Done = 0, 0, 0
		}
		out = append(out, r)
	}
	return out, found.Err()
}

// Counts tells how many people of a selection are in each standing: one query.
func (s *Service) Counts(ctx context.Context, a access.Actor, sel Selection) (map[Standing]int64, error) {
	b := &binder{args: []any{a.Programme}}
	text := "select standing,count(*) from (" + s.standings(b, a, access.Read, sel) + ") y group by standing"
	found, err := s.J.DB().Query(ctx, text, b.args...)
	if err != nil {
		return nil, err
	}
	defer found.Close() //nolint:errcheck // Err below says what matters
	out := map[Standing]int64{}
	for found.Next() {
		var st Standing
		var n int64
		if err := found.Scan(&st, &n); err != nil {
			return nil, err
		}
		out[st] = n
	}
	return out, found.Err()
}

// One reads one person whom the actor accompanies; any other is "not found": three queries.
func (s *Service) One(ctx context.Context, a access.Actor, v access.Verb, lang string, person id.ID, ask bool) (Row, error) {
	sel := Selection{Groups: Mine(a), Only: []id.ID{person}, Ask: ask, Limit: 1}
	if SeesAll(a) {
		sel.Groups = nil
	} else if len(sel.Groups) == 0 {
		return Row{}, fault.New(fault.NotFound, "")
	}
	found, _, err := s.List(ctx, a, v, lang, sel)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "")
	}
	if err != nil {
		return Row{}, err
	}
	return found[0], nil
}

// addRuns reads where each person is, of those who share it.
func (s *Service) addRuns(ctx context.Context, programme id.ID, lang string, people []Row) error {
	b, at := &binder{args: []any{programme}}, map[id.ID]*Row{}
	var ids []id.ID
	for i := range people {
		if people[i].Begun > 0 {
			ids, at[people[i].ID] = append(ids, people[i].ID), &people[i]
		}
	}
	if len(ids) == 0 {
		return nil
	}
	runs, err := learning.Runs.Select(ctx, s.J.DB(), programme, "and owner in ("+b.list(ids)+") order by last_at desc,module", b.args[1:]...)
	if err != nil {
		return err
	}
	titles, err := s.titles(ctx, programme, lang)
	for _, w := range runs {
		t := titles[w.Module]
		at[w.Owner].Runs = append(at[w.Owner].Runs, Run{w, t.Title, t.Lang})
	}
	return err
}

// titles are the names of the modules, each in the reader's language, else English, else any.
func (s *Service) titles(ctx context.Context, programme id.ID, lang string) (map[id.ID]learning.TitleRow, error) {
	found, err := learning.Titles.Select(ctx, s.J.DB(), programme, "order by case when lang=$2 then 2 when lang='en' then 1 else 0 end,lang", lang)
	out := map[id.ID]learning.TitleRow{}
	for _, t := range found {
		out[t.Owner] = t
	}
	return out, err
}
