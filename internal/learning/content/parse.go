package content

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	titleForm   = regexp.MustCompile(`^#([^#].*?)?\{#([^}]*)\}$`)
	idForm      = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
	pictureForm = regexp.MustCompile(`^!\[(.*)\]\(([^()]*)\)$`)
	pictureName = regexp.MustCompile(`^pictures/[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.(svg|png|jpe?g|webp)$`)
)

// ParseText reads one language file. The error is Problems: all that is to be repaired, in order of lines.
func ParseText(lang string, src []byte) (*Text, error) {
	p := &parser{file: lang + ".md", text: &Text{Lang: lang}, ids: map[string]bool{}}
	if !p.readable(src) {
		return nil, p.problems
	}
	for _, line := range p.head(lines(src)) {
		p.line++
		p.take(line)
	}
	p.closeScreen()
	p.checkScreens()
	if err := p.problems.Err(); err != nil {
		return nil, err
	}
	return p.text, nil
}

// parser goes through a text line by line. A line belongs to the activity, the passage or the block that is open.
type parser struct {
	file     string
	line     int // from 1
	problems Problems
	text     *Text
	ids      map[string]bool
	screen   *Screen // nil before the first
	begun    int     // where the screen begins
	lines    []string
	start    int      // where lines begin
	codes    []string // of the open passage, nil outside
	opened   int      // where the open passage or activity begins
	fence    *Kind    // of the open activity, nil outside
}

func (p *parser) report(line int, code Code, detail string) {
	p.problems.add(p.file, line, code, detail)
}

// take reads one line. What opens or closes something counts even when it is indented: a space too many
// must not turn a screen into a paragraph.
func (p *parser) take(line string) {
	mark := strings.TrimSpace(line)
	switch {
	case p.fence != nil && !titleForm.MatchString(mark):
		p.takeActivity(mark)
	case mark == "#" || strings.HasPrefix(mark, "# ") || titleForm.MatchString(mark):
		p.openScreen(mark)
	case p.screen == nil:
		p.outside(mark)
	case strings.HasPrefix(mark, "```"):
		p.openActivity(mark)
	case strings.HasPrefix(mark, ":::"):
		p.takePassage(mark)
	case p.codes == nil && pictureForm.MatchString(mark):
		p.takePicture(mark)
	default:
		p.takeText(line, mark)
	}
}

func (p *parser) outside(mark string) {
	if mark != "" {
		p.report(p.line, TextOutside, mark)
	}
}

func (p *parser) openScreen(mark string) {
	p.closeScreen()
	p.screen = &Screen{Title: strings.TrimSpace(mark[1:])}
	p.begun = p.line
	if m := titleForm.FindStringSubmatch(mark); m != nil {
		p.screen.Title, p.screen.ID = strings.TrimSpace(m[1]), m[2]
	}
	p.checkID(p.screen.ID)
	p.checkLine(p.line, p.screen.Title, MaxTitle, ScreenNoTitle, TitleLong)
}

func (p *parser) checkID(id string) {
	switch {
	case id == "":
		p.report(p.line, ScreenNoID, p.screen.Title)
	case !idForm.MatchString(id):
		p.report(p.line, ScreenBadID, id)
	case p.ids[id]:
		p.report(p.line, DuplicateID, id)
	}
	p.ids[id] = true
}

// checkLine refuses a text of one line that is empty or too long.
func (p *parser) checkLine(line int, s string, most int, empty, long Code) {
	if strings.TrimSpace(s) == "" {
		p.report(line, empty, s)
	}
	p.checkLong(line, s, most, long)
}

func (p *parser) checkLong(line int, s string, most int, long Code) {
	if utf8.RuneCountInString(s) > most {
		p.report(line, long, s)
	}
}

func (p *parser) closeScreen() {
	if p.screen == nil {
		return
	}
	if p.fence != nil {
		p.report(p.opened, ActivityOpen, p.screen.ID)
		p.closeActivity()
	}
	p.interrupt()
	s := p.screen
	if s.Picture == "" && len(s.Blocks) == 0 && s.Activity == nil {
		p.report(p.begun, ScreenEmpty, s.ID)
	}
	p.text.Screens = append(p.text.Screens, *s)
}

func (p *parser) checkScreens() {
	switch n := len(p.text.Screens); {
	case n == 0:
		p.report(0, TextNoScreen, "")
	case n > MaxScreens:
		p.report(0, TextManyScreens, "")
	}
	slices.SortStableFunc(p.problems, func(a, b Problem) int { return a.Line - b.Line })
}
