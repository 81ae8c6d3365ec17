package figure

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
)

const head = "format: 1\nzone: Europe/Paris\nevidence: {paper: {en: Paper}}\nindicators:\n"

const people1 = `  - {id: people, version: 1, from: 2026-01-01, kind: output, title: {en: People}, definition: {en: Counts once.}, unit: person,
     fact: trial-attended, where: signed, count: owners, by: [country, month], target: {value: 4, country: {FR: 2, TR: 2}, report: {r: 3}}, evidence: [paper]}
`

const tail = "calendar: [{id: r, kind: report, title: {en: R}, cut_off: 2026-06-30, due: 2026-07-31, from: a, to: b, languages: [en]}]\n"

func book(t *testing.T, indicators string) *Book {
	t.Helper()
	b, err := Read([]byte(head+indicators+tail), []string{"en"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func who(name string) id.ID { return id.Named(name) }

func day(s string) int64 {
	t, err := time.Parse(time.RFC3339, s+":00Z")
	if err != nil {
		panic(err)
	}
	return t.UnixMicro()
}

func trial(n int, owner, at, country string, signed bool) *Fact {
	f := &Fact{
		Key: fmt.Sprintf("%03d", n), Kind: "trial-attended", At: day(at), Country: country,
		More: map[string]string{"signed": fmt.Sprint(signed)},
	}
	if owner != "" {
		f.Owner = who(owner)
	}
	return f
}

func one(t *testing.T, b *Book, facts []*Fact, a Asked) Figure {
	t.Helper()
	Sort(facts)
	f, err := b.Count(b.Indicators[0], facts, a)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func cells(f Figure, by string) string {
	var out []string
	for _, c := range f.Cells[by] {
		v := fmt.Sprintf("%s=%d", c.Value, c.N)
		if c.Hidden {
			v = c.Value + "=hidden"
		}
		if c.Target > 0 {
			v += fmt.Sprintf("/%d", c.Target)
		}
		out = append(out, v)
	}
	return strings.Join(out, " ")
}

func TestAPersonCountsOnceByTheEarliestFactThatHolds(t *testing.T) {
	f := one(t, book(t, people1), []*Fact{
		trial(3, "amina", "2026-03-01T10:00", "TR", true),
		trial(1, "amina", "2026-01-10T10:00", "FR", false), // not signed: does not hold
		trial(2, "amina", "2026-02-28T23:30", "FR", true),  // half past midnight in Paris: March
		trial(4, "oksana", "2026-03-02T10:00", "FR", true),
		trial(5, "", "2026-03-02T10:00", "FR", true), // gave no name
	}, Asked{Report: "r"})
	if f.N != 2 || f.Target != 4 || f.Due != 3 {
		t.Errorf("counted %d of %d, %d due", f.N, f.Target, f.Due)
	}
	if got := cells(f, "country"); got != "FR=2/2 TR=0/2" {
		t.Error(got)
	}
	if got := cells(f, "month"); got != "2026-03=2" {
		t.Error(got)
	}
	if f.Counted[1].Key != "002" {
		t.Errorf("counts by %v", f.Counted)
	}
}

func TestFilterAndRefusal(t *testing.T) {
	facts := []*Fact{trial(1, "amina", "2026-02-01T10:00", "FR", true), trial(2, "deniz", "2026-03-01T10:00", "TR", true)}
	b := book(t, people1)
	if f := one(t, b, facts, Asked{Filter: Filter{Country: "TR"}}); f.N != 1 || f.Target != 2 || f.Due != 0 {
		t.Errorf("Türkiye: %d of %d", f.N, f.Target)
	}
	if f := one(t, b, facts, Asked{Filter: Filter{From: day("2026-02-15T00:00")}}); f.N != 1 || f.Target != 0 {
		t.Errorf("since: %d of %d", f.N, f.Target)
	}
	refused := map[string]bool{Refusal("people", who("amina").String()): true}
	if f := one(t, b, facts, Asked{Refused: refused}); f.N != 1 {
		t.Errorf("one was refused, %d count", f.N)
	}
}

const twice = `  - {id: jobs, version: 1, from: 2026-01-01, kind: result, title: {en: Jobs}, definition: {en: D}, unit: person,
     fact: person-left, take: %s, where: left_employment == "employed", count: owners, by: [month]}
`

func TestTake(t *testing.T) {
	facts := []*Fact{
		{Key: "1", Kind: "person-left", At: 1, Owner: who("x"), More: map[string]string{"left_employment": "employed"}},
		{Key: "2", Kind: "person-left", At: 2, Owner: who("x"), More: map[string]string{"left_employment": "inactive"}},
	}
	for take, want := range map[string]int64{"any": 1, "first": 1, "last": 0} {
		if f := one(t, book(t, fmt.Sprintf(twice, take)), facts, Asked{}); f.N != want {
			t.Errorf("take %s: %d, not %d", take, f.N, want)
		}
	}
}

const share = `  - {id: share, version: 1, from: 2026-01-01, kind: result, title: {en: Share}, definition: {en: D}, unit: percent, count: ratio,
     part: {fact: remark-acted-on, where: decision == "change" && published, count: subjects},
     whole: {fact: remark-made, where: remark != "thanks" && not duplicate, count: subjects}, by: [language], target: {value: 60}}
`

func said(n int, kind, lang string, more ...string) *Fact {
	f := &Fact{Key: fmt.Sprint(kind, n), Kind: kind, At: int64(n), Subject: who(fmt.Sprint(n)), Language: lang, More: map[string]string{}}
	for i := 0; i < len(more); i += 2 {
		f.More[more[i]] = more[i+1]
	}
	return f
}

func TestShare(t *testing.T) {
	b := book(t, share)
	if f := one(t, b, nil, Asked{}); !f.None() || f.Reached(0) {
		t.Errorf("nothing was said: %+v", f)
	}
	f := one(t, b, []*Fact{
		said(1, "remark-made", "fr"), said(2, "remark-made", "fr"), said(3, "remark-made", "tr"),
		said(4, "remark-made", "tr", "remark", "thanks"), said(5, "remark-made", "tr", "duplicate", "true"),
		said(1, "remark-acted-on", "fr", "decision", "change", "published", "true"),
		said(2, "remark-acted-on", "fr", "decision", "change", "published", "false"),
		said(3, "remark-acted-on", "tr", "decision", "change", "published", "true"),
	}, Asked{})
	if f.N != 67 || f.Part != 2 || f.Whole != 3 || !f.Reached(60) || f.Reached(67) {
		t.Errorf("%+v", f)
	}
	if got := cells(f, "language"); got != "tr=100 fr=50" {
		t.Error(got)
	}
}

func TestPairs(t *testing.T) {
	b := book(t, `  - {id: p, version: 1, from: 2026-01-01, kind: output, title: {en: P}, definition: {en: D}, unit: module,
     fact: module-published, where: 'language in ["fr"] || level == "A1"', count: pairs, pair: [subject, language]}
`)
	f := one(t, b, []*Fact{
		said(1, "module-published", "fr"), said(1, "module-published", "fr"), said(2, "module-published", "fr"),
		said(2, "module-published", "uk", "level", "A1"), said(3, "module-published", "uk"),
	}, Asked{})
	if f.N != 3 {
		t.Errorf("%d pairs", f.N)
	}
}

func TestTheVersionValidAtTheCutOffCountsForAll(t *testing.T) {
	b := book(t, people1+strings.NewReplacer("version: 1, from: 2026-01-01", "version: 2, from: 2026-04-01, because: {en: The agency asks.}",
		"where: signed", `where: signed && country == "FR"`).Replace(people1))
	for date, version := range map[string]int64{"2026-03-31": 1, "2026-04-01": 2} {
		end, err := b.End(date)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.Valid(end); len(got) != 1 || got[0].Version != version {
			t.Errorf("%s: %+v", date, got)
		}
	}
	end, _ := b.End("2025-12-31")
	if got := b.Valid(end); len(got) != 0 {
		t.Errorf("before its first day: %+v", got)
	}
}

func TestHide(t *testing.T) {
	for _, c := range []struct {
		in, want string
		below    int64
	}{
		{"FR=40 BE=30 PT=20 TR=12", "FR=40 BE=30 PT=20 TR=12", 11},
		{"FR=40 BE=30 PT=20 TR=4", "FR=40 BE=30 PT=hidden TR=hidden", 11},  // one alone is the total less the others
		{"FR=40 BE=3 PT=2 TR=0", "FR=hidden BE=hidden PT=hidden TR=0", 11}, // 5 together is still small
		{"FR=40 BE=8 PT=9", "FR=40 BE=hidden PT=hidden", 11},
		{"FR=40 BE=1 PT=1", "FR=hidden BE=hidden PT=hidden", 2 + 9},
		{"FR=4", "FR=hidden", 11},
		{"FR=4 BE=1", "FR=4 BE=1", 0},
	} {
		f := Figure{Unit: "person", By: []string{"country"}, Cells: map[string][]Cell{"country": parse(c.in)}, Counted: []Counted{{}}}
		h := f.Hide(c.below)
		if got := cells(h, "country"); got != c.want {
			t.Errorf("%s below %d: %s, not %s", c.in, c.below, got, c.want)
		}
		if c.below > 1 && len(h.Counted) > 0 {
			t.Error("the evidence of small cells went along")
		}
		if cells(f, "country") != c.in {
			t.Errorf("hiding changed the figure: %s", cells(f, "country"))
		}
	}
}

func parse(s string) (out []Cell) {
	for _, w := range strings.Fields(s) {
		v, n, _ := strings.Cut(w, "=")
		c := Cell{Value: v}
		c.N, _ = strconv.ParseInt(n, 10, 64)
		out = append(out, c)
	}
	return out
}

func TestPartnersWithinCountriesAreNotShownBeside(t *testing.T) {
	f := Figure{Unit: "person", By: []string{"organisation", "country"}, Cells: map[string][]Cell{"organisation": parse("a=20 b=3"), "country": parse("FR=23")}}
	h := f.Hide(11)
	if !slices.Equal(h.By, []string{"country"}) || h.Cells["organisation"] != nil || f.Cells["organisation"] == nil {
		t.Errorf("%+v", h)
	}
	if m := (Figure{Unit: "module", Cells: map[string][]Cell{"language": parse("fr=1")}}).Hide(11); cells(m, "language") != "fr=1" {
		t.Error("modules are not people")
	}
}

func TestAge(t *testing.T) {
	at := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		date, year string
		want       int
	}{{"1996-06-30", "", 30}, {"1996-07-01", "", 29}, {"", "1996", 30}, {"", "", -1}, {"soon", "0", -1}} {
		if got := age(c.date, c.year, at); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

func TestChanges(t *testing.T) {
	unit := func(u string, at, arrived int64) Counted { return Counted{Unit: u, At: at, Arrived: arrived} }
	was := Figure{ID: "p", Version: 1, N: 4, Counted: []Counted{unit("a", 1, 1), unit("b", 2, 2), unit("c", 3, 3), unit("d", 4, 4)}}
	now := Figure{ID: "p", Version: 1, N: 4, Counted: []Counted{unit("a", 1, 1), unit("e", 5, 20), unit("f", 12, 12), unit("g", 6, 6)}}
	bounds := Bounds{10, 10}
	c := Changes([]Figure{was}, []Figure{now, {ID: "q"}}, bounds, map[string]bool{"p|b": true})
	if p := c[0]; p.Was.N != 4 || p.New != 1 || p.Late != 1 || p.Corrected != 1 || p.Refused != 1 || p.Gone != 2 || p.First {
		t.Errorf("%+v", p)
	}
	if !c[1].First {
		t.Error("a line that was not there before")
	}
	now.Version = 2
	if p := Changes([]Figure{was}, []Figure{now}, bounds, nil)[0]; p.Defined != 1 || p.Undefined != 3 || !p.Redefined {
		t.Errorf("by a new definition: %+v", p)
	}
	part := func(u, side string) Counted { return Counted{Unit: u, Side: side, At: 12, Arrived: 12} }
	ratio := Figure{ID: "r", Counted: []Counted{part("a", Part), part("a", Whole), part("b", Whole)}}
	if p := Changes([]Figure{{ID: "r"}}, []Figure{ratio}, bounds, nil)[0]; p.New != 1 || p.Whole != 2 || p.Still() {
		t.Errorf("part and whole of a ratio are not one sum: %+v", p)
	}
	ratio.Counted = ratio.Counted[1:]
	if p := Changes([]Figure{{ID: "r"}}, []Figure{ratio}, bounds, nil)[0]; p.New != 0 || p.Still() {
		t.Errorf("its whole alone moved: %+v", p)
	}
	if m := now.Missing(was); len(m) != 3 {
		t.Errorf("missing: %v", m)
	}
}

func TestMistakesNameTheirPlace(t *testing.T) {
	for wrong, want := range map[string]string{
		"where: signed|where: sinned":                 "people version 1: where: unknown name sinned",
		"where: signed|where: half_days_signed":       "people version 1: where: expected bool",
		"where: signed|where: 'any(1..9, # > 1)'":     "people version 1: where:",
		"trial-attended|trial-attend":                 `people version 1: fact: there is no kind of fact "trial-attend"`,
		"country, month|country, weather":             `people version 1: by: a fact "trial-attended" has no "weather"`,
		"{FR: 2, TR: 2}|{FR: 2, TR: 3}":               "people version 1: target.country: adds up to 5, not to 4",
		"{r: 3}|{s: 3}":                               `people version 1: target.report: the calendar has no report "s"`,
		"evidence: [paper]|evidence: [stone]":         `people version 1: evidence: "stone"`,
		"title: {en: People}|title: {fr: Gens}":       "people version 1: title: missing in en",
		"from: 2026-01-01|from: spring":               `people version 1: from: "spring" is no date`,
		"version: 1|version: 3":                       "people version 3: version: the first is 1",
		"count: owners|count: heads":                  "people version 1: count:",
		"count: owners|counts: owners":                "field counts not found",
		"cut_off: 2026-06-30|cut_off: 30 June":        `calendar r: cut_off: "30 June" is no date`,
		"zone: Europe/Paris|zone: Europe/Strasbourg":  "the file: zone:",
		"unit: person, |unit: person, take: median, ": "people version 1: take:",
		"count: owners|count: ratio":                  "a ratio needs part and whole",
		"count: owners|count: pairs":                  "people version 1: pair: goes with count: pairs",
	} {
		old, put, _ := strings.Cut(wrong, "|")
		text := strings.Replace(head+people1+tail, old, strings.TrimSuffix(put, "|"), 1)
		if old == "unit: person, " {
			text = strings.Replace(head+people1+tail, "unit: person,", "unit: person, take: median,", 1)
		}
		_, err := Read([]byte(text), []string{"en"}, nil)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), File) {
			t.Errorf("%s: %v, not %s", wrong, err, want)
		}
	}
}

func TestTheProgrammesBooksAreRight(t *testing.T) {
	all, err := programme.ReadAll(os.DirFS("../../../programmes"))
	if err != nil {
		t.Fatal(err)
	}
	for slug, p := range all {
		b, err := Load(p)
		if err != nil {
			t.Errorf("%s: %v", slug, err)
		}
		if len(b.Indicators) == 0 {
			t.Errorf("%s promises nothing", slug)
		}
	}
}
