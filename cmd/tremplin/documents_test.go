package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A process whose folder lacks the documents says so when it starts and where one is asked for, and names
// the folder: it may not be the one that the other processes share.
func TestDocumentsElsewhere(t *testing.T) {
	t.Parallel()
	dir := demoData(t)
	documents := filepath.Join(dir, "documents")
	must(t, os.RemoveAll(documents))
	p := begin(t, "demo", "--data", dir)
	c := visitor(t)
	if a := get(t, c, p.base+"/healthz"); a.status != http.StatusOK {
		t.Errorf("/healthz: %d", a.status)
	}
	if a := get(t, c, p.base+"/learn/speaking-at-work?lang=en"); a.status != http.StatusServiceUnavailable || !strings.Contains(a.body, "This document is not here.") {
		t.Errorf("a module elsewhere: %d", a.status)
	}
	p.stop() // now it has said everything
	said := p.words()
	if !strings.Contains(said, "documents are missing") || strings.Count(said, documents) != 2 {
		t.Errorf("the log says %q", said)
	}
}
