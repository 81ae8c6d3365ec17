package workshop

import (
	"errors"
	"fmt"
	"slices"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// sentence says a problem in the reader's language, with the piece of text concerned; the marks around it
// keep its direction from spilling.
func sentence(c *web.Ctx, code content.Code, detail string) string {
	s := c.T("content." + string(code))
	if detail != "" && code != content.HTML && code != content.Markdown && code != content.PictureInside { // a parser's word for it
		s += " \u2068" + detail + "\u2069"
	}
	return s
}

// inFields says troubles at the fields of a form.
func inFields(c *web.Ctx, ts []learning.Trouble) []fault.Field {
	out := make([]fault.Field, len(ts))
	for i, t := range ts {
		field := t.Field
		if field == "" {
			field = "title"
		}
		if field == "text" && t.Line > 0 {
			out[i] = fault.Field{Name: field, Key: "author.at-line", Args: []any{"Line", t.Line, "Text", sentence(c, t.Code, t.Detail)}}
			continue
		}
		out[i] = fault.Field{Name: field, Key: "author.problem", Args: []any{"Text", sentence(c, t.Code, t.Detail)}}
	}
	return out
}

// besides adds what is wrong with fields of which nothing is said yet: a file that was refused is not missing.
func besides(said, more []fault.Field) []fault.Field {
	out := said
	for _, m := range more {
		if !slices.ContainsFunc(said, func(f fault.Field) bool { return f.Name == m.Name }) {
			out = append(out, m)
		}
	}
	return out
}

// problem is one line of what is wrong with a package.
type problem struct{ place, text string }

// problemsOf reads the problems that an error carries; nil where it is another error.
func problemsOf(c *web.Ctx, err error) (out []problem) {
	var ps content.Problems
	if !errors.As(err, &ps) {
		return nil
	}
	for _, p := range ps {
		place := p.File
		if p.Line > 0 {
			place = fmt.Sprintf("%s:%d", p.File, p.Line)
		}
		out = append(out, problem{place, sentence(c, p.Code, p.Detail)})
	}
	return out
}
