package content

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// rightAnswer is an answer that the activity must call right.
func rightAnswer(a *Activity) []string {
	switch a.Kind {
	case Reflection:
		return []string{"something"}
	case Packaged:
		return []string{"3/5"}
	}
	var answer []string
	for i, item := range a.Items {
		switch a.Kind {
		case Choice, Choices:
			if item.Right {
				answer = append(answer, strconv.Itoa(i))
			}
		case Order, Match:
			answer = append(answer, strconv.Itoa(i))
		default:
			answer = append(answer, " "+strings.ToUpper(item.Accept[0])+"\n")
		}
	}
	return answer
}

func TestJudge(t *testing.T) {
	three := []Item{{Text: "a", Right: true, Reason: "A"}, {Text: "b", Right: true, Reason: "B"}, {Text: "c", Reason: "C"}}
	one := &Activity{Kind: Choice, Items: three[1:]}
	many := &Activity{Kind: Choices, Items: three}
	order := &Activity{Kind: Order, Items: three}
	match := &Activity{Kind: Match, Items: []Item{{Match: "x"}, {Match: "y"}, {Match: "x"}}}
	fill := &Activity{Kind: Fill, Items: []Item{{Accept: []string{"émploi", "job"}}, {Accept: []string{"112"}}}}
	short := &Activity{Kind: Short, Items: []Item{{Accept: []string{"112"}}}}
	tests := []struct {
		a      *Activity
		answer string // separated by commas
		right  bool
		marks  string // item and + or - for each reason
	}{
		{one, "0", true, "0+"},
		{one, "1", false, "1-"},
		{one, "0,1", false, "0+1-"},
		{one, "0,0", false, "0+"},
		{one, "2", false, ""},
		{one, "-1", false, ""},
		{one, "99999999999999999999", false, ""},
		{one, "x", false, ""},
		{many, "1,0", true, "0+1+"},
		{many, "0", false, "0+"},
		{many, "0,1,2", false, "0+1+2-"},
		{order, "0,1,2", true, "0+1+2+"},
		{order, "1,0,2", false, "1-0-2+"},
		{order, "0,1", false, "0+1+"},
		{order, "0,1,2,0", false, "0+1+2+"},
		{order, "0,7,2", false, "0+2+"},
		{match, "0,1,2", true, "0+1+2+"},
		{match, "2,1,0", true, "0+1+2+"},
		{match, "1,0,2", false, "0-1-2+"},
		{match, "0,,", false, "0+1-2-"},
		{fill, " EMPLOI ,١١٢", true, "0+1+"},
		{fill, "job", false, "0+1-"},
		{fill, "x,112", false, "0-1+"},
		{short, "112", true, "0+"},
		{short, "911", false, "0-"},
		{short, "112,112", false, "0+"},
	}
	for _, test := range tests {
		v := test.a.Judge(strings.Split(test.answer, ","))
		if v.Right != test.right || marks(v) != test.marks {
			t.Errorf("%s %q: %v %s", test.a.Kind, test.answer, v.Right, marks(v))
		}
		if none := test.a.Judge(nil); none.Right {
			t.Errorf("%s: no answer is right", test.a.Kind)
		}
	}
	if v := many.Judge([]string{"2"}); v.Reasons[0].Text != "C" {
		t.Error(v)
	}
}

func marks(v Verdict) string {
	var b strings.Builder
	for _, r := range v.Reasons {
		b.WriteString(strconv.Itoa(r.Item) + map[bool]string{true: "+", false: "-"}[r.Right])
	}
	return b.String()
}

func TestJudgeReflection(t *testing.T) {
	a := &Activity{Kind: Reflection}
	for answer, want := range map[string]Verdict{"x": {Right: true}, "": {Skipped: true}, " \n": {Skipped: true}} {
		if diff := cmp.Diff(want, a.Judge([]string{answer})); diff != "" {
			t.Error(answer, diff)
		}
	}
	if !a.Judge(nil).Skipped {
		t.Error("nothing sent is nothing written")
	}
}

func TestShuffle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := &Activity{Kind: rapid.SampledFrom([]Kind{Order, Match, Choice}).Draw(t, "kind")}
		different := map[string]bool{}
		for i := range rapid.IntRange(0, MaxItems).Draw(t, "n") {
			match := rapid.SampledFrom([]string{"x", "y"}).Draw(t, "match")
			a.Items = append(a.Items, Item{Text: strconv.Itoa(i), Match: match})
			different[a.shown(i)] = true
		}
		seed := rapid.Uint64().Draw(t, "seed")
		mixed := a.Shuffle(seed)
		if !slices.Equal(mixed, a.Shuffle(seed)) {
			t.Fatal("not the same order again")
		}
		inPlace := 0
		for place, i := range mixed {
			if a.shown(i) == a.shown(place) {
				inPlace++
			}
		}
		if len(different) > 1 && inPlace == len(mixed) {
			t.Fatalf("%v reads right", mixed)
		}
		slices.Sort(mixed)
		for i, got := range mixed {
			if got != i {
				t.Fatalf("not a permutation: %v", mixed)
			}
		}
	})
}

// TestShuffleStays would tell if another Go mixed otherwise: who comes back to a screen finds the order that they left.
func TestShuffleStays(t *testing.T) {
	a := &Activity{Kind: Order, Items: []Item{{Text: "a"}, {Text: "b"}, {Text: "c"}, {Text: "d"}, {Text: "e"}}}
	if got := a.Shuffle(7); !slices.Equal(got, []int{1, 2, 3, 0, 4}) {
		t.Error(got)
	}
}

func FuzzJudge(f *testing.F) {
	f.Add("choice", "a|b|c", "0", uint64(1))
	f.Add("choices", "a|b", "0|1", uint64(2))
	f.Add("order", "a|b|a", "2|-1|0", uint64(3))
	f.Add("match", "", "18446744073709551616", uint64(4))
	f.Add("fill", "é|\u0301", "\xff|e", uint64(5))
	f.Add("short", "x", "", uint64(6))
	f.Add("reflection", "", "", uint64(7))
	f.Fuzz(func(t *testing.T, kind, items, answer string, seed uint64) {
		a := &Activity{Kind: Kind(kind)}
		for i, s := range strings.Split(items, "|") {
			a.Items = append(a.Items, Item{Text: s, Match: s, Right: i%2 == 0, Accept: []string{s}})
		}
		v := a.Judge(strings.Split(answer, "|"))
		for _, r := range v.Reasons {
			if r.Item < 0 || r.Item >= len(a.Items) {
				t.Fatalf("%+v", r)
			}
		}
		if len(a.Shuffle(seed)) != len(a.Items) {
			t.Fatal("items lost")
		}
	})
}
