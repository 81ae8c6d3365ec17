package document

import (
	"strconv"
	"strings"
)

const maxChain = 20 // styles that stand on one another

// Levels of a paragraph that is no heading 1 to 9.
const (
	bodyText = 0
	titled   = -1
	subtitle = -2
	contents = -3
)

// styles are a document's, by id. Ids are in the language of whoever made the template (Titre1, Überschrift1); the
// names of the built-in ones never are.
type styles struct {
	byID     map[string]*node
	language string // of what is written from left to right
	bidi     string // of what is written from right to left
}

func readStyles(n *node) styles {
	s := styles{byID: map[string]*node{}}
	for _, st := range n.all("w:style") {
		s.byID[st.attr("w:styleId")] = st
	}
	lang := n.at("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang")
	s.language, s.bidi = lang.val(), lang.attr("w:bidi")
	return s
}

// chain calls f for a style and for those on which it stands, until f is content.
func (s styles) chain(id string, f func(*node) bool) {
	for range maxChain {
		st := s.byID[id]
		if st == nil || f(st) {
			return
		}
		id = st.kid("w:basedOn").val()
	}
}

// level says whether a paragraph is a heading, and of which level: by its own word, by its style's name, or by what
// the style says of its place in the outline.
func (s styles) level(props *node) (level int) {
	if own := outline(props); own > 0 {
		return own
	}
	s.chain(props.kid("w:pStyle").val(), func(st *node) bool {
		if level = named(st.kid("w:name").val()); level == bodyText {
			level = outline(st.kid("w:pPr"))
		}
		return level != bodyText
	})
	return level
}

func outline(props *node) int {
	n, err := strconv.Atoi(props.kid("w:outlineLvl").val())
	if err != nil || n < 0 || n > 8 { // 9 is body text
		return bodyText
	}
	return n + 1
}

func named(name string) int {
	name = strings.ToLower(strings.TrimSpace(name))
	switch {
	case name == "title":
		return titled
	case name == "subtitle":
		return subtitle
	case strings.HasPrefix(name, "toc "), name == "toc heading", strings.HasPrefix(name, "contents "):
		return contents
	}
	if n, err := strconv.Atoi(strings.TrimPrefix(name, "heading ")); err == nil && n >= 1 && n <= 9 {
		return n
	}
	return bodyText
}

// list is where a paragraph's style puts it in a list, where the paragraph does not say so itself.
func (s styles) list(props *node) (num *node) {
	if num = props.kid("w:numPr"); num != nil {
		return num
	}
	s.chain(props.kid("w:pStyle").val(), func(st *node) bool {
		num = st.at("w:pPr", "w:numPr")
		return num != nil
	})
	return num
}

// says tells whether a run has a property, by itself or by its style.
func (s styles) says(props *node, property string) (is bool) {
	if own := props.kid(property); own != nil {
		return own.on()
	}
	s.chain(props.kid("w:rStyle").val(), func(st *node) bool {
		own := st.at("w:rPr", property)
		is = own.on()
		return own != nil
	})
	return is
}
