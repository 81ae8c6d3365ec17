// Package tutoring is the work of those who accompany: groups and who is in them, how each person is
// getting on, asking how somebody is, handing over cards and PINs, sessions and who signed, and the
// tutors' own training. How people are getting on is computed from what they did; nobody types it. It
// keeps no message that was sent, and no PIN.
package tutoring

import (
	"tremplin/internal/core/journal"
	"tremplin/internal/identity"
	"tremplin/internal/learning"
	"tremplin/internal/people"
)

// Service does what tutors ask of this slice.
type Service struct {
	J        *journal.Journal
	People   *people.Service
	Learning *learning.Service
	Identity *identity.Service
	memo     memo
}
