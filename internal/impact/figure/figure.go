// Package figure turns facts into figures by the definitions of a programme's indicators.yaml: what is
// counted, as of when, split how. It is pure: no database, no clock, no configuration but the book that
// it is given, so that the same facts give the same figure for ever. docs/INDICATORS.md is the format.
package figure

import (
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
)

// Figure is one indicator as of one cut-off, complete in itself: it is what a frozen report keeps.
type Figure struct {
	ID         string            `json:"id"`
	Version    int64             `json:"version"`
	From       string            `json:"from"`
	Kind       string            `json:"kind"`
	Unit       string            `json:"unit"`
	Title      programme.Text    `json:"title"`
	Definition programme.Text    `json:"definition"`
	Because    programme.Text    `json:"because,omitempty"`
	Proofs     []programme.Text  `json:"proofs,omitempty"`
	N          int64             `json:"n"` // of a ratio: per cent, rounded
	Part       int64             `json:"part,omitempty"`
	Whole      int64             `json:"whole,omitempty"`
	Ratio      bool              `json:"ratio,omitempty"`
	Target     int64             `json:"target,omitempty"` // at the end
	Due        int64             `json:"due,omitempty"`    // by this report
	By         []string          `json:"by,omitempty"`     // the splits, in the order of the book
	Cells      map[string][]Cell `json:"cells,omitempty"`
	Counted    []Counted         `json:"counted,omitempty"` // the evidence, the latest first
}

// Cell is a figure's share for one value of a split.
type Cell struct {
	Value  string `json:"value"`
	N      int64  `json:"n"`
	Part   int64  `json:"part,omitempty"`
	Whole  int64  `json:"whole,omitempty"`
	Target int64  `json:"target,omitempty"`
	Hidden bool   `json:"hidden,omitempty"`
}

// Sides of a ratio.
const (
	Part  = "part"
	Whole = "whole"
)

// Counted is one unit of a figure with the fact by which it counts. Nobody is named.
type Counted struct {
	Unit         string `json:"unit"`
	Key          string `json:"key"`
	Entry        id.ID  `json:"entry"`
	Fact         string `json:"fact"`
	Side         string `json:"side,omitempty"`
	At           int64  `json:"at"`
	Arrived      int64  `json:"arrived"`
	Organisation string `json:"organisation,omitempty"`
	Country      string `json:"country,omitempty"`
	Language     string `json:"language,omitempty"`
	Owner        id.ID  `json:"owner,omitzero"` // whose story the fact is in: a person, a module
	Person       bool   `json:"person,omitempty"`
}

// None tells whether there is nothing to take a share of.
func (f Figure) None() bool { return f.Ratio && f.Whole == 0 }

// None tells whether there is nothing to take a share of.
func (c Cell) None(ratio bool) bool { return ratio && c.Whole == 0 }

// Reached tells whether a floor is met: of a ratio exactly, not after rounding.
func (f Figure) Reached(floor int64) bool {
	if f.Ratio {
		return f.Whole > 0 && f.Part*100 >= floor*f.Whole
	}
	return f.N >= floor
}

// percent is the share, rounded to the nearest; 0 where there is no whole.
func percent(part, whole int64) int64 {
	if whole == 0 {
		return 0
	}
	return (200*part + whole) / (2 * whole)
}
