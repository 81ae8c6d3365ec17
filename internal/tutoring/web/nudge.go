package web

import (
	"net/http"
	"net/url"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
	"tremplin/internal/tutoring"
)

// asking is the page on which a tutor asks how somebody is.
type asking struct {
	c      *web.Ctx
	row    tutoring.Row
	text   string
	phone  string // as it was typed
	past   []tutoring.NudgeRow
	faults []fault.Field
	edit   bool // the number may be noted
}

func (p *Pages) nudge(c *web.Ctx) error {
	row, err := p.one(c, access.Read)
	if err != nil {
		return err
	}
	return p.drawNudge(c, row, nil)
}

func (p *Pages) drawNudge(c *web.Ctx, row tutoring.Row, faults []fault.Field) error {
	if !c.Actor.May(access.Read, access.Contact) {
		return fault.New(fault.Forbidden, "")
	}
	x := asking{c: c, row: row, text: c.R.PostFormValue("text"), phone: c.R.PostFormValue("phone"), faults: faults, edit: c.Actor.May(access.Write, access.Contact)}
	if x.text == "" {
		x.text = greeting(c, row)
	}
	var err error
	if x.past, err = p.Tutoring.NudgesOf(c, c.PID(), row.ID); err != nil {
		return err
	}
	if err := p.opened(c, file{c: c, row: row, contact: true}); err != nil {
		return err
	}
	c.FormsTo("https://wa.me", "https://api.whatsapp.com", "sms:", "mailto:")
	f := c.Frame(c.T("tutoring.nudge.title", "Name", row.First))
	f.Path = groupPath(row) + "/nudge"
	if len(faults) > 0 {
		return c.Again(f, nudgePage(x, f))
	}
	return c.Page(f, nudgePage(x, f))
}

// greeting is what to write, in the person's language: no programme, no place, nothing that a stranger
// who sees the phone could hold against them.
func greeting(c *web.Ctx, row tutoring.Row) string {
	return c.Site.Words.In(row.Language).T("tutoring.nudge.text", "Name", row.First, "From", c.Actor.Name)
}

// maxText bounds a message: links hold no more.
const maxText = 600

// sendNudge notes the attempt and leads on to the phone's own messages. Each channel of a form is an act
// of its own: who got no answer on one may try the next.
func (p *Pages) sendNudge(c *web.Ctx) error {
	row, err := p.one(c, access.Read)
	if err != nil {
		return err
	}
	text, channel := c.Form("text"), c.Form("channel")
	switch {
	case channel == tutoring.Talk:
		return p.talked(c, row)
	case strings.TrimSpace(text) == "":
		return p.drawNudge(c, row, []fault.Field{{Name: "text", Key: "tutoring.nudge.missing"}})
	}
	if r := []rune(text); len(r) > maxText {
		return p.drawNudge(c, row, []fault.Field{{Name: "text", Key: "tutoring.too-long", Args: []any{"Max", maxText}}})
	}
	link, ok := linkTo(row, channel, text)
	if !ok || !c.Actor.May(access.Read, access.Contact) {
		return p.drawNudge(c, row, []fault.Field{{Name: "phone", Key: "tutoring.nudge.channel.unknown"}})
	}
	a := c.Act()
	a.ID = id.Derive(a.ID[:], []byte(channel))
	if err := p.Tutoring.Nudge(c, a, tutoring.Nudge{Person: row.ID, Channel: channel}); err != nil {
		return err
	}
	return leave(c, link)
}

// talked notes that somebody was asked without a message: at the door, by telephone.
func (p *Pages) talked(c *web.Ctx, row tutoring.Row) error {
	if err := p.Tutoring.Nudge(c, c.Act(), tutoring.Nudge{Person: row.ID, Channel: tutoring.Talk}); err != nil {
		return err
	}
	return c.GoSaying(groupPath(row), "tutoring.nudge.noted")
}

// meaning is the usual message as the tutor reads it, where theirs is another language; else empty.
func (x asking) meaning() string {
	if x.row.Language == x.c.Lang() {
		return ""
	}
	return x.c.T("tutoring.nudge.text", "Name", x.row.First, "From", x.c.Actor.Name)
}

// outside is an address beyond this site. Only linkTo makes one: whom it reaches is what we know of the
// person, and what was typed is escaped into its text.
type outside string

func linkTo(row tutoring.Row, channel, text string) (outside, bool) {
	escaped := strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
	switch {
	case channel == "whatsapp" && row.Phone != "":
		return whatsApp(row.Phone, text), true
	case channel == "sms" && row.Phone != "":
		return outside("sms:" + row.Phone + "?&body=" + escaped), true // "?&" is read by both kinds of phones
	case channel == "mail" && row.Email != "":
		return outside("mailto:" + url.PathEscape(row.Email) + "?body=" + escaped), true
	}
	return "", false
}

func whatsApp(phone, text string) outside {
	return outside("https://wa.me/" + strings.TrimPrefix(phone, "+") + "?text=" + strings.ReplaceAll(url.QueryEscape(text), "+", "%20"))
}

func leave(c *web.Ctx, to outside) error {
	c.W.Header().Set("Location", string(to))
	c.W.Header().Set("Cache-Control", "no-store")
	c.W.WriteHeader(http.StatusSeeOther)
	return nil
}
