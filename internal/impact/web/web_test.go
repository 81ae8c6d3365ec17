package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
	"tremplin/internal/impact"
	"tremplin/internal/impact/impacttest"
	pages "tremplin/internal/impact/web"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// site is the slice's pages in an invented programme with a frozen report.
type site struct {
	*impacttest.House
	handler http.Handler
	report  id.ID
	queries int
}

func open(t *testing.T) *site {
	t.Helper()
	s := &site{}
	s.House, s.report = impacttest.Crowd(t, dbtest.SQLite)
	s.P.Name, s.P.Emblem = programme.Text{"en": "Test"}, "eu"
	s.Now = impacttest.At("2026-05-03")
	who := map[string]access.Actor{
		"nadia": s.Actor("Nadia", access.Coordinator), "paula": s.Actor("Paula", access.Auditor),
		"jan": s.Actor("Jan", access.Funder), "amina": s.Actor("Amina", access.Learner),
	}
	routes := (&pages.Pages{Impact: s.Service}).Routes()
	s.handler = webtest.Site(t, web.Site{Programmes: webtest.Running(s.P), Routes: routes, Now: s.J.Now}, who, pages.Locale)
	return s
}

// ask sends a request as somebody; a form makes it a post.
func (s *site) ask(who, path string, form url.Values) *httptest.ResponseRecorder {
	s.T.Helper()
	s.queries = 0
	method, body := http.MethodGet, ""
	if form != nil {
		method, body = http.MethodPost, form.Encode()
	}
	r := httptest.NewRequestWithContext(db.Counted(s.T.Context(), &s.queries), method, "http://tremplin.test"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	if !strings.Contains(path, "lang=") {
		r.AddCookie(&http.Cookie{Name: web.LangCookie, Value: "en"})
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// shows holds that a page says and does not say these words; a word after "!" must not be there.
func (s *site) shows(who, path string, status int, words ...string) {
	s.T.Helper()
	s.says(s.ask(who, path, nil), path, status, words...)
}

func (s *site) says(w *httptest.ResponseRecorder, path string, status int, words ...string) {
	s.T.Helper()
	body := w.Body.String()
	if w.Code != status {
		s.T.Fatalf("%s: %d, want %d\n%s", path, w.Code, status, body)
	}
	for _, v := range words {
		v, not := strings.CutPrefix(v, "!")
		if strings.Contains(body, v) == not {
			s.T.Errorf("%s: %q (unwanted: %v)\n%s", path, v, not, body)
		}
	}
	if strings.Contains(body, "impact.") && strings.Contains(w.Header().Get("Content-Type"), "html") {
		s.T.Errorf("%s says a key", path)
	}
}

func TestFigures(t *testing.T) {
	s := open(t)
	s.shows("nadia", "/indicators", 200, "as of 3 May 2026", "<b>14</b>", "of 20", "XLSX", "28 days", "It was handed in")
	s.shows("nadia", "/indicators?country=FR&from=2026-01-01&to=x", 200, "<b>0</b>", "Show everything")
	for _, period := range []string{"?from=2026-01-01&to=2026-04-30", "?from=2026-04-30&to=2026-01-01"} { // two ends, whichever is said first
		s.shows("nadia", "/indicators"+period, 200, "<b>14</b>", `type="date" value="2026-01-01"`, `/indicators.csv?from=2026-01-01&amp;to=2026-04-30`)
	}
	s.shows("nadia", "/indicators?report=spring", 200, "as of 30 April 2026")
	s.shows("jan", "/indicators", 200, "<b>14</b>", "!It was handed in", "!/samples")
	s.shows("amina", "/indicators", 403)
	s.shows("", "/indicators", 303)
	s.shows("nadia", "/indicators?lang=ar", 200, `dir="rtl"`, "الأرقام")
}

func TestOneFigureAndItsEvidence(t *testing.T) {
	s := open(t)
	s.shows("nadia", "/indicators/trials", 200, "Definition 1", "BE", "Draw a sample", "See the evidence", "What changed since")
	s.shows("nadia", "/indicators/tutors?report=spring", 200, "Definition 1", "How the definition changed")
	s.shows("jan", "/indicators/trials", 200, "Definition 1", "!Draw a sample", "!See the evidence")
	s.shows("nadia", "/indicators/nothing", 404)
	module, session := learning.ModuleID(s.P.ID(), "work"), id.Named("tried")
	s.On("2026-05-01", learning.KindPublished.Draft(module, module, learning.Published{Slug: "work", Number: 2, Source: "fr", Titles: map[string]learning.Title{"fr": {Title: "Chercher & trouver"}}}))
	s.On("2026-05-02", tutoring.KindPlanned.Draft(session, session, tutoring.Planned{Kind: "trial", Module: "work"}), tutoring.KindHeld.Draft(session, session, tutoring.Held{Kind: "trial"}))
	s.shows("nadia", "/indicators/held", 200, "Module", "Chercher &amp; trouver")
	s.shows("nadia", "/indicators/trials/evidence", 200, "Attendance signed", "3 April 2026", "Operator", "!Guest", "!Amina")
	s.shows("nadia", "/indicators/acted/evidence", 200, "Nothing counts here yet")
	s.shows("nadia", "/indicators/trials/evidence?after=1%7Cx", 200, "Nothing counts here yet")
	s.shows("jan", "/indicators/trials/evidence", 403)
}

func TestReports(t *testing.T) {
	s := open(t)
	s.shows("jan", "/reports", 200, "/reports/"+s.report.String(), "!Freeze the figures of another day")
	s.shows("jan", "/reports/"+s.report.String(), 200, "figures up to 30 April 2026, midnight", "<td class=\"num\">14</td>", "target reached")
	s.shows("jan", "/reports/"+id.New().String(), 404)
	s.shows("jan", "/reports/x", 404)
	s.says(s.ask("nadia", "/indicators/freeze", url.Values{"cut_off": {"2026-12-24"}}), "freeze", 422, "This day has not ended yet", `value="2026-12-24"`)
	s.says(s.ask("nadia", "/indicators/freeze", url.Values{"deliverable": {"spring"}}), "freeze", 409, "This is done already")
	s.says(s.ask("jan", "/indicators/freeze", url.Values{"cut_off": {"2026-05-01"}}), "freeze", 403)
	form := url.Values{"cut_off": {"2026-05-01"}, "cid": {id.New().String()}}
	first, again := s.ask("nadia", "/indicators/freeze", form), s.ask("nadia", "/indicators/freeze", form)
	to := first.Header().Get("Location")
	if first.Code != 303 || to != again.Header().Get("Location") {
		t.Errorf("%d, %q, then %q", first.Code, to, again.Header().Get("Location"))
	}
	s.shows("nadia", to, 200, "Report as of 1 May 2026", "What changed since the last report", "Nothing moved in")
	s.says(s.ask("nadia", "/indicators/handed", url.Values{"deliverable": {"guide"}}), "handed", 303)
	s.shows("nadia", "/reports", 200, "Handed in")
	s.shows("jan", "/reports/"+s.report.String()+"/report.csv", 200, "Total,,14", "\ufeff")
	s.shows("paula", "/reports/"+s.report.String()+"/report.xlsx", 200, "PK")
	s.shows("jan", "/indicators.csv", 200, "BE")
	s.shows("jan", "/indicators.xlsx?lang=ar", 200, "PK")
}

func TestASampleFromDrawToMinutes(t *testing.T) {
	s := open(t)
	s.says(s.ask("jan", "/samples", url.Values{"indicator": {"trials"}}), "draw", 403)
	s.says(s.ask("paula", "/samples", url.Values{"indicator": {"acted"}}), "draw", 422, "There is nothing to draw from yet")
	s.says(s.ask("paula", "/samples", url.Values{"indicator": {"trials"}, "seed": {strings.Repeat("6", 41)}}), "draw", 422, "at most 40", "66666")
	s.shows("paula", "/samples", 200, "No sample is drawn yet")
	w := s.ask("paula", "/samples", url.Values{"indicator": {"trials"}, "seed": {"six <5>"}, "report": {s.report.String()}})
	at := w.Header().Get("Location")
	s.shows("paula", at+"?line=7", 200, "six &lt;5&gt;", "10 out of 14", "Guest0", "Names can be read until 2 June 2026", "What do you decide?", "What this line rests on", "Signed: yes", "Half-days signed: 1")
	s.shows("paula", at, 200, "!What this line rests on")
	say := func(who, state, why string) *httptest.ResponseRecorder {
		return s.ask(who, at+"/7", url.Values{"move": {state}, "why": {why}})
	}
	s.says(say("paula", "refused", ""), "refuse", 422, "Say why, in one or two sentences.")
	s.says(say("paula", "", "Typed"), "nothing chosen", 422, "Choose what you decide.", "Typed")
	s.says(say("nadia", "accepted", ""), "accept", 403)
	s.says(say("paula", "asked", "Where is the sheet?"), "ask", 303)
	s.shows("nadia", at+"?line=7", 200, "Where is the sheet?", "Send the explanation")
	s.says(say("nadia", "explained", "It is here."), "explain", 303)
	s.says(say("paula", "refused", "Too late."), "refuse", 303)
	s.shows("paula", at, 200, "It is here.", "Too late.", "Refused")
	s.shows("jan", at, 403)
	s.shows("paula", at+"/minutes.pdf?lang=ar", 200, "%PDF")
	s.shows("paula", "/samples/"+id.New().String(), 404)
	s.says(s.ask("paula", at+"/x", url.Values{"move": {"seen"}}), "no line", 404)
	s.Now = s.Now.Add(impact.SampleLife + time.Hour)
	s.shows("paula", at, 200, "The names are closed.", "!Guest0")
	s.shows("nadia", "/indicators/trials", 200, "<b>13</b>")
}

func TestResultsHideSmallGroups(t *testing.T) {
	s := open(t)
	s.Enter("2026-05-01", "Zed", access.Learner, people.Described{Country: "FR"})
	s.Sign("2026-05-01", "Zed", "far", 1, "trial")
	s.shows("", "/results", 200, "What Test has done", "Flag of the European Union", "<b>15</b>", "hidden", "!<td class=\"num\">14</td>", "Groups of fewer than 3")
	s.shows("nadia", "/results", 200, "hidden")
	s.shows("jan", "/indicators/trials", 200, "14")
}

// A page asks the database at most eight times, whoever reads it. The first reading of names in a day
// writes one entry a person besides.
func TestQueries(t *testing.T) {
	s := open(t)
	at := s.ask("paula", "/samples", url.Values{"indicator": {"trials"}}).Header().Get("Location")
	s.shows("paula", at, 200)
	for _, path := range []string{
		"/indicators", "/indicators/trials", "/indicators/trials/evidence", "/reports", "/reports/" + s.report.String(), "/samples", at, "/results",
	} {
		if w := s.ask("paula", path, nil); w.Code != 200 || s.queries > 8-3 { // three find out who asks
			t.Errorf("%s: %d, %d queries", path, w.Code, s.queries)
		}
	}
}
