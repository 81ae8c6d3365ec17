package records

import "tremplin/internal/records/xapi"

// Object is a JSON object of a statement.
type Object = xapi.Object

// The words in which Tremplin speaks of its own library: docs/xapi-profile.jsonld says what each means. Verbs and types
// that the world has already are taken from there.
const (
	Profile   = "urn:uuid:e84cbc4b-2357-450a-9f95-b38374f3df65"
	profileAt = "urn:uuid:22ba56ea-63f5-4036-96eb-7d4105f9774f" // its version

	Answered    = adl + "answered"    // a screen with an activity
	Experienced = adl + "experienced" // a screen without
	Completed   = adl + "completed"   // all screens of a module
	Passed      = adl + "passed"
	Failed      = adl + "failed"

	AModule = "http://adlnet.gov/expapi/activities/module"
	AScreen = Profile + "#screen"

	placed  = Profile + "#at" // extensions of a result: which screen of how many
	placeOf = Profile + "#of"
)
