package web_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/db"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/web"
)

// Each error that is not a person's has a page that says what it is, and a line in the log for who can mend it.
func TestWhatWentWrongIsSaid(t *testing.T) {
	dir := t.TempDir()
	_, missing := blob.In(dir).Get(blob.Sum(nil))
	for name, c := range map[string]struct {
		err       error
		status    int
		says, log string
	}{
		"a document elsewhere": {missing, http.StatusServiceUnavailable, "This document is not here", dir},
		"an unknown commit":    {fmt.Errorf("%w: cut", db.ErrUnknown), http.StatusInternalServerError, "We do not know whether this was kept", "cut"},
		"our own":              {errors.New("broken"), http.StatusInternalServerError, "Something went wrong on our side", "broken"},
		"an erased story":      {journal.ErrErased, http.StatusNotFound, "This page does not exist", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			before := slog.Default()
			slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
			defer slog.SetDefault(before)
			w := ask(t, site(t, "", web.Route{Pattern: "GET /wrong", Do: func(*web.Ctx) error { return c.err }}), http.MethodGet, "/wrong", "Accept-Language: en")
			if w.Code != c.status || !strings.Contains(w.Body.String(), "<h1>"+c.says) {
				t.Errorf("%d, and not %q", w.Code, c.says)
			}
			if got := log.String(); !strings.Contains(got, c.log) || (c.log == "") != (got == "") {
				t.Errorf("the log says %q", got)
			}
		})
	}
}
