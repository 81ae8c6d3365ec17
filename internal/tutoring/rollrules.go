package tutoring

import "slices"

// States of somebody's half-day.
const (
	Present = "present"
	Late    = "late"
	Gone    = "left" // left before the end
	Excused = "excused"
	Absent  = "absent"
)

// States lists them as a roll shows them.
var States = []string{Present, Late, Gone, Excused, Absent}

// On what a mark rests.
const (
	ByRoll  = "roll"  // called or seen by whoever holds the session
	ByPhone = "phone" // said on the person's own phone, after the code on the wall
	ByCard  = "card"  // the person's card was scanned
	ByHand  = "hand"  // signed on the tutor's screen
	ByPaper = "paper" // signed on paper
)

// Ways lists them.
var Ways = []string{ByRoll, ByPhone, ByCard, ByHand, ByPaper}

// IsThere tells whether a state counts as having been there.
func IsThere(state string) bool { return state == Present || state == Late || state == Gone }

// weight orders the states by how much they say: who was seen was there.
func weight(state string) int {
	if IsThere(state) {
		return 2
	}
	return slices.Index([]string{Absent, Excused}, state)
}

// settle decides between what is known and what a device says that had not seen it (over is the mark that
// it had seen). Of two that crossed, presence outweighs absence, and the other is kept in sight for
// whoever holds the session; the clock decides nothing, since a device's may be wrong.
func settle(known AttendanceRow, found bool, m Marked, sees bool) (out Marked, write bool) {
	switch {
	case !found || sees:
		return m, true
	case known.State == m.State:
		m.Differs = known.Differs
		return m, m.Own && known.OwnAt == 0 || m.Sealed && known.SealedAt == 0
	case weight(m.State) > weight(known.State):
		m.Differs = known.State
		return m, true
	}
	m.Differs, m.State = m.State, known.State
	m.Own, m.Sealed, m.How = false, false, known.How
	return m, known.Differs != m.Differs
}

// zones are the clocks of the countries in which programmes run, by IANA's names; of a country with
// several, the one in which they run.
var zones = map[string]string{
	"BE": "Europe/Brussels", "DE": "Europe/Berlin", "ES": "Europe/Madrid", "FR": "Europe/Paris", "PT": "Europe/Lisbon",
	"RO": "Europe/Bucharest", "SV": "America/El_Salvador", "TR": "Europe/Istanbul",
}

// Zone is the clock by which a session in a country is announced; UTC where it is not known.
func Zone(country string) string {
	if z, ok := zones[country]; ok {
		return z
	}
	return "UTC"
}
