package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/records"
)

// strange is a recipient that refuses what it is sent, and then is gone.
const strange = "Observatoire régional"

// forwardOf is a forward of each programme.
func forwardOf(p id.ID, name string) journal.Act {
	return journal.Act{Programme: p, ID: id.Derive(p[:], []byte("e2e forward"), []byte(name))}
}

// forward has records passed on to a store that refuses each, and that nobody reaches any more.
func (h *house) forward(ctx context.Context, t *testing.T, p id.ID) {
	t.Helper()
	store := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if r.URL.Path == "/about" && err == nil {
			_, _ = w.Write([]byte(`{"version":["1.0.3"]}`))
		} else if string(b) != "[]" {
			w.WriteHeader(http.StatusConflict)
			_, _ = w.Write([]byte("<b>already here</b> " + longIRI))
		}
	}))
	for _, name := range []string{strange, "Archives"} {
		f := records.Forward{Name: name, URL: store.URL, Purpose: "اتفاقية", Earlier: name == strange, Filter: records.Filter{Verbs: []string{"https://example.org/verbs/attended"}, Activities: []string{longIRI}}}
		must(t, h.app.Records.SetForward(ctx, forwardOf(p, name), f, records.Login{Key: "key", Secret: "secret"}))
	}
	payload, err := json.Marshal(forwardOf(p, strange).ID)
	must(t, err)
	for range 2 { // the second time what was refused is sent again, to nobody
		if err := h.app.Records.Forward(ctx, job.Job{Programme: p, Payload: payload}); err == nil {
			t.Error("a forward is over")
		}
		store.Close()
		must(t, h.app.Records.Hasten(ctx, p, forwardOf(p, strange).ID))
	}
}

// goesOn is a forward that has not ended, the strange one last.
func (h *house) goesOn(t *testing.T, p id.ID) (out id.ID) {
	t.Helper()
	all, err := h.app.Records.ForwardsOf(t.Context(), p)
	must(t, err)
	for _, w := range all {
		if !w.Ended && (out.IsZero() || w.Name != strange) {
			out = w.Owner
		}
	}
	return out
}

// forwards passes all records on to another store, what people did in the player too. Then that ends.
func forwards(t *testing.T, h *house) {
	store := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/about" {
			_, _ = w.Write([]byte(`{"version":["2.0.0"]}`))
		}
	}))
	defer store.Close()
	w := h.words("fr")
	before := h.entries(t)
	p := h.visit(t, laptop, "fr").as("admin")
	p.open("/admin/clients")
	p.follow("link", w.T("records.forwards"))
	for label, text := range map[string]string{
		"records.forward.name.label": "Région Grand Est", "records.forward.purpose.label": "Convention du 3 mars", "records.forward.url.label": store.URL,
		"records.client.key": "clé", "records.client.secret": "secret",
	} {
		p.fill(w.T(label), text)
	}
	p.press("radio", w.T("records.forward.from.all"))
	p.follow("button", w.T("records.forward.go"))
	p.sees(w.T("records.forward.began"))
	all, err := h.app.Records.Overview(t.Context(), h.programme().ID())
	must(t, err)
	p.until("be passed on", func() error {
		rows, err := h.app.Records.ForwardsOf(t.Context(), h.programme().ID())
		for _, w := range rows {
			if w.Name == "Région Grand Est" && int(w.Sent) != all.Statements() {
				err = fmt.Errorf("%d of %d are sent", w.Sent, all.Statements())
			}
		}
		return err
	})
	p.open("/admin/forwards")
	p.sees(w.T("records.forward.works"))
	p.press("DisclosureTriangle", w.T("records.forward.end")+" · Région Grand Est")
	p.follow("button", w.T("records.forward.end"))
	p.sees(w.T("records.forward.ended.done"))
	if n := h.entries(t) - before; n != 2 {
		t.Errorf("%d entries were written, want that it began and that it ended", n)
	}
}
