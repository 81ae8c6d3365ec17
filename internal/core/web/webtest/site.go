package webtest

import (
	"context"
	"io/fs"
	"net/http"
	"testing"
	"testing/fstest"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
)

// Site is a slice's pages with what every site has beside them. Who reads is named by the session's cookie.
func Site(t testing.TB, s web.Site, who map[string]access.Actor, locales ...fs.FS) http.Handler {
	t.Helper()
	var err error
	if s.Words, err = i18n.Load(append(locales, ui.Locale)...); err != nil {
		t.Fatal(err)
	}
	if s.Assets, err = web.LoadAssets(fstest.MapFS{"tremplin.css": {Data: []byte("a")}, "tremplin.js": {Data: []byte("b")}}); err != nil {
		t.Fatal(err)
	}
	s.Identify = func(_ context.Context, token string, _ time.Time) (access.Actor, error) { return who[token], nil }
	return s.Handler()
}

// Running says that these programmes run, the first for whoever is not signed in.
func Running(ps ...*programme.Programme) func() []*programme.Programme {
	return func() []*programme.Programme { return ps }
}
