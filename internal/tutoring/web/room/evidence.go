package room

import (
	"net/http"
	"strconv"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/web"
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

// openPaper shows a photograph, to whoever may hold the session.
func (p *Pages) openPaper(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	which, err := c.ID("paper")
	if err != nil {
		return err
	}
	b, err := p.Tutoring.OpenPaper(c, c.Actor, w.Owner, which)
	if err != nil {
		return err
	}
	return c.Bytes(http.DetectContentType(b), "", b) // JPEG, or PNG as it was drawn
}
