package tutoring

import (
	"tremplin/internal/core/access"
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
