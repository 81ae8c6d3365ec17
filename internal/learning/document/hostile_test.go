package document_test

import (
	"archive/zip"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"tremplin/internal/learning/content"
	"tremplin/internal/learning/document"
	"tremplin/internal/learning/document/documenttest"
)

func entry(h *zip.FileHeader, data string) func(*zip.Writer) {
	return func(w *zip.Writer) {
		f, _ := w.CreateHeader(h) // a buffer takes everything
		_, _ = f.Write([]byte(data))
	}
}

func named(name string) func(*zip.Writer) {
	return entry(&zip.FileHeader{Name: name, Method: zip.Deflate}, "x")
}

func link() func(*zip.Writer) {
	h := &zip.FileHeader{Name: "word/media/l.png"}
	h.SetMode(fs.ModeSymlink | 0o777)
	return entry(h, "/etc/passwd")
}

// bomb are files of zeros that pack to almost nothing.
func bomb(w *zip.Writer) {
	for i := range 4 {
		entry(&zip.FileHeader{Name: fmt.Sprint("word/media/", i, ".png"), Method: zip.Deflate}, strings.Repeat("\x00", 8<<20))(w)
	}
}

func TestHostileDocuments(t *testing.T) {
	good := documenttest.Course()
	with := func(name, data string) []byte {
		w := good
		w.Parts = map[string]string{name: data}
		return w.Bytes()
	}
	body := func(xml string) []byte { return documenttest.Word{Body: xml}.Bytes() }
	deep := strings.Repeat("<w:sdt><w:sdtContent>", 200) + p("", "a") + strings.Repeat("</w:sdtContent></w:sdt>", 200)
	wide := strings.Repeat("<w:p/>", 400_001)
	var attrs strings.Builder
	for i := range 200 {
		fmt.Fprintf(&attrs, ` a%d="x"`, i)
	}
	for name, c := range map[string]struct {
		data []byte
		code content.Code
	}{
		"nothing":              {nil, content.ZipBroken},
		"no zip":               {[]byte("PK no"), content.ZipBroken},
		"half of one":          {good.Bytes()[:900], content.ZipBroken},
		"an old document":      {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), document.Old},
		"traversal":            {good.Bytes(named("../evil.png")), content.ZipTraversal},
		"an absolute name":     {good.Bytes(named("/etc/passwd")), content.ZipAbsolute},
		"a backslash":          {good.Bytes(named(`..\evil.png`)), content.ZipBackslash},
		"a symbolic link":      {good.Bytes(link()), content.FileLink},
		"a locked file":        {good.Bytes(entry(&zip.FileHeader{Name: "word/a.xml", Flags: 1}, "x")), content.ZipEncrypted},
		"an archive within":    {good.Bytes(named("word/embeddings/a.zip")), content.ZipNested},
		"two of a name":        {good.Bytes(named("word/document.xml")), content.ZipDuplicate},
		"a bomb":               {good.Bytes(bomb), content.ZipBomb},
		"macros by type":       {with(documenttest.Types, documenttest.TypesOf("application/vnd.ms-word.document.macroEnabled.main+xml")), document.Macros},
		"a table of figures":   {with(documenttest.Types, documenttest.TypesOf("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")), document.NotWord},
		"no main part":         {with(documenttest.Main, ""), document.NotWord},
		"no types":             {with(documenttest.Types, ""), document.NotWord},
		"an OpenDocument":      {with("mimetype", "application/vnd.oasis.opendocument.text"), document.Other},
		"broken XML":           {with(documenttest.Main, "<w:document"), document.Broken},
		"no XML":               {with(documenttest.Main, "text"), document.Broken},
		"broken styles":        {with(documenttest.Styles, "<a></b>"), document.Broken},
		"another encoding":     {with(documenttest.Main, `<?xml version="1.0" encoding="UTF-7"?><a/>`), document.Broken},
		"a declared entity":    {with(documenttest.Main, `<!DOCTYPE a [<!ENTITY b "`+strings.Repeat("x", 999)+`">]><a>&b;</a>`), document.Broken},
		"an outside entity":    {with(documenttest.Main, `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>`), document.Broken},
		"deep":                 {body(deep), document.Heavy},
		"wide":                 {body(wide), document.Heavy},
		"very many attributes": {body("<w:p" + attrs.String() + "/>"), document.Heavy},
		"empty":                {body(""), document.Empty},
		"pictures of nothing":  {body(para("", "", drawing("rNone", ""))), document.Empty},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := document.ReadDOCX("a.docx", c.data)
			var ps content.Problems
			if d != nil || !errors.As(err, &ps) || !ps.Has(c.code) {
				t.Fatalf("want %s: %v", c.code, err)
			}
		})
	}
}

func TestHostileButHarmless(t *testing.T) {
	many := strings.Repeat(`<w:r><w:t xml:space="preserve">a </w:t></w:r>`, 100_000)
	fields := strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>x</w:instrText></w:r>`, 20_000)
	cells := strings.Repeat("<w:tc><w:tcPr><w:gridSpan w:val=\"999999\"/></w:tcPr>"+p("", strings.Repeat("a", 200))+"</w:tc>", 3000)
	for name, w := range map[string]documenttest.Word{
		"runs without end":   {Body: para("", "", many)},
		"fields without end": {Body: p("", "a") + para("", "", fields)},
		"cells without end":  {Body: "<w:tbl><w:tr>" + cells + "</w:tr><w:tr>" + cells + "</w:tr></w:tbl>"},
		"numbers beyond":     {Body: p("", "a") + item(2, 99999, "b") + item(99999, 0, "c")},
		"a target outside":   {Body: p("", "a"), Files: map[string]string{"rX": "media/../../../../etc/passwd"}, Parts: map[string]string{"word/media/../../../../etc/passwd": ""}},
		"a huge attribute":   {Body: `<w:p w:x="` + strings.Repeat("x", 4<<20) + `"/>` + p("", "a")},
		"pieces without end": {Body: para("", "", "<w:r><w:t>"+strings.Repeat("a<!-- -->", 200_000)+"</w:t></w:r>")},
		"an address without end": {
			Body: para("", "", `<w:hyperlink r:id="r1">`+run("", "a")+`</w:hyperlink>`), Links: map[string]string{"r1": "https://a.example/" + strings.Repeat("x", 1<<20)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := read(t, w)
			for _, s := range d.Screens {
				if _, err := content.Render(s.Text); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestKind(t *testing.T) {
	for kind, data := range map[string]string{
		"docx": string(documenttest.Course().Bytes()), "pdf": "\n%PDF-1.7", "zip": "PK\x03\x04module", "": "GIF89a",
	} {
		if got := document.Kind([]byte(data)); got != kind {
			t.Errorf("%q is %q", kind, got)
		}
	}
}

// FuzzDOCX: any body, and any bytes, are refused with reasons or become screens that a module can hold.
func FuzzDOCX(f *testing.F) {
	f.Add(documenttest.Course().Body, []byte("PK"))
	f.Add(item(2, 3, "a")+item(1, 0, "- b")+table("04A0", []string{"*a*", "b"}, []string{"1. c", "# d"}), documenttest.Course().Bytes())
	f.Add(para("", "", run("<w:b/>", "a_")+run("<w:i/>", "_b *")+run("", "!\\")+`<w:hyperlink r:id="rIdStyles">`+run("", "[x")+`</w:hyperlink>`), []byte{})
	f.Fuzz(func(t *testing.T, body string, data []byte) {
		fits(t, documenttest.Word{Body: body, Files: map[string]string{"rPic": "media/a.png"}}.Bytes())
		fits(t, documenttest.Word{Body: p("Titre1", escaped(body)) + item(2, 0, escaped(body)) + p("", escaped(body))}.Bytes())
		fits(t, data)
	})
}

func escaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(strings.ToValidUTF8(s, ""))
}

func fits(t *testing.T, b []byte) {
	d, err := document.ReadDOCX("a.docx", b)
	var ps content.Problems
	if err != nil {
		if !errors.As(err, &ps) || len(ps) == 0 {
			t.Fatal("no reason", err)
		}
		return
	}
	text := content.Text{Lang: "fr", Title: "a", Summary: "a"}
	for i, s := range d.Screens {
		screen := content.Screen{ID: fmt.Sprint("s", i), Title: s.Title}
		if screen.Title == "" {
			screen.Title = "a"
		}
		if s.Text != "" {
			screen.Blocks = []content.Block{{Text: s.Text}}
		}
		if s.Picture != nil {
			screen.Picture, screen.Alt = "pictures/a.png", "a"
		}
		text.Screens = append(text.Screens, screen)
	}
	again, err := content.ParseText("fr", text.Format())
	if err != nil {
		t.Fatalf("%v\n%s", err, text.Format())
	}
	for i, s := range again.Screens {
		if s.Title != text.Screens[i].Title || len(s.Blocks) != len(text.Screens[i].Blocks) {
			t.Fatalf("%q is read as %q", text.Screens[i].Title, s.Title)
		}
	}
}
