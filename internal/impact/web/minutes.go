package web

import (
	"fmt"
	"strings"
	"time"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/paper"
	"tremplin/internal/core/web"
	"tremplin/internal/impact"
)

// minutes are the sample as a paper to sign. They name nobody: the references do.
func (p *Pages) minutes(c *web.Ctx) error {
	which, err := c.ID("id")
	if err != nil {
		return err
	}
	b, err := p.Impact.Book(c.PID())
	if err != nil {
		return err
	}
	s, err := p.Impact.Sample(c, c.PID(), which)
	if err != nil {
		return err
	}
	d := papers{live(c), b, s}.document()
	pdf, err := d.PDF(c.Now())
	if err != nil {
		return err
	}
	return c.Bytes("application/pdf", "minutes-"+reference(s.Owner.String())+".pdf", pdf)
}

type papers struct {
	names
	book   *impact.Book
	sample impact.Sample
}

func (p papers) on(at int64) string {
	return p.c.Words.Date(time.UnixMicro(at).In(p.book.Location()))
}

func (p papers) document() *paper.Document {
	t, s := p.c.T, p.sample
	d := &paper.Document{
		Tongue:       paper.Tongue{Lang: p.c.Lang(), RTL: i18n.Dir(p.c.Lang()) == "rtl"},
		Organisation: p.c.Programme.Name.In(p.c.Lang()), Title: t("impact.minutes.title", "Figure", p.book.Title(s.Indicator).In(p.c.Lang())),
	}
	d.Facts(
		paper.Fact{Label: t("impact.version"), Value: fmt.Sprint(s.Version)},
		paper.Fact{Label: t("impact.cut-off"), Value: p.on(s.Until - 1)},
		paper.Fact{Label: t("impact.drawn-on"), Value: p.on(s.At)},
		paper.Fact{Label: t("impact.seed"), Value: s.Seed},
		paper.Fact{Label: t("impact.drawn"), Value: t("impact.drawn.of", "Lines", len(s.Lines), "Of", s.Population)},
		paper.Fact{Label: t("impact.reference"), Value: reference(s.Owner.String())},
	)
	d.Para(p.definition())
	d.Table(p.table())
	d.Para(p.result())
	d.Para(t("impact.minutes.again"))
	d.Sign(paper.Signer{Role: t("impact.minutes.auditor")}, paper.Signer{Role: t("impact.minutes.programme")})
	return d
}

func (p papers) definition() string {
	for _, x := range p.book.Versions(p.sample.Indicator) {
		if x.Version == p.sample.Version {
			return x.Definition.In(p.c.Lang())
		}
	}
	return ""
}

func (p papers) table() paper.Table {
	t := p.c.T
	out := paper.Table{Columns: []paper.Column{
		{Title: t("impact.line"), Share: 0.5, End: true},
		{Title: t("impact.reference"), Share: 1.3},
		{Title: t("impact.date"), Share: 1.4},
		{Title: t("impact.by.organisation"), Share: 1.7},
		{Title: t("impact.state"), Share: 1.2},
		{Title: t("impact.why"), Share: 2.8},
	}}
	for _, l := range p.sample.Lines {
		var why []string
		for _, w := range l.Words {
			if w.Because != "" {
				why = append(why, p.on(w.At)+" · "+t("impact.line.state."+w.Status)+" · "+w.Because)
			}
		}
		out.Rows = append(out.Rows, []string{
			fmt.Sprint(l.Number), reference(l.Entry.String()), p.on(l.At), p.of("organisation", l.Organisation),
			t("impact.line.state." + l.Status), strings.Join(why, "\n"),
		})
	}
	return out
}

func (p papers) result() string {
	var accepted, refused, open int
	for _, l := range p.sample.Lines {
		switch l.Status {
		case impact.Accepted:
			accepted++
		case impact.Refused:
			refused++
		default:
			open++
		}
	}
	return p.c.T("impact.minutes.result", "Accepted", accepted, "Refused", refused, "Waiting", open)
}
