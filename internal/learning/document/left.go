package document

// Bounds of the list: a hostile file must not make it endless.
const (
	maxLeft  = 200
	maxWhere = 120 // characters
)

// noted gathers what is left behind, each thing once a screen.
type noted struct{ list []Left }

func (n *noted) note(what, where string) {
	where = clip(where, maxWhere)
	for i, l := range n.list {
		if l.What == what && l.Where == where {
			n.list[i].Count++
			return
		}
	}
	if len(n.list) < maxLeft {
		n.list = append(n.list, Left{what, where, 1})
	}
}

// clip cuts a line that is too long, and says so.
func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
