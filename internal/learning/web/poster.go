package web

import (
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/paper"
	"tremplin/internal/core/web"
)

// poster is a sheet for a wall: the library's address as a QR code, and its promise in every language.
func (p *Pages) poster(c *web.Ctx) error {
	poster := paper.Poster{
		Tongue: paper.Tongue{Lang: c.Lang(), RTL: c.Words.Dir == "rtl"}, Title: c.T("learning.headline"),
		Organisation: c.Programme.Name.In(c.Lang()), Link: c.Origin() + "/", LinkHint: c.T("learning.poster.scan"),
		Funder: c.Programme.Funder.In(c.Lang()),
	}
	for _, l := range c.Programme.Languages {
		t := paper.Tongue{Lang: l, RTL: i18n.Dir(l) == "rtl"}
		poster.Sayings = append(poster.Sayings, paper.Saying{Tongue: t, Text: c.Programme.Promise.In(l)})
	}
	b, err := poster.PDF(c.Now())
	if err != nil {
		return err
	}
	return c.Bytes("application/pdf", "", b)
}
