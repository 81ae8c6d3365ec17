package web

import (
	"bytes"
	"compress/gzip"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := Files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestWeight(t *testing.T) {
	for name, most := range map[string]int{"tremplin.css": 12 << 10, "tremplin.js": 6 << 10, "phone.js": 8 << 10, "store.js": 2 << 10, "seal.js": 3 << 10, "roll.js": 4 << 10, "later.js": 2 << 10, "judge.js": 2 << 10, "sw.js": 2 << 10, "icon.svg": 1 << 10, "reader/qr.js": 17 << 10} {
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if _, err := w.Write([]byte(read(t, name))); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if b.Len() > most {
			t.Errorf("%s weighs %d bytes compressed, more than %d", name, b.Len(), most)
		}
	}
}

// Left and right are start and end: right-to-left needs no second style sheet.
func TestLogicalProperties(t *testing.T) {
	physical := regexp.MustCompile(`[{;\s](((margin|padding|border)-)?(left|right|top|bottom)|(min-|max-)?(width|height)|float)\s*:|text-align:\s*(left|right)`)
	css := regexp.MustCompile(`@media \([^)]*\)`).ReplaceAllString(read(t, "tremplin.css"), "")
	for _, m := range physical.FindAllString(css, -1) {
		t.Errorf("%q has a direction", m)
	}
}

// What is said (7) and what else carries meaning (4.5) can be seen on every ground that it meets.
func TestContrast(t *testing.T) {
	light, dark := tokens(t)
	grounds := "paper card teal-wash amber-wash red-wash leaf-wash"
	for _, c := range []struct {
		least       float64
		front, back string
	}{
		{7, "ink", grounds},
		{7, "soft", grounds},
		{7, "deep", "paper card teal-wash"},
		{7, "teal", "paper card"},
		{7, "on-teal", "teal deep"},
		{7, "amber-ink", "card amber-wash"},
		{7, "red", "paper card red-wash"},
		{7, "leaf", "paper card leaf-wash"},
		{7, "card", "leaf amber-ink"},
		{4.5, "edge", "paper card teal-wash"},
		{4.5, "amber-edge", "paper card amber-wash"},
		{4.5, "teal", "teal-wash"},
	} {
		for back := range strings.FieldsSeq(c.back) {
			for theme, of := range map[string]map[string]string{"light": light, "dark": dark} {
				if got := ratio(t, of[c.front], of[back]); got < c.least {
					t.Errorf("%s: %s on %s is %.2f, less than %.1f", theme, c.front, back, got, c.least)
				}
			}
		}
	}
}

// tokens reads the colours of both themes; the plain ones, for old devices, must be those of the light theme.
func tokens(t *testing.T) (light, dark map[string]string) {
	t.Helper()
	css := read(t, "tremplin.css")
	light, dark = map[string]string{}, map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): light-dark\((#\w+), (#\w+)\)`).FindAllStringSubmatch(css, -1) {
		light[m[1]], dark[m[1]] = m[2], m[3]
		if plain := "--" + m[1] + ": " + m[2] + ";"; !strings.Contains(css, plain) {
			t.Errorf("old devices miss %s", plain)
		}
	}
	return light, dark
}

// ratio is the contrast of WCAG 2.
func ratio(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	hex = strings.TrimPrefix(hex, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 6 {
		t.Fatalf("%q is no colour", hex)
	}
	sum := 0.0
	for i, weight := range []float64{.0722, .7152, .2126} {
		c := float64(n>>(8*i)&255) / 255
		if c <= .03928 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+.055)/1.055, 2.4)
		}
	}
	return sum
}
