package tutoring

import "tremplin/internal/core/programme"

// opensTutor is what a purpose opens that people agree to so that their tutor sees their progress.
const opensTutor = "tutor"

// Sharing is the purpose under which a person lets the tutor see their progress; where a programme has
// none, progress is seen without. Who never said yes shares nothing but the name and how to reach them.
func Sharing(p *programme.Programme) (programme.Purpose, bool) {
	for _, q := range p.Purposes {
		if q.Optional && q.Opens == opensTutor {
			return q, true
		}
	}
	return programme.Purpose{}, false
}

// Asks is the version of the notice to which people must have said yes before their tutor sees their
// progress; 0 where the programme does not ask.
func Asks(p *programme.Programme) int64 {
	q, ok := Sharing(p)
	if !ok {
		return 0
	}
	return max(1, q.Version)
}
