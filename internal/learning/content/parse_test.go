package content

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const start = "---\ntitle: A title\nsummary: A summary\n---\n"

// screen is a text of one screen that holds the body.
func screen(body string) string { return start + "# One {#one}\n" + body + "\n" }

func activity(kind, body string) string { return screen("``` " + kind + "\n" + body + "\n```") }

func problems(err error) Problems {
	var ps Problems
	errors.As(err, &ps)
	return ps
}

func TestParseTextReadsAll(t *testing.T) {
	src := "\ufeff" + strings.ReplaceAll(screen(`![A woman (with a hat)](pictures/where.svg)

Three *places*.

- one
- two

:::  FR BE
Go there.
:::
::: other
Ask.
:::

`+"```match"+`
Who?

- Town = papers > Yes.
- CAF = money = help
> Well done.
> Go on.
`+"```"), "\n", "\r\n")
	got, err := ParseText("en", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	want := &Text{Lang: "en", Title: "A title", Summary: "A summary", Screens: []Screen{{
		ID: "one", Title: "One", Picture: "pictures/where.svg", Alt: "A woman (with a hat)",
		Blocks: []Block{
			{Text: "Three *places*.\n\n- one\n- two"},
			{For: []string{"FR", "BE"}, Text: "Go there."},
			{For: []string{"other"}, Text: "Ask."},
		},
		Activity: &Activity{
			Kind: Match, Question: "Who?", Praise: "Well done.\nGo on.",
			Items: []Item{{Text: "Town", Match: "papers", Reason: "Yes."}, {Text: "CAF", Match: "money = help"}},
		},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestParseActivities(t *testing.T) {
	tests := []struct {
		kind Kind
		body string
		want Activity
	}{
		{Choice, "Q\n- [ ] a > no > never\n- [X] b", Activity{Question: "Q", Items: []Item{{Text: "a", Reason: "no > never"}, {Text: "b", Right: true}}}},
		{Choices, "Q\n\nmore\n- [x] a\n\n-[x]b\n- [x] c", Activity{Question: "Q\n\nmore", Items: []Item{{Text: "a", Right: true}, {Text: "b", Right: true}, {Text: "c", Right: true}}}},
		{Order, "Q\n1. a\n2) b\n> P", Activity{Question: "Q", Praise: "P", Items: []Item{{Text: "a"}, {Text: "b"}}}},
		{Fill, "Q\nI {am| was } here\n\nand {you}.\nEnd\n> P", Activity{Question: "Q", Tail: ".\nEnd", Praise: "P", Items: []Item{{Text: "I ", Accept: []string{"am", "was"}}, {Text: " here\nand ", Accept: []string{"you"}}}}},
		{Short, "Q\n= 112 | cent douze\n= 911", Activity{Question: "Q", Items: []Item{{Accept: []string{"112", "cent douze", "911"}}}}},
		{Reflection, "Q\n> E", Activity{Question: "Q", Praise: "E"}},
	}
	for _, test := range tests {
		got, err := ParseText("en", []byte(activity(string(test.kind), test.body)))
		if err != nil {
			t.Errorf("%s: %v", test.body, err)
			continue
		}
		test.want.Kind = test.kind
		if diff := cmp.Diff(&test.want, got.Screens[0].Activity); diff != "" {
			t.Error(diff)
		}
	}
}

func TestParseTextProblems(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	picture := "![alt](pictures/a.svg)"
	reflection := "``` reflection\nQ\n```"
	tests := []struct {
		code Code
		line int
		src  string
	}{
		{TextTooLarge, 0, screen(strings.Repeat("x\n\n", MaxText/3))},
		{TextNotUTF8, 0, screen("a\xff")},
		{TextControl, 6, screen("a\x00b")},
		{TextControl, 6, screen("a\u2028b")},
		{TextControl, 1, "---\ntitle: \"a\\0\"\nsummary: b\n---\n# One {#one}\ntext"},
		{TextBidi, 6, screen("a\u202eb")},
		{TextBidi, 6, screen("a&#x202e;b")},
		{TextBidi, 6, screen("a\u2066b")},
		{TextNoHead, 1, "# One {#one}\ntext"},
		{TextNoHead, 1, "---\ntitle: a\n# One {#one}\ntext"},
		{TextBadHead, 1, "---\ntitle: a : b\nsummary: b\n---\n# One {#one}\ntext"},
		{TextBadHead, 1, "---\ntitle: a\nsumary: b\n---\n# One {#one}\ntext"},
		{TextNoTitle, 1, "---\nsummary: b\n---\n# One {#one}\ntext"},
		{TextNoTitle, 1, "---\n---\n# One {#one}\ntext"},
		{TextNoSummary, 1, "---\ntitle: b\n---\n# One {#one}\ntext"},
		{TitleLong, 1, "---\ntitle: " + long + "\nsummary: b\n---\n# One {#one}\ntext"},
		{SummaryLong, 1, "---\ntitle: a\nsummary: " + long + "\n---\n# One {#one}\ntext"},
		{TextNoScreen, 0, start},
		{TextManyScreens, 0, start + manyScreens(MaxScreens+1)},
		{TextOutside, 5, start + "text\n# One {#one}\ntext"},
		{TitleLong, 5, start + "# " + long + " {#one}\ntext"},
		{ScreenNoID, 5, start + "# One\ntext"},
		{ScreenNoID, 5, start + "# One {#}\ntext"},
		{ScreenBadID, 5, start + "# One {#One}\ntext"},
		{ScreenBadID, 5, start + "#One {#é}\ntext"},
		{ScreenNoTitle, 5, start + "# {#one}\ntext"},
		{ScreenNoTitle, 5, start + "#\ntext"},
		{ScreenEmpty, 5, screen("")},
		{ScreenPictures, 7, screen(picture + "\n" + picture)},
		{ScreenActivities, 9, screen(reflection + "\n" + reflection)},
		{DuplicateID, 7, screen("text") + "# Two {#one}\ntext"},
		{PictureNoAlt, 6, screen("![ ](pictures/a.svg)")},
		{PictureAltLong, 6, screen("![" + long + "](pictures/a.svg)")},
		{PicturePath, 6, screen("![alt](https://example.org/a.svg)")},
		{PicturePath, 6, screen("![alt](pictures/../a.svg)")},
		{PicturePath, 6, screen("![alt](pictures/a.gif)")},
		{PictureInside, 6, screen("Look: " + picture)},
		{PictureInside, 7, screen("::: FR\n" + picture + "\n:::")},
		{PassageOpen, 6, screen("::: FR\ntext")},
		{PassageOpen, 6, screen("::: FR\ntext\n::: BE\ntext\n:::")},
		{PassageOpen, 6, screen("::: FR\ntext\n" + reflection)},
		{PassageOpen, 6, screen("::: FR\ntext\n# Two {#two}\ntext")},
		{PassageNotOpen, 7, screen("text\n:::")},
		{PassageEmpty, 6, screen("::: FR\n\n:::")},
		{PassageCountry, 6, screen("::: FR other\ntext\n:::")},
		{PassageCountry, 6, screen("::: fr\ntext\n:::")},
		{PassageCountry, 6, screen("::: UK\ntext\n:::")},
		{PassageCountry, 6, screen("::: EU\ntext\n:::")},
		{BlockLong, 6, screen(strings.Repeat("x ", MaxBlock))},
		{HTML, 6, screen("text\n\n<b>x</b>")},
		{HTML, 7, activity("reflection", "<b>Q</b>")},
		{Markdown, 6, screen("> quote")},
		{Markdown, 6, screen("## Heading {#x}")},
		{Markdown, 6, screen("a `code`")},
		{Markdown, 6, screen("text\n---")},
		{LinkAddress, 6, screen("[a](http://example.org)")},
		{LinkAddress, 8, activity("reflection", "Q\n> [a](/x)")},
		{ActivityUnknown, 6, activity("quiz", "Q")},
		{ActivityOpen, 6, screen("``` choice\nQ\n# Two {#two}\ntext")},
		{ActivityOpen, 6, screen("``` choice\nQ\n- [ ] a")},
		{ActivityNotLast, 9, screen(reflection + "\ntext")},
		{ActivityNotLast, 9, screen(reflection + "\n" + picture)},
		{ActivityNotLast, 9, screen(reflection + "\n::: FR\ntext\n:::")},
		{ActivityNoQuestion, 6, activity("choice", "- [ ] a\n- [x] b")},
		{ActivityLine, 8, activity("choice", "Q\n- [y] a\n- [x] b\n- [ ] c")},
		{ActivityLine, 9, activity("choice", "Q\n- [x] a\n- b\n- [ ] c")},
		{ActivityLine, 9, activity("order", "Q\n1. a\nb\n2. c")},
		{ActivityLine, 9, activity("match", "Q\n- a = b\n- c\n- d = e")},
		{ActivityLine, 9, activity("short", "Q\n= a\nb")},
		{ActivityLine, 6, activity("fill", "Q\n{a}\n> b\n{c}")},
		{ActivityLine, 9, activity("choice", "Q\n- [x] a\n> why\n- [ ] b")},
		{ActivityFewItems, 6, activity("choice", "Q\n- [x] a")},
		{ActivityFewItems, 6, activity("order", "Q\n1. a")},
		{ActivityFewItems, 6, activity("match", "Q")},
		{ActivityManyItems, 6, activity("fill", "Q\n"+strings.Repeat("{a} ", MaxItems+1))},
		{ActivityNoRight, 6, activity("choice", "Q\n- [ ] a\n- [ ] b")},
		{ActivityNoRight, 6, activity("choices", "Q\n- [ ] a\n- [ ] b")},
		{ActivityNoGap, 6, activity("fill", "Q")},
		{ActivityNoAnswer, 6, activity("short", "Q")},
		{ActivityPackage, 6, activity("package", "Q")},
		{ActivityPackage, 8, activity("package", "Q\n= packages/../x.h5p")},
		{ActivityLine, 9, activity("package", "Q\n= packages/a.h5p\n= packages/b.h5p")},
		{ActivityTwoRight, 6, activity("choice", "Q\n- [x] a\n- [x] b")},
		{ActivityNumber, 9, activity("order", "Q\n1. a\n3. b")},
		{ActivityGap, 8, activity("fill", "Q\na {b")},
		{ActivityGap, 8, activity("fill", "Q\na } {b}")},
		{ActivityGap, 8, activity("fill", "Q\na {b} }")},
		{ActivityGap, 8, activity("fill", "Q\na {b {c}}")},
		{ActivityGap, 9, activity("fill", "Q\n{a}\n{b|}")},
		{ActivityNoAnswer, 8, activity("short", "Q\n= a | ـ")},
		{ActivityOneMatch, 6, activity("match", "Q\n- a = b\n- c = b")},
		{ItemEmpty, 8, activity("choice", "Q\n- [ ] > why\n- [x] b")},
		{ItemEmpty, 8, activity("match", "Q\n- a =  > b\n- c = d")},
		{ItemLong, 8, activity("choice", "Q\n- [ ] "+long+"\n- [x] b")},
		{ItemLong, 8, activity("match", "Q\n- a = "+long+"\n- c = d")},
		{ItemLong, 8, activity("choice", "Q\n- [ ] a > "+long+"\n- [x] b")},
		{ItemDuplicate, 6, activity("choice", "Q\n- [ ] a\n- [x] a")},
		{BlockLong, 6, activity("short", "Q\n= "+long+long)},
	}
	for _, test := range tests {
		name := fmt.Sprintf("%s %.60q", test.code, strings.TrimPrefix(test.src, start))
		t.Run(name, func(t *testing.T) {
			text, err := ParseText("en", []byte(test.src))
			if text != nil || !found(problems(err), Problem{File: "en.md", Line: test.line, Code: test.code}) {
				t.Errorf("want line %d: %s\n%v", test.line, test.code, err)
			}
		})
	}
}

// found looks for a problem, whatever its detail.
func found(ps Problems, want Problem) bool {
	for _, p := range ps {
		p.Detail = ""
		if p == want {
			return true
		}
	}
	return false
}

func manyScreens(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "# Screen {#s%d}\ntext\n", i)
	}
	return b.String()
}

func TestProblemsComeTogetherInOrder(t *testing.T) {
	src := "---\ntitle: a\n---\nlost\n# One\n![](x)\n::: fr\ntext\n``` quiz\n"
	_, err := ParseText("fr", []byte(src))
	var codes []string
	for _, p := range problems(err) {
		codes = append(codes, fmt.Sprint(p.Line, " ", p.Code))
	}
	want := []string{
		"1 text.no-summary", "4 text.outside", "5 screen.no-id", "6 picture.path", "6 picture.no-alt",
		"7 passage.country", "7 passage.open", "9 activity.unknown", "9 activity.open",
	}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Error(diff)
	}
}

func TestProblemsAreBounded(t *testing.T) {
	_, err := ParseText("en", []byte(start+strings.Repeat("lost "+strings.Repeat("é", 500)+"\n", 200)))
	ps := problems(err)
	if len(ps) != maxProblems || len([]rune(ps[0].Detail)) > maxDetail+1 {
		t.Errorf("%d problems, the first: %v", len(ps), ps[0])
	}
	if s := (Problem{File: "en.md", Line: 3, Code: HTML}).String(); s != "en.md:3: html" {
		t.Error(s)
	}
}
