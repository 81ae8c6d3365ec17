package page

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"tremplin/internal/core/form"
)

// Field is the name under which the answer to a question is sent: apart from what else a page sends.
func Field(question string) string { return "a-" + question }

// Read takes the answers out of what a browser sent: those of this form's questions, without control
// characters. Their length is left for Check to refuse, so that nothing is cut unseen.
func Read(f *form.Form, sent url.Values) form.Answers {
	out := form.Answers{}
	for _, q := range f.Questions {
		if q.Type == form.Note || q.Type == form.Calculate {
			continue
		}
		for _, v := range sent[Field(q.Name)] {
			if v = clean(v); v != "" {
				out[q.Name] = append(out[q.Name], v)
			}
		}
	}
	return out
}

func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s))
}
