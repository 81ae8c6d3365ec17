// Package web holds the pages about people: who sees what, my file, the list, the import, the partners.
package web

import (
	"embed"

	"tremplin/internal/core/access"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

// Locale holds the words of these pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Pages serves the slice.
type Pages struct {
	People *people.Service
	Forget func() // tells sessions that roles changed
}

// maxFile is the size of a table that people send.
const maxFile = 12 << 20

// maxAnswers is the size of what people answer on one page: a few long texts in any script.
const maxAnswers = 512 << 10

// Routes lists every address of the slice.
func (p *Pages) Routes() []web.Route {
	mine, list := access.MyFile, access.People
	return []web.Route{
		{Pattern: "GET /who-sees", Do: p.whoSees},
		{Pattern: "GET /notices", Verb: access.Read, Section: mine, Do: p.notices, Free: true},
		{Pattern: "POST /notices", Verb: access.Write, Section: mine, Do: p.noticed},
		{Pattern: "GET /me/file", Verb: access.Read, Section: mine, Do: p.myFile, Free: true},
		{Pattern: "GET /me/file.json", Verb: access.Read, Section: mine, Do: p.export, Free: true},
		{Pattern: "POST /me/permission", Verb: access.Write, Section: mine, Do: p.permit},
		{Pattern: "POST /device/lock", Verb: access.Read, Section: mine, Do: p.lockDevice},
		{Pattern: "POST /device/unlock", Verb: access.Read, Section: mine, Do: p.unlockDevice},
		{Pattern: "GET /people", Verb: access.Read, Section: list, Do: p.list},
		{Pattern: "GET /people/{person}", Verb: access.Read, Section: list, Do: p.person},
		{Pattern: "POST /people/{person}", Verb: access.Write, Section: list, Do: p.describe},
		{Pattern: "POST /people/{person}/erase", Verb: access.Write, Section: list, Do: p.erase},
		{Pattern: "GET /import", Verb: access.Write, Section: list, Do: p.choose},
		{Pattern: "POST /import", Verb: access.Write, Section: list, Do: p.upload, Max: maxFile},
		{Pattern: "POST /import/{key}", Verb: access.Write, Section: list, Do: p.take},
		{Pattern: "GET /programme", Verb: access.Read, Section: list, Do: p.programme},
		{Pattern: "GET /programme/partners/{organisation}", Verb: access.Read, Section: list, Do: p.partner},
		{Pattern: "POST /programme/partners/{organisation}", Verb: access.Write, Section: list, Do: p.addSite},
		{Pattern: "GET /forms", Verb: access.Read, Section: mine, Do: p.forms},
		{Pattern: "GET /forms/{form}", Verb: access.Write, Section: mine, Do: p.fillIn},
		{Pattern: "POST /forms/{form}", Verb: access.Write, Section: mine, Do: p.sendForm, Max: maxAnswers},
		{Pattern: "GET /forms/{form}/done", Verb: access.Read, Section: mine, Do: p.formDone},
		{Pattern: "POST /forms/{form}/later", Verb: access.Write, Section: mine, Do: p.putOff},
		{Pattern: "GET /forms-check", Verb: access.Read, Section: list, Do: p.formsCheck},
		{Pattern: "POST /forms-check", Verb: access.Write, Section: list, Do: p.checkForm, Max: maxFile},
		{Pattern: "GET /forms-check/try", Verb: access.Read, Section: list, Do: p.tryForm},
		{Pattern: "POST /forms-check/try", Verb: access.Read, Section: list, Do: p.tryAnswers, Max: maxAnswers},
	}
}
