package learning

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"tremplin/internal/learning/content"
)

func full() Typed {
	return Typed{
		Title: "Où chercher ?", Picture: "pictures/a.svg", Alt: "Une femme lit.", Text: "Un.\n\n::: FR\nDeux.\n:::",
		Kind: content.Choice, Question: "Que faites-vous ?", Praise: "Bien.",
		Items: []TypedItem{{Text: "Rien", Reason: "Non."}, {Right: true, Text: "Je demande", Reason: "Oui."}},
	}
}

func TestTypedReadsBackAsTyped(t *testing.T) {
	for name, change := range map[string]func(*Typed){
		"choice": func(*Typed) {},
		"order":  func(s *Typed) { s.Kind, s.Items = content.Order, []TypedItem{{Text: "Lire"}, {Text: "Appeler"}} },
		"match": func(s *Typed) {
			s.Kind, s.Items = content.Match, []TypedItem{{Text: "a", Match: "b"}, {Text: "c", Match: "d"}}
		},
		"fill":       func(s *Typed) { s.Kind, s.Items, s.Body = content.Fill, nil, "Je {cherche|recherche} un {travail}." },
		"short":      func(s *Typed) { s.Kind, s.Items, s.Body = content.Short, nil, "112 | cent douze" },
		"reflection": func(s *Typed) { s.Kind, s.Items = content.Reflection, nil },
		"none":       func(s *Typed) { s.Kind, s.Items, s.Question, s.Praise = "", nil, "", "" },
		"mixed":      func(s *Typed) { s.Title, s.Text = "كلمة Bonjour 112", "العدد 112 \u200fهنا" },
	} {
		s := full()
		change(&s)
		screen, wrong := s.Screen("a")
		if len(wrong) > 0 {
			t.Errorf("%s: %v", name, wrong)
			continue
		}
		if back := TypedOf(screen); !reflect.DeepEqual(back, s) {
			t.Errorf("%s: typed %+v, read back %+v", name, s, back)
		}
	}
}

func TestTroubleStandsAtItsField(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Typed)
		field  string
		line   int
		code   content.Code
	}{
		"no title":         {func(s *Typed) { s.Title = "" }, "title", 1, content.ScreenNoTitle},
		"no alternative":   {func(s *Typed) { s.Alt = " \n" }, "alt", 1, content.PictureNoAlt},
		"html":             {func(s *Typed) { s.Text = "Un.\n\n<script>x</script>" }, "text", 1, content.HTML},
		"long":             {func(s *Typed) { s.Text = strings.Repeat("x", 10_000) }, "text", 1, content.BlockLong},
		"open passage":     {func(s *Typed) { s.Text = "a\n\n::: FR\nb" }, "text", 3, content.PassageOpen},
		"a second screen":  {func(s *Typed) { s.Text = "a\n# Other {#other}\nb" }, "text", 0, content.Markdown},
		"an exercise":      {func(s *Typed) { s.Kind, s.Text = "", "a\n``` reflection\nb\n```" }, "text", 0, content.Markdown},
		"a fence":          {func(s *Typed) { s.Text = "a\n``` reflection\nb\n```" }, "items", 2, content.ScreenActivities},
		"a picture inside": {func(s *Typed) { s.Picture, s.Text = "", "![a](pictures/b.svg)" }, "text", 0, content.PictureInside},
		"no right answer":  {func(s *Typed) { s.Items[1].Right = false }, "items", 2, content.ActivityNoRight},
		"empty answer":     {func(s *Typed) { s.Items[0] = TypedItem{Reason: "Oui"} }, "item-0", 1, content.ItemEmpty},
		"reason in answer": {func(s *Typed) { s.Items[0].Text = "a > b" }, "item-0", 0, content.ActivityLine},
		"item in question": {func(s *Typed) { s.Question = "Que ?\n- [ ] Rien d'autre" }, "item-0", 0, content.ActivityLine},
		"half a pair": {func(s *Typed) {
			s.Kind, s.Items = content.Match, []TypedItem{{Text: "a", Match: "b"}, {Text: "c"}}
		}, "item-1", 1, content.ActivityLine},
		"gap":          {func(s *Typed) { s.Kind, s.Body = content.Fill, "Je {cherche." }, "body", 1, content.ActivityGap},
		"no question":  {func(s *Typed) { s.Question = "" }, "question", 0, content.ActivityNoQuestion},
		"no gap":       {func(s *Typed) { s.Kind, s.Body = content.Fill, "Je cherche." }, "body", 0, content.ActivityNoGap},
		"no answer":    {func(s *Typed) { s.Kind, s.Body = content.Short, "" }, "body", 0, content.ActivityNoAnswer},
		"no package":   {func(s *Typed) { s.Kind, s.Body = content.Packaged, "" }, "package", 0, content.ActivityPackage},
		"a heading":    {func(s *Typed) { s.Text = "# Titre\n\nUn." }, "text", 1, content.Markdown},
		"bidi control": {func(s *Typed) { s.Text = "a\n\nb\u202ec" }, "text", 3, content.TextBidi},
		"nothing":      {func(s *Typed) { *s = Typed{Title: "a"} }, "title", 1, content.ScreenEmpty},
	} {
		s := full()
		c.change(&s)
		_, wrong := s.Screen("a")
		want := func(w Trouble) bool { return w.Field == c.field && w.Line == c.line && w.Code == c.code }
		for i, w := range wrong { // the screen is open, and its name known
			if w.Detail == "a" || slices.Contains(wrong[:i], w) || c.code == content.Markdown && w.Code == content.ScreenEmpty {
				t.Errorf("%s: %v is said for nothing", name, w)
			}
		}
		if !slices.ContainsFunc(wrong, want) {
			t.Errorf("%s: want %s:%d %s, got %v", name, c.field, c.line, c.code, wrong)
		}
	}
}

func TestNothingTypedPanics(t *testing.T) {
	odd := []string{"", "\n", "---", "```", "``` choice", ":::", "::: FR", "# a {#a}", "- [x] a", "> b", "{", "}", "|", "=", "![](", "\u200f", "١٢٣"}
	for _, a := range odd {
		for _, b := range odd {
			for _, kind := range []content.Kind{"", content.Choice, content.Order, content.Match, content.Fill, content.Short, content.Reflection, "hostile"} {
				s := Typed{a, b, a, b, kind, a, b, a + b, []TypedItem{{true, a, b, a}, {false, b, a, b}}}
				s.Screen("a")
			}
		}
	}
}
