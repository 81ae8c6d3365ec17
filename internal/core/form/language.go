package form

import (
	"strings"

	"golang.org/x/text/language"
)

// languageNames are for forms that write label::Français without a code.
var languageNames = map[string]string{
	"french": "fr", "français": "fr", "english": "en", "portuguese": "pt", "português": "pt", "turkish": "tr", "türkçe": "tr",
	"arabic": "ar", "العربية": "ar", "ukrainian": "uk", "українська": "uk", "spanish": "es", "español": "es", "german": "de", "deutsch": "de",
	"romanian": "ro", "română": "ro", "dutch": "nl", "nederlands": "nl",
}

// languageCode understands the three usual spellings: "French (fr)", "fr" and "French".
func languageCode(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if code, ok := languageNames[strings.ToLower(s)]; ok {
		return code, true
	}
	if i := strings.LastIndex(s, "("); i >= 0 && strings.HasSuffix(s, ")") {
		s = strings.TrimSpace(s[i+1 : len(s)-1])
	}
	tag, err := language.Parse(s)
	return tag.String(), err == nil && tag != language.Und
}
