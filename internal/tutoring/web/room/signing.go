package room

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/photo"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// maxSigning bounds the form of a drawn signature: written in letters, a drawing takes a third more.
const maxSigning = 2 * tutoring.MaxDrawing

// signable tells whether people can sign on this page now.
func (x meeting) signable() bool { return x.sheet.Session.Signable(x.c.Now()) }

// boarded tells whether there is a place to sign.
func (x meeting) boarded() bool { return x.signable() && len(x.sheet.People) > 0 }

// sign takes a signature that was drawn on the screen.
func (p *Pages) sign(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	if c.Form("person") == "" {
		return p.autograph(c, w)
	}
	m := tutoring.Mark{}
	if m.Person, err = id.Parse(c.Form("person")); err != nil {
		return fault.New(fault.NotFound, "")
	}
	m.Half, _ = strconv.ParseInt(c.Form("half"), 10, 64) // what is no number is refused by the service
	m.Over, _ = id.Parse(c.Form("over"))                 // nothing was marked
	err = p.Tutoring.SignByHand(c, c.Act(), c.Actor, w.Owner, m, drawing(c.R.PostFormValue("drawing")))
	if fs := fault.FieldsOf(err); fs != nil {
		return p.again(c, w, fs)
	}
	if err != nil {
		return err
	}
	return c.GoSaying(path(w)+"?half="+c.Form("half")+"#p-"+m.Person.String(), "room.sign.kept")
}

// autograph takes the signature of whoever holds the session.
func (p *Pages) autograph(c *web.Ctx, w tutoring.SessionRow) error {
	half, _ := strconv.ParseInt(c.Form("half"), 10, 64) // what is no number is refused by the service
	err := p.Tutoring.SignAsHolder(c, c.Act(), c.Actor, w.Owner, half, drawing(c.R.PostFormValue("drawing")))
	if fs := fault.FieldsOf(err); fs != nil {
		return p.again(c, w, fs)
	}
	if err != nil {
		return err
	}
	return c.GoSaying(path(w)+"?half="+c.Form("half"), "room.sign.kept")
}

// autographed tells whether whoever held the half-day that is shown has signed it.
func (x meeting) autographed() bool {
	return slices.ContainsFunc(x.papers, func(r tutoring.PaperRow) bool { return r.Drawn && r.Half == x.half })
}

// drawing reads what a canvas gives: "data:image/png;base64,…". What is none is nothing.
func drawing(said string) []byte {
	_, text, _ := strings.Cut(said, ";base64,")
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	return b
}

// signed is a signature that was drawn, with who drew it and when.
type signed struct {
	f       ui.Frame
	session tutoring.SessionRow
	row     tutoring.AttendanceRow
	person  people.PersonRow
	when    string
	picture string // as an address that holds it
}

// signature shows a signature that was drawn, to whoever may hold the session.
func (p *Pages) signature(c *web.Ctx) (err error) {
	x := signed{}
	if x.session, err = p.of(c); err != nil {
		return err
	}
	person, err := c.ID("person")
	if err != nil {
		return err
	}
	half, _ := strconv.ParseInt(c.Query("half"), 10, 64) // of what is no number there is none
	if x.row, x.person, err = p.Tutoring.Attended(c, c.PID(), person, x.session.Owner, half); err != nil {
		return err
	}
	b, err := p.Tutoring.Drawn(c, c.Actor, x.row)
	if err != nil {
		return err
	}
	x.f, x.when = c.Frame(c.T("room.signature")), clock(c, x.session, x.row.OwnAt)
	x.picture = inPage(b)
	return c.Page(x.f, signaturePage(x))
}

// scanned is what came of a card: for the page, and for its script.
type scanned struct {
	OK     bool   `json:"ok"`
	Said   string `json:"said"`
	Person string `json:"person,omitempty"`
	State  string `json:"state,omitempty"`
	Signed string `json:"signed,omitempty"`
	Mark   string `json:"mark,omitempty"`
}

func (s scanned) kind() string {
	if s.OK {
		return "ok"
	}
	return "bad"
}

// scan takes a card: what its code says, or a photo of it. The code signs nobody in, and comes in a body alone:
// no address and no log may say it.
func (p *Pages) scan(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	half, _ := strconv.ParseInt(c.Form("half"), 10, 64) // what is no number is refused by the service
	got, err := p.Tutoring.Scan(c, c.Act(), c.Actor, w.Owner, half, read(c))
	out, fs := scanned{}, fault.FieldsOf(err)
	switch {
	case fs != nil && c.Late():
		return err
	case fs != nil:
		out.Said = c.T(fs[0].Key)
	case err != nil:
		return err
	default:
		out = noted(c, got)
	}
	if c.Late() || c.R.Header.Get("Accept") == "application/json" {
		return c.JSON(out)
	}
	x, err := p.meeting(c, w)
	if err != nil {
		return err
	}
	x.scanned, x.scanning = out, true
	if fs != nil {
		return c.Again(x.f, sessionPage(x))
	}
	return c.Page(x.f, sessionPage(x))
}

// read is what the code of a card says: as the camera read it, else as the photo shows it.
func read(c *web.Ctx) string {
	if said := c.R.PostFormValue("card"); said != "" {
		return said
	}
	b, err := photographed(c)
	if err != nil {
		return ""
	}
	said, err := photo.Code(b)
	if err != nil {
		return ""
	}
	return said
}

func noted(c *web.Ctx, got tutoring.Scanned) scanned {
	key := "room.scan.done"
	if got.Before {
		key = "room.scan.before"
	}
	return scanned{
		OK: true, Said: c.T(key, "Name", got.Person.Person().Name()), Person: got.Person.Owner.String(),
		State: got.Now.State, Signed: c.T("room.signed.by-them"), Mark: got.Now.Entry.String(),
	}
}
