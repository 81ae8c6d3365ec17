package workshop_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	learningweb "tremplin/internal/learning/web"
	"tremplin/internal/learning/web/workshop"
	"tremplin/internal/people"
)

// room is the workshop's pages with one module, read from a programme's folder, and who reads them.
type room struct {
	t       *testing.T
	s       *learning.Service
	p       []*programme.Programme
	who     map[string]access.Actor
	handler http.Handler
	trials  func(context.Context, id.ID, string) ([]learning.Trial, error)
}

const module = "/modules/looking-for-work"

func open(t *testing.T) *room {
	t.Helper()
	r := &room{t: t, who: map[string]access.Actor{}}
	j, _ := journaltest.New(t, dbtest.SQLite(t), []*journal.View{people.View, learning.View})
	r.s = &learning.Service{J: j, Blobs: blob.In(t.TempDir()), People: &people.Service{J: j}}
	for _, slug := range []string{"migrantech", "neighbour"} {
		p, err := programme.Read(os.DirFS("../../../../programmes/migrantech"))
		r.must(err)
		p.Slug = slug
		r.p = append(r.p, p)
		r.must(j.Create(t.Context(), p.ID()))
	}
	r.staff("claire", access.Author, "fr")
	r.staff("nadia", access.Coordinator, "fr")
	r.staff("selim", access.Translator, "tr")
	r.staff("leila", access.Tutor, "fr")
	m, err := content.ReadDir(os.DirFS("../../../../programmes/migrantech/modules/looking-for-work"))
	r.must(err)
	r.must(r.s.Publish(t.Context(), journaltest.Act(r.p[0].ID(), id.ID{}), learning.Publication{Module: m}))
	r.site()
	return r
}

func (r *room) staff(name string, role access.Role, lang string) {
	n := people.Newcomer{ID: id.New(), Role: role, Said: people.Described{First: name, Language: lang}}
	pid := r.p[0].ID()
	r.must(r.s.People.Enter(r.t.Context(), journaltest.Act(pid, id.ID{}), n))
	r.who[name] = access.Actor{Programme: pid, Person: n.ID, Name: name, Grants: []access.Grant{{Role: role, Of: pid}}}
}

func (r *room) site() {
	routes := append((&workshop.Pages{Learning: r.s, Trials: r.trials}).Routes(), (&learningweb.Pages{Learning: r.s}).Routes()...)
	r.handler = webtest.Site(r.t, web.Site{Programmes: webtest.Running(r.p...), Routes: routes, Now: r.s.J.Now}, r.who, learningweb.Locale, workshop.Locale)
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *room) send(who, lang string, q *http.Request) *httptest.ResponseRecorder {
	q.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	q.AddCookie(&http.Cookie{Name: web.LangCookie, Value: lang})
	w := httptest.NewRecorder()
	r.handler.ServeHTTP(w, q)
	return w
}

func (r *room) get(who, path string) *httptest.ResponseRecorder {
	return r.send(who, "en", httptest.NewRequestWithContext(r.t.Context(), http.MethodGet, "http://tremplin.test"+path, nil))
}

// post sends a form; values that begin with "@name\n" are files of that name.
func (r *room) post(who, path string, form url.Values) *httptest.ResponseRecorder {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for k, vs := range form {
		for _, v := range vs {
			name, data, file := strings.Cut(v, "\n")
			if file = file && strings.HasPrefix(name, "@"); file {
				f, err := m.CreateFormFile(k, name[1:])
				r.must(err)
				_, err = f.Write([]byte(data))
				r.must(err)
				continue
			}
			r.must(m.WriteField(k, v))
		}
	}
	r.must(m.Close())
	q := httptest.NewRequestWithContext(r.t.Context(), http.MethodPost, "http://tremplin.test"+path, &b)
	q.Header.Set("Content-Type", m.FormDataContentType())
	return r.send(who, "en", q)
}

// says holds a page to its status and words.
func (r *room) says(w *httptest.ResponseRecorder, status int, words ...string) string {
	r.t.Helper()
	body := html.UnescapeString(w.Body.String())
	if w.Code != status {
		r.t.Fatalf("status %d, want %d: %s", w.Code, status, body)
	}
	for _, s := range words {
		if !strings.Contains(body, s) {
			r.t.Errorf("%q is not on the page", s)
		}
	}
	return body
}

// filled is the form of a screen as it stands.
func (r *room) filled(who, path string) url.Values {
	r.t.Helper()
	body := r.get(who, path).Body.String()
	_, form, _ := strings.Cut(body, `method="post"`)
	if i := strings.Index(form, `name="was"`); i >= 0 {
		form = form[i:]
	}
	v := url.Values{"was": {value(form, "was")}, "from": {value(form, "from")}, "title": {value(form, "title")}, "alt": {value(form, "alt")}}
	for _, m := range regexp.MustCompile(`(?s)<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>`).FindAllStringSubmatch(form, -1) {
		v.Set(m[1], html.UnescapeString(m[2]))
	}
	for _, m := range regexp.MustCompile(`name="right" value="(\d+)" checked`).FindAllStringSubmatch(form, -1) {
		v.Add("right", m[1])
	}
	if m := regexp.MustCompile(`(?s)name="kind".*?<option value="([a-z]*)" selected`).FindStringSubmatch(form); m != nil {
		v.Set("kind", m[1])
	}
	return v
}

func value(form, name string) string {
	m := regexp.MustCompile(`name="` + name + `"[^>]* value="([^"]*)"`).FindStringSubmatch(form)
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1])
}

func TestEveryPageInEveryLanguage(t *testing.T) {
	r := open(t)
	v := r.filled("claire", module+"/edit/where")
	v.Set("text", "Deux endroits.")
	r.says(r.post("claire", module+"/edit/where", v), http.StatusSeeOther)
	for _, path := range []string{
		"/modules", "/modules/new", module, module + "?since=1", module + "/edit", module + "/head", module + "/edit/where",
		"/translations", module + "/translate/ar", module + "/translate/ar/_", module + "/translate/ar/where",
	} {
		for _, l := range i18n.Languages {
			n := 0
			q := httptest.NewRequestWithContext(db.Counted(t.Context(), &n), http.MethodGet, "http://tremplin.test"+path, nil)
			body := r.says(r.send("nadia", l.Code, q), http.StatusOK)
			if bare := regexp.MustCompile(`\b(author|translate|content)\.[a-z]+[a-z.-]*`).FindString(body); bare != "" {
				t.Errorf("%s in %s: %s is not said", path, l.Code, bare)
			}
			if n > 8 {
				t.Errorf("%s: %d queries", path, n)
			}
		}
	}
}

func TestOnlyThoseWhoMay(t *testing.T) {
	r := open(t)
	for path, may := range map[string]string{
		"/modules": "claire nadia", module: "claire nadia", module + "/edit/where": "claire nadia", module + "/module.zip": "claire nadia",
		"/translations": "selim nadia", module + "/translate/tr/where": "selim nadia",
	} {
		for who := range r.who {
			want := http.StatusForbidden
			if strings.Contains(may, who) {
				want = http.StatusOK
			}
			if w := r.get(who, path); w.Code != want {
				t.Errorf("%s opens %s: %d, want %d", who, path, w.Code, want)
			}
		}
		if w := r.get("", path); w.Code != http.StatusSeeOther {
			t.Errorf("nobody opens %s: %d", path, w.Code)
		}
	}
	r.says(r.get("selim", module+"/translate/uk/where"), http.StatusNotFound) // a language that he did not name
}

func TestNothingTypedIsLost(t *testing.T) {
	r := open(t)
	at := module + "/edit/where"
	for name, text := range map[string]string{
		"html":       "Un.\n\n<script>alert(1)</script>",
		"long":       strings.Repeat("mot ", 2500),
		"passage":    "::: FR\nouvert",
		"mixed":      "Bonjour مرحبا 112\u202e",
		"a screen":   "a\n# Autre {#other}",
		"an attempt": "\"><img src=x onerror=alert(1)>",
	} {
		v := r.filled("claire", at)
		v.Set("text", text)
		v.Set("act", "save")
		body := r.says(r.post("claire", at, v), http.StatusUnprocessableEntity)
		if strings.Contains(r.get("claire", at).Body.String(), "<script>alert") || !strings.Contains(body, strings.TrimSpace(text)) {
			t.Errorf("%s: lost, or not escaped", name)
		}
		if got := r.filled("claire", at).Get("text"); got != strings.TrimSpace(text) {
			t.Errorf("%s: the draft holds %.40q", name, got)
		}
	}
	r.says(r.get("claire", module+"/edit"), http.StatusOK, "to put right")
	r.says(r.post("claire", module+"/submit", url.Values{}), http.StatusUnprocessableEntity, "Open them first")
}

func TestLatinBytesAreMadeText(t *testing.T) {
	r := open(t)
	v := r.filled("claire", module+"/edit/where")
	v.Set("text", "caf\xe9 ouvert")
	r.says(r.post("claire", module+"/edit/where", v), http.StatusSeeOther)
	if got := r.filled("claire", module+"/edit/where").Get("text"); got != "caf ouvert" {
		t.Errorf("%q", got)
	}
}

func TestTwoEditors(t *testing.T) {
	r := open(t)
	at := module + "/edit/where"
	first, second := r.filled("claire", at), r.filled("nadia", at)
	first.Set("text", "Claire écrit.")
	second.Set("text", "Nadia écrit.")
	r.says(r.post("claire", at, first), http.StatusSeeOther)
	r.says(r.post("claire", at, first), http.StatusSeeOther) // a double click
	body := r.says(r.post("nadia", at, second), http.StatusUnprocessableEntity, "Somebody else has changed this screen", "Nadia", "Claire")
	if got := r.filled("claire", at).Get("text"); got != "Claire écrit." {
		t.Fatalf("%q", got)
	}
	second.Set("was", value(body, "was"))
	r.says(r.post("nadia", at, second), http.StatusSeeOther)
	if got := r.filled("claire", at).Get("text"); got != "Nadia écrit." {
		t.Fatalf("%q", got)
	}
}

func TestPictures(t *testing.T) {
	r := open(t)
	at := module + "/edit/where"
	const shape = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/>%s</svg>`
	for name, file := range map[string]string{
		"script":   "@a.svg\n" + fmt.Sprintf(shape, `<script>alert(1)</script>`),
		"handler":  "@a.svg\n" + fmt.Sprintf(shape, `<rect onload="alert(1)"/>`),
		"entity":   "@a.svg\n<!DOCTYPE x [<!ENTITY a \"b\">]>" + fmt.Sprintf(shape, ""),
		"disguise": "@a.png\n" + fmt.Sprintf(shape, ""),
		"type":     "@a.html\n<p>",
		"path":     "@../../a.svg\n<p>",
	} {
		v := r.filled("claire", at)
		v.Set("picture", file)
		v.Set("act", "save")
		v.Set("question", "Gardé "+name)
		r.says(r.post("claire", at, v), http.StatusUnprocessableEntity, "Gardé "+name, `id="picture-fault"`)
	}
	v := r.filled("claire", at)
	v.Set("picture", "@a.pdf\n%PDF")
	v.Set("act", "save")
	r.says(r.post("claire", at, v), http.StatusUnprocessableEntity, "This type of file does not go here")
	v = r.filled("claire", at)
	v.Set("picture", "@Neu.SVG\n"+fmt.Sprintf(shape, ""))
	v.Set("audio", "@a.mp3\nID3aaaa")
	r.says(r.post("claire", at, v), http.StatusSeeOther)
	m := regexp.MustCompile(`/files/[0-9a-f]{64}`).FindString(r.get("claire", at).Body.String())
	w := r.get("claire", module+m)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/svg+xml" || !strings.Contains(w.Header().Get("Content-Security-Policy"), "sandbox") {
		t.Fatal(w.Code, w.Header())
	}
	r.says(r.get("claire", module+"/files/"+strings.Repeat("a", 64)), http.StatusNotFound)
	r.says(r.get("claire", at), http.StatusOK, "There is a recording")
	v = r.filled("claire", at)
	v.Set("no-picture", "1")
	r.says(r.post("claire", at, v), http.StatusSeeOther)
	if body := r.get("claire", at).Body.String(); strings.Contains(body, "no-picture") {
		t.Error("the picture is still there")
	}
}

func TestVideos(t *testing.T) {
	r := open(t)
	at := module + "/edit/where"
	v := r.filled("claire", at)
	v.Set("picture", "@a.mp4\n<html>")
	v.Set("question", "Gardé")
	v.Set("act", "save")
	r.says(r.post("claire", at, v), http.StatusUnprocessableEntity, "Gardé", `id="picture-fault"`)
	v = r.filled("claire", at)
	v.Set("picture", "@Film.MP4\n\x00\x00\x00\x20ftypmp42")
	r.says(r.post("claire", at, v), http.StatusSeeOther)
	v = r.filled("claire", at)
	v.Set("smaller", "1")
	v.Set("captions", "@a.vtt\n<html>")
	v.Set("act", "save")
	r.says(r.post("claire", at, v), http.StatusUnprocessableEntity, `id="captions-fault"`)
	v = r.filled("claire", at)
	v.Set("smaller", "1")
	v.Set("captions", "@a.vtt\nWEBVTT\n\n00:01.000 --> 00:02.000\nBonjour")
	r.says(r.post("claire", at, v), http.StatusSeeOther)
	body := r.get("claire", at).Body.String()
	r.says(r.get("claire", at), http.StatusOK, "<video", `<track kind="captions"`, "There are captions", "The smaller size is being made", `name="smaller" value="1" checked`)
	r.says(r.get("claire", module+"/edit"), http.StatusOK, "is still being made")
	v = r.filled("claire", at)
	v.Del("smaller") // the author does without
	r.says(r.post("claire", at, v), http.StatusSeeOther)
	if again := r.get("claire", at).Body.String(); strings.Contains(again, "is being made") || strings.Contains(again, `name="smaller" value="1" checked`) {
		t.Error("a size is made that nobody wants")
	}
	files := regexp.MustCompile(`/files/[0-9a-f]{64}`).FindAllString(body, -1)
	types := map[string]bool{}
	for _, f := range files {
		types[r.get("claire", module+f).Header().Get("Content-Type")] = true
	}
	if !types["video/mp4"] || !types["text/vtt; charset=utf-8"] {
		t.Error(files, types)
	}
}

func TestFromDraftToVersion(t *testing.T) {
	r := open(t)
	v := r.filled("claire", module+"/edit/where")
	v.Set("text", "Deux endroits.")
	r.says(r.post("claire", module+"/edit/where", v), http.StatusSeeOther)
	r.says(r.post("claire", module+"/edit", url.Values{"title": {"Un écran"}}), http.StatusSeeOther)
	v = r.filled("claire", module+"/edit/un-ecran")
	v.Set("text", "Nouveau.")
	r.says(r.post("claire", module+"/edit/un-ecran", v), http.StatusSeeOther)
	r.says(r.post("claire", module+"/edit", url.Values{"up": {"un-ecran"}}), http.StatusSeeOther)
	r.says(r.post("claire", module+"/submit", url.Values{"note": {"Le nouveau"}}), http.StatusSeeOther)
	r.says(r.get("nadia", "/modules"), http.StatusOK, "Read this draft")
	r.says(r.get("nadia", module+"/edit"), http.StatusOK, "A colleague asks you", "Le nouveau", "Un écran")
	r.says(r.post("nadia", module+"/publish", url.Values{}), http.StatusUnprocessableEntity, "Say in a few words")
	twice := url.Values{"cid": {id.New().String()}, "note": {"Un écran de plus"}}
	r.says(r.post("nadia", module+"/publish", twice), http.StatusSeeOther)
	r.says(r.post("nadia", module+"/publish", twice), http.StatusSeeOther)
	r.says(r.get("claire", module+"?since=1"), http.StatusOK, "version 2", "Un écran de plus", "2 screens to bring up to date")
	r.says(r.get("selim", "/translations"), http.StatusOK, "2 screens to bring up to date")
	bad, err := r.s.J.Check(t.Context())
	if err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
}

func TestTranslatorSeesOnlyWhatChanged(t *testing.T) {
	r := open(t)
	v := r.filled("claire", module+"/edit/where")
	v.Set("text", "Deux endroits.")
	r.says(r.post("claire", module+"/edit/where", v), http.StatusSeeOther)
	r.says(r.post("claire", module+"/submit", url.Values{}), http.StatusSeeOther)
	r.says(r.post("nadia", module+"/publish", url.Values{"note": {"Court"}}), http.StatusSeeOther)
	at := module + "/translate/tr/where"
	r.says(r.get("selim", at), http.StatusOK, "<ins>", "<del>", "Title: unchanged")
	v = r.filled("selim", at)
	v.Set("text", "<b>İki</b> yer.")
	v.Set("act", "done")
	r.says(r.post("selim", at, v), http.StatusUnprocessableEntity, "HTML is not allowed", "<b>İki</b> yer.")
	v = r.filled("selim", at)
	v.Set("text", "İki yer.")
	v.Set("act", "done")
	r.says(r.post("selim", at, v), http.StatusSeeOther)
	r.says(r.post("selim", module+"/translate/tr", url.Values{}), http.StatusSeeOther)
	r.says(r.get("selim", "/translations"), http.StatusOK, "Everything is up to date", "1 translation is up to date")
	r.says(r.get("claire", module), http.StatusOK, "Translation brought up to date: Türkçe", "version 3")
}

func TestPackagesComeAndGo(t *testing.T) {
	r := open(t)
	zip := r.get("claire", module+"/module.zip")
	r.says(zip, http.StatusOK)
	r.says(r.post("claire", "/modules/import", url.Values{"file": {"@a.zip\nno zip at all"}}), http.StatusUnprocessableEntity, "neither a module (.zip)")
	r.says(r.post("claire", "/modules/import", url.Values{}), http.StatusUnprocessableEntity, "Choose a file")
	r.says(r.post("claire", "/modules/import", url.Values{"file": {"@a.zip\n" + zip.Body.String()}}), http.StatusSeeOther)
	r.says(r.get("claire", module+"/import"), http.StatusOK, "Nothing changes in this language", "after version 1")
	r.says(r.post("claire", module+"/import", url.Values{}), http.StatusSeeOther)
	r.says(r.get("claire", module+"/edit"), http.StatusOK)
	r.says(r.post("claire", module+"/discard", url.Values{}), http.StatusSeeOther)
	if _, ok, _ := r.s.Manuscript(t.Context(), r.p[0].ID(), "looking-for-work"); ok {
		t.Error("the draft is still there")
	}
}

func TestAdoptAndNew(t *testing.T) {
	r := open(t)
	m, err := content.ReadDir(os.DirFS("../../../../programmes/migrantech/modules/knowing-society"))
	r.must(err)
	r.must(r.s.Publish(t.Context(), journaltest.Act(r.p[1].ID(), id.ID{}), learning.Publication{Module: m}))
	r.says(r.get("claire", "/modules/new"), http.StatusOK, "Adopt a module from another programme")
	r.says(r.post("claire", "/modules/adopt", url.Values{"programme": {"neighbour"}, "module": {"knowing-society"}}), http.StatusSeeOther)
	r.says(r.get("claire", "/modules/knowing-society/import"), http.StatusOK, "This module is new here")
	r.says(r.post("claire", "/modules/adopt", url.Values{"programme": {"nowhere"}}), http.StatusNotFound)
	r.says(r.post("claire", "/modules/new", url.Values{"title": {strings.Repeat("x", 300)}}), http.StatusUnprocessableEntity, "too long")
	r.says(r.post("claire", "/modules/new", url.Values{"title": {"مرحبا"}, "source": {"ar"}}), http.StatusSeeOther)
	head := "/modules/module/head"
	r.says(r.post("claire", head, url.Values{"title": {"مرحبا"}, "minutes": {"many"}, "level": {"C9"}, "audience": {"learner"}, "licence": {"CC-BY-4.0"}}),
		http.StatusUnprocessableEntity, "Write one sentence about the module", "from 1 to 600", "Choose a level", "many")
	r.says(r.get("claire", "/modules/module"), http.StatusSeeOther)
	r.says(r.get("claire", "/modules"), http.StatusOK, "not published yet")
}

func TestRemarksAndRetiring(t *testing.T) {
	r := open(t)
	pid := r.p[0].ID()
	m, err := r.s.Module(t.Context(), pid, "looking-for-work")
	r.must(err)
	remark := journaltest.Act(pid, id.ID{})
	r.must(r.s.Remark(t.Context(), remark, m, learning.Remarked{Screen: "where", Language: "ar", Text: "<b>ما معنى</b> Forem؟"}))
	r.says(r.get("claire", module), http.StatusOK, "1 open remark", "<b>ما معنى</b> Forem؟")
	keep := url.Values{"remark": {remark.ID.String()}, "becomes": {"keep"}}
	r.says(r.post("claire", module+"/decide", keep), http.StatusUnprocessableEntity, "Say why nothing changes.")
	keep.Set("because", "C'est un nom.")
	r.says(r.post("claire", module+"/decide", keep), http.StatusSeeOther)
	r.says(r.post("claire", module+"/decide", url.Values{"remark": {"x"}}), http.StatusNotFound)
	r.says(r.post("claire", module+"/retire", url.Values{}), http.StatusUnprocessableEntity, "Say why")
	r.says(r.post("claire", module+"/retire", url.Values{"why": {"Trop vieux"}}), http.StatusSeeOther)
	r.says(r.get("claire", "/modules"), http.StatusOK, "Out of the library")
}
