package web

import (
	"slices"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// arriving is the form for somebody who walks in.
type arriving struct {
	c                               *web.Ctx
	groups                          []tutoring.GroupRow
	group, first, lang, land, phone string
	agrees                          string // yes, no, or not asked yet
	notices                         []programme.Purpose
	sharing                         *programme.Purpose
	faults                          []fault.Field
}

func (p *Pages) arrival(c *web.Ctx) (arriving, error) {
	v := c.R.PostFormValue
	x := arriving{c: c, first: v("first"), lang: v("language"), land: v("country"), phone: v("phone"), agrees: v("agrees")}
	if x.group = v("group"); x.group == "" {
		x.group = c.Query("group")
	}
	groups, chosen, err := p.groups(c, x.group)
	if err != nil {
		return x, err
	}
	if x.groups = groups; len(groups) == 1 {
		x.group = groups[0].Owner.String()
	}
	if q := c.Query("language"); x.lang == "" && slices.Contains(c.Programme.Languages, q) {
		x.lang = q
	}
	if x.land == "" {
		x.land = p.landOf(c, chosen, groups)
	}
	x.notices = c.Programme.Told()
	if q, ok := tutoring.Sharing(c.Programme); ok {
		x.sharing = &q
	}
	return x, nil
}

// landOf guesses where somebody lives who walks in here: the country of the group's organisation.
func (p *Pages) landOf(c *web.Ctx, chosen tutoring.GroupRow, groups []tutoring.GroupRow) string {
	if chosen.Owner.IsZero() && len(groups) > 0 {
		chosen = groups[0]
	}
	for _, o := range c.Programme.Organisations {
		if c.Programme.OrganisationID(o.Slug) == chosen.Organisation {
			return o.Country
		}
	}
	return c.Country
}

func (p *Pages) arrive(c *web.Ctx) error {
	x, err := p.arrival(c)
	if err != nil {
		return err
	}
	if len(x.groups) == 0 {
		return c.Go("/group")
	}
	f := c.Frame(c.T("tutoring.enter"))
	if x.lang == "" {
		return c.Page(f, whichLanguagePage(x, f))
	}
	return c.Page(f, enterPage(x, f))
}

// theirs are the words of who walks in: what they must read stands in their language.
func (x arriving) theirs() *i18n.Words { return x.c.Site.Words.In(x.lang) }

// in is this page in another language of whoever walks in.
func (x arriving) in(lang string) string {
	return address("/group/enter", "group", x.group, "language", lang)
}

// enter enters somebody and shows their PIN this once, with the card to print.
func (p *Pages) enter(c *web.Ctx) error {
	x, err := p.arrival(c)
	if err != nil {
		return err
	}
	again := func() error {
		f := c.Frame(c.T("tutoring.enter"))
		f.Path = x.in(x.lang)
		return c.Again(f, enterPage(x, f))
	}
	if x.faults = x.wrong(); len(x.faults) > 0 {
		return again()
	}
	who, pin, err := p.Tutoring.Enter(c, c.Act(), x.said())
	if x.faults = fault.FieldsOf(err); x.faults != nil {
		return again()
	}
	if err != nil {
		return err
	}
	row := tutoring.Row{ID: who, First: c.Form("first"), Language: x.lang}
	return p.showPIN(c, row, pin, c.T("tutoring.entered", "Name", row.First))
}

// wrong says what only the page can know: a group, a language and a country of this programme, an answer.
func (x arriving) wrong() (fs []fault.Field) {
	if _, err := id.Parse(x.group); err != nil {
		fs = append(fs, fault.Field{Name: "group", Key: "tutoring.enter.group"})
	}
	if _, ok := i18n.Find(x.lang); !ok && !slices.Contains(x.c.Programme.Languages, x.lang) {
		fs = append(fs, fault.Field{Name: "language", Key: "tutoring.enter.language"})
	}
	if x.land != "" && x.land != "other" && !slices.Contains(x.c.Programme.Countries, x.land) {
		fs = append(fs, fault.Field{Name: "country", Key: "tutoring.enter.country"})
	}
	if x.sharing != nil && x.agrees != "yes" && x.agrees != "no" {
		fs = append(fs, fault.Field{Name: "agrees", Key: "tutoring.enter.agrees.missing"})
	}
	return append(fs, x.described().Check()...)
}

func (x arriving) described() people.Described {
	return people.Described{First: x.c.Form("first"), Language: x.lang, Country: x.land, Phone: people.Phone(x.phone, x.land)}
}

// said is what is recorded: the notices that stood on the page, in which language, and the answer to what
// was asked.
func (x arriving) said() tutoring.Arrival {
	group, _ := id.Parse(x.group) // wrong has read it
	w := tutoring.Arrival{Group: group, Said: x.described()}
	for _, q := range x.notices {
		w.Shown = append(w.Shown, people.Shown{Purpose: q.ID, Version: q.Version, Language: q.Notice.Speaks(x.lang)})
	}
	if q := x.sharing; q != nil {
		w.Shown = append(w.Shown, people.Shown{Purpose: q.ID, Version: q.Version, Language: q.Notice.Speaks(x.lang)})
		w.Agreed = append(w.Agreed, people.Permission{Purpose: q.ID, Given: x.agrees == "yes", Version: q.Version, Opens: q.Opens})
	}
	return w
}
