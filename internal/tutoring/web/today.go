package web

import (
	"fmt"

	"tremplin/internal/core/access"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/sheet"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/tutoring"
)

// perPage is how many people a page shows.
const perPage = 50

// today is a tutor's page of the day.
type today struct {
	c       *web.Ctx
	groups  []tutoring.GroupRow // one's own, or the one that was asked for
	chosen  tutoring.GroupRow   // zero: all of one's own
	status  string
	list    tutoring.List
	confuse *tutoring.Confusion
}

// total is how many people the groups have.
func (t today) total() (n int64) {
	for _, v := range t.list.Counts {
		n += v
	}
	return n
}

// at is this page with another status.
func (t today) at(status string) string {
	return address("/group", "group", text(t.chosen.Owner), "status", status)
}

// title names the page: the group, or today.
func (t today) title() string {
	if t.chosen.Name != "" {
		return t.chosen.Name
	}
	return t.c.Words.Date(t.c.Now())
}

// groupName names the group of somebody, where several are listed.
func (t today) groupName(r tutoring.Row) string {
	if len(t.groups) < 2 || !t.chosen.Owner.IsZero() {
		return ""
	}
	for _, g := range t.groups {
		if g.Owner == r.Group {
			return g.Name
		}
	}
	return ""
}

// groups finds whose people are looked at: the group of the address, else all of one's own.
func (p *Pages) groups(c *web.Ctx, asked string) (all []tutoring.GroupRow, chosen tutoring.GroupRow, err error) {
	if asked == "" {
		all, err = p.Tutoring.MyGroups(c, c.Actor)
		return all, chosen, err
	}
	chosen, err = p.groupOf(c, asked)
	return []tutoring.GroupRow{chosen}, chosen, err
}

func selection(c *web.Ctx, groups []tutoring.GroupRow) tutoring.Selection {
	s := tutoring.Selection{Ask: tutoring.Asks(c.Programme), Status: c.Query("status"), After: c.Query("after"), Limit: perPage}
	for _, g := range groups {
		s.Groups = append(s.Groups, g.Owner)
	}
	return s
}

func (p *Pages) today(c *web.Ctx) error {
	groups, chosen, err := p.groups(c, c.Query("group"))
	if err != nil {
		return err
	}
	if tutoring.SeesAll(c.Actor) && chosen.Owner.IsZero() {
		return p.everyGroup(c)
	}
	t := today{c: c, groups: groups, chosen: chosen, status: c.Query("status")}
	if len(groups) > 0 {
		if err := p.fill(&t); err != nil {
			return err
		}
	}
	f := c.Frame(t.title())
	return c.Page(f, todayPage(t, f))
}

// fill reads the list and the screen that confuses.
func (p *Pages) fill(t *today) (err error) {
	sel := selection(t.c, t.groups)
	if t.list, err = p.Tutoring.List(t.c, t.c.Actor, access.Read, t.c.Lang(), sel); err != nil {
		return err
	}
	x, ok, err := p.Tutoring.Confusing(t.c, t.c.PID(), t.c.Lang(), t.list)
	if ok {
		t.confuse = &x
	}
	return err
}

func (p *Pages) everyGroup(c *web.Ctx) error {
	all, next, err := p.Tutoring.AllGroups(c, c.PID(), c.Query("after"), perPage)
	if err != nil {
		return err
	}
	f := c.Frame(c.T("tutoring.groups"))
	return c.Page(f, groupsPage(c, f, all, next))
}

// maxExport bounds the lines of an export.
const maxExport = 5000

// export gives the list as a table for a spreadsheet: what the page shows, no telephone.
func (p *Pages) export(c *web.Ctx) error {
	groups, chosen, err := p.groups(c, c.Query("group"))
	if err != nil {
		return err
	}
	sel := selection(c, groups)
	sel.Limit, sel.After = maxExport, ""
	list, err := p.Tutoring.List(c, c.Actor, access.Read, c.Lang(), sel)
	if err != nil {
		return err
	}
	t := today{c: c, groups: groups, chosen: chosen}
	o := sheet.Output{Separator: separator(c.Lang()), Header: []string{
		c.T("tutoring.person"), c.T("tutoring.language"), c.T("tutoring.group"), c.T("tutoring.where"), c.T("tutoring.why"), c.T("tutoring.last"),
	}}
	for _, r := range list.People {
		o.Rows = append(o.Rows, t.line(r))
	}
	return send(c, o)
}

func (t today) line(r tutoring.Row) []any {
	group := t.chosen.Name
	for _, g := range t.groups {
		if g.Owner == r.Group {
			group = g.Name
		}
	}
	last := ""
	if r.Active > 0 {
		last = day(r.Active)
	}
	return []any{r.Name(), i18n.Name(r.Language), group, t.c.T("tutoring.standing." + r.Standing.String()), reason(t.c, r), last}
}

// separator is what a spreadsheet of the reader's language expects.
func separator(lang string) rune {
	if lang == "en" {
		return ','
	}
	return ';'
}

// reason says why somebody stands where they do, in words without marks.
func reason(c *web.Ctx, r tutoring.Row) string {
	switch r.Standing {
	case tutoring.Stuck:
		run, _ := r.Blocked()
		return c.T("tutoring.screen", "At", run.At) + " · " + run.Title
	case tutoring.Silent:
		return c.T("tutoring.for-days", "N", days(c.Now(), max(r.Active, r.Joined)))
	case tutoring.Private:
		return c.T("tutoring.private")
	}
	switch {
	case r.Done > 0:
		return c.T("tutoring.modules-done", "N", r.Done)
	case len(r.Runs) > 0:
		return c.T("tutoring.screen", "At", r.Runs[0].At) + " · " + r.Runs[0].Title
	}
	return c.T("tutoring.not-begun")
}

// filters are the standings to choose from, with how many are in each.
func (t today) filters() []ui.Link {
	out := []ui.Link{{Href: t.at(""), Text: fmt.Sprintf("%s · %d", t.c.T("tutoring.all"), t.total()), Here: t.status == ""}}
	for s := tutoring.Stuck; s <= tutoring.Private; s++ {
		if n := t.list.Counts[s]; n > 0 || t.status == s.String() {
			out = append(out, ui.Link{Href: t.at(s.String()), Text: fmt.Sprintf("%s · %d", t.c.T("tutoring.standing."+s.String()), n), Here: t.status == s.String()})
		}
	}
	return out
}
