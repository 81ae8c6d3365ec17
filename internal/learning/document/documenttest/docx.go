// Package documenttest builds Word documents for tests, of the XML that Word and LibreOffice write.
package documenttest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
	"strings"
)

const (
	word    = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	office  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	pkg     = "http://schemas.openxmlformats.org/package/2006/"
	spaces  = `xmlns:w="` + word + `" xmlns:r="` + office + `" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`
	prolog  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	styling = `<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="SousTitre"><w:name w:val="Subtitle"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="Titre2"/></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Konu"><w:name w:val="Konu"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Rond"><w:name w:val="Rond"/><w:basedOn w:val="Rond"/></w:style>
<w:style w:type="paragraph" w:styleId="Listepuces"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="lev"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>`
	counting = `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`
)

// Word is a document to be: the XML of its body, what it refers to, and parts that replace or add to the usual ones.
type Word struct {
	Body  string
	Links map[string]string // addresses outside, by id: rLink
	Files map[string]string // pictures and other parts in word/, by id: media/a.png
	Parts map[string]string // whole parts by name; an empty one is taken away
}

// Paths of parts.
const (
	Types    = "[Content_Types].xml"
	Main     = "word/document.xml"
	Styles   = "word/styles.xml"
	MainType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)

// Parts are the files of the document by name.
func (w Word) parts() map[string]string {
	parts := map[string]string{
		Types:                          TypesOf(MainType),
		"_rels/.rels":                  prolog + `<Relationships xmlns="` + pkg + `relationships"><Relationship Id="rId1" Type="` + office + `/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="` + pkg + `relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
		"docProps/core.xml":            prolog + `<cp:coreProperties xmlns:cp="` + pkg + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title></dc:title></cp:coreProperties>`,
		Main:                           prolog + `<w:document ` + spaces + `><w:body>` + w.Body + `<w:sectPr/></w:body></w:document>`,
		Styles:                         prolog + `<w:styles ` + spaces + `>` + styling + `</w:styles>`,
		"word/numbering.xml":           prolog + `<w:numbering ` + spaces + `>` + counting + `</w:numbering>`,
		"word/_rels/document.xml.rels": w.relations(),
	}
	maps.Copy(parts, w.Parts)
	for _, name := range w.Files {
		if _, own := parts["word/"+name]; !own {
			parts["word/"+name] = Picture(40, 30)
		}
	}
	return parts
}

// TypesOf says of which type the main part is.
func TypesOf(main string) string {
	return prolog + `<Types xmlns="` + pkg + `content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + main + `"/></Types>`
}

func (w Word) relations() string {
	var b strings.Builder
	b.WriteString(prolog + `<Relationships xmlns="` + pkg + `relationships">`)
	relate := func(id, kind, target, more string) {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s/%s" Target="%s"%s/>`, id, office, kind, target, more)
	}
	relate("rIdStyles", "styles", "styles.xml", "")
	relate("rIdNumbers", "numbering", "numbering.xml", "")
	for _, id := range slices.Sorted(maps.Keys(w.Links)) {
		relate(id, "hyperlink", w.Links[id], ` TargetMode="External"`)
	}
	for _, id := range slices.Sorted(maps.Keys(w.Files)) {
		kind, _, _ := strings.Cut(w.Files[id], "/")
		relate(id, map[bool]string{true: "image", false: "header"}[kind == "media"], w.Files[id], "")
	}
	return b.String() + `</Relationships>`
}

// Bytes packs the document, uncompressed: what is large is large; more adds to the archive.
func (w Word) Bytes(more ...func(*zip.Writer)) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts := w.parts()
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if parts[name] == "" {
			continue
		}
		f, _ := z.CreateHeader(&zip.FileHeader{Name: name}) // a buffer takes everything
		_, _ = f.Write([]byte(parts[name]))
	}
	for _, add := range more {
		add(z)
	}
	_ = z.Close()
	return b.Bytes()
}

// P is a paragraph of a style with one run of text.
func P(style, text string) string { return Para(style, "", Run("", text)) }

// Para is a paragraph of a style with properties and runs.
func Para(style, props, runs string) string {
	if style != "" {
		props = `<w:pStyle w:val="` + style + `"/>` + props
	}
	return `<w:p><w:pPr>` + props + `</w:pPr>` + runs + `</w:p>`
}

// Run is a run with properties.
func Run(props, text string) string {
	return `<w:r><w:rPr>` + props + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

// Item is a paragraph of a list.
func Item(list, level int, text string) string {
	return Para("", fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, list), Run("", text))
}

// Table is a table of rows of cells.
func Table(look string, rows ...[]string) string {
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr><w:tblLook w:val="` + look + `"/></w:tblPr>`)
	for _, row := range rows {
		b.WriteString("<w:tr>")
		for _, cell := range row {
			b.WriteString(`<w:tc><w:tcPr/>` + P("", cell) + `</w:tc>`)
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}

// Drawing is a picture in its line.
func Drawing(id, alt string) string {
	return `<w:r><w:drawing><wp:inline><wp:extent cx="1828800" cy="1371600"/><wp:docPr id="1" name="Image 1" descr="` + alt +
		`"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="` + id +
		`"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
}

// Picture is a PNG.
func Picture(width, height int) string {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			m.Set(x, y, color.RGBA{uint8(x), uint8(y), 120, 255})
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m) // a buffer takes everything
	return b.String()
}

// Course is a small course as a trainer writes it in French: a title, three headings, a list and a picture.
func Course() Word {
	return Word{
		Body: P("Titre", "Prendre le bus") + P("SousTitre", "Acheter un ticket et arriver à l'heure.") +
			P("Titre1", "Le ticket") + Para("", "", Run("", "On achète un ticket ")+Run("<w:b/>", "avant")+Run("", " de monter.")) +
			Para("", "", Drawing("rPic", "Un homme achète un ticket à une machine")) +
			P("Titre1", "L'horaire") + P("", "Trois choses à regarder :") + Item(2, 0, "la ligne") + Item(2, 0, "la direction") + Item(2, 0, "l'heure") +
			P("Titre1", "Dans le bus") + P("", "On valide son ticket. Voici où demander :") +
			Table("04A0", []string{"Ville", "Réseau"}, []string{"Strasbourg", "CTS"}, []string{"Lisbonne", "Carris"}),
		Files: map[string]string{"rPic": "media/image1.png"},
	}
}
