package web

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tremplin/internal/core/draft"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/form"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/sheet"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

// checking is the page on which a form's file is checked before use.
type checking struct {
	c       *web.Ctx
	forms   []people.Questionnaire
	broken  map[string]sheet.Problems // by file
	name    string                    // of the file that was looked at; empty: none yet
	checked *form.Form                // nil where it cannot be used
	found   sheet.Problems
}

// tried is a form's file between its check and its trial: one a person, the next one replaces it.
type tried struct {
	Name string
	Data []byte
}

func (p *Pages) triedDraft(c *web.Ctx) draft.Draft {
	return draft.Draft{Programme: c.PID(), Kind: people.TrialKind, Person: c.Actor.Person}
}

func (p *Pages) formsCheck(c *web.Ctx) error { return p.checkPage(c, checking{}, nil) }

func (p *Pages) checkPage(c *web.Ctx, k checking, faults []fault.Field) (err error) {
	k.c = c
	if k.forms, k.broken, err = people.Questionnaires(c.Programme); err != nil {
		return err
	}
	f := c.Frame(c.T("people.form.check"))
	if len(faults) > 0 {
		return c.Again(f, formsCheckPage(k, f, faults))
	}
	return c.Page(f, formsCheckPage(k, f, nil))
}

// checkForm says everything that is wrong with a file; if it can be used, it can be tried.
func (p *Pages) checkForm(c *web.Ctx) error {
	b, name, err := c.File("file")
	if err != nil {
		return err
	}
	if b == nil {
		return p.checkPage(c, checking{}, []fault.Field{{Name: "file", Key: "people.import.none"}})
	}
	k := checking{name: name}
	k.checked, err = form.Parse(name, b)
	if err != nil {
		if k.found = people.FileProblems(err); k.found == nil {
			return err
		}
		return p.checkPage(c, k, nil)
	}
	k.found = k.checked.Warnings
	if err := draft.Put(c, p.People.J.DB(), p.triedDraft(c), tried{name, b}, c.Now()); err != nil {
		return err
	}
	return p.checkPage(c, k, nil)
}

// questions counts what a form asks.
func questions(f *form.Form) (n int) {
	for _, q := range f.Questions {
		if q.Type != form.Note && q.Type != form.Calculate {
			n++
		}
	}
	return n
}

// languages names those in which a form speaks.
func languages(f *form.Form) string {
	names := make([]string, len(f.Languages))
	for i, l := range f.Languages {
		names[i] = i18n.Name(l)
	}
	return strings.Join(names, ", ")
}

// wrong counts what must be put right: warnings need not.
func wrong(found sheet.Problems) (n int) {
	for _, p := range found {
		if !p.Warning {
			n++
		}
	}
	return n
}

// sentence says what to do about a problem of a form's file.
func sentence(ctx context.Context, p sheet.Problem) string {
	return i18n.T(ctx, sentenceKey(p), "Sheet", p.Sheet, "Row", p.Row, "Column", p.Column, "Value", p.Value, "Detail", p.Detail)
}

func sentenceKey(p sheet.Problem) string {
	part, _, _ := strings.Cut(p.Code, ".")
	switch {
	case p.Code == form.ExprSyntax && p.Detail == "":
		return "form.expr.end"
	case p.Code == sheet.FileTooBig, p.Code == sheet.FileEncoding: // a form has its own bound, and no choice of alphabet
		return "form." + p.Code
	case slices.Contains([]string{"file", "zip", "rows", "columns", "sheet", "header", "cell"}, part):
		return "sheet." + p.Code
	}
	return "form." + p.Code
}

// spot is a row's number; what is wrong with a whole sheet has none.
func spot(row int) string {
	if row == 0 {
		return ""
	}
	return strconv.Itoa(row)
}

func tryPath(form, as string) string {
	return "/forms-check/try?" + url.Values{"form": {form}, "as": {as}}.Encode()
}

func brokenFiles(k checking) []string { return slices.Sorted(maps.Keys(k.broken)) }

// forWhom names the roles that are asked a form.
func forWhom(ctx context.Context, q people.Questionnaire) string {
	names := make([]string, len(q.Offer.For))
	for i, r := range q.Offer.For {
		names[i] = i18n.T(ctx, "role."+r)
	}
	if len(names) == 0 {
		return i18n.T(ctx, "people.form.check.everybody")
	}
	return strings.Join(names, ", ")
}
