package content

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
)

const (
	maxSVG       = 256 << 10 // bytes
	svgNamespace = "http://www.w3.org/2000/svg"
)

var (
	svgElements = strings.Fields("svg g path rect circle ellipse line polyline polygon title desc")
	// svgSpoken hold words for people who do not see the drawing; svgDrawn hold numbers, colours and keywords.
	svgSpoken = strings.Fields("aria-label aria-labelledby aria-describedby aria-hidden role id lang")
	svgDrawn  = strings.Fields(`viewBox width height x y x1 y1 x2 y2 cx cy r rx ry d points transform version opacity
		fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
		stroke-dasharray stroke-dashoffset color preserveAspectRatio pathLength focusable vector-effect paint-order`)
	svgValue = regexp.MustCompile(`^[-+\w\s.,#%()]*$`)
)

// CheckSVG tells whether a drawing holds nothing but shapes and their names: no script, style, link, image, reference or
// declaration, so that it can stand in a page. The error is Problems, without file.
func CheckSVG(data []byte) error {
	if len(data) > maxSVG {
		return codeError(SVGLarge)
	}
	c := &svgCheck{d: xml.NewDecoder(bytes.NewReader(data))}
	if bytes.Contains(data, []byte("<![")) { // the decoder passes CDATA as text, an HTML parser does not
		c.report(SVGMarkup, "CDATA")
	}
	for c.next() {
		continue
	}
	if c.roots != 1 {
		c.report(SVGBroken, "")
	}
	return c.problems.Err()
}

type svgCheck struct {
	d        *xml.Decoder
	open     []string
	roots    int
	problems Problems
}

func (c *svgCheck) report(code Code, detail string) {
	line, _ := c.d.InputPos()
	c.problems.add("", line, code, detail)
}

// next reads one token; false: there are no more.
func (c *svgCheck) next() bool {
	token, err := c.d.Token()
	if err != nil {
		if !errors.Is(err, io.EOF) {
			c.report(SVGBroken, err.Error())
		}
		return false
	}
	switch t := token.(type) {
	case xml.StartElement:
		c.element(t)
	case xml.EndElement:
		c.open = c.open[:len(c.open)-1]
	case xml.CharData:
		c.text(t)
	case xml.Comment:
		if bytes.ContainsAny(t, "<>") { // where XML and HTML disagree on the end of a comment
			c.report(SVGMarkup, string(t))
		}
	case xml.Directive:
		c.report(SVGMarkup, string(t))
	case xml.ProcInst:
		if t.Target != "xml" || c.roots > 0 {
			c.report(SVGMarkup, t.Target)
		}
	}
	return true
}

func (c *svgCheck) element(e xml.StartElement) {
	if len(c.open) == 0 {
		c.roots++
	}
	known := e.Name.Space == svgNamespace && slices.Contains(svgElements, e.Name.Local)
	if !known || (e.Name.Local == "svg") != (len(c.open) == 0) {
		c.report(SVGElement, e.Name.Local)
	}
	c.open = append(c.open, e.Name.Local)
	for _, a := range e.Attr {
		if !svgAllows(a) {
			c.report(SVGAttribute, a.Name.Local+"="+a.Value)
		}
	}
}

func svgAllows(a xml.Attr) bool {
	switch {
	case a.Name.Space != "":
		return false
	case a.Name.Local == "xmlns":
		return a.Value == svgNamespace
	case slices.Contains(svgSpoken, a.Name.Local):
		return true
	}
	return slices.Contains(svgDrawn, a.Name.Local) && svgValue.MatchString(a.Value) &&
		!strings.Contains(strings.ToLower(a.Value), "url")
}

// text may stand in title and desc only.
func (c *svgCheck) text(t xml.CharData) {
	if len(bytes.TrimSpace(t)) == 0 {
		return
	}
	if n := len(c.open); n == 0 || c.open[n-1] != "title" && c.open[n-1] != "desc" {
		c.report(SVGElement, string(t))
	}
}
