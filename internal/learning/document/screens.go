package document

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tremplin/internal/core/photo"
	"tremplin/internal/learning/content"
)

// What stands on a screen at most: a phone's worth of reading.
const (
	halves   = 16      // of paragraphs: a line of a list counts for one
	maxBytes = 3500    // of a screen's text
	allBytes = 180_000 // of all of them: content.MaxText has room for that, and for titles and descriptions
	maxTitle = content.MaxTitle - 10
	maxBold  = 90 // characters of a bold line that is taken for a heading
)

func fits(items []item) bool {
	weight, size, pictures := 0, 0, 0
	for _, it := range items {
		weight, size = weight+it.weight(), size+len(it.text)
		if it.picture != nil {
			pictures++
		}
	}
	return weight <= halves && size <= maxBytes && pictures <= 1
}

func (it item) weight() int {
	switch {
	case it.picture != nil:
		return 0
	case it.point != nil:
		return 1
	}
	return 2
}

// portions divides what is too much for one screen.
func (r *reader) portions(items []item) (out [][]item) {
	var now []item
	for _, it := range whole(items) {
		if len(now) > 0 && !fits(append(slices.Clip(now), it)) {
			out, now = append(out, now), nil
		}
		now = append(now, it)
	}
	if len(now) > 0 {
		out = append(out, now)
	}
	return out
}

// whole divides paragraphs that are too long for any screen between words.
func whole(items []item) (out []item) {
	for _, it := range items {
		for len(it.text) > maxParagraph {
			at := strings.LastIndexByte(it.text[:maxBytes], ' ')
			if dot := strings.LastIndex(it.text[:maxBytes], ". "); dot > maxBytes/2 {
				at = dot + 1
			}
			if at < 1 {
				at = maxBytes
				for !utf8.RuneStart(it.text[at]) {
					at--
				}
			}
			out = append(out, item{text: it.text[:at], point: it.point})
			it.text = lines(strings.TrimLeft(it.text[at:], " "))
		}
		out = append(out, it)
	}
	return out
}

// screen adds a screen to the document, while a module has room for it.
func (r *reader) screen(title string, items []item) {
	s := Screen{Title: headed(title)}
	var text []item
	for _, it := range items {
		switch {
		case it.level > 0:
			text = append(text, r.strong(it.plain))
		case it.picture == nil:
			text = append(text, it)
		case len(r.doc.Screens) < content.MaxScreens:
			s.Picture = r.fit(it.picture, title)
		}
	}
	s.Text = compose(text)
	if s.Text == "" && s.Picture == nil {
		return
	}
	if r.full += len(s.Text); len(r.doc.Screens) >= content.MaxScreens || r.full > allBytes {
		r.noted.note(Beyond, "")
		return
	}
	r.doc.Screens = append(r.doc.Screens, s)
}

// headed is a title that a language file does not read as anything else: its signs are those of a heading and an id.
func headed(title string) string {
	return strings.TrimLeft(strings.ReplaceAll(title, "{#", "{ #"), "# ")
}

// fit makes a picture small enough for a phone; nil where it cannot be read.
func (r *reader) fit(p *Picture, where string) *Picture {
	data, ending, err := photo.Fit(p.Data)
	if err != nil {
		r.noted.note(PictureBad, where)
		return nil
	}
	return &Picture{data, ending, clip(p.Alt, content.MaxSummary)}
}
