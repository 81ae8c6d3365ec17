package learning

import (
	"slices"

	"tremplin/internal/learning/content"
)

// Trouble is a problem with the field of the form in which it stands: title, alt, text, question, body, package,
// praise, items, or item-0, item-1 …
type Trouble struct {
	Field  string
	Line   int // within the field, from 1; 0 where no line applies
	Code   content.Code
	Detail string
}

// troubles puts what is wrong with a file of one screen at the fields of its form, each once.
func (p *page) troubles(ps content.Problems, id string) (out []Trouble) {
	headed := false
	for _, q := range ps {
		t := p.trouble(q)
		if t.Detail == id { // the screen is open: nobody needs its name
			t.Detail = ""
		}
		if headed = headed || t.Code == content.Markdown; !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	if headed { // what a heading took away is not missing
		out = slices.DeleteFunc(out, func(t Trouble) bool { return t.Code == content.ScreenEmpty })
	}
	return out
}

func (p *page) trouble(q content.Problem) Trouble {
	t := Trouble{Code: q.Code, Detail: q.Detail}
	if q.Line > 0 && q.Line <= len(p.from) {
		t.Field, t.Line = p.from[q.Line-1].Field, p.from[q.Line-1].Line
	}
	if field := asking[q.Code]; field != "" {
		t.Field, t.Line = field, 0
	}
	if t.Field == "text" && slices.Contains(headings, t.Code) {
		t.Code, t.Detail = content.Markdown, ""
	}
	return t
}

// asking are the fields of what is missing in an exercise: a file tells it where the exercise begins.
var asking = map[content.Code]string{
	content.ActivityNoQuestion: "question", content.ActivityNoGap: "body", content.ActivityNoAnswer: "body", content.ActivityPackage: "package",
}

// headings are what is wrong with the heading of a screen: in the text of one, there is to be none.
var headings = []content.Code{content.ScreenNoID, content.ScreenBadID, content.ScreenNoTitle, content.DuplicateID, content.TitleLong}
