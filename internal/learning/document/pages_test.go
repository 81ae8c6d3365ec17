package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tremplin/internal/learning/content"
	"tremplin/internal/learning/document"
)

func pagesOf(texts ...string) (out []document.Page) {
	for _, t := range texts {
		out = append(out, document.Page{Text: t})
	}
	return out
}

func TestOfPages(t *testing.T) {
	for name, c := range map[string]struct {
		texts, said, left []string
	}{
		"a title and paragraphs": {[]string{"Le bus\n\nOn achète bien\nun ticket.\nVite.\nPuis on monte.\n\n3\n"}, []string{"Le bus: On achète bien un ticket. Vite.\n\nPuis on monte."}, nil},
		"a list":                 {[]string{"À faire\n• lire\nbien\n• écrire\n\n1. un\n2. deux"}, []string{"À faire: - lire bien\n- écrire\n\n1. un\n2. deux"}, nil},
		"a first line too long":  {[]string{strings.Repeat("mot ", 50)}, []string{strings.Repeat("mot ", 29) + "mot…: " + strings.TrimSpace(strings.Repeat("mot ", 50))}, nil},
		"heads of pages": {
			[]string{"AMSED\nUn\n\na", "AMSED\n\nDeux\n\nb", "AMSED\n\nTrois\n\nc"}, []string{"Un: a", "Deux: b", "Trois: c"}, nil,
		},
		"Arabic":     {[]string{"اإلنترنت\n\nنبحث وباإلنترنت •اإلنترنت"}, []string{"الإنترنت: نبحث وبالإنترنت •الإنترنت"}, []string{"ligatures  1"}},
		"no words":   {[]string{" \n", "12"}, []string{": ", ": "}, []string{"wordless  2"}},
		"Markdown":   {[]string{"# Un *deux*\n\n- *a*\n\n::: FR\n\n[b](c)"}, []string{"Un *deux*: \\- \\*a\\*\n\n\\::: FR\n\n\\[b\\](c)"}, nil},
		"strange":    {[]string{"a\x00\u202eb\uf0b7\xff"}, []string{"ab: "}, []string{"sign  2"}},
		"very much":  {[]string{"Un\n\n" + strings.Repeat("Une phrase.\n\n", 1000)}, []string{"Un: " + strings.TrimSpace(strings.Repeat("Une phrase.\n\n", 342))}, []string{"cut Un 1"}},
		"in columns": {[]string{"\tUn\t deux\r\n\r\ntrois"}, []string{"Un deux: trois"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := document.OfPages("a", pagesOf(c.texts...), len(c.texts))
			if diff := cmp.Diff(c.said, said(d)) + cmp.Diff(c.left, left(d)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzPages: whatever a PDF says becomes text that a module can hold.
func FuzzPages(f *testing.F) {
	f.Add("Le bus\n\n• a\n2. b\n1) c\n\n# d ::: <e>")
	f.Add("\f\n\n- \\\n1.\n1. \n• •")
	f.Fuzz(func(t *testing.T, text string) {
		d := document.OfPages("a", pagesOf(text, "b\n\n"+text), 2)
		out := content.Text{Lang: "fr", Title: "a", Summary: "a"}
		for i, s := range d.Screens {
			screen := content.Screen{ID: fmt.Sprint("s", i), Title: s.Title, Picture: "pictures/a.png", Alt: "a"}
			if screen.Title == "" {
				screen.Title = "a"
			}
			if s.Text != "" {
				screen.Blocks = []content.Block{{Text: s.Text}}
			}
			out.Screens = append(out.Screens, screen)
		}
		if _, err := content.ParseText("fr", out.Format()); err != nil {
			t.Fatalf("%v\n%s", err, out.Format())
		}
	})
}
