package document

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tremplin/internal/learning/content"
)

// MaxPages of a PDF: what is longer is no course.
const MaxPages = 500

// Bounds of what a page says.
const (
	pageBytes = 6500 // of its text: content.MaxBlock is 8,000
	maxFirst  = 120  // characters of a first line that is taken for a title
)

var (
	numeral = regexp.MustCompile(`^\W*(\pL{1,10} )?\d{1,4}(\W+\d{1,4})?\W*$`) // 3, - 3 -, Page 3, 3/12
	// exchanged are the letters of لا at the beginning of a word, as programs that read a PDF leave them: no word begins so.
	exchanged = regexp.MustCompile(`(^|\P{Arabic})([وفبك]{0,2})ا([اأإآ])ل`)
	numbered  = regexp.MustCompile(`^(\d{1,2})[.)]\s+(\S.*)$`)
)

// Page is a page of a PDF: what it looks like and the text on it.
type Page struct {
	Picture *Picture
	Text    string
}

// OfPages makes a document of the pages of a PDF of so many: a screen a page, with its picture and its text.
func OfPages(title string, pages []Page, of int) *Document {
	p := paging{doc: &Document{Title: title}}
	blocks := make([][][]string, len(pages))
	for i, page := range pages {
		blocks[i] = p.blocks(page.Text)
		p.script.count(page.Text)
	}
	withoutHeads(blocks)
	for i, page := range pages {
		p.page(i+1, page, blocks[i])
	}
	for range of - len(p.doc.Screens) {
		p.note(Beyond, "")
	}
	if p.doc.Language = p.script.fits(""); p.doc.Language == "ar" {
		p.note(Ligatures, "")
	}
	p.doc.Left = p.list
	return p.doc
}

// paging makes screens of pages.
type paging struct {
	noted
	doc    *Document
	script script
	full   int // bytes of text so far
}

// blocks are the paragraphs of a page, line by line, without its number.
func (p *paging) blocks(text string) (out [][]string) {
	text = sound(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ", "\v", "\n").Replace(strings.ToValidUTF8(text, "")), func() { p.note(Sign, "") })
	for _, block := range regexp.MustCompile(`\n\s*\n`).Split(text, -1) {
		var all []string
		for line := range strings.SplitSeq(block, "\n") {
			if line = strings.Join(strings.Fields(line), " "); line != "" {
				all = append(all, exchanged.ReplaceAllString(line, "${1}${2}ال$3"))
			}
		}
		if len(all) > 1 || len(all) == 1 && !numeral.MatchString(all[0]) {
			out = append(out, all)
		}
	}
	return out
}

// withoutHeads takes away what stands on top of most pages: the name of the whole, not of the page.
func withoutHeads(pages [][][]string) {
	count := map[string]int{}
	for _, blocks := range pages {
		if len(blocks) > 0 {
			count[blocks[0][0]]++
		}
	}
	for i, blocks := range pages {
		if len(blocks) == 0 || count[blocks[0][0]] < 3 || 2*count[blocks[0][0]] < len(pages) {
			continue
		}
		if blocks[0] = blocks[0][1:]; len(blocks[0]) == 0 {
			pages[i] = blocks[1:]
		}
	}
}

// page makes a screen: its first line is its title, the rest its text.
func (p *paging) page(number int, page Page, blocks [][]string) {
	if len(p.doc.Screens) >= content.MaxScreens || p.full > allBytes {
		return
	}
	s := Screen{Page: number, Picture: page.Picture}
	if len(blocks) == 0 {
		p.note(Wordless, "")
	} else {
		s.Title, blocks = first(blocks)
	}
	s.Text = p.text(s.Title, blocks)
	p.full += len(s.Text)
	p.doc.Screens = append(p.doc.Screens, s)
}

// first takes the first line for a title, if it can be one.
func first(blocks [][]string) (title string, rest [][]string) {
	line := strings.TrimSpace(headed(strings.TrimLeft(blocks[0][0], "# "+bullets)))
	if line == "" || utf8.RuneCountInString(line) > maxFirst {
		return clip(line, maxFirst), blocks
	}
	if len(blocks[0]) == 1 {
		return line, blocks[1:]
	}
	return line, append([][]string{blocks[0][1:]}, blocks[1:]...)
}

func (p *paging) text(title string, blocks [][]string) string {
	var items []item
	size, widest := 0, 0
	for _, line := range slices.Concat(blocks...) {
		widest = max(widest, utf8.RuneCountInString(line))
	}
	for _, block := range blocks {
		for _, it := range paragraphs(block, widest) {
			if size += len(it.text) + 8; size > pageBytes { // with what makes it an item of a list
				p.note(Cut, title)
				return compose(items)
			}
			items = append(items, it)
		}
	}
	return compose(items)
}

// paragraphs joins the lines of a block. A line that ends long before the others do ends its paragraph; a bullet or a
// number begins an item of a list.
func paragraphs(block []string, widest int) (out []item) {
	for i, line := range block {
		text, at := line, (*point)(nil)
		if rest := unbulleted(line); rest != line {
			text, at = strings.TrimLeft(line, bullets+" \u00a0"), &point{}
		} else if m := numbered.FindStringSubmatch(line); m != nil && i > 0 || m != nil && m[1] == "1" {
			text, at = m[2], &point{number: number(m[1])}
		}
		if i > 0 && at == nil && 3*utf8.RuneCountInString(block[i-1]) > 2*widest {
			last := &out[len(out)-1]
			last.text += " " + escape(text)
			continue
		}
		out = append(out, item{text: lines(escape(text)), point: at})
	}
	return out
}
