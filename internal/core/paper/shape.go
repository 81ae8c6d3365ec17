package paper

import (
	"slices"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"
)

// em is the size at which text is shaped: its lengths are then thousandths of the size at which it is drawn.
const em = 1000

// setter turns words into glyphs. It serves one file: its fonts keep caches and remember what was drawn.
type setter struct {
	latin, arabic [2]*used
	fonts         map[*font.Font]*used
	shaper        shaping.HarfbuzzShaper
	splitter      shaping.Segmenter
	breaker       segmenter.Segmenter
	bidi          bidi.Paragraph
}

func newSetter() (*setter, error) {
	f, err := loadFamily()
	if err != nil {
		return nil, err
	}
	s := &setter{fonts: map[*font.Font]*used{}}
	for i := range f.latin {
		s.latin[i], s.arabic[i] = newUsed(f.latin[i]), newUsed(f.arabic[i])
		s.fonts[f.latin[i].Font], s.fonts[f.arabic[i].Font] = s.latin[i], s.arabic[i]
	}
	return s, nil
}

// shaped is a paragraph as glyphs in runs of one font and direction, in reading order, not yet cut into lines.
type shaped struct {
	text   []rune
	runs   []shaping.Output
	levels []bidi.Level // of each rune: odd is right to left
	ends   []int        // length of the text before each rune, and of all; 1/1000 em
	breaks []bool       // whether a line may begin at each rune
	high   bool         // set with the room that Arabic needs, whatever is in it
}

func (s *setter) shape(text []rune, bold bool, t Tongue) shaped {
	out := shaped{text: text, high: t.RTL}
	direction, base := di.DirectionLTR, bidi.LeftToRight
	if t.reads(text) {
		direction, base = di.DirectionRTL, bidi.RightToLeft
	}
	runs := s.bidi.Segment(text, base)
	for i := range runs.NumRuns() {
		run := runs.Run(i)
		out.levels = append(out.levels, slices.Repeat([]bidi.Level{run.Level}, run.End-run.Start)...)
	}
	whole := shaping.Input{
		Text: text, RunEnd: len(text), Direction: direction,
		Size: em << 6, Language: language.NewLanguage(t.Lang),
	}
	for _, input := range s.splitter.Split(whole, s.faces(bold)) {
		out.runs = append(out.runs, s.shaper.ShapeNoExtents(input))
	}
	out.measure(&s.breaker)
	return out
}

// faces chooses, rune by rune, the font that has it; in an Arabic run also for spaces and stops, which are drawn to match.
func (s *setter) faces(bold bool) *faces {
	if bold {
		return &faces{latin: s.latin[1].face, arabic: s.arabic[1].face}
	}
	return &faces{latin: s.latin[0].face, arabic: s.arabic[0].face}
}

type faces struct {
	latin, arabic *font.Face
	inArabic      bool
}

// SetScript implements shaping.FontmapScript.
func (f *faces) SetScript(s language.Script) { f.inArabic = s == language.Arabic }

// ResolveFace implements shaping.Fontmap. What no font has is drawn as the box of the first.
func (f *faces) ResolveFace(r rune) *font.Face {
	first, second := f.latin, f.arabic
	if f.inArabic {
		first, second = second, first
	}
	if _, ok := first.NominalGlyph(r); ok {
		return first
	}
	if _, ok := second.NominalGlyph(r); ok {
		return second
	}
	return f.latin
}
