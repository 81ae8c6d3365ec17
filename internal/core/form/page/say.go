package page

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"tremplin/internal/core/form"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/sheet"
)

// fault is what the page says is wrong with a question, or nothing.
func (s Sheet) fault(ctx context.Context, q form.Shown) string {
	for _, f := range s.faults {
		if f.Name == Field(q.Name) {
			return i18n.T(ctx, f.Key, f.Args...)
		}
	}
	return ""
}

// attributes point a field to its fault and its hint. A browser is not asked to refuse what is missing: the
// page that comes back says it in words, in the reader's language.
func (s Sheet) attributes(ctx context.Context, q form.Shown) templ.Attributes {
	a := templ.Attributes{}
	var by []string
	if s.fault(ctx, q) != "" {
		by = append(by, Field(q.Name)+"-fault")
		if single(q) {
			a["aria-invalid"] = "true"
		}
	}
	if q.Required && single(q) {
		a["aria-required"] = "true"
	}
	if s.said(q.Hint) != "" || q.Type == form.SelectMultiple {
		by = append(by, Field(q.Name)+"-hint")
	}
	if len(by) > 0 {
		a["aria-describedby"] = strings.Join(by, " ")
	}
	return a
}

// single tells whether a question is one field, and no set of buttons.
func single(q form.Shown) bool {
	return len(q.Choices) == 0 || q.Type == form.SelectOne && looks(q, "minimal")
}

// dateOrNothing tells whether a browser's calendar can hold what was typed; else a plain field keeps it.
func dateOrNothing(typed string) bool {
	c, err := sheet.Date(typed, sheet.DayFirst)
	return typed == "" || err == nil && c.String() == typed
}
