package people

import (
	"bytes"
	"cmp"
	"context"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/text"
	"tremplin/internal/core/view"
)

// PersonRow is somebody as lists and pages show them; one a person.
type PersonRow struct {
	Owner                     id.ID
	First, Last, Folded       string // Folded is the order of lists
	Language, Country, Gender string
	BirthYear                 int64
	Phone, Email, Number      string
	Invented                  bool
	JoinedAt                  int64
}

// RoleRow is one role that somebody holds now.
type RoleRow struct {
	Owner id.ID
	Role  string `view:"key"`
	Of    id.ID  `view:"key"`
	Since int64
	First bool // of those with this role: who holds it in two groups counts once
}

// ReachRow says that a file can be reached by whoever acts for Reader: the person, a group, an
// organisation, the programme. Until 0 is "without end".
type ReachRow struct {
	Owner  id.ID
	Reader id.ID  `view:"key"`
	Via    string `view:"key"`
	Until  int64
}

// PermissionRow is the last word on an optional purpose.
type PermissionRow struct {
	Owner   id.ID
	Purpose string `view:"key"`
	Given   bool
	At      int64
	Opens   string
	Version int64 // of the notice to which it was said: a later one is covered by no earlier yes
}

// NoticeRow is the newest notice of a purpose that somebody was shown.
type NoticeRow struct {
	Owner       id.ID
	Purpose     string `view:"key"`
	Version, At int64
	Language    string
}

// LookRow is one reading of a file, for "who looked".
type LookRow struct {
	Owner         id.ID
	Entry         id.ID `view:"key"`
	Section, Role string
	Organisation  id.ID
	Why           string
	At            int64
}

// OrganisationRow is a partner; its owner is the organisation.
type OrganisationRow struct {
	Owner                                  id.ID
	Slug, Name, Country, City, Kind, Phone string
}

// The tables.
var (
	Persons = view.New("people_person", view.Index[PersonRow]("folded", "owner"), view.Index[PersonRow]("number"), view.Index[PersonRow]("joined_at", "owner"))
	Roles   = view.New("people_role", view.Index[RoleRow]("of", "role", "owner"), view.Index[RoleRow]("role", "owner"), view.Totals(func(w *RoleRow) []view.Cell {
		if !w.First {
			return nil
		}
		return []view.Cell{{Name: "holders", Key: w.Role, N: 1}}
	}))
	Reaches       = view.New("people_reach", view.Index[ReachRow]("reader", "owner"))
	Permissions   = view.New[PermissionRow]("people_permission")
	Notices       = view.New[NoticeRow]("people_notice")
	Looks         = view.New[LookRow]("people_look")
	Organisations = view.New[OrganisationRow]("people_organisation")
)

// View folds what happens to people.
var View = &journal.View{
	Name: "people", Version: 5,
	Tables: []*view.Table{
		Persons.Table, Roles.Table, Reaches.Table, Permissions.Table, Looks.Table, Organisations.Table,
		FormAnswers.Table, FormScores.Table, RoomAnswers.Table, Words.Table, Notices.Table, Sites.Table,
	},
	Rules: []journal.Rule{
		journal.On(KindDescribed, described),
		journal.On(KindRoleGiven, roleGiven),
		journal.On(KindRoleTaken, roleTaken),
		journal.On(KindPermission, permitted),
		journal.On(KindNoticeShown, noticed),
		journal.On(KindOpened, func(r *view.Rows, e *journal.Entry, o Opening) {
			Looks.Edit(r, LookRow{Entry: e.ID}, func(w *LookRow) {
				w.Section, w.Role, w.Organisation, w.Why, w.At = string(o.Section), o.Role, o.Organisation, o.Why, e.At
			})
		}),
		journal.On(KindFormAnswered, formAnswered),
		journal.On(KindFormDeclined, formDeclined),
		journal.On(KindSite, func(r *view.Rows, e *journal.Entry, s Site) {
			Sites.Edit(r, SiteRow{Site: e.Subject}, func(w *SiteRow) { w.Name, w.City, w.Country = s.Name, s.City, s.Country })
		}),
		journal.On(KindOrganisation, func(r *view.Rows, _ *journal.Entry, o Organisation) {
			Organisations.Edit(r, OrganisationRow{}, func(w *OrganisationRow) {
				w.Slug, w.Name, w.Country, w.City, w.Kind, w.Phone = o.Slug, o.Name, o.Country, o.City, o.Kind, o.Phone
			})
		}),
	},
}

func described(r *view.Rows, e *journal.Entry, d Described) {
	Persons.Edit(r, PersonRow{}, func(p *PersonRow) {
		if p.JoinedAt == 0 {
			p.JoinedAt = e.At
		}
		p.First, p.Last, p.Folded = d.First, d.Last, text.Fold(d.First+" "+d.Last)
		p.Language, p.Country, p.Gender, p.BirthYear = d.Language, d.Country, d.Gender, d.BirthYear
		p.Phone, p.Email, p.Number, p.Invented = d.Phone, d.Email, d.Number, d.Invented
	})
	remember(r, d)
	Reaches.Edit(r, ReachRow{Reader: e.Programme, Via: "programme"}, func(*ReachRow) {})
	Reaches.Edit(r, ReachRow{Reader: e.Owner, Via: "self"}, func(*ReachRow) {})
}

// permitted notes a yes or a no; whoever shows what rests on it asks the row each time.
func permitted(r *view.Rows, e *journal.Entry, p Permission) {
	Permissions.Edit(r, PermissionRow{Purpose: p.Purpose}, func(w *PermissionRow) {
		w.Given, w.At, w.Opens, w.Version = p.Given, e.At, p.Opens, p.Version
	})
}

// noticed keeps the newest version: a device that is behind may show an older one later.
func noticed(r *view.Rows, e *journal.Entry, s Shown) {
	Notices.Edit(r, NoticeRow{Purpose: s.Purpose}, func(w *NoticeRow) {
		if s.Version >= w.Version {
			w.Version, w.At, w.Language = s.Version, e.At, s.Language
		}
	})
}

// reachOfRoles makes the reach of groups and organisations what the roles say now.
func reachOfRoles(r *view.Rows, e *journal.Entry) {
	held := map[id.ID]bool{}
	Roles.Each(r, func(w RoleRow) {
		if w.Of != e.Programme {
			held[w.Of] = true
			Reaches.Edit(r, ReachRow{Reader: w.Of, Via: "role"}, func(*ReachRow) {})
		}
	})
	Reaches.Each(r, func(w ReachRow) {
		if w.Via == "role" && !held[w.Reader] {
			Reaches.Delete(r, w)
		}
	})
}

// roleGiven opens a learner's file to those who accompany the group or act for the organisation.
func roleGiven(r *view.Rows, e *journal.Entry, b RoleOf) {
	Roles.Edit(r, RoleRow{Role: string(b.Role), Of: b.Of}, func(w *RoleRow) { w.Since = e.At })
	leads(r, string(b.Role))
	reachOfRoles(r, e)
}

// leads marks one row of those with a role: the one that is held longest.
func leads(r *view.Rows, role string) {
	var first *RoleRow
	Roles.Each(r, func(w RoleRow) {
		if w.Role == role && (first == nil || cmp.Or(cmp.Compare(w.Since, first.Since), bytes.Compare(w.Of[:], first.Of[:])) < 0) {
			first = &w
		}
	})
	Roles.Each(r, func(w RoleRow) {
		if w.Role == role && w.First != (w.Of == first.Of) {
			Roles.Edit(r, RoleRow{Role: w.Role, Of: w.Of}, func(w *RoleRow) { w.First = !w.First })
		}
	})
}

func roleTaken(r *view.Rows, e *journal.Entry, b RoleOf) {
	Roles.Delete(r, RoleRow{Role: string(b.Role), Of: b.Of})
	leads(r, string(b.Role))
	reachOfRoles(r, e)
}

// Person reads one person with roles and permissions: three queries.
func (s *Service) Person(ctx context.Context, programme, person id.ID) (Person, error) {
	q := s.J.DB()
	row, err := Persons.Find(ctx, q, programme, "and owner=$2", person)
	if err != nil {
		return Person{}, err
	}
	p := row.Person()
	if p.Grants, err = Grants(ctx, q, programme, person); err != nil {
		return p, err
	}
	said, err := Permissions.Select(ctx, q, programme, "and owner=$2", person)
	p.Permission = map[string]PermissionRow{}
	for _, w := range said {
		p.Permission[w.Purpose] = w
	}
	return p, err
}

// Person is the row as others read it, without roles and permissions.
func (w PersonRow) Person() Person {
	return Person{
		ID: w.Owner, First: w.First, Last: w.Last, Language: w.Language, Country: w.Country, Gender: w.Gender, BirthYear: w.BirthYear,
		Phone: w.Phone, Email: w.Email, Number: w.Number, Invented: w.Invented, Joined: time.UnixMicro(w.JoinedAt).UTC(),
	}
}

// Grants reads the roles that somebody holds.
func Grants(ctx context.Context, q db.Queryer, programme, person id.ID) (out []access.Grant, err error) {
	rows, err := Roles.Select(ctx, q, programme, "and owner=$2 order by since,role", person)
	for _, w := range rows {
		out = append(out, access.Grant{Role: access.Role(w.Role), Of: w.Of})
	}
	return out, err
}

// Page is a list's request: what is searched and where the page before ended.
type Page struct {
	Search string
	After  string // "folded|id" of the last row seen, of a search "word|id"
	Limit  int
}

// List reads the people whom an actor reaches, by name, and where the next page begins ("" at the end).
func (s *Service) List(ctx context.Context, a access.Actor, role access.Role, p Page) (out []Person, next string, err error) {
	if p.Search != "" {
		return s.search(ctx, a, role, p)
	}
	q, from := &query{Args: db.Args{a.Programme}}, view.ReadMark(p.After)
	q.text = "and (folded,owner)>(" + q.Add(from.Text) + "," + q.Add(from.Owner) + ") and " + q.within(a, "people_person.owner", s.J.Now()) +
		" and exists (select 1 from people_role r where r.programme=$1 and r.owner=people_person.owner and r.role=" + q.Add(string(role)) + ")" +
		" order by folded,owner limit " + q.Add(p.Limit+1)
	rows, err := Persons.Select(ctx, s.J.DB(), a.Programme, q.text, q.Args[1:]...)
	for i, w := range rows {
		if i == p.Limit {
			next = view.Mark{Text: rows[i-1].Folded, Owner: rows[i-1].Owner}.String()
			break
		}
		out = append(out, w.Person())
	}
	return out, next, err
}

// Reachable refuses a person whom the actor may not reach: as if there were none.
func (s *Service) Reachable(ctx context.Context, a access.Actor, v access.Verb, section access.Section, person id.ID) error {
	_, err := s.Reached(ctx, a, v, section, person)
	return err
}

// Reached is Reachable with who it is, without roles and permissions: one query.
func (s *Service) Reached(ctx context.Context, a access.Actor, v access.Verb, section access.Section, person id.ID) (Person, error) {
	args := db.Args{a.Programme, person}
	within := a.Filter(&args, v, section, "people_person.owner", s.J.Now().UnixMicro())
	row, err := Persons.Find(ctx, s.J.DB(), a.Programme, "and owner=$2 and "+within, args[1:]...)
	return row.Person(), err
}

// Lookers lists who read a person's file, the latest first.
func (s *Service) Lookers(ctx context.Context, programme, person id.ID) ([]LookRow, error) {
	return Looks.Select(ctx, s.J.DB(), programme, "and owner=$2 order by at desc limit 200", person)
}

// Counts reads how many people hold each role: kept totals, not counted.
func (s *Service) Counts(ctx context.Context, programme id.ID) (map[string]int64, error) {
	return Roles.ReadTotals(ctx, s.J.DB(), programme, "holders", "")
}
