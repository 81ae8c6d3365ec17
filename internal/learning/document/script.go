package document

import (
	"slices"
	"strings"
	"unicode"
)

// script counts in which letters a text is written, and with which small words.
type script struct {
	arabic, cyrillic, all int
	words                 map[string]int // by language
}

// common are words that one language of Latin letters has on every page and no other has.
var common = map[string]string{
	"le": "fr", "les": "fr", "des": "fr", "et": "fr", "est": "fr", "une": "fr", "dans": "fr", "pour": "fr", "vous": "fr",
	"the": "en", "and": "en", "of": "en", "to": "en", "is": "en", "you": "en", "with": "en",
	"os": "pt", "uma": "pt", "não": "pt", "para": "pt", "com": "pt", "em": "pt", "você": "pt", "da": "pt",
	"ve": "tr", "bir": "tr", "bu": "tr", "için": "tr", "ile": "tr", "olarak": "tr",
}

const sure = 5 // such words, and twice as many as of any other language

// spoken is the language of those words; empty where they do not tell.
func (s *script) spoken() (lang string) {
	best, second := 0, 0
	for l, n := range s.words {
		switch {
		case n > best:
			lang, best, second = l, n, best
		case n > second:
			second = n
		}
	}
	if best < sure || best < 2*second {
		return ""
	}
	return lang
}

func (s *script) count(text string) {
	if s.words == nil {
		s.words = map[string]int{}
	}
	for word := range strings.FieldsFuncSeq(text, func(c rune) bool { return !unicode.IsLetter(c) }) {
		if lang := common[strings.ToLower(word)]; lang != "" {
			s.words[lang]++
		}
	}
	for _, c := range text {
		if unicode.IsLetter(c) {
			s.all++
		}
		switch {
		case unicode.Is(unicode.Arabic, c):
			s.arabic++
		case unicode.Is(unicode.Cyrillic, c):
			s.cyrillic++
		}
	}
}

// mostly is the language that a script stands for where nothing else is known; empty: Latin letters, or any others.
func (s *script) mostly() string {
	switch {
	case 2*s.arabic > s.all:
		return "ar"
	case 2*s.cyrillic > s.all:
		return "uk"
	}
	return ""
}

var written = map[string][]string{"ar": {"ar", "fa", "ur", "ps", "ku"}, "uk": {"uk", "ru", "bg", "sr", "mk", "be"}}

// fits is a language that a document claims, unless its letters or words are those of another: many are written on the
// template of another language.
func (s *script) fits(lang string) string {
	letters := s.mostly()
	if spoken := s.spoken(); letters == "" && spoken != "" {
		return spoken
	}
	for l, all := range written {
		if slices.Contains(all, lang) != (l == letters) {
			return letters
		}
	}
	return lang
}

// base is the language of a tag: fr of fr-CH.
func base(tag string) string {
	lang, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(lang)
}
