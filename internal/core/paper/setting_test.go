package paper

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/shaping"
)

var hard = []string{
	"", " ", "\x00\xff\xfe\xc3", "👩‍🌾🇺🇦🏳️‍🌈", "漢字かな한글", "\u202eabc\u202c\u2066אבג\u2069\u2067xyz", strings.Repeat("\u2067", 300),
	strings.Repeat("خطوة أولى 12 (Tremplin) нарешті ", 320), strings.Repeat("x", 10_000), strings.Repeat("ﷺ", 10_000),
	"e" + strings.Repeat("\u0301", 10_000), strings.Repeat("َّ", 500), strings.Repeat("a\n", 5_000), "\u200d\u200c\ufeff\u2028\t",
	strings.Repeat("Wolfeschlegelsteinhausen", 9)[:200], strings.Repeat("عبدالرحمن", 23)[:400], "\U0010ffff\ufffe\ue000", "ﷲ لا إلى",
}

// FuzzPapers sets any text in every place of every paper: nothing may panic, hang, or leave its box.
func FuzzPapers(f *testing.F) {
	for i, text := range hard {
		f.Add(text, i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, text string, rtl bool) {
		if len(text) > 80_000 {
			t.Skip("longer than any field that a form takes")
		}
		tongue := Tongue{Lang: text[:min(len(text), 5)], RTL: rtl}
		checkBoxes(t, text, tongue)
		checkPapers(t, text, tongue)
	})
}

func checkBoxes(t *testing.T, text string, tongue Tongue) {
	t.Helper()
	s, err := newSetter()
	if err != nil {
		t.Fatal(err)
	}
	for _, box := range [][2]float64{{120, 30}, {700, 72}} {
		b := s.fit(text, style{40, true, black}, 8, box[0], box[1], tongue)
		if b.height() > box[1]+0.1 {
			t.Errorf("%.80q is %.1f high in a box of %.1f", text, b.height(), box[1])
		}
		checkWidth(t, b, box[0])
	}
	checkWidth(t, s.set(text, style{10, false, black}, 90, tongue), 90)
}

// checkWidth allows for a single group wider than the column: it cannot be broken.
func checkWidth(t *testing.T, b block, width float64) {
	t.Helper()
	for _, l := range b.lines {
		groups := map[int]bool{}
		for _, run := range l.runs {
			for _, g := range run.Glyphs {
				groups[g.TextIndex()] = true
			}
		}
		if w := float64(l.width) * b.size / em; (w > width+0.1 || w < 0) && len(groups) > 1 {
			t.Errorf("a line of %.80q is %.1f wide in a column of %.1f", string(l.text), w, width)
		}
	}
}

func checkPapers(t *testing.T, text string, tongue Tongue) {
	t.Helper()
	fact := Fact{text, text}
	check := func(pdf []byte, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		checkFile(t, pdf)
	}
	check(Certificate{
		Tongue: tongue, Organisation: text, Number: fact, Title: text, Lead: text, Name: text, Text: text,
		Facts: []Fact{fact, fact, fact, fact, fact}, Signers: []Signer{{text, text}, {text, text}, {text, text}},
		Verify: verify, VerifyHint: text,
	}.PDF(at))
	check(Cards(text, []Card{{tongue, text, verify, [2]string{text, text}}}, at))
	says := slices.Repeat([]Saying{{tongue, text}}, 6)
	check(Poster{Tongue: tongue, Organisation: text, Title: text, Sayings: says, Link: verify, LinkHint: text, Funder: text}.PDF(at))
	d := &Document{Tongue: tongue, Title: text, Organisation: text}
	d.Heading(1, text)
	d.Para(text)
	d.Facts(fact, fact)
	d.Table(Table{Columns: []Column{{text, 1, false}, {text, 3, true}}, Rows: [][]string{{text, text}, {text}, {}}, MinHeight: 1e9})
	d.Sign(Signer{text, text})
	check(d.PDF(at))
}

func TestReadingDirection(t *testing.T) {
	for text, want := range map[string]bool{"مرحبا": true, "Olá 12": false, "12/03": true, "Tremplin هي": true, "": true} {
		if got := ar.reads([]rune(text)); got != want {
			t.Errorf("%q in Arabic is read from the right: %v", text, got)
		}
	}
	if fr.reads([]rune("le mot سلام")) || !fr.reads([]rune("سلام")) {
		t.Error("French: a mixed line reads from the left, an Arabic one from the right")
	}
}

func TestReorder(t *testing.T) {
	levels := []bidi.Level{0, 1, 2, 1, 0}
	var runs []shaping.Output
	for i := range levels {
		runs = append(runs, shaping.Output{Runes: shaping.Range{Offset: i, Count: 1}})
	}
	reorder(runs, levels)
	for i, want := range []int{0, 3, 2, 1, 4} {
		if runs[i].Runes.Offset != want {
			t.Errorf("place %d shows run %d, want %d", i, runs[i].Runes.Offset, want)
		}
	}
}

func TestLettersOfOurLanguages(t *testing.T) {
	s, err := newSetter()
	if err != nil {
		t.Fatal(err)
	}
	const letters = "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ«»–—‘’“”…€ ÃÕãõÁÍÓÚáíóú ĞIİŞğıış₺ ÄÖẞäöß ĂÂÎȘȚăâîșț ÑñÀò " +
		"ҐЄІЇґєії АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЬЮЯ ЁЪЫЭ ʼ₴№ ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة ؟،؛ ٠١٢٣٤٥٦٧٨٩ پچژگ"
	for _, bold := range []bool{false, true} {
		for _, run := range s.shape([]rune(letters), bold, fr).runs {
			for _, g := range run.Glyphs {
				if g.GlyphID == 0 {
					t.Errorf("%q (bold %v) is a box", []rune(letters)[g.TextIndex()], bold)
				}
			}
		}
	}
}
