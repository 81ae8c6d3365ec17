package web_test

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
	"tremplin/internal/tutoring/tutoringtest"
	pages "tremplin/internal/tutoring/web"
)

// site is the slice's pages in a house; who names the reader by the session's cookie.
type site struct {
	*tutoringtest.House
	handler http.Handler
	who     map[string]access.Actor
}

func open(t *testing.T) *site {
	t.Helper()
	s := &site{House: tutoringtest.New(t, dbtest.SQLite(t))}
	s.who = map[string]access.Actor{"leila": s.Tutor, "nadia": s.Boss, "marc": s.Staff("Marc", access.Tutor, id.New())}
	p := &pages.Pages{Tutoring: s.Service}
	card := func(pattern string, slot web.Slot) web.Route {
		return web.Route{Pattern: "GET " + pattern, Do: func(c *web.Ctx) error {
			owner := c.Actor.Person
			if v, err := c.ID("id"); err == nil {
				owner = v
			}
			card, err := slot(c, owner)
			if err != nil || card == nil {
				return err
			}
			return c.Part(card)
		}}
	}
	routes := append(p.Routes(), card("/mine", p.MyTutor), card("/attention", p.Attention), card("/person/{id}", p.PersonGroups))
	s.handler = webtest.Site(t, web.Site{Programmes: webtest.Running(s.P), Routes: routes, Now: s.J.Now, Slots: elsewhere}, s.who, pages.Locale)
	return s
}

// elsewhere is what another slice says of how far somebody is.
var elsewhere = map[string][]web.Slot{"progress": {func(*web.Ctx, id.ID) (templ.Component, error) { return templ.Raw("<p>passed elsewhere</p>"), nil }}}

// Whoever does not share their progress here does not share it from elsewhere.
func TestProgressElsewhereIsSharedAsItIsHere(t *testing.T) {
	s := open(t)
	s.shows("leila", path(s.Learner("Fatou", 30, true)), 200, []string{"passed elsewhere"})
	s.shows("leila", path(s.Learner("Nour", 30, false)), 200, []string{"Nour"}, "passed elsewhere")
}

// ask sends a request as somebody; a form makes it a post.
func (s *site) ask(who, path string, form url.Values) *httptest.ResponseRecorder {
	s.T.Helper()
	method, body := http.MethodGet, ""
	if form != nil {
		method, body = http.MethodPost, form.Encode()
	}
	r := httptest.NewRequestWithContext(s.Ctx(), method, "http://tremplin.test"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	if !strings.Contains(path, "lang=") {
		r.AddCookie(&http.Cookie{Name: web.LangCookie, Value: "en"})
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// follow asks for the page to which an answer leads, with the cookies that it set.
func (s *site) follow(who string, w *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	s.T.Helper()
	r := httptest.NewRequestWithContext(s.Ctx(), http.MethodGet, "http://tremplin.test"+w.Header().Get("Location"), nil)
	for _, c := range append(w.Result().Cookies(), &http.Cookie{Name: web.SessionCookie, Value: who}, &http.Cookie{Name: web.LangCookie, Value: "en"}) {
		r.AddCookie(c)
	}
	next := httptest.NewRecorder()
	s.handler.ServeHTTP(next, r)
	return next
}

// shows asks for a page and holds that it says and does not say these words.
func (s *site) shows(who, path string, status int, says []string, not ...string) string {
	s.T.Helper()
	w := s.ask(who, path, nil)
	return s.says(w, path, status, says, not...)
}

func (s *site) says(w *httptest.ResponseRecorder, path string, status int, says []string, not ...string) string {
	s.T.Helper()
	body := w.Body.String()
	if w.Code != status {
		s.T.Fatalf("%s: %d, want %d\n%s", path, w.Code, status, body)
	}
	for _, v := range says {
		if !strings.Contains(body, v) {
			s.T.Errorf("%s does not say %q\n%s", path, v, body)
		}
	}
	for _, v := range not {
		if strings.Contains(body, v) {
			s.T.Errorf("%s says %q", path, v)
		}
	}
	return body
}

func path(who id.ID) string { return "/group/" + who.String() }

func TestToday(t *testing.T) {
	s := open(t)
	s.shows("leila", "/group", 200, []string{"Nobody is in this group yet", "/group/enter"})
	m := s.Publish("looking-for-work")
	ahmed, fatou := s.Learner("Ahmed", 30, true), s.Learner("Fatou", 40, true)
	s.Learner("Samir", 2, false)
	for range 3 {
		s.Work(ahmed, m, "words", 7, 9, false, 1)
	}
	s.Work(fatou, m, "start", 1, 9, true, 16)
	s.shows("leila", "/group", 200, []string{
		"1 stuck", "1 without news", "screen 7 · ", "Le module looking-for-work", "3 tries", "yesterday", "for 16 days", "Not shared",
		path(fatou) + "/nudge", `class="on new"`, "Why these statuses?",
	})
	s.shows("leila", "/group?status=silent", 200, []string{"Fatou"}, "Ahmed", "Samir")
	s.shows("leila", "/group?status=finished", 200, []string{"Nobody is here today"})
	s.shows("leila", "/group?group="+s.GroupID.String(), 200, []string{"Lundi matin", "Ahmed"})
	s.shows("leila", "/group?group="+id.New().String(), 404, nil)
	s.shows("leila", "/group?group=x", 404, nil)
	s.shows("leila", "/group?after=%00%27", 200, []string{"Ahmed"})
	s.shows("marc", "/group", 200, []string{"no group yet"}, "Ahmed")
	s.shows("nadia", "/group", 200, []string{"Lundi matin", "AMSED", "Leïla M."}, "Ahmed")
	s.shows("nadia", "/group?group="+s.GroupID.String(), 200, []string{"Ahmed", "Tutors of the group", "Add people who are known"})
	s.shows("leila", "/group?lang=ar", 200, []string{`dir="rtl"`, "متعثّر"})
	if w := s.ask("", "/group", nil); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/sign-in") {
		t.Error(w.Code, w.Header())
	}
	w := s.ask("leila", "/group/list.csv", nil)
	if want := "Ahmed,العربية,Lundi matin,Stuck,screen 7 · Le module looking-for-work,2026-11-22"; !strings.Contains(w.Body.String(), want) {
		t.Error(w.Body.String())
	}
}

// A page asks the database at most eight times, whoever reads it.
func TestQueries(t *testing.T) {
	s := open(t)
	m := s.Publish("looking-for-work")
	module, err := s.Learning.Module(s.Ctx(), s.P.ID(), m.Slug)
	s.Must(err)
	screen := module.Text("fr").Screens[6].ID
	var who id.ID
	for _, n := range []string{"A", "B", "C", "D"} {
		who = s.Learner(n, 20, true)
		for range 3 {
			s.Work(who, m, screen, 7, 9, false, 1)
		}
	}
	for _, c := range []struct{ who, path, says string }{
		{"leila", "/group", "Screen 7 confuses people"},
		{"nadia", "/group?group=" + s.GroupID.String(), "Screen 7"},
		{"nadia", "/group", "Lundi"},
		{"leila", path(who), "screen 7"},
		{"leila", path(who) + "/nudge", "How is"},
		{"leila", "/group/cards", "no card yet"},
		{"leila", "/group/enter?language=ar", "First name"},
		{"nadia", "/group/new", "Name of the group"},
		{"nadia", "/group/tutors?group=" + s.GroupID.String(), "Take off"},
		{"nadia", "/group/bring?group=" + s.GroupID.String() + "&q=a", "Search"},
		{"nadia", path(who), "move or take out"},
		{"leila", "/training", "My training"},
	} {
		s.shows(c.who, c.path, 200, nil) // the first opening of a day writes: that is a command's budget
		n := 0
		r := httptest.NewRequestWithContext(db.Counted(s.Ctx(), &n), http.MethodGet, "http://tremplin.test"+c.path, nil)
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: c.who})
		r.AddCookie(&http.Cookie{Name: web.LangCookie, Value: "en"})
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		s.says(w, c.path, 200, []string{c.says})
		if n > 8 {
			t.Errorf("%s as %s: %d queries", c.path, c.who, n)
		}
	}
}

func TestPersonPage(t *testing.T) {
	s := open(t)
	m := s.Publish("looking-for-work")
	ahmed, samir := s.Learner("Ahmed", 30, true), s.Learner("Samir", 3, false)
	s.Work(ahmed, m, "a", 2, 9, true, 0)
	s.Work(samir, m, "a", 2, 9, true, 0)
	s.shows("leila", path(ahmed), 200, []string{"screen 2 of 9", "Le module looking-for-work", "Lundi matin", "العربية", "no telephone"})
	s.shows("leila", path(samir), 200, []string{"Samir has not agreed to share progress"}, "screen 2", "looking-for-work")
	for _, c := range []struct {
		who, path string
		status    int
	}{{"marc", path(ahmed), 404}, {"leila", path(id.New()), 404}, {"leila", "/group/x", 404}, {"leila", path(s.Boss.Person), 404}, {"nadia", path(ahmed), 200}} {
		s.shows(c.who, c.path, c.status, nil)
	}
	looks, err := s.People.Lookers(s.Ctx(), s.P.ID(), ahmed)
	s.Must(err)
	if len(looks) != 2 || looks[0].Section != "learning" { // the tutor and the coordinator
		t.Errorf("%+v", looks)
	}
}

var pinShown = regexp.MustCompile(`class="code"><bdi dir="ltr">(\d{3}) (\d{3})<`)

func TestPINPage(t *testing.T) {
	s := open(t)
	who, form := s.Learner("Ahmed", 30, true), url.Values{"cid": {id.New().String()}}
	shown := func() string {
		body := s.says(s.ask("leila", path(who)+"/pin", form), "pin", 200, []string{"this once"})
		m := pinShown.FindStringSubmatch(body)
		if m == nil {
			t.Fatal("no PIN on the page")
		}
		return m[1] + m[2]
	}
	pin := shown()
	if shown() != pin {
		t.Error("a double click shows another PIN")
	}
	s.Must(s.Identity.CheckLearner(s.Ctx(), s.P.ID(), who, pin))
	if w := s.ask("marc", path(who)+"/pin", form); w.Code != 404 {
		t.Error("another group's tutor:", w.Code)
	}
}

func TestCards(t *testing.T) {
	s := open(t)
	ahmed, amina := s.Learner("Ahmed", 30, true), s.Learner("أمينة", 3, true)
	s.shows("leila", "/group/cards", 200, []string{"Ahmed", "no card yet", ahmed.String()})
	s.says(s.ask("leila", "/group/cards", url.Values{}), "none", 422, []string{"Tick at least one person"})
	form := url.Values{"cid": {id.New().String()}, "person": {ahmed.String(), amina.String(), ahmed.String()}}
	w := s.ask("leila", "/group/cards", form)
	if w.Code != 200 || w.Header().Get("Content-Type") != "application/pdf" || !strings.HasPrefix(w.Body.String(), "%PDF-") {
		t.Fatalf("%d %s", w.Code, w.Body.String()[:min(300, w.Body.Len())])
	}
	if again := s.ask("leila", "/group/cards", form); again.Body.String() != w.Body.String() {
		t.Error("a double click makes other cards")
	}
	if w := s.ask("marc", "/group/cards", form); w.Code != 404 {
		t.Error("another group's tutor:", w.Code)
	}
	if w := s.ask("leila", "/group/cards", url.Values{"person": {ahmed.String(), s.Boss.Person.String()}}); w.Code != 404 {
		t.Error("a colleague among them:", w.Code)
	}
}

func TestEnterPage(t *testing.T) {
	s := open(t)
	s.shows("leila", "/group/enter", 200, []string{"Which language", "العربية", "language=uk"}, "First name")
	s.shows("leila", "/group/enter?language=xx", 200, []string{"Which language"})
	s.shows("leila", "/group/enter?language=en", 200, []string{"First name", "Keep my progress"}, `<details class="quiet">`)
	page := s.shows("leila", "/group/enter?language=ar", 200, []string{
		"First name", "Read this with the person", `lang="ar" dir="rtl"`, "هل تسمحون للمرشد", `<details class="quiet"><summary>Keep my progress`,
	})
	for _, q := range s.P.Purposes { // whole, line by line, in the newcomer's language
		if !q.Optional || q.Opens == "tutor" {
			for line := range strings.Lines(q.Notice["ar"]) {
				if !strings.Contains(page, "<p>"+html.EscapeString(line)) {
					t.Errorf("%s does not say %q", q.ID, line)
				}
			}
		}
	}
	good := url.Values{"cid": {id.New().String()}, "first": {"سمير"}, "language": {"ar"}, "country": {"FR"}, "phone": {"06 39 98 12 34"}, "agrees": {"yes"}, "group": {s.GroupID.String()}}
	for _, c := range []struct {
		field, value, says string
	}{
		{"first", "", "people.first.missing"},
		{"language", "xx", "Choose a language"},
		{"country", "XX", "Choose a country"},
		{"phone", "12", "people.phone.wrong"},
		{"agrees", "", "Ask the person"},
	} {
		bad := url.Values{}
		for k, v := range good {
			bad[k] = v
		}
		bad.Set(c.field, c.value)
		kept := "06 39 98 12 34"
		if c.field == "phone" {
			kept = "سمير"
		}
		s.says(s.ask("leila", "/group/enter", bad), c.field, 422, []string{c.says, kept})
	}
	body := s.says(s.ask("leila", "/group/enter", good), "enter", 200, []string{"سمير is entered", "/group/cards"})
	if pinShown.FindString(body) == "" {
		t.Error("no PIN")
	}
	list, err := s.List(s.Ctx(), s.Tutor, access.Read, "en", s.Selection())
	s.Must(err)
	if len(list.People) != 1 || list.People[0].Phone != "+33639981234" || list.People[0].Standing != tutoring.Moving {
		t.Errorf("%+v", list)
	}
	story, err := s.J.History(s.Ctx(), s.P.ID(), list.People[0].ID)
	s.Must(err)
	said := map[string]int{}
	for _, e := range story {
		said[e.Kind]++
	}
	if said["people.permission.said"] != 1 || said["people.notice.shown"] < 3 || said["tutoring.pin.reset"] != 1 {
		t.Error(said)
	}
	told, err := people.Notices.Select(s.Ctx(), s.J.DB(), s.P.ID(), "and owner=$2 and language<>'ar'", list.People[0].ID)
	if s.Must(err); len(told) > 0 {
		t.Errorf("told in another language: %+v", told)
	}
	good.Set("cid", id.New().String())
	good.Set("agrees", "no")
	good.Set("first", "Nour")
	s.says(s.ask("leila", "/group/enter", good), "enter", 200, []string{"Nour is entered"})
	s.shows("leila", "/group?status=private", 200, []string{"Nour"})
	good.Set("group", id.New().String())
	if w := s.ask("leila", "/group/enter", good); w.Code != 404 {
		t.Error("into another's group:", w.Code)
	}
}

func TestNudgePage(t *testing.T) {
	s := open(t)
	who := s.Learner("Fatou", 30, true)
	nudge := path(who) + "/nudge"
	s.shows("leila", nudge, 200, []string{"no number and no e-mail", "Ask at the reception", "phone"}, "wa.me\"")
	s.says(s.ask("leila", path(who)+"/phone", url.Values{"phone": {"12"}}), "phone", 422, []string{"people.phone.wrong", `value="12"`})
	if w := s.ask("leila", path(who)+"/phone", url.Values{"phone": {"06 39 98 12 34"}}); w.Header().Get("Location") != nudge {
		t.Error(w.Code, w.Header())
	}
	s.shows("leila", nudge, 200, []string{"مرحبًا Fatou", "Leïla", `value="whatsapp"`, `value="sms"`}, `value="mail"`)
	if text := regexp.MustCompile(`(?s)<textarea.*?</textarea>`).FindString(s.ask("leila", nudge, nil).Body.String()); text == "" || strings.Contains(text, "MIGRANTECH") {
		t.Errorf("the message names the programme: %s", text)
	}
	if csp := s.ask("leila", nudge, nil).Header().Get("Content-Security-Policy"); !strings.Contains(csp, "form-action 'self' https://wa.me ") {
		t.Error(csp)
	}
	cid := id.New().String()
	for _, c := range []struct{ channel, text, want string }{
		{"whatsapp", "a & b=c?\r\nX: y", "https://wa.me/33639981234?text=a%20%26%20b%3Dc%3F%0AX%3A%20y"},
		{"whatsapp", "a & b=c?\r\nX: y", "https://wa.me/33639981234?text=a%20%26%20b%3Dc%3F%0AX%3A%20y"}, // a double click
		{"sms", "ça va ?", "sms:+33639981234?&body=%C3%A7a%20va%20%3F"},
	} {
		w := s.ask("leila", nudge, url.Values{"cid": {cid}, "channel": {c.channel}, "text": {c.text}, "to": {"https://evil.example"}})
		if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != c.want {
			t.Errorf("%s: %d %s", c.channel, w.Code, got)
		}
	}
	for _, channel := range []string{"mail", "", "https://evil.example"} {
		s.says(s.ask("leila", nudge, url.Values{"channel": {channel}, "text": {"kept words"}}), channel, 422, []string{"kept words", "Choose a way"})
	}
	s.says(s.ask("leila", nudge, url.Values{"channel": {"sms"}, "text": {strings.Repeat("é", 601)}}), "long", 422, []string{"too long"})
	past, err := s.NudgesOf(s.Ctx(), s.P.ID(), who)
	s.Must(err)
	if len(past) != 2 {
		t.Errorf("%+v", past)
	}
	s.shows("leila", path(who), 200, []string{"WhatsApp", "SMS"})
	if w := s.ask("marc", nudge, url.Values{"channel": {"sms"}}); w.Code != 404 {
		t.Error(w.Code)
	}
}

func TestGroupPages(t *testing.T) {
	s := open(t)
	s.shows("nadia", "/group/new", 200, []string{"Name of the group", "AMSED", "Marc M."})
	s.says(s.ask("nadia", "/group/new", url.Values{"place": {"Liège"}}), "no name", 422, []string{"Give the group a name", "Liège"})
	marc := s.who["marc"].Person.String()
	w := s.ask("nadia", "/group/new", url.Values{"name": {"Atelier"}, "tutor": {marc}, "organisation": {s.P.OrganisationID("amsed").String()}})
	at := w.Header().Get("Location")
	s.shows("nadia", at, 200, []string{"Atelier", "Nobody is in this group yet"})
	s.shows("nadia", "/group", 200, []string{"Atelier", "Marc M."})
	s.says(s.ask("nadia", "/group/tutor", url.Values{"group": {s.GroupID.String()}, "tutor": {s.Boss.Person.String()}}), "no tutor", 422, []string{"from the list"})
	if w := s.ask("nadia", "/group/tutor", url.Values{"group": {s.GroupID.String()}, "tutor": {marc}}); w.Code != http.StatusSeeOther {
		t.Error(w.Code, w.Body)
	}
	if w := s.ask("leila", "/group/tutor", url.Values{"group": {s.GroupID.String()}, "tutor": {marc}}); w.Code != http.StatusForbidden {
		t.Error(w.Code)
	}
	w = s.ask("leila", "/group/new", url.Values{"name": {"À moi"}}) // a tutor opens it for themselves
	gs, err := people.Grants(s.Ctx(), s.J.DB(), s.P.ID(), s.Tutor.Person)
	s.Must(err)
	if w.Code != http.StatusSeeOther || len(gs) != 2 {
		t.Errorf("%d %+v", w.Code, gs)
	}
}

// A tutor opens groups of the organisation for which they act, whatever the form says.
func TestATutorsGroupIsOfTheirOrganisation(t *testing.T) {
	s := open(t)
	own, other := s.P.Organisations[0], s.P.Organisations[1]
	marc := s.who["marc"]
	marc.Organisation = s.P.OrganisationID(own.Slug)
	s.who["marc"] = marc
	s.shows("marc", "/group/new", 200, []string{own.Name}, other.Name)
	w := s.ask("marc", "/group/new", url.Values{"name": {"Chez nous"}, "organisation": {s.P.OrganisationID(other.Slug).String()}})
	row, err := tutoring.Groups.Find(s.Ctx(), s.J.DB(), s.P.ID(), "and name=$2", "Chez nous")
	s.Must(err)
	if w.Code != http.StatusSeeOther || row.Organisation != marc.Organisation {
		t.Errorf("%d %+v", w.Code, row)
	}
}

func TestTrainingPages(t *testing.T) {
	s := open(t)
	m := s.Publish("tutor-online")
	s.shows("leila", "/training", 200, []string{"Become an online tutor", "Half-days signed: 0 of 2"}, "/training/certificate")
	s.says(s.ask("leila", "/training/certificate", url.Values{"path": {"tutor"}}), "too early", 422, []string{"still missing"})
	s.Finish(s.Tutor.Person, m, 3)
	session := id.New()
	s.Must(s.Hold(s.Ctx(), s.Act(), tutoring.Session{ID: session, Said: tutoring.Held{Kind: "training", Path: "tutor", Day: "2026-11-20", Title: "Formation", Hours: 7, Organisation: s.P.OrganisationID("amsed")}}))
	s.Must(s.Sign(s.Ctx(), s.Act(), tutoring.Signature{Person: s.Tutor.Person, Session: session, Half: 1}, tutoring.Signature{Person: s.Tutor.Person, Session: session, Half: 2}))
	s.shows("leila", "/training", 200, []string{"everything is done", "/training/certificate"})
	first := s.ask("leila", "/training/certificate?lang=ar", url.Values{"path": {"tutor"}})
	again := s.ask("leila", "/training/certificate?lang=ar", url.Values{"path": {"tutor"}})
	if first.Code != 200 || !strings.HasPrefix(first.Body.String(), "%PDF-") || again.Body.String() != first.Body.String() {
		t.Errorf("%d, then %d", first.Code, again.Code)
	}
	row, _, err := tutoring.Certificates.One(s.Ctx(), s.J.DB(), s.P.ID(), "")
	s.Must(err)
	s.shows("", "/certificate/"+row.Number, 200, []string{"is valid", "L. M.", row.Number}, "Leïla")
	s.shows("", "/certificate/AAAAA-AAAAA", 200, []string{"no valid certificate"}, "is valid")
	s.shows("", "/certificate/'", 200, []string{"no valid certificate"})
	s.says(s.ask("leila", "/training/certificate", url.Values{"path": {"none"}}), "no path", 404, nil)
}
