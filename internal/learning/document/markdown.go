package document

import (
	"regexp"
	"strings"
	"unicode"

	"tremplin/internal/learning/content"
)

var (
	// marks are what Markdown would read as something else, wherever it stands.
	marks = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", `\<`)
	// begins is what it would read as a heading, a list, a quotation or a passage at the beginning of a line.
	begins   = regexp.MustCompile(`^ *(#+( |$)|[-+>~=]|:::|\d{1,9}[.)]( |$))`)
	entity   = regexp.MustCompile(`&(#?\w+;)`)
	ordinal  = regexp.MustCompile(`^( *\d{1,9})([.)])`)
	spaces   = regexp.MustCompile(` +`)
	lineEnds = regexp.MustCompile(` *\n[ \n]*`)
)

// markdown writes a paragraph so that a module shows what the document showed. Where bold or italic letters cannot be
// said in Markdown (within a word, around a mark), the words come first: they are written without.
func (r *reader) markdown(spans []span) string {
	spans = trimmed(spans)
	long := len(plain(spans)) > maxParagraph
	spans = r.linked(spans, long)
	want := plain(spans)
	if long {
		return lines(escape(strings.ReplaceAll(want, "\n", " ")))
	}
	for _, w := range []writer{{true, true}, {false, true}, {false, false}} {
		if md := w.write(spans); content.Plain(md) == want {
			return md
		}
	}
	return lines(escape(strings.ReplaceAll(want, "\n", " ")))
}

// plain is what a paragraph says, as content.Plain gives it.
func plain(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return b.String()
}

// trimmed leaves one space between words and none around lines.
func trimmed(spans []span) (out []span) {
	before := "\n"
	for _, s := range spans {
		s.text = lineEnds.ReplaceAllString(spaces.ReplaceAllString(s.text, " "), "\n")
		if strings.HasSuffix(before, "\n") || strings.HasSuffix(before, " ") {
			s.text = strings.TrimLeft(s.text, " \n")
		}
		if s.text == "" {
			continue
		}
		if strings.HasPrefix(s.text, "\n") && len(out) > 0 {
			out[len(out)-1].text = strings.TrimRight(out[len(out)-1].text, " ")
		}
		before = s.text
		out = append(out, s)
	}
	for i := len(out) - 1; i >= 0; i-- {
		if out[i].text = strings.TrimRightFunc(out[i].text, unicode.IsSpace); out[i].text != "" {
			break
		}
		out = out[:i]
	}
	if len(out) > 0 {
		out[0].text = strings.TrimLeftFunc(out[0].text, unicode.IsSpace)
	}
	return out
}

// writer says how much of a paragraph's look is written.
type writer struct{ emphasis, links bool }

func (w writer) write(spans []span) string {
	var parts []string
	for i := 0; i < len(spans); {
		link, from := spans[i].link, i
		for i < len(spans) && spans[i].link == link {
			i++
		}
		text := w.words(spans[from:i])
		if link != "" && w.links {
			text = "[" + text + "](" + link + ")"
			if last := len(parts) - 1; last >= 0 && strings.HasSuffix(parts[last], "!") { // it would be a picture
				parts[last] = strings.TrimSuffix(parts[last], "!") + `\!`
			}
		}
		parts = append(parts, text)
	}
	return lines(strings.Join(parts, ""))
}

func (w writer) words(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		mark := ""
		if s.bold && w.emphasis {
			mark += "**"
		}
		if s.italic && w.emphasis {
			mark += "*"
		}
		b.WriteString(emphasised(s.text, mark))
	}
	return b.String()
}

// emphasised sets the marks around the words, not around the spaces beside them; they end with each line.
func emphasised(text, mark string) string {
	parts := strings.Split(text, "\n")
	for i, part := range parts {
		words := strings.TrimFunc(part, unicode.IsSpace)
		if mark == "" || words == "" {
			parts[i] = escape(part)
			continue
		}
		before, after, _ := strings.Cut(part, words)
		parts[i] = before + mark + escape(words) + mark + after
	}
	return strings.Join(parts, "\n")
}

func escape(s string) string { return entity.ReplaceAllString(marks.Replace(s), `\&$1`) }

// lines ends each line but the last with a mark that is seen, and keeps what begins one from being read as a list.
func lines(md string) string {
	all := strings.Split(md, "\n")
	for i, line := range all {
		if begins.MatchString(line) {
			if numbered := ordinal.ReplaceAllString(line, `$1\$2`); numbered != line {
				line = numbered
			} else {
				line = `\` + strings.TrimLeft(line, " ")
			}
		}
		all[i] = line
	}
	return strings.Join(all, "\\\n")
}
