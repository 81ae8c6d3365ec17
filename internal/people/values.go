package people

import (
	"strconv"
	"strings"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/sheet"
	"tremplin/internal/core/text"
)

// What people write for countries and gender, folded. Codes themselves are understood too.
var (
	countryWords = map[string]string{
		"france": "FR", "belgique": "BE", "belgie": "BE", "belgium": "BE", "portugal": "PT", "turquie": "TR", "turkiye": "TR", "turkey": "TR",
		"فرنسا": "FR", "بلجيكا": "BE", "تركيا": "TR", "البرتغال": "PT", "франція": "FR",
	}
	genderWords = map[string]string{
		"f": "woman", "femme": "woman", "woman": "woman", "female": "woman", "mulher": "woman", "feminino": "woman", "kadin": "woman", "انثي": "woman", "امراه": "woman", "жінка": "woman", "mme": "woman",
		"m": "man", "h": "man", "homme": "man", "man": "man", "male": "man", "homem": "man", "masculino": "man", "erkek": "man", "ذكر": "man", "رجل": "man", "чоловік": "man",
		"x": "other", "autre": "other", "other": "other", "outro": "other", "diger": "other", "اخر": "other", "інше": "other",
	}
)

// word understands a value by a list of words, or as one of the codes.
func (r *reading) word(field string, words map[string]string, shape func(string) string) string {
	v := r.value(field)
	if v == "" {
		return ""
	}
	if c := words[text.Fold(v)]; c != "" {
		return c
	}
	for _, c := range words {
		if c == shape(v) {
			return c
		}
	}
	r.fail(field, "people.import."+field)
	return ""
}

func (r *reading) language() string { return r.word("language", i18n.Written, strings.ToLower) }
func (r *reading) country() string  { return r.word("country", countryWords, strings.ToUpper) }
func (r *reading) gender() string   { return r.word("gender", genderWords, strings.ToLower) }

// birth takes a year or a date; only the year is kept.
func (r *reading) birth() int64 {
	v := text.Digits(r.value("birth"))
	if v == "" {
		return 0
	}
	if n, err := strconv.ParseInt(v, 10, 64); err == nil && n > 1900 && n < 2100 {
		return n
	}
	order := sheet.MonthFirst
	if r.in.DayFirst {
		order = sheet.DayFirst
	}
	d, err := sheet.Date(v, order)
	if err != nil {
		r.fail("birth", "people.import.birth")
		return 0
	}
	return int64(d.Year)
}
