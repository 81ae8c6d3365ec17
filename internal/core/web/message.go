package web

import (
	"net/url"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
)

func message(c *Ctx, e *fault.Error) string {
	if e.Key != "" {
		return c.T(e.Key, e.Args...)
	}
	return c.T("fault." + string(e.Code))
}

// Home is the first page of whoever asks: their work, or the library.
func Home(a access.Actor) string {
	switch {
	case a.Has(access.Coordinator):
		return "/programme"
	case a.Has(access.Tutor):
		return "/group"
	case a.Has(access.Author):
		return "/modules"
	case a.Has(access.Translator):
		return "/translations"
	case a.Has(access.Funder), a.Has(access.Auditor):
		return "/indicators"
	case a.Has(access.Administrator):
		return "/admin"
	case a.Has(access.Learner):
		return "/me"
	}
	return "/"
}

func home(c *Ctx) string { return Home(c.Actor) }

func escape(s string) string { return url.QueryEscape(s) }
