package figure

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/expr-lang/expr/vm"
)

// FuzzRead: a book is refused with the file's name, or counts whatever facts there are.
func FuzzRead(f *testing.F) {
	f.Add(head + people1 + tail)
	f.Add("format: 1\nzone: UTC\nindicators: [null]\ncalendar: [null]\n")
	f.Add(head + "  - {id: a, version: 1, count: ratio, part: null, whole: {}, target: {value: 1, x: null}, by: ['', month]}\n" + tail)
	f.Add("indicators: [&a {id: a, part: &b {where: '1'}, whole: *b, count: ratio}, *a]")
	if b, err := os.ReadFile("../testdata/esf.yaml"); err == nil {
		f.Add(string(b))
	}
	facts := []*Fact{trial(1, "amina", "2026-01-10T10:00", "FR", true), trial(2, "", "2026-03-10T10:00", "TR", false)}
	f.Fuzz(func(t *testing.T, text string) {
		b, err := Read([]byte(text), []string{"en"}, nil)
		if err != nil {
			if !strings.HasPrefix(err.Error(), File+": ") {
				t.Fatal(err)
			}
			return
		}
		for _, x := range b.Valid(time.UnixMicro(facts[1].At)) {
			if _, err := b.Count(x, facts, Asked{Report: "r"}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzWhere: an expression is refused when the folder is read, or says yes or no of every fact.
func FuzzWhere(f *testing.F) {
	for _, s := range []string{
		"signed", "age(at) >= 18 && country in ['FR']", "half_days_signed % 2 == 1", "1 / half_days_signed > 1", "at.In(nil) == at", "country[1] == 'R'",
		"age == age", "[age] == [age]", "country matches country", "let x = signed; x", "'a' * 9", "any([1], # > 0)", "(signed ? country : mode) < 'x'",
		"-half_days_signed == 9223372036854775808", "country contains mode or not signed", "{'a': signed}.a", "signed ?? signed", "true;false", "country | age",
	} {
		f.Add(s, "1", "FR")
	}
	f.Fuzz(func(t *testing.T, where, number, word string) {
		c, err := compile("trial-attended", where)
		if err != nil {
			return
		}
		for _, more := range []map[string]string{{}, {"signed": "true", "half_days_signed": number, "mode": word, "birth_date": word, "birth_year": number}} {
			if _, err := c.met(&vm.VM{}, &Fact{Kind: "trial-attended", Country: word, More: more}, time.UTC); err != nil {
				t.Fatalf("%q: %v", where, err)
			}
		}
	})
}
