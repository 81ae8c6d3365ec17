package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tremplin/internal/learning/content"
	"tremplin/internal/learning/document"
	"tremplin/internal/learning/document/documenttest"
)

var (
	p, para, run, item = documenttest.P, documenttest.Para, documenttest.Run, documenttest.Item
	table, drawing     = documenttest.Table, documenttest.Drawing
)

// read reads a document of this body, which must be one.
func read(t *testing.T, w documenttest.Word) *document.Document {
	t.Helper()
	d, err := document.ReadDOCX("cours_du bus.docx", w.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// said is every screen as "title: text".
func said(d *document.Document) (out []string) {
	for _, s := range d.Screens {
		picture := ""
		if s.Picture != nil {
			picture = "[" + s.Picture.Ending + " " + s.Picture.Alt + "] "
		}
		out = append(out, s.Title+": "+picture+s.Text)
	}
	return out
}

func left(d *document.Document) (out []string) {
	for _, l := range d.Left {
		out = append(out, fmt.Sprintf("%s %s %d", l.What, l.Where, l.Count))
	}
	return out
}

func TestWhatADocumentBecomes(t *testing.T) {
	word := func(body string) documenttest.Word { return documenttest.Word{Body: body} }
	tests := map[string]struct {
		doc    documenttest.Word
		title  string
		said   []string
		behind []string
	}{
		"headings 1": {
			word(p("Titre1", "Un") + p("", "a") + p("Titre1", "Deux") + p("", "b") + p("Titre2", "Deux et demi") + p("", "c")),
			"cours du bus",
			[]string{"Un: a", "Deux: b\n\n**Deux et demi**\n\nc"},
			nil,
		},
		"one heading 1 is the title": {
			word(p("Titre1", "Tout") + p("", "d'abord") + p("Titre2", "Un") + p("", "a") + p("Titre2", "Deux") + p("", "b")),
			"Tout",
			[]string{"Tout: d'abord", "Un: a", "Deux: b"},
			nil,
		},
		"headings by the chain of styles, and by the outline": {
			word(p("Kapitel", "Eins") + p("", "a") + p("Konu", "İki") + p("", "b") + para("", `<w:outlineLvl w:val="1"/>`, run("", "Trois")) + p("", "c")),
			"cours du bus",
			[]string{"Eins: a", "İki: b", "Trois: c"},
			nil,
		},
		"no headings": {
			word(para("", "", run("<w:b/>", "Le matin")) + p("", "a") + para("", "", run("<w:b/>", "Le soir")) + p("", "b")),
			"cours du bus",
			[]string{"Le matin: a", "Le soir: b"},
			[]string{"guessed  1"},
		},
		"nothing but text": {word(p("", "a") + p("", "b")), "cours du bus", []string{"cours du bus: a\n\nb"}, nil},
		"headings alone": {
			word(p("Titre1", "Partie") + p("Titre2", "Un") + p("", "a") + p("Titre1", "Fin")),
			"cours du bus",
			[]string{"Partie: **Un**\n\na", "Fin: **Fin**"},
			nil,
		},
		"a style that stands on itself": {word(p("Rond", "a")), "cours du bus", []string{"cours du bus: a"}, nil},
		"bold and italic, spaces outside": {
			word(para("", "", run("", "Il est ")+run("<w:b/>", "très ")+run("<w:i/>", "important")+run("<w:b w:val=\"0\"/>", ".")+run(`<w:rStyle w:val="lev"/>`, " Fin"))),
			"cours du bus",
			[]string{"cours du bus: Il est **très** *important*. **Fin**"},
			nil,
		},
		"bold within a word goes before the words": {
			word(para("", "", run("<w:b/>", "«a»")+run("", "b"))), "cours du bus", []string{"cours du bus: «a»b"}, nil,
		},
		"what Markdown would read": {
			word(p("", "1. *a* _b_ [c] &lt;d&gt; `e` \\ &amp;amp; # ![x](y)") + p("", "# f") + p("", "- g") + p("", "::: FR") + p("", "&gt; h") + p("", "=== i")),
			"cours du bus",
			[]string{"cours du bus: 1\\. \\*a\\* \\_b\\_ \\[c\\] \\<d> \\`e\\` \\\\ \\&amp; # !\\[x\\](y)\n\n\\# f\n\n\\- g\n\n\\::: FR\n\n\\> h\n\n\\=== i"},
			nil,
		},
		"lines": {
			word(para("", "", `<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:br w:type="page"/><w:noBreakHyphen/></w:r>`)),
			"cours du bus",
			[]string{"cours du bus: a\\\nb c\u2011"},
			nil,
		},
		"lists": {
			word(item(1, 0, "a") + item(1, 1, "b") + item(1, 0, "c") + item(2, 0, "un") + item(2, 1, "lettre") + item(2, 0, "deux") + item(3, 0, "encore un") + p("Listepuces", "point") + p("", "• tapé")),
			"cours du bus",
			[]string{"cours du bus: - a\n    - b\n- c\n\n1. un\n    1. lettre\n2. deux\n\n1) encore un\n\n- point\n- tapé"},
			[]string{"letters  1"},
		},
		"a list goes on after a paragraph": {
			word(item(2, 0, "un") + p("", "entre") + item(2, 0, "deux")), "cours du bus", []string{"cours du bus: 1. un\n\nentre\n\n2. deux"}, nil,
		},
		"a table": {
			word(p("Titre1", "Horaire") + table("04A0", []string{"Jour", "Matin", "Soir"}, []string{"lundi", "cours", ""}, []string{"mardi", "", "visite"})),
			"Horaire",
			[]string{"Horaire: - Jour: lundi\n    - Matin: cours\n- Jour: mardi\n    - Soir: visite"},
			[]string{"table Horaire 1"},
		},
		"a table of the same": {
			word(table("04A0", []string{"", "lundi", "mardi"}, []string{"bus", "9 h", "9 h"}, []string{"train", "fermé", "fermé"})),
			"cours du bus",
			[]string{"cours du bus: - bus\n    - lundi: 9 h\n    - mardi: 9 h\n- train\n    - lundi: fermé\n    - mardi: fermé"},
			[]string{"table  1"},
		},
		"a table with long heads": {
			word(table("04A0", []string{"Jour", strings.Repeat("long ", 70) + "fin"}, []string{"lundi", "cours"})),
			"cours du bus",
			[]string{"cours du bus: - Jour\n    - " + strings.Repeat("long ", 70) + "fin\n- lundi\n    - cours"},
			[]string{"table  1"},
		},
		"a table without head": {
			word(table("0000", []string{"a", "b"}, []string{"c", "d"})), "cours du bus", []string{"cours du bus: - a\n    - b\n- c\n    - d"}, []string{"table  1"},
		},
		"a table that is a frame": {word(table("04A0", []string{"a"}, []string{"b"})), "cours du bus", []string{"cours du bus: a\n\nb"}, nil},
		"from right to left": {
			word(para("Titre1", "<w:bidi/>", run("<w:rtl/>", "العمل")) + para("", "<w:bidi/>", run("<w:rtl/>", "نبحث عن \u202bعمل\u202c ")+run("<w:bCs/><w:rtl/>", "هنا")+run("<w:b/><w:rtl/>", "."))),
			"العمل",
			[]string{"العمل: نبحث عن عمل **هنا**."},
			nil,
		},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			d := read(t, c.doc)
			if diff := cmp.Diff(c.said, said(d)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.behind, left(d)); diff != "" || d.Title != c.title {
				t.Errorf("%q %s", d.Title, diff)
			}
		})
	}
}

func TestLinks(t *testing.T) {
	link := func(id, text string) string {
		return `<w:hyperlink r:id="` + id + `">` + run("", text) + `</w:hyperlink>`
	}
	field := func(does, text string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>` + does + `</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>` + run("", text) + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	d := read(t, documenttest.Word{
		Body: para("", "", run("", "Voir !")+link("r1", "ici")) + para("", "", link("r2", "là")) + para("", "", link("r3", "courrier")) + para("", "", link("r4", "piège")) +
			para("", "", field(` HYPERLINK "https://b.example/" `, "champ")+field(" PAGEREF _x ", "7")) + para("", "", `<w:hyperlink w:anchor="x">`+run("", "plus bas")+`</w:hyperlink>`),
		Links: map[string]string{"r1": "https://a.example/x_(y)?a=1&amp;b=2", "r2": "http://c.example/", "r3": "mailto:a@example.org", "r4": "javascript:alert(1)"},
	})
	want := []string{"cours du bus: Voir \\![ici](https://a.example/x_%28y%29?a=1&b=2)\n\nlà (http://c.example/)\n\ncourrier (mailto:a@example.org)\n\npiège (javascript:alert(1))\n\n[champ](https://b.example/)7\n\nplus bas"}
	if diff := cmp.Diff(want, said(d)); diff != "" || len(d.Left) != 1 || d.Left[0].Count != 3 {
		t.Error(diff, d.Left)
	}
}

func TestPictures(t *testing.T) {
	vml := `<w:r><w:pict><v:shape alt="En ligne"><v:imagedata r:id="rB"/></v:shape></w:pict></w:r>`
	small := strings.NewReplacer("1828800", "95250", "1371600", "95250").Replace(drawing("rA", "puce"))
	d := read(t, documenttest.Word{
		Body:  p("Titre1", "Un") + para("", "", run("", "a")+drawing("rA", "Un   bus")) + para("", "", vml) + para("", "", small+drawing("rE", "")+drawing("rW", "")+drawing("rX", "")+strings.Replace(drawing("rL", ""), "r:embed", "r:link", 1)),
		Files: map[string]string{"rA": "media/a.png", "rB": "media/b.png", "rE": "media/e.emf", "rX": "media/x.png"},
		Links: map[string]string{"rL": "file:///etc/passwd"},
		Parts: map[string]string{"word/media/e.emf": "\x01\x00\x00\x00", "word/media/x.png": "\x89PNG\r\n\x1a\nbroken"},
	})
	if diff := cmp.Diff([]string{"Un: [.png Un bus] a", "Un (2): [.png En ligne] "}, said(d)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"tiny Un 1", "kind Un 1", "bad Un 2", "away Un 1"}, left(d)); diff != "" {
		t.Error(diff)
	}
}

func TestALargePictureIsMadeSmall(t *testing.T) {
	d := read(t, documenttest.Word{
		Body: para("", "", drawing("rA", "")), Files: map[string]string{"rA": "media/a.png"},
		Parts: map[string]string{"word/media/a.png": documenttest.Picture(2600, 1300)},
	})
	if n := len(d.Screens[0].Picture.Data); n > 150<<10 || n == 0 {
		t.Error(n)
	}
}

func TestWhatStaysBehind(t *testing.T) {
	box := `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="2"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx><w:txbxContent>` +
		p("", "dans le cadre") + `</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>` + p("", "dans le cadre") + `</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
	d := read(t, documenttest.Word{
		Body: `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p("", "Sommaire") + `</w:sdtContent></w:sdt>` + p("TM1", "Un 1") +
			p("Titre1", "Un") + para("", "", run("", "a")+`<w:ins>`+run("", " ajouté")+`</w:ins><w:del><w:r><w:delText>ôté</w:delText></w:r></w:del>`+run("<w:vanish/>", "caché")+
			`<w:r><w:footnoteReference w:id="1"/><w:commentReference w:id="1"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r><m:oMath/>`+box) +
			para("", "", `<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:inline></w:drawing><w:object/></w:r>`) +
			`<w:sdt><w:sdtContent>` + p("", "gardé") + `</w:sdtContent></w:sdt><w:altChunk r:id="rZ"/>`,
		Files: map[string]string{"rH": "header1.xml"},
		Parts: map[string]string{"word/header1.xml": `<w:hdr xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:p><w:r><w:t>AMSED</w:t></w:r></w:p></w:hdr>`},
	})
	if diff := cmp.Diff([]string{"Un: a ajouté\n\ndans le cadre\n\ngardé"}, said(d)); diff != "" {
		t.Error(diff)
	}
	want := []string{"contents  2", "deleted Un 1", "hidden Un 1", "footnote Un 1", "comment Un 1", "sign Un 1", "equation Un 1", "chart Un 1", "object Un 2", "margins  1"}
	if diff := cmp.Diff(want, left(d)); diff != "" {
		t.Error(diff)
	}
}

func TestLongTextsAreDivided(t *testing.T) {
	var b strings.Builder
	b.WriteString(p("Titre1", "Long"))
	for i := range 20 {
		b.WriteString(p("", fmt.Sprint("Phrase ", i)))
	}
	d := read(t, documenttest.Word{Body: b.String() + p("Titre1", "Sans fin") + p("", strings.Repeat("mot. ", 4000))})
	if d.Screens[0].Title != "Long" || d.Screens[2].Title != "Long (3)" || len(d.Screens) < 8 {
		t.Error(said(d))
	}
	for _, s := range d.Screens {
		if len(s.Text) > content.MaxBlock {
			t.Error(s.Title, len(s.Text))
		}
	}
	b.Reset()
	for i := range 70 {
		b.WriteString(p("Titre1", fmt.Sprint("Écran ", i)) + p("", "a"))
	}
	d = read(t, documenttest.Word{Body: b.String() + p("Titre1", strings.Repeat("très ", 100))})
	if len(d.Screens) != content.MaxScreens || left(d)[0] != "beyond  11" {
		t.Error(len(d.Screens), left(d))
	}
}

func TestWhatADocumentSaysOfItself(t *testing.T) {
	core := func(title string) map[string]string {
		return map[string]string{"docProps/core.xml": `<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + title + `</dc:title><dc:description>Une phrase.</dc:description></cp:coreProperties>`}
	}
	for title, w := range map[string]documenttest.Word{
		"Du style":      {Body: p("Titre", "Du style") + p("", "a"), Parts: core("De la fiche")},
		"De la fiche":   {Body: p("", "a"), Parts: core("De  la fiche")},
		"cours du bus":  {Body: p("", "a"), Parts: core("Microsoft Word - a.doc")},
		"Un seul titre": {Body: p("Titre1", "Un seul titre") + p("", "a"), Parts: core("De la fiche")},
	} {
		if d := read(t, w); d.Title != title || d.Summary != "Une phrase." || d.Language != "fr" {
			t.Errorf("%+v", d)
		}
	}
	for text, lang := range map[string]string{"the bus is late and you wait with the others": "en", "bonjour": "fr", "مرحبا بكم": "ar", "ласкаво просимо": "uk"} {
		if d := read(t, documenttest.Word{Body: p("", text)}); d.Language != lang {
			t.Error(d.Language, text)
		}
	}
}
