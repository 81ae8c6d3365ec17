package pdf_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os/exec"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/paper"
	"tremplin/internal/learning/content"
	"tremplin/internal/learning/document"
	"tremplin/internal/learning/pdf"
)

// paged is a PDF with a heading and text that fills some pages.
func paged(t *testing.T, tongue paper.Tongue, title, heading, text string, times int) []byte {
	t.Helper()
	d := paper.Document{Tongue: tongue, Title: title}
	d.Heading(1, heading)
	for range times {
		d.Para(text)
	}
	b, err := d.PDF(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// bare is a PDF written by hand: so many pages of the same, and what else its end says.
func bare(pages int, page, trailer string) []byte {
	var b bytes.Buffer
	var at []int
	b.WriteString("%PDF-1.4\n")
	object := func(text string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), text)
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", i+3)
	}
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", pages, kids.String()))
	for range pages {
		object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]" + page + ">>")
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, trailer, start)
	return b.Bytes()
}

func installed(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("pdftocairo"); err != nil {
		t.Fatal("no pdftocairo: test/setup.sh installs it")
	}
}

func TestAPageIsAScreen(t *testing.T) {
	installed(t)
	for lang, c := range map[string]struct{ heading, text string }{
		"fr": {"Chercher du travail", "On cherche du travail dans trois endroits, et on demande de l'aide."},
		"ar": {"البحث عن عمل", "نبحث عن عمل في ثلاثة أماكن ونطلب المساعدة."},
	} {
		d, err := pdf.Read(t.Context(), "cours.pdf", paged(t, paper.Tongue{Lang: lang, RTL: lang == "ar"}, "", c.heading, c.text, 60))
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Screens) < 2 || d.Language != lang {
			t.Fatalf("%d screens in %q", len(d.Screens), d.Language)
		}
		for i, s := range d.Screens {
			size, _, err := image.DecodeConfig(bytes.NewReader(s.Picture.Data))
			if err != nil || size.Height > 1280 || size.Height < 1000 || len(s.Picture.Data) > 150<<10 || s.Page != i+1 {
				t.Error(size, len(s.Picture.Data), s.Page, err)
			}
			if !strings.Contains(content.Plain(s.Text), c.text) {
				t.Errorf("%s: %.200q", s.Title, s.Text)
			}
		}
		if d.Screens[0].Title != c.heading {
			t.Errorf("%q", d.Screens[0].Title)
		}
	}
}

func TestManyPages(t *testing.T) {
	installed(t)
	d, err := pdf.Read(t.Context(), "a.pdf", bytes.ReplaceAll(bare(70, "", ""), []byte("200 200]"), []byte("200 9]"))) // soon drawn
	if err != nil || len(d.Screens) != content.MaxScreens || d.Title != "a" {
		t.Fatal(err)
	}
	if len(d.Left) != 2 || d.Left[0] != (document.Left{What: document.Wordless, Count: 60}) || d.Left[1] != (document.Left{What: document.Beyond, Count: 10}) {
		t.Error(d.Left)
	}
}

func TestHostilePDFs(t *testing.T) {
	installed(t)
	good := paged(t, paper.Tongue{Lang: "fr"}, "a", "Un", "Deux.", 3)
	for name, c := range map[string]struct {
		data []byte
		code content.Code
	}{
		"nothing":         {nil, document.BadPDF},
		"no PDF":          {[]byte("%PDF-1.7\nno"), document.BadPDF},
		"half of one":     {good[:len(good)/3], document.BadPDF},
		"a password":      {bare(1, "", "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O<"+strings.Repeat("ab", 32)+">/U<"+strings.Repeat("cd", 32)+">/P -4>>"), document.Locked},
		"10,000 pages":    {bare(10_000, "", ""), document.Pages},
		"a lying count":   {bytes.Replace(bare(1, "", ""), []byte("/Count 1/"), []byte("/Count 9999999999/"), 1), document.BadPDF},
		"no pages at all": {bare(0, "", ""), document.BadPDF},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := pdf.Read(t.Context(), "a.pdf", c.data)
			var ps content.Problems
			if d != nil || !errors.As(err, &ps) || !ps.Has(c.code) {
				t.Errorf("want %s: %v", c.code, err)
			}
		})
	}
}

// A page of any size is drawn within bounds; one that leads outside or runs a program does nothing of the kind.
func TestHostileButHarmless(t *testing.T) {
	installed(t)
	for name, b := range map[string][]byte{
		"a huge page": bytes.Replace(bare(1, "", ""), []byte("[0 0 200 200]"), []byte("[0 0 9999999 9999999]"), 1),
		"a thin page": bytes.Replace(bare(1, "", ""), []byte("[0 0 200 200]"), []byte("[0 0 1 99999]"), 1),
		"an action":   bare(1, "/AA<</O<</S/Launch/F(/bin/sh)>>>>", ""),
		"an address":  bare(1, "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(file:///etc/passwd)>>>>]", ""),
	} {
		d, err := pdf.Read(t.Context(), "a.pdf", b)
		var ps content.Problems
		if err == nil && len(d.Screens) != 1 || err != nil && !errors.As(err, &ps) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhoCannotWait(t *testing.T) {
	installed(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	_, err := pdf.Read(ctx, "a.pdf", bare(3, "", ""))
	var ps content.Problems
	if !errors.As(err, &ps) || !ps.Has(document.Slow) {
		t.Error(err)
	}
}

func TestWithoutPoppler(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := pdf.Read(t.Context(), "a.pdf", bare(1, "", ""))
	var ps content.Problems
	if !errors.As(err, &ps) || ps[0].Code != document.Tool || ps[0].Detail != "poppler-utils" {
		t.Error(err)
	}
}
