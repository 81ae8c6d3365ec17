package impact

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tremplin/internal/core/fault"
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

// states that the auditor gives; the programme answers with Explained.
var states = []string{Seen, Asked, Accepted, Refused}

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

// checkWord says what is wrong with a word about a line: asking and refusing need a reason.
func checkWord(b Judged) error {
	b.Why = strings.TrimSpace(b.Why)
	switch {
	case (b.State == Asked || b.State == Refused || b.State == Explained) && b.Why == "":
		return fault.Fields(fault.Field{Name: "why", Key: "impact.why.missing"})
	case utf8.RuneCountInString(b.Why) > maxWhy:
		return fault.Fields(fault.Field{Name: "why", Key: "impact.why.long", Args: []any{"Max", maxWhy}})
	}
	return nil
}
