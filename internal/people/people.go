// Package people knows who takes part in a programme: participants and staff, organisations, the roles
// that people hold, the permissions that they give, and who may reach whom. Other slices may build on it;
// it imports none.
package people

import (
	"context"
	"strings"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/memo"
)

// Person is what a programme knows of somebody.
type Person struct {
	ID         id.ID
	First      string
	Last       string // empty for learners who did not say it
	Language   string
	Country    string
	Gender     string // woman, man, other, or empty: not said
	BirthYear  int64
	Phone      string // international, digits only after the plus
	Email      string
	Number     string // the sender's own, from an import
	Invented   bool   // of the demonstration: may be signed in from /demo
	Joined     time.Time
	Grants     []access.Grant
	Permission map[string]PermissionRow // by purpose
}

// Name is how the person is called on a page.
func (p Person) Name() string { return strings.TrimSpace(p.First + " " + p.Last) }

// Service does what people ask of this slice.
type Service struct {
	J      *journal.Journal
	opened memo.Of[id.ID, bool]    // today's openings that are written
	told   memo.Of[[2]id.ID, bool] // who needs no notice, by programme
}

// Newcomer is a person about to be entered.
type Newcomer struct {
	ID    id.ID // made before the first try
	Said  Described
	Role  access.Role
	Of    id.ID     // the group or organisation in which the role is held; zero: the programme
	Shown []Shown   // the notices that the person was shown
	At    time.Time // when they came; zero: the act's
}

// Drafts are the entries that enter a person; another slice may add its own to the same act.
func (n Newcomer) Drafts(programme id.ID) []journal.Draft {
	of := n.Of
	if of.IsZero() {
		of = programme
	}
	out := []journal.Draft{
		KindDescribed.Draft(n.ID, n.ID, n.Said),
		KindRoleGiven.Draft(n.ID, of, RoleOf{Role: n.Role, Of: of}),
	}
	for _, s := range n.Shown {
		out = append(out, KindNoticeShown.Draft(n.ID, n.ID, s))
	}
	for i := range out {
		out[i] = out[i].When(n.At)
	}
	return out
}

// Enter records newcomers: all or nothing.
func (s *Service) Enter(ctx context.Context, a journal.Act, newcomers ...Newcomer) error {
	var drafts []journal.Draft
	var fs []fault.Field
	for _, n := range newcomers {
		fs = append(fs, n.Said.Check()...)
		drafts = append(drafts, n.Drafts(a.Programme)...)
	}
	if err := fault.Fields(fs...); err != nil {
		return err
	}
	return s.J.Do(ctx, a, journal.Same(newcomers), journal.Known(drafts...))
}

// Describe records what somebody says of themselves, or a professional of them.
func (s *Service) Describe(ctx context.Context, a journal.Act, person id.ID, d Described) error {
	if err := fault.Fields(d.Check()...); err != nil {
		return err
	}
	return s.J.Do(ctx, a, journal.Same(person, d), journal.Known(KindDescribed.Draft(person, person, d)))
}

// Give gives a person a role of a group, an organisation or (zero) the programme; Take takes it back.
func (s *Service) Give(ctx context.Context, a journal.Act, person id.ID, r RoleOf) error {
	if r.Of.IsZero() {
		r.Of = a.Programme
	}
	return s.J.Do(ctx, a, journal.Same(person, r), journal.Known(KindRoleGiven.Draft(person, r.Of, r)))
}

// Take takes a role back.
func (s *Service) Take(ctx context.Context, a journal.Act, person id.ID, r RoleOf) error {
	return s.J.Do(ctx, a, journal.Same(person, r, "take"), journal.Known(KindRoleTaken.Draft(person, r.Of, r)))
}

// Permit records a permission given or withdrawn. What rests on it closes at once.
func (s *Service) Permit(ctx context.Context, a journal.Act, person id.ID, p Permission) error {
	return s.J.Do(ctx, a, journal.Same(person, p), journal.Known(KindPermission.Draft(person, person, p)))
}

// Agreement is what somebody said to an optional purpose, and when.
type Agreement struct {
	Person id.ID
	At     time.Time
	Said   Permission
}

// Agree records what several people said on paper: each entry is its person's own.
func (s *Service) Agree(ctx context.Context, a journal.Act, said ...Agreement) error {
	drafts := make([]journal.Draft, len(said))
	for i, w := range said {
		drafts[i] = KindPermission.Draft(w.Person, w.Person, w.Said).When(w.At)
		drafts[i].Author = w.Person
	}
	return s.J.Do(ctx, a, journal.Same(said), journal.Known(drafts...))
}

// Erase ends a person's story, with all that was joined to it: nothing can be read any more, here or in any copy.
func (s *Service) Erase(ctx context.Context, a journal.Act, person id.ID, why string) error {
	return s.J.Do(ctx, a, journal.Same(person, "erase"), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		ds, err := journal.Erasing(ctx, q, a.Programme, person, why)
		return ds, nil, err
	})
}

func first(gs []access.Grant) access.Role {
	if len(gs) == 0 {
		return access.Nobody
	}
	return gs[0].Role
}
