package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"tremplin/internal/core/sheet"
)

// tables are the same kind of people in each kind of file: two good rows, and two that are not.
var tables = []struct {
	name, first string // a first name that only the right alphabet gives
	bytes       func(t *testing.T) []byte
	bad         []string // how the report names the bad rows
}{
	{"windows-1252.csv", "Zoé", func(t *testing.T) []byte {
		b, err := charmap.Windows1252.NewEncoder().Bytes([]byte(strings.Join([]string{
			"numéro;prénom;nom;langue;pays;date de naissance;téléphone",
			"W1;Zoé;Lefèvre;français;France;12/03/1990;06 39 98 00 01",
			"W2;Cœur;Nuñez;fr;Belgique;1985;",
			"W3;;Noël;fr;FR;1970;",
			"W4;Élodie;Bœuf;klingon;FR;1970;",
		}, "\r\n")))
		must(t, err)
		return b
	}, []string{`row 4, prénom, "": Write a first name`, `row 5, langue, "klingon": We do not know this language`}},
	{"utf-8.csv", "ريم", func(*testing.T) []byte {
		return []byte("\ufeff" + strings.Join([]string{
			"number,first name,last name,language,country,e-mail",
			"U1,ريم,,ar,FR,reem@example.org", "U2,Оксана,,uk,PT,",
			"U3,Selim,,tr,TR,selim at example.org", "U1,ريم,,ar,FR,reem@example.org",
		}, "\n"))
	}, []string{`row 4, e-mail, "selim at example.org": This is not an e-mail address`, `The same person is already in row 2`}},
	{"people.xlsx", "Inês", func(t *testing.T) []byte {
		var b bytes.Buffer
		must(t, sheet.WriteXLSX(&b, sheet.Output{Name: "Pessoas", Header: []string{"número", "nome", "data de nascimento", "país", "organização"}, Rows: [][]any{
			{"X1", "Inês", sheet.Civil{Year: 1999, Month: 12, Day: 31}, "Portugal", ""},
			{"X2", "João", 1988, "PT", ""},
			{"X3", "Rui", "ontem", "PT", ""},
			{"X4", "Ana", 1990, "Atlantis", ""},
		}}))
		return b.Bytes()
	}, []string{`row 4, data de nascimento, "ontem": This is neither a year nor a date`, `row 5, país, "Atlantis": We do not know this country`}},
}

func TestImport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if code := begin(t, "serve", "--programme", "migrantech", "--data", dir).stop(); code != 0 {
		t.Fatalf("serve: %d", code)
	}
	for _, c := range tables {
		file := filepath.Join(t.TempDir(), c.name)
		must(t, os.WriteFile(file, c.bytes(t), 0o600))
		code, said := run(t, "import", "participants", file, "--data", dir)
		if code != 1 || !strings.Contains(said, "2 new, 0 changed, 0 as before, 2 not taken") {
			t.Errorf("%s: %d %s", c.name, code, said)
		}
		for _, bad := range c.bad {
			if !strings.Contains(said, bad) {
				t.Errorf("%s does not say %q:\n%s", c.name, bad, said)
			}
		}
		if n := one[int](t, data(dir), "select count(*) from people_person where first=$1", c.first); n != 1 {
			t.Errorf("%s: %d people are called %s", c.name, n, c.first)
		}
		code, said = run(t, "import", "participants", file, "--data", dir)
		if code != 1 || !strings.Contains(said, "0 new, 0 changed, 2 as before, 2 not taken") {
			t.Errorf("%s again: %d %s", c.name, code, said)
		}
	}
	if code, said := run(t, "verify", "--data", dir); code != 0 {
		t.Errorf("%d %s", code, said)
	}
}

// A table without a fault is no error; nor is one in which a person has changed.
func TestImportOfGoodRows(t *testing.T) {
	t.Parallel()
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "good.csv")
	if code := begin(t, "serve", "--programme", "migrantech", "--data", dir).stop(); code != 0 {
		t.Fatalf("serve: %d", code)
	}
	for _, c := range []struct{ row, says string }{
		{"7;Fatou;fr", "1 new, 0 changed, 0 as before, 0 not taken"},
		{"7;Fatou;fr", "0 new, 0 changed, 1 as before, 0 not taken"},
		{"7;Fatou;en", "0 new, 1 changed, 0 as before, 0 not taken"},
	} {
		must(t, os.WriteFile(file, []byte("number;first;language\n"+c.row), 0o600))
		if code, said := run(t, "import", "participants", file, "--data", dir); code != 0 || !strings.Contains(said, c.says) {
			t.Errorf("%s: %d %s", c.row, code, said)
		}
	}
}

func TestImportOfWhatIsNoTable(t *testing.T) {
	t.Parallel()
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "empty.csv")
	must(t, os.WriteFile(file, nil, 0o600))
	if code := begin(t, "serve", "--programme", "migrantech", "--data", dir).stop(); code != 0 {
		t.Fatalf("serve: %d", code)
	}
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"empty":        {[]string{file}, "The file is empty"},
		"not there":    {[]string{filepath.Join(dir, "none.csv")}, "no such file"},
		"no programme": {[]string{file, "--programme", "elsewhere"}, `no programme folder "elsewhere"`},
	} {
		code, said := run(t, append([]string{"import", "participants", "--data", dir}, c.args...)...)
		if code == 0 || !strings.Contains(said, c.says) {
			t.Errorf("%s: %d %s", name, code, said)
		}
	}
}

// People are taken by a programme: before the first has begun, the message says how to begin.
func TestImportBeforeTheProgramme(t *testing.T) {
	t.Parallel()
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "good.csv")
	must(t, os.WriteFile(file, []byte("number;first;language\n7;Fatou;fr"), 0o600))
	if code := begin(t, "serve", "--data", dir).stop(); code != 0 {
		t.Fatalf("serve: %d", code)
	}
	code, said := run(t, "import", "participants", file, "--data", dir)
	if code != 1 || !strings.Contains(said, "no programme has begun here") || !strings.Contains(said, "tremplin serve") {
		t.Errorf("%d %s", code, said)
	}
}
