package content

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"tremplin/internal/core/text"
)

// Verdict is what an answer is worth.
type Verdict struct {
	Right   bool
	Skipped bool     // a reflection left empty: neither right nor wrong
	Reasons []Reason // what to say about each part of the answer
}

// Reason says whether one part of an answer is right, and why.
type Reason struct {
	Item  int // choice, choices, order: the item answered; match, fill, short: the pair or gap
	Right bool
	Text  string // from the module; may be empty
}

// Shuffle gives the indexes of the items (match: of the right-hand sides) in a mixed order, always the same for the same
// seed. With two items or more it never reads as the right order, unless all read the same.
func (a *Activity) Shuffle(seed uint64) []int {
	mixed := rand.New(rand.NewPCG(seed, uint64(len(a.Items)))).Perm(len(a.Items))
	for place, i := range mixed {
		if a.shown(i) != a.shown(place) {
			return mixed
		}
	}
	if len(mixed) > 1 {
		mixed = append(mixed[1:], mixed[0])
	}
	return mixed
}

// shown is what distinguishes an item from the others when they are mixed.
func (a *Activity) shown(i int) string {
	if a.Kind == Match {
		return a.Items[i].Match
	}
	return a.Items[i].Text + "\n" + strings.Join(a.Items[i].Accept, "\n")
}

// Answered tells whether there is anything to judge: an empty answer is none. Nobody must write down what they think.
func (a *Activity) Answered(answer []string) bool {
	return a.Kind == Reflection || strings.TrimSpace(strings.Join(answer, "")) != ""
}

// Judge compares an answer with what is right. Indexes count from 0, in decimals:
//   - choice, choices: the items chosen, in any order
//   - order: all items, in the order given
//   - match: for each item, the item whose right-hand side was chosen
//   - fill: the text of each gap; short: one text; reflection: any text, or none
//   - package: its points and the most that there are, "3/5"; half of them is enough, and 0/0 is done
//
// Whatever does not fit this form (an index that does not exist, too few values, too many) is wrong.
func (a *Activity) Judge(answer []string) Verdict {
	switch a.Kind {
	case Choice, Choices:
		return a.judgeChoice(answer)
	case Packaged:
		p, ok := ReadPoints(at(answer, 0))
		return Verdict{Right: ok && p.enough()}
	case Reflection:
		skipped := strings.TrimSpace(strings.Join(answer, "")) == ""
		return Verdict{Right: !skipped, Skipped: skipped}
	}
	v := Verdict{Right: len(answer) == len(a.Items)}
	for place := range a.Items {
		item, right := a.judgePart(place, at(answer, place))
		v.Right = v.Right && right
		if item >= 0 {
			v.Reasons = append(v.Reasons, Reason{item, right, a.Items[item].Reason})
		}
	}
	return v
}

// judgePart judges one value of an answer, and says which item it is about: -1 if none.
func (a *Activity) judgePart(place int, value string) (item int, right bool) {
	chosen := a.index(value)
	switch a.Kind {
	case Order:
		return chosen, chosen == place
	case Match:
		return place, chosen >= 0 && a.Items[chosen].Match == a.Items[place].Match
	}
	value = text.Fold(value)
	return place, slices.ContainsFunc(a.Items[place].Accept, func(s string) bool { return text.Fold(s) == value })
}

func (a *Activity) judgeChoice(answer []string) Verdict {
	chosen := make([]bool, len(a.Items))
	v := Verdict{Right: len(answer) > 0}
	for _, value := range answer {
		i := a.index(value)
		if i < 0 || chosen[i] {
			v.Right = false
			continue
		}
		chosen[i] = true
	}
	for i, item := range a.Items {
		v.Right = v.Right && chosen[i] == item.Right
		if chosen[i] {
			v.Reasons = append(v.Reasons, Reason{i, item.Right, item.Reason})
		}
	}
	return v
}

// index is the item that a value names, or -1.
func (a *Activity) index(value string) int {
	i, err := strconv.Atoi(value)
	if err != nil || i < 0 || i >= len(a.Items) {
		return -1
	}
	return i
}

func at(values []string, i int) string {
	if i < len(values) {
		return values[i]
	}
	return ""
}
