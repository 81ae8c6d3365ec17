package people_test

import (
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/sheet"
	"tremplin/internal/people"
)

var (
	home  = programme.IDOf("migrantech")
	other = programme.IDOf("elsewhere")
	group = id.Named("group", "monday")
)

type house struct {
	*people.Service
	t *testing.T
	c *journaltest.Clock
}

func each(t *testing.T, f func(h house)) {
	journaltest.Each(t, []*journal.View{people.View}, []id.ID{home, other}, func(t *testing.T, j *journal.Journal, c *journaltest.Clock) {
		f(house{&people.Service{J: j}, t, c})
	})
}

func (h house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h house) enter(programme id.ID, first string, role access.Role, of id.ID) id.ID {
	who := id.Named(first, programme.String())
	h.must(h.Enter(h.t.Context(), journaltest.Act(programme, id.ID{}), people.Newcomer{ID: who, Said: people.Described{First: first, Language: "ar"}, Role: role, Of: of}))
	return who
}

func actor(person, programme id.ID, role access.Role, of id.ID) access.Actor {
	return access.Actor{Programme: programme, Person: person, Grants: []access.Grant{{Role: role, Of: of}}}
}

func (h house) names(a access.Actor, search string) string {
	found, _, err := h.List(h.t.Context(), a, access.Learner, people.Page{Search: search, Limit: 10})
	h.must(err)
	var out []string
	for _, p := range found {
		out = append(out, p.First)
	}
	return strings.Join(out, ",")
}

func TestSearchFoldsAccentsAndArabic(t *testing.T) {
	each(t, func(h house) {
		for _, n := range []string{"Zoé", "أحمد", "Ayşe", "50%_off", "Amina Ben Salah", "Amine Amara", "Jean-Luc d’Arc"} {
			h.enter(home, n, access.Learner, group)
		}
		boss := actor(id.New(), home, access.Coordinator, home)
		for search, want := range map[string]string{
			"zoe": "Zoé", "ZOÉ": "Zoé", "احمد": "أحمد", "ayse": "Ayşe", "50%": "50%_off", "%": "", "_": "", "x": "",
			"sal": "Amina Ben Salah", "salah ami": "Amina Ben Salah", "am": "Amine Amara,Amina Ben Salah", "am am": "Amine Amara,Amina Ben Salah",
			"amin": "Amina Ben Salah,Amine Amara", "amin x": "", "ben amina salah": "Amina Ben Salah", "jean": "Jean-Luc d’Arc", "luc": "Jean-Luc d’Arc", "d'arc": "Jean-Luc d’Arc",
		} {
			if got := h.names(boss, search); got != want {
				t.Errorf("search %q found %q, not %q", search, got, want)
			}
		}
	})
}

func TestListPagesByKeysetAndFindsEverybodyOnce(t *testing.T) {
	each(t, func(h house) {
		for i := range 25 {
			h.enter(home, fmt.Sprintf("Name %02d", i/2), access.Learner, group)
			h.enter(home, fmt.Sprintf("Name %02d bis %d", i/2, i), access.Learner, group)
		}
		for search, want := range map[string]int{"": 38, "name": 38, "bis name": 25, "1": 19} {
			if got := h.pages(search); got != want {
				t.Errorf("search %q: %d people, not %d", search, got, want)
			}
		}
	})
}

// pages counts the people on all pages of a search; nobody stands there twice.
func (h house) pages(search string) int {
	h.t.Helper()
	boss, seen, after := actor(id.New(), home, access.Coordinator, home), map[id.ID]bool{}, ""
	for range 20 {
		found, next, err := h.List(h.t.Context(), boss, access.Learner, people.Page{Search: search, Limit: 7, After: after})
		h.must(err)
		for _, p := range found {
			if seen[p.ID] {
				h.t.Errorf("%s twice", p.First)
			}
			seen[p.ID] = true
		}
		if after = next; next == "" {
			break
		}
	}
	return len(seen)
}

func TestReachEndsAtTheGroupAndTheProgramme(t *testing.T) {
	each(t, func(h house) {
		mine, theirs := h.enter(home, "Mine", access.Learner, group), h.enter(home, "Theirs", access.Learner, id.Named("group", "b"))
		abroad := h.enter(other, "Abroad", access.Learner, group)
		tutor := actor(id.New(), home, access.Tutor, group)
		if got := h.names(tutor, ""); got != "Mine" {
			t.Errorf("a tutor lists %q", got)
		}
		for who, want := range map[id.ID]bool{mine: true, theirs: false, abroad: false} {
			err := h.Reachable(t.Context(), tutor, access.Read, access.Learning, who)
			if (err == nil) != want || err != nil && !fault.Is(err, fault.NotFound) {
				t.Errorf("reach of %s: %v", who, err)
			}
		}
	})
}

func TestPermissionIsTheLastWord(t *testing.T) {
	each(t, func(h house) {
		who := h.enter(home, "Amina", access.Learner, group)
		for _, given := range []bool{true, false, true} {
			h.must(h.Permit(t.Context(), journaltest.Act(home, who), who, people.Permission{Purpose: "share", Given: given, Opens: "tutor"}))
			p, err := h.Person(t.Context(), home, who)
			h.must(err)
			if p.Permission["share"].Given != given {
				t.Errorf("said %v, kept %v", given, p.Permission)
			}
		}
	})
}

func TestLeavingAGroupClosesTheFile(t *testing.T) {
	each(t, func(h house) {
		who := h.enter(home, "Amina", access.Learner, group)
		tutor := actor(id.New(), home, access.Tutor, group)
		h.must(h.Take(t.Context(), journaltest.Act(home, who), who, people.RoleOf{Role: access.Learner, Of: group}))
		if got := h.names(tutor, ""); got != "" {
			t.Errorf("still reached: %s", got)
		}
	})
}

func TestOpeningsAreOneADayAndNameNobody(t *testing.T) {
	each(t, func(h house) {
		who := h.enter(home, "Amina", access.Learner, group)
		tutor := actor(id.New(), home, access.Tutor, group)
		for range 3 {
			h.must(h.Opened(t.Context(), tutor, who, access.Learning, "help"))
		}
		h.must(h.Opened(t.Context(), actor(who, home, access.Learner, group), who, access.Learning, ""))
		h.c.Now = h.c.Now.AddDate(0, 0, 1)
		h.must(h.Opened(t.Context(), tutor, who, access.Learning, "help"))
		looks, err := h.Lookers(t.Context(), home, who)
		h.must(err)
		if len(looks) != 2 || looks[0].Role != "tutor" || looks[0].Why != "help" {
			t.Errorf("looks: %+v", looks)
		}
	})
}

// Another section, another reader or another file is another opening; another process knows of the first.
func TestOpeningsAreApart(t *testing.T) {
	each(t, func(h house) {
		amina, oksana := h.enter(home, "Amina", access.Learner, group), h.enter(home, "Oksana", access.Learner, group)
		leila, marc := actor(id.New(), home, access.Tutor, group), actor(id.New(), home, access.Tutor, group)
		for _, s := range []*people.Service{h.Service, {J: h.J}} {
			h.must(s.Opened(t.Context(), leila, amina, access.Learning, ""))
			h.must(s.Opened(t.Context(), leila, amina, access.Contact, ""))
			h.must(s.Opened(t.Context(), marc, amina, access.Learning, ""))
			h.must(s.Opened(t.Context(), leila, oksana, access.Learning, ""))
		}
		for who, want := range map[id.ID]int{amina: 3, oksana: 1} {
			looks, err := h.Lookers(t.Context(), home, who)
			h.must(err)
			if len(looks) != want {
				t.Errorf("looks: %+v", looks)
			}
		}
	})
}

func TestErasedIsGoneAndRefused(t *testing.T) {
	each(t, func(h house) {
		who := h.enter(home, "Amina", access.Learner, group)
		h.must(h.Erase(t.Context(), journaltest.Act(home, id.ID{}), who, "asked"))
		h.must(h.J.Erase(t.Context(), home, who))
		if _, err := h.Person(t.Context(), home, who); !fault.Is(err, fault.NotFound) {
			t.Errorf("still there: %v", err)
		}
		if err := h.Describe(t.Context(), journaltest.Act(home, id.ID{}), who, people.Described{First: "Again"}); err == nil {
			t.Error("an erased person was described again")
		}
	})
}

func TestDescribedIsChecked(t *testing.T) {
	long := strings.Repeat("ن", 10000)
	for name, c := range map[string]struct {
		d     people.Described
		field string
	}{
		"nothing":    {people.Described{}, "first"},
		"long":       {people.Described{First: long}, "first"},
		"long last":  {people.Described{First: "A", Last: long}, "last"},
		"phone":      {people.Described{First: "A", Phone: "0612"}, "phone"},
		"email":      {people.Described{First: "A", Email: "a b@c"}, "email"},
		"birth year": {people.Described{First: "A", BirthYear: 12}, "birth_year"},
		"good":       {people.Described{First: "A", Phone: "+33612345678", Email: "a@b.org", BirthYear: 1990}, ""},
	} {
		fs := c.d.Check()
		if c.field == "" && len(fs) > 0 || c.field != "" && (len(fs) != 1 || fs[0].Name != c.field) {
			t.Errorf("%s: %v", name, fs)
		}
	}
}

func TestPhoneAsPeopleWriteIt(t *testing.T) {
	for _, c := range []struct{ in, country, want string }{
		{"06 12 34 56 78", "FR", "+33612345678"},
		{"0033 6 12 34 56 78", "BE", "+33612345678"},
		{"+90 (532) 123 45 67", "FR", "+905321234567"},
		{"٠٥٣٢ ١٢٣ ٤٥ ٦٧", "TR", "+905321234567"},
		{"912 345 678", "PT", "+351912345678"},
		{"", "FR", ""},
		{"unknown", "FR", ""},
	} {
		if got := people.Phone(c.in, c.country); got != c.want {
			t.Errorf("%q in %s: %q, not %q", c.in, c.country, got, c.want)
		}
	}
}

func TestHeadingsAsPeopleWriteThem(t *testing.T) {
	header := []string{"N°", "Prénom", "Nom de famille", "?", "Doğum tarihi", "اللغة", "Країна", "Prenom"}
	want := map[string]int{"number": 0, "first": 1, "last": 2, "birth": 4, "language": 5, "country": 6}
	if got := people.Guess(header); !maps.Equal(got, want) {
		t.Error(got)
	}
	if got := people.Guess([]string{"اسم العائلة"}); got["last"] != 0 || len(got) != 1 {
		t.Error(got)
	}
}

const table = "Prénom;Nom;Date de naissance;Téléphone;Langue;Pays;Structure\n" +
	"Amina;Haddad;31/12/1990;06 12 34 56 78;arabe;France;AMSED\n" +
	"Zoé;;1988;;français;FR;\n" +
	";Personne;1990;;fr;FR;\n" +
	"Iryna;K;31/02/1990;;українська;Belgique;\n" +
	"Ali;B;1990;12;arabe;Narnia;Nobody\n" +
	"Amina;Haddad;31/12/1990;06 12 34 56 78;arabe;France;AMSED\n"

func TestImportTakesTheGoodAndNamesTheBad(t *testing.T) {
	p, err := programme.Read(os.DirFS("../../programmes/migrantech"))
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(h house) {
		ts, err := sheet.Read("people.csv", []byte(table), sheet.Options{})
		h.must(err)
		boss := actor(id.New(), home, access.Coordinator, home)
		taking := journaltest.Act(home, boss.Person)
		in := people.Import{Programme: p, Table: ts[0], Columns: people.Guess(ts[0].Header), DayFirst: true}
		dry := in
		dry.Dry = true
		rep, err := h.Import(t.Context(), taking, dry)
		h.must(err)
		if rep.New != 2 || rep.Bad != 4 || h.names(boss, "") != "" {
			t.Errorf("a look wrote, or said wrong: %v", rep)
		}
		rep, err = h.Import(t.Context(), taking, in)
		h.must(err)
		if rep.New != 2 || rep.Bad != 4 || h.names(boss, "") != "Amina,Zoé" {
			t.Errorf("first: %v", rep)
		}
		rep, err = h.Import(t.Context(), taking, in)
		h.must(err)
		if rep.New != 0 || rep.Changed != 0 || rep.Same != 2 {
			t.Errorf("a second import changed something: %v", rep)
		}
		rows := map[int][]string{}
		for _, f := range rep.Faults {
			rows[f.Row] = append(rows[f.Row], f.Column+" "+f.Key)
		}
		for row, want := range map[int]string{
			4: "[Prénom people.first.missing]", 5: "[Date de naissance people.import.birth]", 7: "[Prénom people.import.twice]",
		} {
			if got := fmt.Sprint(rows[row]); got != want {
				t.Errorf("row %d: %s, not %s", row, got, want)
			}
		}
		if len(rows[6]) != 2 { // the number cannot be judged without the country
			t.Errorf("row 6 has two faults: %v", rows[6])
		}
	})
}
