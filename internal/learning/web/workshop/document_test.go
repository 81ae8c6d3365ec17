package workshop_test

import (
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"testing"

	"tremplin/internal/core/paper"
	"tremplin/internal/learning/document/documenttest"
)

const bus = "/modules/prendre-le-bus"

func (r *room) brings(name string, data []byte) {
	r.t.Helper()
	w := r.post("claire", "/modules/import", url.Values{"file": {"@" + name + "\n" + string(data)}})
	r.says(w, http.StatusSeeOther)
}

func about(more ...string) url.Values {
	v := url.Values{
		"title": {"Prendre le bus"}, "summary": {"Une phrase."}, "slug": {"prendre-le-bus"}, "source": {"fr"}, "level": {"A2"}, "minutes": {"10"},
	}
	for i := 0; i < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

func TestAWordDocumentBecomesADraft(t *testing.T) {
	r := open(t)
	r.brings("Prendre le bus.docx", documenttest.Course().Bytes())
	body := r.says(r.get("claire", bus+"/import"), http.StatusOK, "Le ticket", "L'horaire", "Dans le bus", "Tables became lists",
		"works without network", "Acheter un ticket et arriver à l'heure.", "Un homme achète un ticket", "<strong>avant</strong>")
	if strings.Contains(body, "Describe") {
		t.Error("the picture is described")
	}
	r.says(r.post("claire", bus+"/import", about("needs", "society")), http.StatusSeeOther)
	r.says(r.post("claire", bus+"/import", about()), http.StatusSeeOther) // a second click
	r.says(r.get("claire", bus+"/edit"), http.StatusOK, "1. Le ticket", "3. Dans le bus")
	r.says(r.post("claire", bus+"/submit", url.Values{}), http.StatusSeeOther)
	r.says(r.post("nadia", bus+"/publish", url.Values{}), http.StatusSeeOther)
	r.says(r.get("", "/learn/prendre-le-bus/1"), http.StatusOK, "On achète un ticket", `alt="Un homme achète un ticket à une machine"`)
	r.says(r.get("", "/learn/prendre-le-bus/2"), http.StatusOK, "<ol>", "la direction")
}

func TestWhatIsAskedBesideADocument(t *testing.T) {
	r := open(t)
	r.brings("a.docx", documenttest.Course().Bytes())
	for field, c := range map[string]struct{ typed, said string }{
		"title":   {" ", "The title is missing"},
		"summary": {"", "Write one sentence about the module"},
		"slug":    {"looking-for-work", "Another module has this name"},
		"minutes": {"beaucoup", "from 1 to 600"},
		"level":   {"C9", "Choose a level"},
	} {
		typed := about(field, c.typed, "title", "Gardé", field, c.typed)
		r.says(r.post("claire", bus+"/import", typed), http.StatusUnprocessableEntity, c.said, strings.TrimSpace(c.typed), `id="`+field)
	}
	r.says(r.post("claire", bus+"/import", about("slug", "../x")), http.StatusUnprocessableEntity, "../x")
	r.says(r.post("claire", bus+"/import", about("slug", "new")), http.StatusUnprocessableEntity, "Another module has this name")
	r.says(r.post("claire", bus+"/import", about("slug", "le-tram", "title", "Le tram", "source", "tr")), http.StatusSeeOther)
	r.says(r.get("claire", "/modules/le-tram/head"), http.StatusOK, "Le tram")
	r.says(r.get("claire", "/modules"), http.StatusOK, "le-tram")
}

// A document of a module's name becomes its next version, and says what that changes.
func TestADocumentAfterAVersion(t *testing.T) {
	r := open(t)
	w := documenttest.Course()
	w.Body = strings.Replace(w.Body, "Prendre le bus", "Looking for work", 1)
	r.brings("a.docx", w.Bytes())
	r.says(r.get("claire", module+"/import"), http.StatusOK, "after version 1", "Le ticket", "<del>", `<option value="fr" selected`, "stays as it is")
	r.says(r.post("claire", module+"/import", about("slug", "looking-for-work", "source", "tr")), http.StatusUnprocessableEntity, "written in another language (fr)")
	r.says(r.post("claire", module+"/import", about("slug", "looking-for-work")), http.StatusSeeOther)
	r.says(r.get("claire", module+"/edit"), http.StatusOK, "1. Le ticket")
}

func TestDocumentsThatCannotBeTaken(t *testing.T) {
	r := open(t)
	for said, data := range map[string][]byte{
		"neither a module (.zip)": []byte("GIF89a"),
		"an old Word file":        []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
		"nothing to read":         documenttest.Word{}.Bytes(),
		"programs (macros)":       documenttest.Word{Parts: map[string]string{documenttest.Types: documenttest.TypesOf("application/vnd.ms-word.document.macroEnabled.main+xml")}}.Bytes(),
	} {
		r.says(r.post("claire", "/modules/import", url.Values{"file": {"@a.docx\n" + string(data)}}), http.StatusUnprocessableEntity, said, `id="file-fault"`)
	}
}

func TestAPDFBecomesADraft(t *testing.T) {
	if _, err := exec.LookPath("pdftocairo"); err != nil {
		t.Fatal("no pdftocairo: test/setup.sh installs it")
	}
	r := open(t)
	d := paper.Document{Tongue: paper.Tongue{Lang: "fr"}, Title: "Prendre le bus"}
	d.Heading(1, "Le ticket")
	d.Para("On achète un ticket avant de monter.")
	b, err := d.PDF(r.s.J.Now())
	r.must(err)
	r.brings("cours.pdf", b)
	r.says(r.get("claire", bus+"/import"), http.StatusOK, "Le ticket", "works without network", `alt="Page 1. `)
	r.says(r.post("claire", bus+"/import", about("source", "pt")), http.StatusSeeOther)
	m, ok, err := r.s.Manuscript(t.Context(), r.p[0].ID(), "prendre-le-bus")
	r.must(err)
	if !ok || !strings.HasPrefix(m.Source().Screens[0].Alt, "Página 1. ") {
		t.Errorf("%+v", m.Source())
	}
	r.says(r.post("claire", "/modules/import", url.Values{"file": {"@a.pdf\n" + string(b[:len(b)/3])}}), http.StatusUnprocessableEntity, "This PDF cannot be read", `id="file-fault"`)
}

func TestAPictureThatNobodyDescribed(t *testing.T) {
	r := open(t)
	w := documenttest.Word{Files: map[string]string{"rPic": "media/a.png"}}
	w.Body = documenttest.P("Titre", "صور") + documenttest.P("Titre1", "في المدينة") + documenttest.Para("", "<w:bidi/>", documenttest.Drawing("rPic", "")+documenttest.Run("", "نصّ بالعربية."))
	r.brings("صور.docx", w.Bytes())
	r.says(r.get("claire", "/modules/module/import"), http.StatusOK, "nobody has said yet what the picture shows", "في المدينة", `<option value="ar" selected`)
	r.says(r.post("claire", "/modules/module/import", about("slug", "suwar", "source", "ar")), http.StatusSeeOther)
	r.says(r.get("claire", "/modules/suwar/edit"), http.StatusOK, "Describe the picture")
}
