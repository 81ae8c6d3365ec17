package content

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// takeText adds a line to the open block or passage. Blank lines before it are left out.
func (p *parser) takeText(line, mark string) {
	if mark == "" {
		line = ""
	}
	if len(p.lines) == 0 {
		if mark == "" {
			return
		}
		p.afterActivity(mark)
		p.start = p.line
	}
	p.lines = append(p.lines, line)
}

func (p *parser) afterActivity(mark string) {
	if p.screen.Activity != nil {
		p.report(p.line, ActivityNotLast, mark)
	}
}

// closeBlock ends the block or passage that is being gathered.
func (p *parser) closeBlock() {
	md := strings.TrimRight(strings.Join(p.lines, "\n"), "\n")
	if md != "" {
		p.checkMarkdown(p.start, md)
		p.screen.Blocks = append(p.screen.Blocks, Block{For: p.codes, Text: md})
	} else if p.codes != nil {
		p.report(p.opened, PassageEmpty, strings.Join(p.codes, " "))
	}
	p.lines, p.codes = nil, nil
}

// interrupt ends what is being gathered because something else begins: a passage had to be closed before.
func (p *parser) interrupt() {
	if p.codes != nil {
		p.report(p.opened, PassageOpen, strings.Join(p.codes, " "))
	}
	p.closeBlock()
}

func (p *parser) checkMarkdown(line int, md string) {
	_, err := Render(md)
	p.problems.adopt(p.file, line, err)
}

func (p *parser) takePassage(mark string) {
	codes := strings.Fields(strings.TrimLeft(mark, ":"))
	switch {
	case len(codes) > 0:
		p.interrupt()
		p.afterActivity(mark)
		p.checkCodes(codes)
		p.codes, p.opened = codes, p.line
	case p.codes == nil:
		p.report(p.line, PassageNotOpen, "")
	default:
		p.closeBlock()
	}
}

func (p *parser) checkCodes(codes []string) {
	if slices.Equal(codes, []string{Other}) {
		return
	}
	for _, code := range codes {
		if !isCountry(code) {
			p.report(p.line, PassageCountry, code)
		}
	}
}

// isCountry tells whether the code is a country's in ISO 3166, two capital letters; UK is not, GB is.
func isCountry(code string) bool {
	region, err := language.ParseRegion(code)
	return err == nil && len(code) == 2 && region.IsCountry() && region.Canonicalize().String() == code
}

// takePicture reads a picture's line. A picture ends the block before it.
func (p *parser) takePicture(mark string) {
	p.interrupt()
	p.afterActivity(mark)
	m := pictureForm.FindStringSubmatch(mark)
	alt, path := strings.TrimSpace(m[1]), m[2]
	if !pictureName.MatchString(path) && !IsVideo(path) {
		p.report(p.line, PicturePath, path)
	}
	if p.screen.Picture != "" {
		p.report(p.line, ScreenPictures, path)
	}
	p.checkLine(p.line, alt, MaxSummary, PictureNoAlt, PictureAltLong)
	p.screen.Picture, p.screen.Alt = path, alt
}
