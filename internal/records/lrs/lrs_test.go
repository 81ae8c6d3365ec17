package lrs

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tremplin/internal/records/xapi"
)

// What a store says of itself is kept on one line, and cut.
func TestWords(t *testing.T) {
	for said, want := range map[string]string{
		"": "", " a\r\n\tb\x00c ": "a b c", "\xff": "?", strings.Repeat("é", 201): strings.Repeat("é", 200) + "…",
	} {
		if got := words([]byte(said)); got != want {
			t.Errorf("%q: %q", said, got)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 45, 0, 0, time.UTC)
	s := Store{Now: func() time.Time { return now }}
	for said, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, "-7": 0, "99999999999": 0, "4000000000": longest, "soon": 0,
		"Mon, 23 Nov 2026 08:46:00 GMT": time.Minute, "Mon, 23 Nov 2026 08:44:00 GMT": 0, "Mon, 23 Nov 2099 08:44:00 GMT": longest,
	} {
		if got := s.after(said); got != want {
			t.Errorf("%q: %s", said, got)
		}
	}
}

// A store is told which version is spoken and who speaks, and nothing is sent on to where it leads.
func TestSending(t *testing.T) {
	var got []string
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key, secret, _ := r.BasicAuth()
		got = append(got, r.Method+" "+r.URL.Path+" "+r.Header.Get("X-Experience-API-Version")+" "+key+":"+secret)
		w.WriteHeader(http.StatusNoContent)
	}))
	defer site.Close()
	s := Store{URL: site.URL + "/lrs/", Key: "k", Secret: "s:t", Now: time.Now}
	for _, v := range []xapi.Version{xapi.V1, xapi.V2} {
		if err := s.Send(t.Context(), v, "application/json", []byte("[]")); err != nil {
			t.Error(err)
		}
	}
	if strings.Join(got, "\n") != "POST /lrs/statements 1.0.3 k:s:t\nPOST /lrs/statements 2.0.0 k:s:t" {
		t.Error(got)
	}
	var no *Trouble
	if err := s.Try(t.Context()); !errors.As(err, &no) || no.Kind != NoStore || strings.Contains(err.Error(), "s:t") {
		t.Error(err)
	}
}
