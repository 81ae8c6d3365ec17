package paper

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestSameInputSameBytes(t *testing.T) {
	first, second := samples(t), samples(t)
	for name := range first {
		if !bytes.Equal(first[name], second[name]) {
			t.Errorf("%s differs when made again", name)
		}
	}
	later, err := frenchCertificate().PDF(at.AddDate(0, 0, 1))
	if err != nil || bytes.Equal(later, first["certificate-fr"]) {
		t.Errorf("another time gives the same bytes (%v)", err)
	}
}

var pageObject = regexp.MustCompile(`/Type/Page/`)

func TestPages(t *testing.T) {
	want := map[string]int{
		"certificate-fr": 1, "certificate-ar": 1, "certificate-uk": 1, "poster": 1, "cards": 2, "minutes-fr": 3, "minutes-ar": 3,
	}
	for name, pdf := range samples(t) {
		if got := len(pageObject.FindAll(pdf, -1)); got != want[name] {
			t.Errorf("%s has %d pages, want %d", name, got, want[name])
		}
		checkFile(t, pdf)
	}
}

var offset = regexp.MustCompile(`(?m)^(\d{10}) 00000 n $`)

// checkFile looks whether the table of objects points at objects, and nothing is larger than a mail can bear.
func checkFile(t *testing.T, pdf []byte) {
	t.Helper()
	if !bytes.HasPrefix(pdf, []byte("%PDF-1.7\n")) || !bytes.HasSuffix(pdf, []byte("%%EOF\n")) {
		t.Fatal("no PDF file")
	}
	for i, found := range offset.FindAllSubmatch(pdf, -1) {
		var at int
		_, _ = fmt.Sscanf(string(found[1]), "%d", &at)
		if want := fmt.Sprintf("%d 0 obj", i+1); !bytes.HasPrefix(pdf[at:], []byte(want)) {
			t.Errorf("no object %d at %d", i+1, at)
		}
	}
}

func TestTextIsFound(t *testing.T) {
	want := map[string][]string{
		"certificate-fr": {"Leïla Œuvrard-Çelik", "Zeynep Yıldız", "« Premiers pas vers l'emploi »", verify, "2026-0417"},
		"certificate-ar": {"مُحَمَّد عبد الرّحمن الحدّاد", "ليلى منصور", "للإدماج", "Mission locale de Strasbourg", "2026-0417", verify},
		"certificate-uk": {"Наталія Ґжегожівна Щасливець-Їжакевич", "об’єднанням Çukurova", "Олександр Коваленко"},
		"poster":         {"Size yakın, ücretsiz destek: iş ve eğitim.", "perto de você: formação", "مرافقة مجانية", "Безкоштовна"},
		"cards":          {"فاطمة الزهراء", "Çağrı İbrahim Ağaoğlu", "Олена Їжакевич", "João Conceição", "Prénom 4"},
		"minutes-fr":     {"Compte rendu", "Наталія Їжакевич", "فاطمة الزهراء بن علي", "Page 3 sur 3"},
		"minutes-ar":     {"محضر الجلسة رقم", "فاطمة الزهراء بن علي", "João da Conceição", "مُحَمَّد"},
	}
	for name, pdf := range samples(t) {
		text := bidiControls.Replace(pdftotext(t, pdf))
		for _, words := range want[name] {
			if !strings.Contains(text, words) {
				t.Errorf("%s: %q is not found in\n%s", name, words, text)
			}
		}
	}
}

var bidiControls = strings.NewReplacer("\u202a", "", "\u202b", "", "\u202c", "", "\u200e", "", "\u200f", "")

func TestHeaderIsRepeated(t *testing.T) {
	text := pdftotext(t, samples(t)["minutes-fr"])
	if got := strings.Count(text, "Nom  "); got < 3 {
		t.Errorf("the table's header is on %d pages of 3", got)
	}
	for i := range 45 {
		if row := regexp.MustCompile(fmt.Sprintf(`(?m)^\s*%d  .*12:30`, i+1)); !row.MatchString(bidiControls.Replace(text)) {
			t.Errorf("row %d is missing", i+1)
		}
	}
}

func TestTooMuchIsAnError(t *testing.T) {
	c := frenchCertificate()
	c.Signers = make([]Signer, 4)
	if _, err := c.PDF(at); !errors.Is(err, ErrTooMany) {
		t.Errorf("four signers: %v", err)
	}
	if _, err := (Poster{Sayings: make([]Saying, 17)}).PDF(at); !errors.Is(err, ErrTooMany) {
		t.Errorf("seventeen sentences: %v", err)
	}
	d := &Document{}
	d.Table(Table{Columns: make([]Column, 60)})
	if _, err := d.PDF(at); !errors.Is(err, ErrTooMany) {
		t.Errorf("sixty columns: %v", err)
	}
	if _, err := Cards("", nil, at); !errors.Is(err, ErrEmpty) {
		t.Errorf("no cards: %v", err)
	}
	if _, err := (Poster{Link: strings.Repeat("é", 3000)}).PDF(at); err == nil {
		t.Error("a link of 6,000 bytes has a QR code")
	}
}

func TestEmptyPapers(t *testing.T) {
	for name, make := range map[string]func() ([]byte, error){
		"certificate": func() ([]byte, error) { return Certificate{}.PDF(at) },
		"poster":      func() ([]byte, error) { return Poster{}.PDF(at) },
		"document":    func() ([]byte, error) { return (&Document{}).PDF(at) },
		"card":        func() ([]byte, error) { return Cards("", []Card{{}}, at) },
	} {
		pdf, err := make()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		checkFile(t, pdf)
	}
}

func TestQR(t *testing.T) {
	svg, err := QR(verify)
	if err != nil {
		t.Fatal(err)
	}
	var image struct {
		Box  string `xml:"viewBox,attr"`
		Path []struct {
			Fill string `xml:"fill,attr"`
			D    string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(svg, &image); err != nil {
		t.Fatal(err)
	}
	if len(image.Path) != 1 || image.Path[0].Fill != "currentColor" || !strings.HasPrefix(image.Path[0].D, "M4 4h7v1h-7z") {
		t.Errorf("not one path in currentColor behind four modules of white: %s", svg)
	}
	if code, _ := encode(verify); image.Box != fmt.Sprintf("0 0 %d %[1]d", code.Size+8) {
		t.Errorf("viewBox %s", image.Box)
	}
}

func BenchmarkCertificate(b *testing.B) {
	for _, c := range []Certificate{frenchCertificate(), arabicCertificate()} {
		b.Run(c.Tongue.Lang, func(b *testing.B) {
			for b.Loop() {
				if _, err := c.PDF(at); err != nil {
					b.Fatal(err)
				}
			}
			if each := b.Elapsed().Milliseconds() / int64(b.N); each > 30 {
				b.Errorf("%d ms a certificate: more than 30", each)
			}
		})
	}
}

// A drawing stands in its cell; a paper without one is as it was.
func TestDrawingInACell(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 120, 40))
	for _, drawn := range []map[Cell]*image.Gray{nil, {{0, 1}: m, {2, 0}: m, {7, 7}: m, {1, 1}: image.NewGray(image.Rectangle{})}} {
		for _, rtl := range []bool{false, true} {
			d := &Document{Tongue: Tongue{Lang: "fr", RTL: rtl}, Title: "Feuille"}
			d.Table(Table{Columns: []Column{{Title: "A"}, {Title: "B"}}, Rows: [][]string{{"un", "deux"}, {"trois"}, {"quatre"}}, Drawings: drawn})
			b, err := d.PDF(time.Unix(0, 0))
			if err != nil {
				t.Fatal(err)
			}
			if n := bytes.Count(b, []byte("/Subtype/Image/Width 120/Height 40")); n != min(len(drawn), 2) {
				t.Errorf("%d pictures of %d", n, len(drawn))
			}
		}
	}
}
