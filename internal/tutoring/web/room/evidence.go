package room

import (
	"encoding/base64"
	"net/http"
	"strconv"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/tutoring"
)

// keepPaper takes the photograph of a sheet that was signed with a pen.
func (p *Pages) keepPaper(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	b, err := photographed(c)
	if err != nil {
		return err
	}
	half, _ := strconv.ParseInt(c.Form("half"), 10, 64) // what is no number is refused by the service
	err = p.Tutoring.KeepPaper(c, c.Act(), c.Actor, w.Owner, half, b)
	if fs := fault.FieldsOf(err); fs != nil && !c.Late() {
		return p.again(c, w, fs)
	}
	if err != nil {
		return err
	}
	return c.GoSaying(path(w)+"?half="+c.Form("half"), "room.paper.kept")
}

// photographed is the photograph that a form brings: as a file, or in letters where it waited on a device for the network.
func photographed(c *web.Ctx) ([]byte, error) {
	if said := c.R.PostFormValue("photo"); said != "" {
		return drawing(said), nil
	}
	b, _, err := c.File("photo")
	return b, err
}

// shownPaper is a sheet that was photographed, or what whoever held the session drew.
type shownPaper struct {
	f       ui.Frame
	session tutoring.SessionRow
	row     tutoring.PaperRow
	when    string
	picture string // as an address that holds it
}

// openPaper shows a photograph, to whoever may hold the session.
func (p *Pages) openPaper(c *web.Ctx) (err error) {
	x := shownPaper{}
	if x.session, err = p.of(c); err != nil {
		return err
	}
	which, err := c.ID("paper")
	if err != nil {
		return err
	}
	row, b, err := p.Tutoring.OpenPaper(c, c.Actor, x.session.Owner, which)
	if err != nil {
		return err
	}
	x.row, x.f, x.when = row, c.Frame(paperName(c, row)), clock(c, x.session, row.At)
	x.picture = inPage(b)
	return c.Page(x.f, paperPage(x))
}

// inPage is a picture as an address that holds it: it is opened once, and no other address gives it.
func inPage(b []byte) string {
	return "data:" + http.DetectContentType(b) + ";base64," + base64.StdEncoding.EncodeToString(b) // JPEG, or PNG as it was drawn
}

// paperName is what a paper is called: a sheet, or a signature of whoever held the session.
func paperName(c *web.Ctx, r tutoring.PaperRow) string {
	if r.Drawn {
		return c.T("room.signature") + " · " + c.T("room.sheet.holder")
	}
	return c.T("room.paper")
}
