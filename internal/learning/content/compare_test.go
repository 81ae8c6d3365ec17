package content

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func mustParse(t *testing.T, lang, src string) *Text {
	t.Helper()
	text, err := ParseText(lang, []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func edited(t *testing.T, replace ...string) *Text {
	return mustParse(t, "en", strings.NewReplacer(replace...).Replace(example))
}

func TestHashStays(t *testing.T) {
	one := edited(t).Screens[0]
	if got := Hash(one); got != "3222bbfdff8f" {
		t.Error(got)
	}
	one.Title += "!"
	if Hash(one) == Hash(edited(t).Screens[0]) {
		t.Error("another title, the same hash")
	}
}

func TestStale(t *testing.T) {
	source, translation := edited(t), edited(t)
	if got := Stale(source, translation, source.Hashes()); got != nil {
		t.Error(got)
	}
	from := source.Hashes()
	source = edited(t, "A summary", "Another", "Everybody", "All", "{#six}", "{#new}")
	want := []string{"", "one", "new", "six"}
	if got := Stale(source, translation, from); !slices.Equal(got, want) {
		t.Error(got)
	}
	if got := Stale(source, translation, nil); len(got) != 10 {
		t.Error("what nobody knows the source of is stale", got)
	}
}

func TestDiff(t *testing.T) {
	before, after := edited(t), edited(t, "A title", "The title", "Everybody", "All", "{#six}", "{#new}")
	var got []string
	for _, c := range Diff(before, after) {
		got = append(got, c.Kind+" "+c.Screen)
		if (c.Old == "") != (c.Kind == Added) || (c.New == "") != (c.Kind == Removed) {
			t.Errorf("%+v", c)
		}
	}
	if diff := cmp.Diff([]string{"changed ", "changed one", "added new", "removed six"}, got); diff != "" {
		t.Error(diff)
	}
	if Diff(before, edited(t)) != nil {
		t.Error("equal texts differ")
	}
}

func TestSame(t *testing.T) {
	swapped := edited(t)
	swapped.Screens[0], swapped.Screens[1] = swapped.Screens[1], swapped.Screens[0]
	tests := []struct {
		translation *Text
		want        []string
	}{
		{edited(t, "A title", "Un titre", "a > b", "autre", "{am|was}", "{suis}"), nil},
		{swapped, []string{"same.order "}},
		{edited(t, "{#six}", "{#new}"), []string{"same.missing six", "same.extra new"}},
		{edited(t, "![Alt](pictures/a.svg)\n", "", "``` short\nQ\n= a | b", "``` reflection\nQ"), []string{"same.picture one", "same.activity five"}},
		{edited(t, "``` short\nQ\n= a | b\n```", "text"), []string{"same.activity five"}},
		{edited(t, "2. b", "2. b\n3. c"), []string{"same.items two"}},
		{edited(t, "- [x] a > b\n- [ ] c", "- [ ] a\n- [x] c"), []string{"same.right one"}},
	}
	source := edited(t)
	for _, test := range tests {
		var got []string
		for _, p := range Same(source, test.translation) {
			got = append(got, string(p.Code)+" "+p.Detail)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestFor(t *testing.T) {
	passage := func(text string, codes ...string) Block { return Block{For: codes, Text: text} }
	text := &Text{Screens: []Screen{{Blocks: []Block{
		{Text: "all"},
		passage("1", "FR", "BE"), passage("2", Other), passage("3", "FR"),
		{Text: "again"},
		passage("4", "TR"), passage("5", Other), passage("6", Other),
		{Text: "end"},
		passage("7", "PT"),
	}}}}
	want := map[string]string{
		"FR": "all 1 3 again 5 6 end", "BE": "all 1 again 5 6 end", "TR": "all 2 again 4 end", "PT": "all 2 again 5 6 end 7",
		"UA": "all 2 again 5 6 end", "": "all 1 2 3 again 4 5 6 end 7",
	}
	for country, want := range want {
		var got []string
		for _, b := range text.For(country).Screens[0].Blocks {
			got = append(got, b.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", country, got, want)
		}
	}
	if len(text.Screens[0].Blocks) != 10 {
		t.Error("the text itself changed")
	}
}
