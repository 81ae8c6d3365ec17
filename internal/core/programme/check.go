package programme

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"tremplin/internal/core/i18n"
)

// slugForm is what stands in addresses and in the names of folders.
var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

// checker gathers everything that is wrong with a folder, so that its author mends it in one go.
type checker struct{ errs []error }

func (c *checker) need(ok bool, field, format string, args ...any) {
	if !ok {
		c.errs = append(c.errs, fmt.Errorf("%s: %s: %s", file, field, fmt.Sprintf(format, args...)))
	}
}

func (c *checker) day(field, v string) {
	_, err := time.Parse(time.DateOnly, v)
	c.need(v == "" || err == nil, field, "%q is no day such as 2026-11-20", v)
}

// once holds that ids are there and differ; at says which one is not.
func (c *checker) once(field string, ids []string) {
	for i, v := range ids {
		c.need(v != "", fmt.Sprintf("%s %d", field, i+1), "it has no id")
		c.need(v == "" || !slices.Contains(ids[:i], v), field, "%q stands there twice", v)
	}
}

func (p *Programme) check() error {
	c := &checker{}
	c.need(slugForm.MatchString(p.Slug), "slug", "%q is not of a-z, 0-9 and -", p.Slug)
	c.need(slices.Contains(p.Languages, p.Source), "source", "%q is none of languages", p.Source)
	for _, l := range p.Languages {
		_, spoken := i18n.Find(l)
		c.need(spoken, "languages", "the interface does not speak %q", l)
	}
	c.day("from", p.From)
	c.day("to", p.To)
	c.need(len(p.Organisations) > 0, "organisations", "there is none")
	c.once("organisations", names(p.Organisations, func(o Organisation) string { return o.Slug }))
	for _, o := range p.Organisations {
		c.once("sites of "+o.Slug, names(o.Sites, func(w Site) string { return w.Slug }))
		for _, w := range o.Sites {
			c.need(w.Name != "" && len(w.Country) == 2, "sites of "+o.Slug, "%q wants a name and a country such as FR", w.Slug)
		}
	}
	c.once("needs", names(p.Needs, func(n Need) string { return n.ID }))
	c.once("purposes", names(p.Purposes, func(q Purpose) string { return q.ID }))
	c.once("paths", names(p.Paths, func(w Path) string { return w.ID }))
	c.once("forms", names(p.Forms, func(f Form) string { return f.ID }))
	for _, f := range p.Forms {
		known := f.Path == "" || slices.ContainsFunc(p.Paths, func(w Path) bool { return w.ID == f.Path })
		c.need(known, "forms "+f.ID, "path: there is no path %q", f.Path)
		c.need(slices.Contains([]string{"", "before", "after"}, f.Trial), "forms "+f.ID, "trial: %q is neither before nor after", f.Trial)
	}
	for _, q := range p.Purposes {
		known := slices.ContainsFunc(p.Organisations, func(o Organisation) bool { return o.Slug == q.Controller })
		c.need(known, "purposes "+q.ID, "controller: there is no organisation %q", q.Controller)
	}
	return errors.Join(c.errs...)
}

func names[T any](list []T, name func(T) string) (out []string) {
	for _, v := range list {
		out = append(out, name(v))
	}
	return out
}
