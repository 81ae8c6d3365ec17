package web

import (
	"cmp"
	"context"

	"github.com/a-h/templ"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
	"tremplin/internal/records"
)

// studyTags are the colours of the states.
var studyTags = map[string]string{records.StudyBegun: "", records.StudyDone: "ok", records.StudyPassed: "ok", records.StudyFailed: "wait"}

// StudiesCard says how far somebody is on other platforms: one query, no card where nothing is told. Its signature is web.Slot.
func (p *Pages) StudiesCard(c *web.Ctx, owner id.ID) (templ.Component, error) {
	all, err := p.Records.StudiesOf(c, c.PID(), owner)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return studiesCard(c.Lang(), all), nil
}

// titleOf is what a course is called in the reader's language, else in one that there is.
func titleOf(lang string, w records.Study) string {
	return cmp.Or(inLanguage(part(w.Definition, "name"), lang), lastPart(w.IRI))
}

// platformOf is what the platform is called that told of a course.
func platformOf(ctx context.Context, w records.Study) string {
	return cmp.Or(w.Platform, i18n.T(ctx, "records.client.unknown"))
}
