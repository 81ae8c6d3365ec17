package webtest

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

func find(root *html.Node, tag string, attributes []string) (out []*html.Node) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (tag == "" || n.Data == tag) && fits(n, attributes) {
			out = append(out, n)
		}
	}
	return out
}

func fits(n *html.Node, attributes []string) bool {
	for i := 0; i+1 < len(attributes); i += 2 {
		name, want := attributes[i], attributes[i+1]
		if !has(n, name) || want != "*" && Attr(n, name) != want {
			return false
		}
	}
	return true
}

func said(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data + " ")
		}
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) }), " ")
}

// fieldsOf are the values that a browser would send, but for the button that was pressed.
func fieldsOf(root *html.Node) url.Values {
	out := url.Values{}
	for _, n := range find(root, "", []string{"name", "*"}) {
		name := Attr(n, "name")
		switch n.Data {
		case "input":
			if kind := Attr(n, "type"); kind != "radio" && kind != "checkbox" || has(n, "checked") {
				out.Add(name, Attr(n, "value"))
			}
		case "textarea":
			out.Add(name, strings.TrimPrefix(raw(n), "\n"))
		case "select":
			out.Add(name, chosen(n))
		}
	}
	return out
}

func raw(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// chosen is the option that is selected, or the first.
func chosen(n *html.Node) string {
	options := find(n, "option", nil)
	for _, o := range options {
		if has(o, "selected") {
			return Attr(o, "value")
		}
	}
	if len(options) == 0 {
		return ""
	}
	return Attr(options[0], "value")
}
