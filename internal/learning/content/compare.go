package content

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
)

// Change is what happened to one screen between two texts.
type Change struct {
	Screen   string // its id; empty: the title and summary of the text
	Kind     string // Added, Removed or Changed
	Old, New string // as in a language file; empty where there is none
}

// The kinds of changes.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed"
)

// Hash names the content of a screen: 12 hexadecimal digits, stable as long as the content is.
func Hash(s Screen) string { return hash(s.Source()) }

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:6])
}

// sources gives each screen by its id, and the title and summary by "".
func (t *Text) sources() map[string]string {
	all := map[string]string{"": t.head()}
	for _, s := range t.Screens {
		all[s.ID] = s.Source()
	}
	return all
}

// ids lists "" and then the screens in their order.
func (t *Text) ids() []string {
	ids := []string{""}
	for _, s := range t.Screens {
		ids = append(ids, s.ID)
	}
	return ids
}

// Hashes gives the hash of each screen by its id, and of the title and summary by "": what to keep beside a translation
// for Stale.
func (t *Text) Hashes() map[string]string {
	all := t.sources()
	for id, source := range all {
		all[id] = hash(source)
	}
	return all
}

// Stale lists the screens of a translation that are missing, superfluous, or made from another state of the source than
// today's; "" stands for the title and summary. from is what Hashes gave when they were translated.
func Stale(source, translation *Text, from map[string]string) []string {
	var stale []string
	today, there := source.Hashes(), translation.sources()
	for _, id := range source.ids() {
		if _, ok := there[id]; !ok || from[id] != today[id] {
			stale = append(stale, id)
		}
	}
	for _, id := range translation.ids() {
		if _, ok := today[id]; !ok {
			stale = append(stale, id)
		}
	}
	return stale
}

// Diff lists what changed from one text to another: in the order of the new one, then what was removed.
func Diff(before, after *Text) []Change {
	var changes []Change
	was, is := before.sources(), after.sources()
	for _, id := range after.ids() {
		switch source, known := was[id]; {
		case !known:
			changes = append(changes, Change{id, Added, "", is[id]})
		case source != is[id]:
			changes = append(changes, Change{id, Changed, source, is[id]})
		}
	}
	for _, id := range before.ids() {
		if _, kept := is[id]; !kept {
			changes = append(changes, Change{id, Removed, was[id], ""})
		}
	}
	return changes
}

// Same reports where a translation departs from its source: it has the same screens in the same order, with the same
// kinds of activities, the same number of items and the same ones right, and a picture where the source has one.
func Same(source, translation *Text) Problems {
	s := sameness{file: translation.Lang + ".md"}
	there := map[string]Screen{}
	for _, screen := range translation.Screens {
		there[screen.ID] = screen
	}
	for _, screen := range source.Screens {
		s.screen(screen, there)
		delete(there, screen.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(there)) {
		s.report(SameExtra, id)
	}
	if !slices.Equal(shared(source, translation), shared(translation, source)) {
		s.report(SameOrder, "")
	}
	return s.problems
}

// shared lists the screens of a that b has too, in the order of a.
func shared(a, b *Text) []string {
	there := b.ids()
	return slices.DeleteFunc(a.ids(), func(id string) bool { return !slices.Contains(there, id) })
}

type sameness struct {
	file     string
	problems Problems
}

func (s *sameness) report(code Code, id string) { s.problems.add(s.file, 0, code, id) }

func (s *sameness) screen(a Screen, there map[string]Screen) {
	b, ok := there[a.ID]
	switch {
	case !ok:
		s.report(SameMissing, a.ID)
		return
	case (a.Picture == "") != (b.Picture == ""):
		s.report(SamePicture, a.ID)
	}
	if code := sameActivity(a.Activity, b.Activity); code != "" {
		s.report(code, a.ID)
	}
}

func sameActivity(a, b *Activity) Code {
	switch {
	case a == nil && b == nil:
		return ""
	case a == nil || b == nil || a.Kind != b.Kind:
		return SameActivity
	case len(a.Items) != len(b.Items):
		return SameItems
	case !slices.EqualFunc(a.Items, b.Items, func(a, b Item) bool { return a.Right == b.Right }):
		return SameRight
	}
	return ""
}
