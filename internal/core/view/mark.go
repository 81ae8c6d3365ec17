package view

import (
	"strings"

	"tremplin/internal/core/id"
)

// Mark is where a page of a list ends: what the list is ordered by, and the owner. An address carries it.
type Mark struct {
	Text  string
	Owner id.ID
}

// String is "text|owner".
func (m Mark) String() string { return m.Text + "|" + m.Owner.String() }

// ReadMark reads a mark. One that somebody changed begins elsewhere, no more.
func ReadMark(s string) (m Mark) {
	i := strings.LastIndexByte(s, '|')
	if i < 0 {
		return m
	}
	m.Text = s[:i]
	m.Owner, _ = id.Parse(s[i+1:])
	return m
}
