package content

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// word is any text of one line without the signs that mean something, to which some are added where they are harmless.
var (
	word  = rapid.StringMatching(`[a-zà-ÿа-яء-ي0-9'’"\\:#-][a-zà-ÿа-яء-ي0-9 '’"#:,.?!-]{0,20}[a-zа-яء-ي]`)
	para  = rapid.StringMatching(`[A-Zà-ÿа-яء-ي][a-zа-яء-ي ,.]{0,30}[a-z](\n[a-z]{1,9})?(\n\n- [a-z]{1,9}\n- [a-z]{1,9}\n\n[A-Z][a-z]{1,9})?`)
	codes = rapid.SampledFrom([][]string{{"FR"}, {"BE", "PT"}, {"TR"}, {Other}})
)

func drawText(t *rapid.T) *Text {
	text := &Text{Lang: "fr", Title: oneLine(word.Draw(t, "title")), Summary: oneLine(word.Draw(t, "summary"))}
	for i := range rapid.IntRange(1, 4).Draw(t, "screens") {
		text.Screens = append(text.Screens, drawScreen(t, i))
	}
	return text
}

func drawScreen(t *rapid.T, i int) Screen {
	s := Screen{ID: fmt.Sprintf("s-%d", i), Title: word.Draw(t, "title"), Blocks: drawBlocks(t)}
	if rapid.Bool().Draw(t, "picture") {
		s.Picture, s.Alt = "pictures/a.svg", word.Draw(t, "alt")+"](x)[("
	}
	if rapid.Bool().Draw(t, "active") {
		s.Activity = drawActivity(t)
	}
	return s
}

// drawBlocks never puts two blocks for everybody side by side: in a file, they would be one.
func drawBlocks(t *rapid.T) []Block {
	blocks := []Block{{Text: para.Draw(t, "text")}}
	for range rapid.IntRange(0, 3).Draw(t, "passages") {
		blocks = append(blocks, Block{For: codes.Draw(t, "for"), Text: para.Draw(t, "text")})
		if rapid.Bool().Draw(t, "between") {
			blocks = append(blocks, Block{Text: para.Draw(t, "text")}, Block{For: codes.Draw(t, "for"), Text: "x"})
		}
	}
	return blocks
}

func drawActivity(t *rapid.T) *Activity {
	a := &Activity{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Question: para.Draw(t, "question")}
	a.Question = strings.NewReplacer("-", "*").Replace(a.Question)
	if rapid.Bool().Draw(t, "praised") {
		a.Praise = "Well *done*.\nGo on."
	}
	n := rapid.IntRange(2, 5).Draw(t, "items")
	switch a.Kind {
	case Reflection:
		n = 0
	case Packaged:
		n, a.Package = 0, "packages/quiz.h5p"
	case Short:
		n = 1
	case Fill:
		a.Tail = rapid.SampledFrom([]string{"", ".", " end.\nMore > less"}).Draw(t, "tail")
	}
	for i := range n {
		a.Items = append(a.Items, drawItem(t, a.Kind, i))
	}
	return a
}

func drawItem(t *rapid.T, kind Kind, i int) Item {
	item := Item{Text: fmt.Sprintf("%d%s", i, word.Draw(t, "text"))}
	switch kind {
	case Fill:
		return Item{Text: item.Text + " ", Accept: []string{word.Draw(t, "accept")}}
	case Short:
		return Item{Accept: []string{word.Draw(t, "accept"), "b > c = d"}}
	case Match:
		item.Match = fmt.Sprintf("%s = %d", word.Draw(t, "match"), i)
	case Choice, Choices:
		item.Right = i == 0 || kind == Choices && rapid.Bool().Draw(t, "right")
	}
	item.Reason = rapid.SampledFrom([]string{"", "because", "a > b"}).Draw(t, "reason")
	return item
}

func TestFormatRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawText(t)
		got, err := ParseText("fr", want.Format())
		if err != nil {
			t.Fatalf("%v\n%s", err, want.Format())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s\n%s", diff, want.Format())
		}
	})
}

// example is a text with one of each thing.
const example = start + `
# One {#one}
![Alt](pictures/a.svg)

Text *with* **all**, [a link](https://example.org) and

1. a
2. b

::: FR BE
France
:::

::: other
Others
:::

Everybody

` + "``` choice\nQ\n- [x] a > b\n- [ ] c\n> P\n```\n" + `
# Two {#two}
` + "``` order\nQ\n1. a\n2. b\n```\n" + `
# Three {#three}
` + "``` match\nQ\n- a = b\n- c = d\n```\n" + `
# Four {#four}
` + "``` fill\nQ\nI {am|was} {here}.\nEnd\n> P\n```\n" + `
# Five {#five}
` + "``` short\nQ\n= a | b\n```\n" + `
# Six {#six}
` + "``` choices\nQ\n- [x] a\n- [x] b\n```\n" + `
# Seven {#seven}
` + "``` reflection\nQ\n> E\n```\n" + `
# Eight {#eight}
![A film](video/hello.mp4)
` + "``` package\nQ\n= packages/quiz.h5p\n> P\n```\n"

func FuzzParseText(f *testing.F) {
	f.Add([]byte(example))
	f.Add([]byte(screen("\u00a0x  \n\n  y\n\t::: FR\n    z\n:::")))
	f.Add([]byte(activity("choice", "Q\n- [ ] a >\u00a0 > b\n- [x]c = d\n> > e\n>\n>f")))
	f.Add([]byte("---\ntitle: &a x\nsummary: *a\n---\n# {# {#a}\n&#x202e;"))
	f.Fuzz(func(t *testing.T, src []byte) {
		text, err := ParseText("en", src)
		if err != nil {
			if len(problems(err)) == 0 || text != nil {
				t.Fatalf("no problems: %v", err)
			}
			return
		}
		again, err := ParseText("en", text.Format())
		if err != nil {
			t.Fatalf("%v\n%q", err, text.Format())
		}
		if diff := cmp.Diff(text, again); diff != "" || !bytes.Equal(text.Format(), again.Format()) {
			t.Fatalf("%s\n%q", diff, text.Format())
		}
		checkWhole(t, text)
	})
}

// checkWhole checks that whatever was accepted can be shown and done.
func checkWhole(t *testing.T, text *Text) {
	for _, s := range text.Screens {
		for _, b := range s.Blocks {
			if _, err := Render(b.Text); err != nil {
				t.Fatal(err)
			}
			Plain(b.Text)
		}
		if a := s.Activity; a != nil {
			if v := a.Judge(rightAnswer(a)); !v.Right {
				t.Fatalf("the right answer is wrong: %q %+v", rightAnswer(a), a)
			}
		}
	}
}
