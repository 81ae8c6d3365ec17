package workshop_test

import (
	"os"
	"regexp"
	"testing"

	"github.com/BurntSushi/toml"

	"tremplin/internal/core/i18n"
	"tremplin/internal/learning/web/workshop"
)

// TestEveryProblemHasASentence: what content can find wrong is said in every language, not as a code.
func TestEveryProblemHasASentence(t *testing.T) {
	var src []byte
	for _, name := range []string{"content/codes.go", "document/document.go", "film/film.go"} {
		part, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		src = append(src, part...)
	}
	codes := regexp.MustCompile(`(?m)^\t\w+ +(?:content\.)?Code = "([a-z0-9.-]+)"`).FindAllStringSubmatch(string(src), -1)
	if len(codes) < 80 {
		t.Fatalf("only %d codes found", len(codes))
	}
	for _, l := range i18n.Languages {
		text, err := workshop.Locale.ReadFile("locale/" + l.Code + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		words := map[string]any{}
		if err := toml.Unmarshal(text, &words); err != nil {
			t.Fatal(l.Code, err)
		}
		seen := map[any]string{}
		for _, c := range codes {
			said := words["content."+c[1]]
			if said == nil || said == "" || seen[said] != "" {
				t.Errorf("%s: content.%s has no sentence of its own (%v, as %s)", l.Code, c[1], said, seen[said])
			}
			seen[said] = c[1]
		}
	}
}
