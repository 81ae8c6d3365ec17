package access_test

import (
	"slices"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
)

var (
	programme, group, elsewhere, organisation = id.Named("programme"), id.Named("group"), id.Named("elsewhere"), id.Named("organisation")
	me                                        = id.Named("me")
)

// sections lists those of the table and those that nobody has.
func sections() []access.Section {
	out := []access.Section{access.Sensitive, access.Equality, "cellar"}
	for _, r := range access.Table {
		if !slices.Contains(out, r.Section) {
			out = append(out, r.Section)
		}
	}
	return out
}

func actor(gs ...access.Grant) access.Actor {
	return access.Actor{Programme: programme, Person: me, Organisation: organisation, Grants: gs}
}

func as(r access.Role) access.Actor { return actor(access.Grant{Role: r, Of: programme}) }

func TestTableHasNoDuplicates(t *testing.T) {
	type cell struct {
		role    access.Role
		section access.Section
	}
	seen := map[cell]bool{}
	for _, r := range access.Table {
		c := cell{r.Role, r.Section}
		if seen[c] {
			t.Error("twice:", c)
		}
		seen[c] = true
		if r.Scope <= access.None || r.Scope > access.Programme || r.Verbs != "r" && r.Verbs != "rw" {
			t.Errorf("%+v", r)
		}
		if !slices.Contains(access.Roles, r.Role) {
			t.Errorf("no such role: %+v", r)
		}
	}
}

func TestNobodyHasTheMostPrivate(t *testing.T) {
	everything := actor()
	for _, r := range access.Roles {
		everything.Grants = append(everything.Grants, access.Grant{Role: r, Of: programme})
	}
	for _, s := range []access.Section{access.Sensitive, access.Equality} {
		for _, v := range []access.Verb{access.Read, access.Write} {
			if everything.May(v, s) {
				t.Error(v, s)
			}
			var args db.Args
			if sql := everything.Filter(&args, v, s, "x.owner", 0); sql != "1=0" || args != nil {
				t.Error(sql, args)
			}
		}
	}
}

// What the table does not say is refused, whoever asks.
func TestDefaultDeny(t *testing.T) {
	allowed := map[access.Role]map[access.Section]access.Rule{}
	for _, r := range access.Table {
		if allowed[r.Role] == nil {
			allowed[r.Role] = map[access.Section]access.Rule{}
		}
		allowed[r.Role][r.Section] = r
	}
	for _, role := range append(slices.Clone(access.Roles), "stranger") {
		for _, s := range sections() {
			rule, of := allowed[role][s], as(role)
			if s == access.Library {
				rule = allowed[access.Nobody][s] // open to all
			}
			if got := of.Can(access.Read, s); got != rule.Scope {
				t.Errorf("%s reads %s over %d", role, s, got)
			}
			if got := of.May(access.Write, s); got != (rule.Verbs == "rw") {
				t.Errorf("%s writes %s: %v", role, s, got)
			}
		}
	}
	if zero := (access.Actor{}); zero.SignedIn() || zero.May(access.Read, access.MyFile) || !zero.May(access.Read, access.Library) || zero.May(access.Write, access.Library) {
		t.Error("nobody may too much or too little")
	}
}

func TestWidestScopeOfSeveralRoles(t *testing.T) {
	a := actor(access.Grant{Role: access.Learner, Of: group}, access.Grant{Role: access.Tutor, Of: group}, access.Grant{Role: access.Coordinator, Of: programme})
	if a.Can(access.Read, access.Contact) != access.Programme || a.Can(access.Write, access.Contact) != access.Group || a.Can(access.Read, access.MyFile) != access.Own {
		t.Fatal(a.Can(access.Read, access.Contact), a.Can(access.Write, access.Contact))
	}
}

func TestReaders(t *testing.T) {
	tutor := access.Grant{Role: access.Tutor, Of: group}
	cases := map[string]struct {
		of   access.Actor
		verb access.Verb
		in   access.Section
		want []id.ID
	}{
		"a learner reads their own":           {actor(access.Grant{Role: access.Learner, Of: group}), access.Read, access.Identity, []id.ID{me}},
		"a tutor reads their group":           {actor(tutor), access.Read, access.Identity, []id.ID{me, group}},
		"in a group one learns in, too":       {actor(tutor, access.Grant{Role: access.Learner, Of: elsewhere}), access.Read, access.Identity, []id.ID{me, group}},
		"another role's reach is not lent":    {actor(tutor, access.Grant{Role: access.Funder, Of: programme}), access.Read, access.Identity, []id.ID{me, group}},
		"nor where it reads and may not more": {actor(tutor, access.Grant{Role: access.Coordinator, Of: programme}), access.Write, access.Contact, []id.ID{me, group}},
		"one's own path stays one's own":      {actor(tutor), access.Read, access.Training, []id.ID{me}},
		"a coordinator reads the programme":   {as(access.Coordinator), access.Read, access.Contact, []id.ID{me, programme, organisation}},
		"a tutor who has no group":            {as(access.Tutor), access.Read, access.Identity, []id.ID{me}},
		"a right that one has not":            {as(access.Funder), access.Read, access.Identity, nil},
		"nobody":                              {access.Actor{}, access.Read, access.Identity, nil},
		"a group that is none":                {actor(access.Grant{Role: access.Tutor}), access.Read, access.Identity, []id.ID{me}},
	}
	for name, c := range cases {
		got := c.of.Readers(c.verb, c.in)
		slices.SortFunc(got, func(a, b id.ID) int { return slices.Compare(a[:], b[:]) })
		slices.SortFunc(c.want, func(a, b id.ID) int { return slices.Compare(a[:], b[:]) })
		if !slices.Equal(slices.Compact(got), c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// The condition finds exactly those who are in reach, now, in this programme.
func TestFilter(t *testing.T) {
	const now = 1000
	reach := []struct {
		programme, owner, reader id.ID
		until                    int64
	}{
		{programme, id.Named("for ever"), group, 0},
		{programme, id.Named("still"), group, now + 1},
		{programme, id.Named("no more"), group, now},
		{programme, id.Named("elsewhere"), elsewhere, 0},
		{id.Named("other"), id.Named("other's"), group, 0},
		{programme, me, me, 0},
	}
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		d := dbtest.Open(t, fresh(t))
		exec := func(q string, args ...any) {
			t.Helper()
			if _, err := d.Exec(t.Context(), q, args...); err != nil {
				t.Fatal(err)
			}
		}
		exec("create table people_reach (programme bytea not null, owner bytea not null, reader bytea not null, until bigint not null)")
		exec("create table person (programme bytea not null, owner bytea not null)")
		for _, r := range reach {
			exec("insert into people_reach(programme,owner,reader,until) values($1,$2,$3,$4)", r.programme, r.owner, r.reader, r.until)
			exec("insert into person(programme,owner) values($1,$2)", r.programme, r.owner)
		}
		want := []id.ID{id.Named("for ever"), id.Named("still"), me}
		if got := filtered(t, d, actor(access.Grant{Role: access.Tutor, Of: group}), now); !equal(got, want) {
			t.Fatal(got)
		}
		if got := filtered(t, d, as(access.Funder), now); len(got) != 0 {
			t.Fatal(got)
		}
	})
}

func filtered(t *testing.T, d *db.DB, a access.Actor, now int64) (out []id.ID) {
	t.Helper()
	args := db.Args{programme}
	within := a.Filter(&args, access.Read, access.Identity, "p.owner", now)
	rows, err := d.Query(t.Context(), "select p.owner from person p where p.programme=$1 and "+within, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // a test
	for rows.Next() {
		var v id.ID
		if err := rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func equal(a, b []id.ID) bool {
	order := func(x, y id.ID) int { return slices.Compare(x[:], y[:]) }
	slices.SortFunc(a, order)
	slices.SortFunc(b, order)
	return slices.Equal(a, b)
}
