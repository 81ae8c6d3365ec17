// Package access says who may do what. One table answers "may they?" for a page and a command and
// filters lists; what it does not allow is refused. It knows roles and sections, no slice.
package access

import (
	"slices"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// Role is what somebody is in a programme. The same person may hold several.
type Role string

// The roles.
const (
	Nobody        Role = "nobody" // not signed in
	Learner       Role = "learner"
	Tutor         Role = "tutor"
	Author        Role = "author"
	Translator    Role = "translator"
	Coordinator   Role = "coordinator"
	Funder        Role = "funder"
	Auditor       Role = "auditor"
	Administrator Role = "administrator"
)

// Staff lists the roles that an administrator gives, with an account.
var Staff = []Role{Tutor, Author, Translator, Coordinator, Funder, Auditor, Administrator}

// Roles lists every role, the least first.
var Roles = append([]Role{Nobody, Learner}, Staff...)

// Section is a part of a person's file, or a room of the house.
type Section string

// Scope says over whom: one's own file, one's groups, one's organisation, the programme.
type Scope int

// The scopes, narrow to wide.
const (
	None Scope = iota
	Own
	Group
	Organisation
	Programme
)

// Verb is what one does.
type Verb string

// The verbs.
const (
	Read  Verb = "read"
	Write Verb = "write"
)

// Grant is one role that a person holds, of a group, an organisation or the programme.
type Grant struct {
	Role Role
	Of   id.ID
}

// Actor is who acts: a person in a programme, or nobody. The zero Actor is nobody.
type Actor struct {
	Programme    id.ID
	Person       id.ID
	Account      id.ID // of staff; zero for learners
	Name         string
	Organisation id.ID
	Grants       []Grant
	Shared       bool // signed in on a device that others use too: nothing is kept on it
}

// SignedIn tells whether somebody is there.
func (a Actor) SignedIn() bool { return !a.Person.IsZero() }

// Nobody is nobody on the same device: for pages that are kept on it and must not say whose they are.
func (a Actor) Nobody() Actor { return Actor{Shared: a.Shared} }

// Has tells whether the actor holds a role.
func (a Actor) Has(r Role) bool {
	if r == Nobody {
		return true
	}
	for _, g := range a.Grants {
		if g.Role == r {
			return true
		}
	}
	return false
}

// Can returns how far an actor's right reaches: the widest scope that the table gives any of their roles.
func (a Actor) Can(v Verb, s Section) Scope {
	best := Nobody.can(v, s)
	for _, g := range a.Grants {
		best = max(best, g.Role.can(v, s))
	}
	return best
}

func (role Role) can(v Verb, s Section) Scope {
	best := None
	for _, r := range Table {
		if r.Role == role && r.Section == s && r.allows(v) {
			best = max(best, r.Scope)
		}
	}
	return best
}

// May tells whether an actor has any right to do v in s.
func (a Actor) May(v Verb, s Section) bool { return a.Can(v, s) > None }

// Readers are the ids under which the actor reaches files in a section: see Filter. A group counts only
// for the role that the actor has in it: a tutor who is a funder too reads no more than a tutor.
func (a Actor) Readers(v Verb, s Section) []id.ID {
	scope := a.Can(v, s)
	if scope == None {
		return nil
	}
	out := []id.ID{a.Person}
	for _, g := range a.Grants {
		if g.Role.can(v, s) >= Group && g.Of != a.Programme { // a tutor without a group reads nobody
			out = append(out, g.Of)
		}
	}
	if scope >= Organisation {
		out = append(out, a.Organisation)
	}
	if scope >= Programme {
		out = append(out, a.Programme)
	}
	return slices.DeleteFunc(out, id.ID.IsZero)
}

// Filter is a condition on a column that names a person's id: true for those whom the actor may v in s
// at the time now (µs). It needs $1 to be the programme.
func (a Actor) Filter(args *db.Args, v Verb, s Section, column string, now int64) string {
	readers := a.Readers(v, s)
	if len(readers) == 0 {
		return "1=0"
	}
	return "exists (select 1 from people_reach reach where reach.programme=$1 and reach.owner=" + column +
		" and reach.reader in (" + db.List(args, readers) + ") and (reach.until=0 or reach.until>" + args.Add(now) + "))"
}
