package web

import (
	"strconv"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/paper"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// training is the e-tutors' own path.
func (p *Pages) training(c *web.Ctx) error {
	all, guides, err := p.Tutoring.Trainings(c, c.Programme, c.Actor.Person, c.Lang())
	if err != nil {
		return err
	}
	cards, err := c.Slots("training", c.Actor.Person)
	if err != nil {
		return err
	}
	f := c.Frame(c.T("tutoring.training"))
	return c.Page(f, trainingPage(c, f, all, guides, cards))
}

// certificate issues a certificate of attendance, once, and prints it as often as it is asked for.
func (p *Pages) certificate(c *web.Ctx) error {
	me := c.Actor.Person
	if err := p.Tutoring.Certify(c, c.Programme, c.Act(), tutoring.Certification{Person: me, Path: c.Form("path")}); err != nil {
		return err
	}
	all, _, err := p.Tutoring.Trainings(c, c.Programme, me, c.Lang())
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.Path.ID == c.Form("path") && t.Certificate.Number != "" {
			return p.paper(c, t)
		}
	}
	return fault.New(fault.NotFound, "")
}

// paper draws the certificate in the reader's language.
func (p *Pages) paper(c *web.Ctx, t tutoring.Training) error {
	row, err := people.Persons.Find(c, p.Tutoring.J.DB(), c.PID(), "and owner=$2", c.Actor.Person)
	if err != nil {
		return err
	}
	person := row.First + " " + row.Last
	org, err := p.issuer(c, t)
	if err != nil {
		return err
	}
	title, w := t.Path.Title.In(c.Lang()), t.Certificate
	pdf, err := paper.Certificate{
		Tongue: tongue(c.Lang()), Organisation: org, Number: paper.Fact{Label: c.T("tutoring.certificate.number"), Value: w.Number},
		Title: c.T("tutoring.certificate"), Lead: c.T("tutoring.certificate.lead"), Name: person,
		Text: c.T("tutoring.certificate.text", "Path", title, "Programme", c.Programme.Name.In(c.Lang())),
		Facts: []paper.Fact{
			{Label: c.T("tutoring.certificate.hours"), Value: c.Words.Decimal(w.Hours)},
			{Label: c.T("tutoring.certificate.half-days"), Value: strconv.FormatInt(w.HalfDays, 10)},
			{Label: c.T("tutoring.certificate.date"), Value: c.Words.Date(instant(w.At))},
		},
		Signers: []paper.Signer{{Role: c.T("tutoring.certificate.for")}, {Name: person, Role: c.T("tutoring.certificate.holder")}},
		Verify:  c.Origin() + "/certificate/" + w.Number, VerifyHint: c.T("tutoring.certificate.verify"),
	}.PDF(instant(w.At))
	if err != nil {
		return err
	}
	return c.Bytes("application/pdf", "certificate-"+w.Number+".pdf", pdf)
}

// issuer is the organisation whose training was signed, else the programme's first.
func (p *Pages) issuer(c *web.Ctx, t tutoring.Training) (string, error) {
	for _, d := range t.Days {
		o, err := p.Tutoring.People.Organisation(c, c.PID(), d.Organisation)
		if err != nil || o.Name != "" {
			return o.Name, err
		}
	}
	return c.Programme.Organisations[0].Name, nil
}

// verify tells whoever scans a certificate whether it is valid, without a name beyond the initials.
func (p *Pages) verify(c *web.Ctx) error {
	proof, ok, err := p.Tutoring.Verify(c, c.Programme, c.R.PathValue("number"))
	if err != nil {
		return err
	}
	return c.Page(c.Frame(c.T("tutoring.certificate")), verifyPage(c, proof, ok))
}
