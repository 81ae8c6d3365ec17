package web_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/records"
)

// kept is a folder of attachments in memory.
func kept(all map[string][]byte) records.Files {
	return records.Files{
		Put: func(sum string, b []byte) error { all[sum] = b; return nil },
		Get: func(sum string) ([]byte, error) { return all[sum], nil },
	}
}

func (s *store) client() records.Known {
	which, _ := id.Parse(s.key)
	return records.Known{Programme: s.programme, ID: which, Name: "Plateforme", Home: "https://tremplin.example.org", Scopes: []string{records.All}}
}

// What is exported here is imported elsewhere: the same statements, who vouches for them, what is attached. Again is
// nothing new, here and there.
func TestExportAndImport(t *testing.T) {
	each(t, func(here *store) {
		photo := []byte(byteful)
		here.ask("POST", "/statements", mixed(part{asJSON, statement("amina", "a", attached(photo, ""))}, withSum(photo)), "Content-Type", edged).is(200)
		for range 3 {
			here.post(slices.Repeat([]string{statement("bilal", "b")}, 90)...)
		}
		voided := here.post(statement("chloe", "c"))[0]
		here.post(statement("leila", "x", `{"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},"object":{"objectType":"StatementRef","id":"`+voided+`"}}`))
		var text bytes.Buffer
		files, steps := map[string][]byte{}, 0
		count := func(n int) { steps += n }
		if err := here.Export(t.Context(), here.programme, &text, kept(files), 0, count); err != nil || steps != 272 || len(files) != 1 {
			t.Fatal(steps, len(files), err)
		}
		if got, err := here.Import(t.Context(), here.client(), bytes.NewReader(text.Bytes()), kept(files), func(int) {}); err != nil || got.Known != 272 || got.Taken != 0 {
			t.Fatalf("%+v %v", got, err)
		}
		each(t, func(there *store) {
			for _, taken := range []int{272, 0} {
				got, err := there.Import(t.Context(), there.client(), bytes.NewReader(text.Bytes()), kept(files), func(int) {})
				if err != nil || got.Taken != taken || got.Taken+got.Known != 272 || got.Wrong != 0 {
					t.Fatalf("%+v %v", got, err)
				}
			}
			if got := there.ask("GET", "/statements?attachments=true&ascending=true&limit=1", ""); !strings.Contains(got.body, byteful) || !strings.Contains(got.body, here.key) {
				t.Error(got.body)
			}
			there.ask("GET", "/statements?statementId="+voided, "").is(404)
		})
	})
}

// A line that is bad is said, with its number, and stops no other.
func TestImportOfBadLines(t *testing.T) {
	each(t, func(s *store) {
		which := s.post(statement("amina", "a"))[0]
		lines := []string{
			statement("amina", "b"), "{", "", statement("bilal", "b", `{"id":"`+which+`"}`), statement("bilal", "b", `{"verb":{}}`), statement("chloe", "c"),
			statement("amina", "a", attached([]byte("x"), "")),
		}
		got, err := s.Import(t.Context(), s.client(), strings.NewReader(strings.Join(lines, "\n")), kept(map[string][]byte{}), func(int) {})
		if err != nil || got.Taken != 3 || got.Wrong != 3 {
			t.Fatalf("%+v %v", got, err)
		}
		for i, words := range []string{"line 2: ", "line 5: verb", "line 4: other content"} {
			if !strings.Contains(got.Bad[i], words) {
				t.Errorf("%q does not say %q", got.Bad[i], words)
			}
		}
	})
}
