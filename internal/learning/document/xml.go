package document

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"

	"tremplin/internal/learning/content"
)

// Bounds of one part: a course has far fewer.
const (
	maxNodes = 400_000 // elements
	maxDepth = 250     // elements within elements
	maxAttrs = 100     // of an element
)

// prefixes are the names under which this package knows the namespaces of ISO/IEC 29500, transitional and strict;
// every other is "?".
var prefixes = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":           "w",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                       "w",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":    "r",
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                "r",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                  "a",
	"http://purl.oclc.org/ooxml/drawingml/main":                              "a",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":             "wp",
	"http://schemas.openxmlformats.org/drawingml/2006/picture":               "pic",
	"http://purl.oclc.org/ooxml/drawingml/picture":                           "pic",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":             "m",
	"http://purl.oclc.org/ooxml/officeDocument/math":                         "m",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":            "mc",
	"urn:schemas-microsoft-com:vml":                                          "v",
	"http://purl.org/dc/elements/1.1/":                                       "dc",
	"http://schemas.openxmlformats.org/package/2006/relationships":           "rel",
	"http://schemas.openxmlformats.org/package/2006/content-types":           "ct",
}

// node is an element with what this package needs of it.
type node struct {
	name  string // "w:p"
	attrs map[string]string
	kids  []*node
	data  []byte
}

// parse reads a part as a tree. Nothing in it is trusted: no declarations, and bounds on what it may hold.
func parse(name string, b []byte) (*node, error) {
	p := &tree{d: xml.NewDecoder(bytes.NewReader(b)), open: []*node{{}}}
	for {
		token, err := p.d.Token()
		if errors.Is(err, io.EOF) && len(p.open[0].kids) == 1 {
			return p.open[0].kids[0], nil
		}
		if err != nil {
			return nil, Refuse(Broken, name)
		}
		if code := p.take(token); code != "" {
			return nil, Refuse(code, name)
		}
	}
}

// tree is being read; the last of what is open takes what comes.
type tree struct {
	d     *xml.Decoder
	open  []*node
	count int
}

func (p *tree) take(token xml.Token) content.Code {
	last := p.open[len(p.open)-1]
	switch t := token.(type) {
	case xml.StartElement:
		n := &node{name: known(t.Name)}
		if p.count++; p.count > maxNodes || len(p.open) > maxDepth || len(t.Attr) > maxAttrs {
			return Heavy
		}
		for _, a := range t.Attr {
			if n.attrs == nil {
				n.attrs = map[string]string{}
			}
			n.attrs[known(a.Name)] = a.Value
		}
		last.kids = append(last.kids, n)
		p.open = append(p.open, n)
	case xml.EndElement:
		p.open = p.open[:len(p.open)-1]
	case xml.CharData:
		if len(last.kids) == 0 {
			last.data = append(last.data, t...)
		}
	case xml.Directive: // a declaration could define what a text says
		return Broken
	}
	return ""
}

func known(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	if p := prefixes[n.Space]; p != "" {
		return p + ":" + n.Local
	}
	return "?:" + n.Local
}
