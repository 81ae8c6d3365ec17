package document

import (
	"strings"
	"unicode"
)

// What one piece is read of at most; what is longer goes on in another.
const (
	maxField = 4096
	maxSpan  = 1024
)

// span is a piece of a paragraph that looks the same throughout.
type span struct {
	text         string // "\n" is a line break
	bold, italic bool
	link         string
}

// field is a complex field that is open: what it does, and whether its result has begun.
type field struct {
	does   string
	result bool
}

// inline reads what stands within a paragraph.
func (r *reader) inline(n *node, link string) {
	for _, k := range n.kids {
		switch k.name {
		case "w:r":
			r.run(k, link)
		case "w:hyperlink":
			r.inline(k, r.away(k.attr("r:id")))
		case "w:fldSimple":
			r.inline(k, r.fieldLink(k.attr("w:instr"), link))
		case "w:ins", "w:moveTo", "w:smartTag", "w:sdt", "w:sdtContent", "w:customXml", "w:dir", "w:bdo":
			r.inline(k, link)
		case "w:del", "w:moveFrom":
			r.note(Deleted)
		case "m:oMath", "m:oMathPara":
			r.note(Equation)
		case "mc:AlternateContent":
			r.inline(choice(k), link)
		}
	}
}

// choice is what Word itself would take of several ways to say the same.
func choice(n *node) *node {
	if c := n.kid("mc:Choice"); c != nil {
		return c
	}
	if f := n.kid("mc:Fallback"); f != nil {
		return f
	}
	return &node{}
}

// run reads a run: a piece of text with its own look.
func (r *reader) run(n *node, link string) {
	props := n.kid("w:rPr")
	if r.styles.says(props, "w:vanish") {
		r.note(Hidden)
		return
	}
	bold, italic := "w:b", "w:i"
	if r.styles.says(props, "w:rtl") || r.styles.says(props, "w:cs") { // Arabic letters have properties of their own
		bold, italic = "w:bCs", "w:iCs"
	}
	s := span{bold: r.styles.says(props, bold), italic: r.styles.says(props, italic), link: link}
	for _, k := range n.kids {
		if k.name == "mc:AlternateContent" {
			r.within(choice(k), s)
			continue
		}
		r.piece(k, s)
	}
}

func (r *reader) within(n *node, s span) {
	for _, k := range n.kids {
		r.piece(k, s)
	}
}

// lost are pieces of a run that a screen has no place for.
var lost = map[string]string{
	"w:footnoteReference": Footnote, "w:endnoteReference": Footnote, "w:commentReference": Comment, "w:delText": Deleted, "w:sym": Sign,
}

func (r *reader) piece(k *node, s span) {
	switch k.name {
	case "w:t":
		r.say(s, strings.NewReplacer("\n", " ", "\t", " ", "\r", " ").Replace(k.text()))
	case "w:br":
		if kind := k.attr("w:type"); kind == "" || kind == "textWrapping" {
			r.say(s, "\n")
		}
	case "w:cr":
		r.say(s, "\n")
	case "w:tab", "w:ptab":
		r.say(s, " ")
	case "w:noBreakHyphen":
		r.say(s, "\u2011")
	case "w:fldChar":
		r.fieldMark(k.attr("w:fldCharType"))
	case "w:instrText":
		if i := len(r.fields) - 1; i >= 0 && len(r.fields[i].does) < maxField {
			r.fields[i].does += k.text()
		}
	case "w:drawing", "w:pict", "w:object":
		r.drawing(k)
	case "w:ruby":
		for _, base := range k.kid("w:rubyBase").all("w:r") {
			r.run(base, s.link)
		}
	default:
		if what := lost[k.name]; what != "" {
			r.note(what)
		}
	}
}

// say adds text, unless it is what a field does rather than what it shows.
func (r *reader) say(s span, text string) {
	for _, f := range r.fields {
		switch {
		case !f.result:
			return
		case f.is("TOC"):
			r.note(Contents)
			return
		case s.link == "":
			s.link = r.fieldLink(f.does, "")
		}
	}
	if s.text = r.sound(text); s.text == "" {
		return
	}
	if i := len(r.spans) - 1; i >= 0 && r.spans[i].like(s) && len(r.spans[i].text) < maxSpan {
		r.spans[i].text += s.text
		return
	}
	r.spans = append(r.spans, s)
}

func (s span) like(o span) bool { return s.bold == o.bold && s.italic == o.italic && s.link == o.link }

func (r *reader) sound(text string) string { return sound(text, func() { r.note(Sign) }) }

// sound leaves out what a module may not hold: signs of private fonts, and characters that nobody sees.
func sound(text string, lost func()) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n':
			return c
		case c >= 0x202A && c <= 0x202E, c >= 0x2066 && c <= 0x2069, c == 0xFEFF, c == 0xAD: // marks without ink
			return -1
		case unicode.IsControl(c), unicode.Is(unicode.Co, c), c == 0x2028, c == 0x2029, c&0xFFFE == 0xFFFE, c == unicode.ReplacementChar:
			lost()
			return -1
		}
		return c
	}, text)
}
