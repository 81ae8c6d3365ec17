package impact

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/flow"
	"tremplin/internal/impact/figure"
)

// States of a line of a sample.
const (
	Open      = "open"      // drawn, not yet looked at
	Seen      = "seen"      // looked at, nothing said
	Asked     = "asked"     // an explanation is asked for
	Explained = "explained" // the partner has answered
	Accepted  = "accepted"
	Refused   = "refused" // subtracted from the next report
)

// Bounds of a sample and of the words about it.
const (
	SampleSize = 10
	SampleLife = 30 * 24 * time.Hour // how long its names can be read
	maxWhy     = 1000
	maxSeed    = 40
)

// Judging is how a line of a sample moves. The auditor accepts, asks, refuses, or has seen it; where an
// explanation is asked for, whoever answers for the figures gives it.
var Judging = flow.Flow{Name: "impact.line", Start: Open, Moves: []flow.Move{
	{Name: Accepted, To: Accepted, Need: access.Judging},
	{Name: Asked, To: Asked, Need: access.Judging, Say: []string{"why"}},
	{Name: Refused, To: Refused, Need: access.Judging, Say: []string{"why"}},
	{Name: Seen, To: Seen, Need: access.Judging},
	{Name: Explained, From: []string{Asked}, To: Explained, Need: access.Figures, Say: []string{"why"}},
}}

// draw takes n of what a figure counts: those whose SHA-256 of "seed|key" is smallest, so that anybody
// can draw the same with any tool. Of a ratio, what is drawn from is its part.
func draw(counted []figure.Counted, seed string, n int) []figure.Counted {
	type ticket struct {
		hash string
		of   figure.Counted
	}
	var all []ticket
	for _, c := range counted {
		if c.Side != figure.Whole {
			h := sha256.Sum256([]byte(seed + "|" + c.Key))
			all = append(all, ticket{hex.EncodeToString(h[:]), c})
		}
	}
	slices.SortFunc(all, func(a, b ticket) int { return strings.Compare(a.hash, b.hash) })
	var out []figure.Counted
	for _, t := range all[:min(n, len(all))] {
		out = append(out, t.of)
	}
	return out
}

func countable(counted []figure.Counted) (n int64) {
	for _, c := range counted {
		if c.Side != figure.Whole {
			n++
		}
	}
	return n
}

// checkWord holds a word about a line that stands at a status against the flow.
func checkWord(status string, b Judged, who access.Actor) error {
	if utf8.RuneCountInString(b.Why) > maxWhy {
		return fault.Fields(fault.Field{Name: "why", Key: "impact.why.long", Args: []any{"Max", maxWhy}})
	}
	return Judging.Check(status, b.State, who, map[string]string{"why": strings.TrimSpace(b.Why)})
}
