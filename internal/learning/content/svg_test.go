package content

import (
	"strings"
	"testing"
)

const drawing = `<?xml version="1.0" encoding="UTF-8"?>
<!-- a house -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180" role="img" aria-label="A house: here">
<title>A house</title><desc>It has a door.</desc>
<g fill="none" stroke="#1c2430" stroke-linecap="round" transform="translate(1, -2) rotate(45)">
<path d="M 0,0 L10 10e-2z"/><rect x="0" y="0" width="50%" height="2" rx="1"/><circle cx="1" cy="1" r="1"/>
<ellipse cx="1" cy="1" rx="1" ry="2"/><line x1="0" y1="0" x2="1" y2="1"/><polyline points="0,0 1,1"/>
<polygon points="0,0 1,1 2,2" fill="rgb(1, 2, 3)"/></g></svg>
`

func svg(inner string) string { return `<svg xmlns="http://www.w3.org/2000/svg">` + inner + `</svg>` }

func TestCheckSVG(t *testing.T) {
	if err := CheckSVG([]byte(drawing)); err != nil {
		t.Error(err)
	}
	tests := []struct {
		code Code
		src  string
	}{
		{SVGLarge, svg(strings.Repeat(" ", maxSVG))},
		{SVGBroken, ""},
		{SVGBroken, "no drawing"},
		{SVGBroken, svg("<g>")},
		{SVGBroken, svg("") + svg("")},
		{SVGBroken, svg("&nbsp;")},
		{SVGBroken, svg("<g fill=red/>")},
		{SVGBroken, "<?xml version='1.0' encoding='UTF-7'?>" + svg("")},
		{SVGElement, `<svg></svg>`},
		{SVGElement, `<g xmlns="http://www.w3.org/2000/svg"/>`},
		{SVGElement, svg(svg(""))},
		{SVGElement, svg("<script>alert(1)</script>")},
		{SVGElement, svg("<style>*{}</style>")},
		{SVGElement, svg("<foreignObject/>")},
		{SVGElement, svg(`<image width="1"/>`)},
		{SVGElement, svg(`<use/>`)},
		{SVGElement, svg(`<a/>`)},
		{SVGElement, svg(`<animate/>`)},
		{SVGElement, svg(`<set/>`)},
		{SVGElement, svg(`<text>a</text>`)},
		{SVGElement, svg(`<SCRIPT/>`)},
		{SVGElement, svg(`<g xmlns="http://www.w3.org/1999/xhtml"/>`)},
		{SVGElement, svg("text")},
		{SVGElement, "a" + svg("")},
		{SVGAttribute, svg(`<g onload="x"/>`)},
		{SVGAttribute, svg(`<g style="fill:red"/>`)},
		{SVGAttribute, svg(`<g href="#a"/>`)},
		{SVGAttribute, svg(`<g xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#a"/>`)},
		{SVGAttribute, svg(`<g xml:base="https://x.org"/>`)},
		{SVGAttribute, svg(`<g fill="url(https://x.org)"/>`)},
		{SVGAttribute, svg(`<g fill="URL(#a)"/>`)},
		{SVGAttribute, svg(`<g fill="&#117;rl(#a)"/>`)},
		{SVGAttribute, svg(`<g fill="red;x:y"/>`)},
		{SVGAttribute, svg(`<g class="a"/>`)},
		{SVGAttribute, svg(`<g filter="a"/>`)},
		{SVGMarkup, "<!DOCTYPE svg>" + svg("")},
		{SVGMarkup, `<!DOCTYPE svg [<!ENTITY a "` + strings.Repeat("a", 99) + `">]>` + svg("&a;")},
		{SVGMarkup, `<!DOCTYPE svg SYSTEM "file:///etc/passwd">` + svg("")},
		{SVGMarkup, svg("<title><![CDATA[><img src=x onerror=alert(1)>]]></title>")},
		{SVGMarkup, svg("<!--><img src=x onerror=alert(1)>-->")},
		{SVGMarkup, `<?xml-stylesheet href="x.css"?>` + svg("")},
		{SVGMarkup, svg("<?php x ?>")},
	}
	for _, test := range tests {
		if err := CheckSVG([]byte(test.src)); !problems(err).Has(test.code) {
			t.Errorf("%.99s: %v, want %s", test.src, err, test.code)
		}
	}
}

func TestCheckSVGSaysWhere(t *testing.T) {
	err := CheckSVG([]byte(svg("\n\n<g style='a'/>")))
	if ps := problems(err); len(ps) != 1 || ps[0].Line != 3 || ps[0].Detail != "style=a" {
		t.Error(err)
	}
}

func FuzzSVG(f *testing.F) {
	f.Add([]byte(drawing))
	f.Add([]byte(svg("<title><![CDATA[<b>]]></title>")))
	f.Add([]byte(svg("<!-- - -- <g> -->")))
	f.Add([]byte("<svg:svg xmlns:svg='http://www.w3.org/2000/svg'/>"))
	f.Fuzz(func(t *testing.T, src []byte) {
		if CheckSVG(src) != nil {
			return
		}
		low := strings.ToLower(string(src))
		for _, bad := range []string{"<script", "<style", "<image", "<use", "<!doctype", "<![", "<foreignobject", "<img"} {
			if strings.Contains(low, bad) {
				t.Fatalf("accepted %s: %q", bad, src)
			}
		}
	})
}
