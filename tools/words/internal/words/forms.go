package words

// forms are CLDR's plural forms, in its order.
var forms = []string{"zero", "one", "two", "few", "many", "other"}

// shape is what a language needs of a text that changes with a number.
type shape struct {
	must  []string
	may   []string
	exact []string // stand for one number only, so the text may say it in words instead of {{.N}}
}

// shapes of the languages, after CLDR. French and Portuguese say "one" of 0 too, Ukrainian of 21 and
// 31: there the number must be shown. "many" in French and Portuguese is of whole millions.
var shapes = map[string]shape{
	"en": {must: []string{"one", "other"}, exact: []string{"one"}},
	"fr": {must: []string{"one", "other"}, may: []string{"many"}},
	"pt": {must: []string{"one", "other"}, may: []string{"many"}},
	"es": {must: []string{"one", "other"}, may: []string{"many"}, exact: []string{"one"}},
	"tr": {must: []string{"one", "other"}, exact: []string{"one"}},
	"de": {must: []string{"one", "other"}, exact: []string{"one"}},
	"nl": {must: []string{"one", "other"}, exact: []string{"one"}},
	"ro": {must: []string{"one", "few", "other"}, exact: []string{"one"}},
	"uk": {must: []string{"one", "few", "many", "other"}},
	"ar": {
		must: []string{"one", "two", "few", "many", "other"}, may: []string{"zero"},
		exact: []string{"zero", "one", "two"},
	},
}

// nonLatin languages have no word that is written as in English.
var nonLatin = map[string]bool{"ar": true, "uk": true}
