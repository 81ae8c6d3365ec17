package workshop

import (
	"regexp"
	"strings"
)

// piece is a run of words: kept (""), new ("ins") or gone ("del").
type piece struct{ kind, text string }

var wordForm = regexp.MustCompile(`\s+|[^\s]+`)

// maxWords bounds the comparison; longer texts are shown as gone and new.
const maxWords = 1500

// marked compares two texts word by word.
func marked(before, after string) []piece {
	a, b := wordForm.FindAllString(before, -1), wordForm.FindAllString(after, -1)
	var m marking
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	m.add("", a[:head]...)
	m.compare(a[head:len(a)-tail], b[head:len(b)-tail])
	m.add("", a[len(a)-tail:]...)
	return m.out
}

type marking struct{ out []piece }

func (m *marking) add(kind string, words ...string) {
	text := strings.Join(words, "")
	if n := len(m.out); text != "" && n > 0 && m.out[n-1].kind == kind {
		m.out[n-1].text += text
	} else if text != "" {
		m.out = append(m.out, piece{kind, text})
	}
}

// compare follows the longest run of words that both have in order.
func (m *marking) compare(a, b []string) {
	if len(a) > maxWords || len(b) > maxWords {
		m.add("del", a...)
		m.add("ins", b...)
		return
	}
	longest := common(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			m.add("", a[i])
			i, j = i+1, j+1
		case j >= len(b) || i < len(a) && longest[i+1][j] >= longest[i][j+1]:
			m.add("del", a[i])
			i++
		default:
			m.add("ins", b[j])
			j++
		}
	}
}

// common gives, for each place in a and b, how many words the rests share in order.
func common(a, b []string) [][]int32 {
	rows := make([][]int32, len(a)+1)
	for i := range rows {
		rows[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			rows[i][j] = max(rows[i+1][j], rows[i][j+1])
			if a[i] == b[j] {
				rows[i][j] = rows[i+1][j+1] + 1
			}
		}
	}
	return rows
}
