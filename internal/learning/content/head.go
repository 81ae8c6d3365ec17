package content

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// head is what stands between the two --- of a language file.
type head struct {
	Title   string `yaml:"title"`
	Summary string `yaml:"summary"`
}

// lines splits a file as any editor may have written it: with or without a mark in front, CR LF, tabs.
func lines(src []byte) []string {
	s := strings.TrimPrefix(string(src), "\ufeff")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(s)
	return strings.Split(s, "\n")
}

// readable reports what makes a file no text at all; false: there is no point in reading on.
func (p *parser) readable(src []byte) bool {
	switch {
	case len(src) > MaxText:
		p.report(0, TextTooLarge, "")
	case !utf8.Valid(src):
		p.report(0, TextNotUTF8, "")
	default:
		for i, line := range lines(src) {
			p.checkRunes(i+1, line)
		}
		return true
	}
	return false
}

func (p *parser) checkRunes(line int, s string) {
	if code := runesCode(s); code != "" {
		p.report(line, code, "")
	}
}

// runesCode is empty, or says which invisible characters a text has. Marks of direction (U+200E, U+200F, U+061C)
// stay allowed, as Arabic needs them beside numbers; overrides and embeddings can make a text show what it does not say.
func runesCode(s string) Code {
	for _, r := range s {
		switch {
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return TextBidi
		case r != '\n' && unicode.IsControl(r), r == 0x2028, r == 0x2029, r == 0xFEFF, r&0xFFFE == 0xFFFE:
			return TextControl
		}
	}
	return ""
}

// head reads title and summary, and returns the lines after them.
func (p *parser) head(all []string) []string {
	end := -1
	for i, line := range all {
		if i > 0 && strings.TrimSpace(line) == "---" {
			end = i
			break
		}
	}
	if end < 0 || strings.TrimSpace(all[0]) != "---" {
		p.report(1, TextNoHead, "")
		return all
	}
	p.line = end + 1
	p.takeHead(strings.Join(all[1:end], "\n"))
	return all[end+1:]
}

func (p *parser) takeHead(src string) {
	var h head
	if err := decodeYAML([]byte(src), &h); err != nil {
		p.report(1, TextBadHead, err.Error())
		return
	}
	p.text.Title, p.text.Summary = oneLine(h.Title), oneLine(h.Summary)
	p.checkLine(1, p.text.Title, MaxTitle, TextNoTitle, TitleLong)
	p.checkLine(1, p.text.Summary, MaxSummary, TextNoSummary, SummaryLong)
	// YAML can spell characters out that the file itself does not hold.
	p.checkRunes(1, p.text.Title+p.text.Summary)
}

// decodeYAML refuses unknown fields, so that a misspelt one is not silently lost. An empty text is no error.
func decodeYAML(src []byte, into any) error {
	d := yaml.NewDecoder(bytes.NewReader(src))
	d.KnownFields(true)
	if err := d.Decode(into); !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
