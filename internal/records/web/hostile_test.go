package web_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"tremplin/internal/core/draft"
	"tremplin/internal/core/id"
)

// What is too much, too deep or no JSON is refused with a status and a reason, and nothing of it is kept.
func TestHostileStatements(t *testing.T) {
	each(t, func(s *store) {
		long := statement("amina", "a", `{"result":{"response":"`+strings.Repeat("x", 9<<20)+`"}}`)
		for name, w := range map[string]struct {
			body   string
			status int
			says   string
		}{
			"oversized":  {long, 413, "too large"},
			"deep":       {statement("amina", "a", `{"result":{"extensions":{"urn:x:y":`+strings.Repeat("[", 100)+strings.Repeat("]", 100)+`}}}`), 400, "within one another"},
			"bytes":      {strings.Replace(statement("amina", "a"), "amina", "am\xff\xfeina", 1), 400, "UTF-8"},
			"twice":      {`{"actor":{},"actor":{}}`, 400, "actor"},
			"number":     {statement("amina", "a", `{"result":{"score":{"raw":1e400}}}`), 400, "too large a number"},
			"elements":   {"[" + strings.Repeat("1,", 999_999) + "1]", 413, "2000"},
			"half":       {statement("amina", "a")[:40], 400, "ends too soon"},
			"nothing":    {" ", 400, "ends too soon"},
			"no object":  {`"statement"`, 400, "must be an object"},
			"many":       {"[" + strings.Repeat(statement("amina", "a")+",", 2000) + statement("amina", "a") + "]", 413, "2000"},
			"long names": {statement("amina", "a", `{"`+strings.Repeat("x", 100_000)+`":1}`), 400, "…"},
		} {
			got := s.ask("POST", "/statements", w.body)
			if got.status != w.status || !strings.Contains(got.body, w.says) || len(got.body) > 2000 {
				t.Errorf("%s: %d %.300s", name, got.status, got.body)
			}
		}
		if ids := s.found(); len(ids) != 0 {
			t.Error(ids)
		}
		huge := `{"result":{"extensions":{"urn:x:y":[1e400,12345678901234567890.123456789]}}}` // nobody's business: as it came
		which := s.post(statement("amina", "a", huge))[0]
		s.ask("GET", "/statements?statementId="+which, "").is(200).says("1e400").says("12345678901234567890.123456789")
	})
}

// Two who write one id at once: one is kept, whoever says the same is told so, and who says something else is refused.
func TestTwoWriters(t *testing.T) {
	each(t, func(s *store) {
		which := id.New().String()
		var all sync.WaitGroup
		var mu sync.Mutex
		got := map[int]int{}
		for i := range 8 {
			all.Go(func() {
				a := s.ask("PUT", "/statements?statementId="+which, statement("amina", fmt.Sprint("a", i%2)))
				mu.Lock()
				got[a.status]++
				mu.Unlock()
			})
		}
		all.Wait()
		if got[http.StatusNoContent] != 4 || got[http.StatusConflict] != 4 {
			t.Error(got)
		}
		if ids := s.found(); len(ids) != 1 {
			t.Error(ids)
		}
	})
}

// Who asks too often, or guesses, is told when to come back.
func TestTooOften(t *testing.T) {
	each(t, func(s *store) {
		right := s.secret
		s.secret = "wrong"
		for range 10 {
			s.ask("GET", "/about", "").is(200)
			s.ask("GET", "/statements", "").is(401)
		}
		if got := s.ask("GET", "/statements", "").is(429); got.header.Get("Retry-After") != "6" && got.header.Get("Retry-After") != "7" {
			t.Error(got.header)
		}
		s.secret = right
		s.ask("GET", "/statements", "").is(200)
	})
}

// What could not be taken is listed with its reason, and taken once it can be.
func TestRefusedIsKept(t *testing.T) {
	each(t, func(s *store) {
		s.ask("POST", "/statements", statement("amina", "a", `{"verb":{}}`)).is(400)
		all, err := s.RefusedOf(t.Context(), s.programme)
		if err != nil || len(all) != 1 || all[0].Client.String() != s.key || all[0].Where != "verb" || all[0].Reason != "missing" || !slices.Equal(all[0].Quoted, []string{"id"}) {
			t.Fatalf("%+v %v", all, err)
		}
		var shut []byte
		if _, ok, err := draft.Get(t.Context(), s.J.DB(), draft.Draft{Programme: s.programme, Kind: "xapi.came", Key: all[0].ID.String()}, &shut); err != nil || !ok || strings.Contains(string(shut), "amina") {
			t.Error("what came lies open, or nowhere", ok, err)
		}
		_, who, came, err := s.Came(t.Context(), s.programme, all[0].ID)
		if err != nil || who.ID.String() != s.key || !strings.Contains(string(came), "amina") {
			t.Error(who, string(came), err)
		}
		for range 250 {
			s.ask("POST", "/statements", "{").is(400)
		}
		if all, err := s.RefusedOf(t.Context(), s.programme); err != nil || len(all) != 100 {
			t.Error(len(all), err)
		}
		s.Now = s.Now.AddDate(0, 0, 31)
		if err := s.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if all, err := s.RefusedOf(t.Context(), s.programme); err != nil || len(all) != 0 {
			t.Error(len(all), err)
		}
	})
}
