package document

import (
	"slices"
	"strings"
	"unicode"
)

// script counts in which letters a text is written.
type script struct{ arabic, cyrillic, all int }

func (s *script) count(text string) {
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

// fits is a language that a document claims, if its letters are of that language.
func (s *script) fits(lang string) string {
	letters := s.mostly()
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

// Language guesses the language of a text by its letters; empty where they do not tell.
func Language(text string) string {
	var s script
	s.count(text)
	return s.mostly()
}
