package records

import (
	"testing"

	"tremplin/internal/core/i18n"
)

// TestVerbsInEveryLanguage: what a platform did not say in the reader's language is said by us, also in one that comes later.
func TestVerbsInEveryLanguage(t *testing.T) {
	for verb := range displays {
		for _, l := range i18n.Languages {
			if DisplayOf(verb, l.Code) == "" {
				t.Errorf("%s is not said in %s", verb, l.Code)
			}
		}
	}
}
