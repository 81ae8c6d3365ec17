package records

import "tremplin/internal/records/xapi"

// Object is a JSON object of a statement.
type Object = xapi.Object

// The words in which Tremplin speaks of its own library: docs/xapi-profile.jsonld says what each means. Verbs and types
// that the world has already are taken from there.
const (
	Profile   = "urn:uuid:e84cbc4b-2357-450a-9f95-b38374f3df65"
	profileAt = "urn:uuid:22ba56ea-63f5-4036-96eb-7d4105f9774f" // its version

	Answered    = "http://adlnet.gov/expapi/verbs/answered"    // a screen with an activity
	Experienced = "http://adlnet.gov/expapi/verbs/experienced" // a screen without
	Completed   = "http://adlnet.gov/expapi/verbs/completed"   // all screens of a module
	Passed      = "http://adlnet.gov/expapi/verbs/passed"
	Failed      = "http://adlnet.gov/expapi/verbs/failed"

	AModule = "http://adlnet.gov/expapi/activities/module"
	AScreen = Profile + "#screen"

	placed  = Profile + "#at" // extensions of a result: which screen of how many
	placeOf = Profile + "#of"
)

// DisplayOf is what a verb that many use is called in a language of the interface, or empty.
func DisplayOf(verb, lang string) string {
	said, _ := displays[verb][lang].(string)
	return said
}

// displays are verbs in words, in the languages of the interface.
var displays = map[string]Object{
	Answered: {
		"en": "answered", "fr": "a répondu à", "pt": "respondeu a", "tr": "yanıtladı", "ar": "أجاب على", "uk": "відповів(-ла) на",
	},
	Experienced: {
		"en": "read", "fr": "a lu", "pt": "leu", "tr": "okudu", "ar": "قرأ", "uk": "прочитав(-ла)",
	},
	Completed: {
		"en": "completed", "fr": "a terminé", "pt": "concluiu", "tr": "tamamladı", "ar": "أكمل", "uk": "завершив(-ла)",
	},
	Passed: {
		"en": "passed", "fr": "a réussi", "pt": "passou", "tr": "başardı", "ar": "اجتاز", "uk": "склав(-ла)",
	},
	Failed: {
		"en": "did not pass", "fr": "n’a pas réussi", "pt": "não passou", "tr": "başaramadı", "ar": "لم يجتز", "uk": "не склав(-ла)",
	},
}
