package people

import (
	"strings"
	"testing"
	"unicode/utf8"

	"tremplin/internal/core/programme"
	"tremplin/internal/core/sheet"
)

// FuzzPhone: a number that was brought into the international form stays so.
func FuzzPhone(f *testing.F) {
	for _, s := range []string{"06 12 34 56 78", "+33 6", "0090 532", "٠٦١٢٣٤٥٦٧٨", "(0)", "+", "1+2", "\x00\xff", "tel:+32-470"} {
		f.Add(s, "FR")
	}
	f.Fuzz(func(t *testing.T, s, country string) {
		got := Phone(s, country)
		if strings.Trim(got, "+0123456789") != "" || Phone(got, country) != got || len(got) > len(s)+3 {
			t.Fatalf("%q: %q, then %q", s, got, Phone(got, country))
		}
	})
}

// FuzzImport: a row is taken as something that a form would take too, or each reason why not names a column;
// the same row is the same person.
func FuzzImport(f *testing.F) {
	f.Add("Numéro,Prénom,Langue,Pays,Date de naissance,Téléphone", "12,Amina,arabe,Belgique,03/04/1990,0470 12 34 56", true)
	f.Add("الاسم,اللغه,الجنس", "أمينة,عربي,انثى", false)
	f.Add("nom,nom,e-mail", "=cmd(),x@y.z\x00,@", true)
	f.Add("first,birth,organisation", strings.Repeat("é", 81)+",٢٩/٠٢/٢٠٢٣,Here", true)
	f.Add("first", "", true)
	p := &programme.Programme{Slug: "near", Organisations: []programme.Organisation{{Slug: "here", Name: "Ici"}}}
	f.Fuzz(func(t *testing.T, header, row string, dayFirst bool) {
		in := Import{Programme: p, DayFirst: dayFirst, Table: sheet.Table{
			Header: strings.Split(header, ","), Rows: []sheet.Row{{Number: 2, Cells: strings.Split(row, ",")}, {Number: 3, Cells: strings.Split(row, ",")}},
		}}
		in.Columns = Guess(in.Table.Header)
		var rep Report
		got := in.parse(&rep)
		if len(got)+rep.Bad != 2 || len(got) == 2 || rep.Bad > len(rep.Faults) {
			t.Fatalf("%d taken, %d bad, %v", len(got), rep.Bad, rep.Faults)
		}
		for _, g := range got {
			if fs := g.said.Check(); len(fs) > 0 || g.id.IsZero() {
				t.Fatalf("taken, though %v", fs)
			}
		}
		for _, x := range rep.Faults {
			if x.Row < 2 || x.Column == "" || x.Key == "" || utf8.RuneCountInString(x.Value) > 80 {
				t.Fatalf("%+v", x)
			}
		}
	})
}
