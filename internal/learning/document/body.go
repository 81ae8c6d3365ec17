package document

import (
	"strings"
	"unicode/utf8"
)

// item is one thing of a document, in its order.
type item struct {
	level   int // of a heading, from 1; 0: none
	text    string
	plain   string // of a heading
	bold    bool   // all of it
	point   *point // it stands in a list
	picture *Picture
}

// reader reads a document's body.
type reader struct {
	*archive
	styles    styles
	numbering *numbering
	noted
	doc    *Document
	name   string // of its file
	items  []item
	where  string // the heading under which we are
	spans  []span // of the paragraph being read
	held   []item // pictures and text boxes of that paragraph: they follow it
	fields []field
	script script
	deep   int // tables and text boxes around us
	size   int // bytes of text so far
	full   int // bytes of the screens so far
}

// maxRead is about twice what a module has room for: what comes after would not be shown.
const maxRead = 400_000

func (r *reader) note(what string) { r.noted.note(what, r.where) }

// body reads paragraphs and tables, wherever they stand.
func (r *reader) body(n *node) {
	for _, k := range n.kids {
		if r.size > maxRead {
			r.note(Beyond)
			return
		}
		switch k.name {
		case "w:p":
			r.paragraph(k)
		case "w:tbl":
			r.table(k)
		case "w:sdt":
			if gallery := k.find("w:docPartGallery").val(); strings.EqualFold(gallery, "Table of Contents") {
				r.note(Contents)
				continue
			}
			r.body(k)
		case "w:sdtContent", "w:customXml", "w:ins", "w:moveTo":
			r.body(k)
		case "w:del", "w:moveFrom":
			r.note(Deleted)
		case "w:altChunk", "w:subDoc":
			r.note(Object)
		case "mc:AlternateContent":
			r.body(choice(k))
		case "m:oMathPara":
			r.note(Equation)
		}
	}
}

// paragraph reads one paragraph, and what hangs on it. A text box has paragraphs of its own.
func (r *reader) paragraph(p *node) {
	props := p.kid("w:pPr")
	level := r.styles.level(props)
	if level == contents {
		r.note(Contents)
		return
	}
	spans, held := r.spans, r.held
	r.spans, r.held = nil, nil
	r.inline(p, "")
	r.script.count(plain(r.spans))
	r.size += len(plain(r.spans))
	it := item{text: r.markdown(r.spans), plain: heading(r.spans), bold: allBold(r.spans)}
	after := r.held
	r.spans, r.held = spans, held
	r.place(it, level, props)
	r.items = append(r.items, after...)
}

func (r *reader) place(it item, level int, props *node) {
	if it.text == "" {
		return
	}
	switch {
	case level == titled && r.doc.Title == "":
		r.doc.Title = it.plain
		return
	case level == subtitle && r.doc.Summary == "":
		r.doc.Summary = it.plain
		return
	case level > 0 && r.deep == 0:
		it.level, r.where = level, it.plain
	default:
		it.point = r.pointOf(it, props)
		if it.point != nil && it.point.number == 0 {
			it.text = unbulleted(it.text)
		}
	}
	r.items = append(r.items, it)
}

// bullets are what people type where they mean a list.
const bullets = "•▪●‣◦▸■□◆➢➤✓✔❖"

// pointOf is where a paragraph stands in a list: because it says so, or because it begins with a typed bullet.
func (r *reader) pointOf(it item, props *node) *point {
	if num := r.styles.list(props); num != nil {
		if p, ok := r.numbering.next(num); ok {
			if p.letters {
				r.note(Letters)
			}
			return &p
		}
	}
	if unbulleted(it.text) != it.text {
		return &point{}
	}
	return nil
}

func unbulleted(md string) string {
	first, size := utf8.DecodeRuneInString(md)
	rest := strings.TrimLeft(md[size:], " \u00a0")
	if rest == "" || !strings.ContainsRune(bullets, first) {
		return md
	}
	return lines(rest)
}

// heading is a paragraph as a title: one line, nothing but words.
func heading(spans []span) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(plain(spans), "\n", " ")), " ")
}

func allBold(spans []span) bool {
	bold := false
	for _, s := range spans {
		if strings.TrimSpace(s.text) != "" {
			if !s.bold {
				return false
			}
			bold = true
		}
	}
	return bold
}
