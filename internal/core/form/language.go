package form

import (
	"strings"

	"golang.org/x/text/language"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/text"
)

// languageCode understands the three usual spellings: "French (fr)", "fr" and "French".
func languageCode(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if code, ok := i18n.Written[text.Fold(s)]; ok {
		return code, true
	}
	if i := strings.LastIndex(s, "("); i >= 0 && strings.HasSuffix(s, ")") {
		s = strings.TrimSpace(s[i+1 : len(s)-1])
	}
	tag, err := language.Parse(s)
	return tag.String(), err == nil && tag != language.Und
}
