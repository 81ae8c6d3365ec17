// Package web holds the pages on which people say who they are.
package web

import (
	"context"
	"embed"

	"tremplin/internal/core/access"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/web"
	"tremplin/internal/identity"
	"tremplin/internal/learning"
	"tremplin/internal/people"
)

// Locale holds the words of these pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Pages serves the slice.
type Pages struct {
	Identity *identity.Service
	People   *people.Service
	Learning *learning.Service
	Demo     bool // invented people may be signed in by a click
	House    House
}

// House is what the administrator's pages ask of the whole: app answers.
type House interface {
	Folders() []*programme.Programme                         // that could run here
	Begin(ctx context.Context, slug string) error            // starts one
	Waiting(ctx context.Context, p id.ID) ([]job.Job, error) // jobs that are due or failed
	Again(ctx context.Context, p, jid id.ID) error           // tries one of them at once
}

// Routes lists every address of the slice.
func (p *Pages) Routes() []web.Route {
	out := []web.Route{
		{Pattern: "POST /language", Early: true, Do: p.language},
		{Pattern: "GET /sign-in", Do: p.signIn},
		{Pattern: "POST /sign-in", Do: p.signInStaff},
		{Pattern: "POST /sign-in/pin", Do: p.signInLearner},
		{Pattern: "GET /card/{token}", Do: p.card},
		{Pattern: "POST /card/{token}", Do: p.cardIn},
		{Pattern: "POST /sign-out", Do: p.signOut},
		{Pattern: "POST /not-my-phone", Do: p.notMyPhone},
		{Pattern: "GET /keep", Do: p.keep},
		{Pattern: "POST /keep", Do: p.keepIt},
		{Pattern: "GET /setup", Early: true, Do: p.setup},
		{Pattern: "POST /setup", Early: true, Do: p.setUp},
		{Pattern: "GET /admin", Verb: access.Read, Section: access.Settings, Do: p.admin},
		{Pattern: "POST /admin/staff", Verb: access.Write, Section: access.Settings, Do: p.let},
		{Pattern: "POST /admin/leave", Verb: access.Write, Section: access.Settings, Do: p.leave},
		{Pattern: "POST /admin/programme", Verb: access.Write, Section: access.Settings, Do: p.begin},
		{Pattern: "POST /admin/job", Verb: access.Write, Section: access.Settings, Do: p.tryAgain},
		{Pattern: "POST /account/pin", Verb: access.Write, Section: access.Account, Do: p.pin},
		{Pattern: "POST /account/password", Verb: access.Write, Section: access.Account, Do: p.password},
		{Pattern: "GET /account", Verb: access.Read, Section: access.Account, Do: p.account, Free: true},
		{Pattern: "GET /account/card", Verb: access.Read, Section: access.Account, Do: p.myCard},
		{Pattern: "POST /account/card", Verb: access.Write, Section: access.Account, Do: p.showCard},
		{Pattern: "POST /account/end", Verb: access.Write, Section: access.Account, Do: p.endSession},
	}
	if p.Demo {
		out = append(out, web.Route{Pattern: "GET /demo", Do: p.demo}, web.Route{Pattern: "GET /demo/{name}", Do: p.demoAs})
	}
	return out
}

// language changes the language of the device.
func (p *Pages) language(c *web.Ctx) error {
	if l, ok := i18n.Find(c.Form("lang")); ok {
		c.SetCookie(web.LangCookie, l.Code, web.Year)
	}
	return c.Go(withoutLang(c.Form("to")))
}
