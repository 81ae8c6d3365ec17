package workshop_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/learning"
)

// tried says that the module was tried once, in a session of that code.
func tried(code string) func(context.Context, id.ID, string) ([]learning.Trial, error) {
	return func(context.Context, id.ID, string) ([]learning.Trial, error) {
		return []learning.Trial{{Session: id.New(), Code: code, Day: "2026-05-04", State: "held", Organisation: "AMSED <b>", Number: 1, There: 7}}, nil
	}
}

// A finding by its forms alone: written with what is missing said and nothing typed lost, decided, and offered
// to the version that answers it.
func TestFindingByForms(t *testing.T) {
	r := open(t)
	r.trials = tried("SPR123")
	r.site()
	m, err := r.s.Module(t.Context(), r.p[0].ID(), "looking-for-work")
	r.must(err)
	remark := journaltest.Act(r.p[0].ID(), id.ID{})
	r.must(r.s.Remark(t.Context(), remark, m, learning.Remarked{Screen: "where", Language: "fr", Text: "Trop de sigles"}))
	r.says(r.get("claire", module), http.StatusOK, "7 people there", "AMSED <b>", "version 1")

	v := url.Values{"screen": {"where"}, "text": {""}, "trial": {"SPR123"}, "sums": {remark.ID.String()}}
	body := r.says(r.post("claire", module+"/findings", v), http.StatusUnprocessableEntity, "Say what you found.", `value="SPR123" checked`, `value="where" selected`)
	if !strings.Contains(body, `value="`+remark.ID.String()+`" checked`) {
		t.Error("the remark is no longer chosen")
	}
	v.Set("text", "Les <i>sigles</i> arrêtent tout le monde.")
	r.says(r.post("claire", module+"/findings", v), http.StatusSeeOther)
	r.says(r.get("claire", module), http.StatusOK, "Les <i>sigles</i> arrêtent", "rests on 1 trial", "sums up 1 remark", "to decide")
	r.says(r.get("nadia", "/modules"), http.StatusOK, "1 finding to decide")
	v.Set("trial", "ATM123")
	r.says(r.post("claire", module+"/findings", v), http.StatusNotFound)
	r.says(r.post("leila", module+"/findings", v), http.StatusForbidden)

	s, err := r.s.Study(t.Context(), r.p[0].ID(), "looking-for-work")
	r.must(err)
	which := s.Findings[0].Entry.String()
	if strings.Contains(r.says(r.get("claire", module), http.StatusOK, `name="becomes" value="change"`), `value="change" required checked`) {
		t.Error("a decision is made before anybody decides")
	}
	again := r.says(r.post("claire", module+"/findings/decide", url.Values{"finding": {which}, "because": {"Trop cher"}}), http.StatusUnprocessableEntity, "Choose: we change it, or it stays.", "Trop cher</textarea>")
	if strings.Contains(again, "Say why nothing changes.") {
		t.Error("a reason is asked for where nothing is decided")
	}
	r.says(r.post("claire", module+"/findings/decide", url.Values{"finding": {which}, "becomes": {"keep"}}), http.StatusUnprocessableEntity, "Say why nothing changes.")
	r.says(r.post("claire", module+"/findings/decide", url.Values{"finding": {"x"}}), http.StatusNotFound)
	r.says(r.post("claire", module+"/findings/decide", url.Values{"finding": {which}, "becomes": {"change"}}), http.StatusSeeOther)

	form := r.filled("claire", module+"/edit/where")
	form.Set("text", "Deux endroits.")
	r.says(r.post("claire", module+"/edit/where", form), http.StatusSeeOther)
	r.says(r.get("claire", module+"/edit/where"), http.StatusOK, "To answer here:")
	r.says(r.post("claire", module+"/submit", url.Values{}), http.StatusSeeOther)
	r.says(r.get("nadia", module+"/edit"), http.StatusOK, "Which findings does this version answer?", `name="findings" value="`+which+`" checked`)
	r.says(r.post("nadia", module+"/publish", url.Values{"note": {"Sans sigles"}, "findings": {"x"}}), http.StatusUnprocessableEntity)
	r.says(r.post("nadia", module+"/publish", url.Values{"note": {"Sans sigles"}, "findings": {which}}), http.StatusSeeOther)
	r.says(r.get("claire", module), http.StatusOK, "answered by version 2", "Few people so far (before: 0, after: 0). Look again from 10 on each side.")
}
