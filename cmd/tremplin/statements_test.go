package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tremplin/internal/core/id"
)

// clientOf adds a client and gives its key.
func clientOf(t *testing.T, dir string) string {
	t.Helper()
	code, said := run(t, "xapi-client", "add", "Plateforme", "--data", dir)
	found := regexp.MustCompile(`(?m)^key: (\S{36})\nsecret: \S{32}$`).FindStringSubmatch(said)
	if code != 0 || found == nil {
		t.Fatal(code, said)
	}
	return found[1]
}

// statements are n lines, each a statement with an id of its own.
func statements(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"%s","actor":{"mbox":"mailto:a%d@example.org"},"verb":{"id":"urn:x:did"},"object":{"id":"urn:x:o"},"timestamp":"2026-11-22T09:30:00Z"}`+"\n", id.New(), i%7)
	}
	return b.String()
}

// What was imported is exported; what was broken off is gone on with, and comes to the same file.
func TestStatementsComeAndGo(t *testing.T) {
	t.Parallel()
	dir, folder := t.TempDir(), t.TempDir()
	if code := begin(t, "serve", "--programme", "migrantech", "--data", dir).stop(); code != 0 {
		t.Fatalf("serve: %d", code)
	}
	key := clientOf(t, dir)
	in, out := filepath.Join(folder, "in.ndjson"), filepath.Join(folder, "out.ndjson")
	must(t, os.WriteFile(in, []byte(statements(300)+"{\n"), 0o600))
	code, said := run(t, "import", "statements", in, "--data", dir, "--client", key)
	if code != 1 || !strings.Contains(said, "Statements taken: 300. Known before: 0.") || !strings.Contains(said, "line 301: ") {
		t.Fatal(code, said)
	}
	if code, said := run(t, "export", "statements", out, "--data", dir); code != 0 || !strings.Contains(said, "Statements written: 300.") {
		t.Fatal(code, said)
	}
	whole, err := os.ReadFile(out)
	must(t, err)
	must(t, os.WriteFile(out, whole[:len(whole)/2], 0o600))
	if code, said := run(t, "export", "statements", out, "--data", dir); code != 0 {
		t.Fatal(code, said)
	}
	again, err := os.ReadFile(out)
	must(t, err)
	if string(again) != string(whole) || strings.Count(string(whole), "\n") != 300 {
		t.Error("what was gone on with is another file")
	}
	if code, said := run(t, "import", "statements", out, "--data", dir, "--client", key); code != 0 || !strings.Contains(said, "Statements taken: 0. Known before: 300.") {
		t.Error(code, said)
	}
	must(t, os.WriteFile(out, []byte("no statement\n"), 0o600))
	if code, said := run(t, "export", "statements", out, "--data", dir); code == 0 || !strings.Contains(said, "cannot be gone on with") {
		t.Error(code, said)
	}
	if code, said := run(t, "import", "statements", in, "--data", dir, "--client", "nobody"); code == 0 || !strings.Contains(said, "xapi-client add") {
		t.Error(code, said)
	}
	code, said = run(t, "xapi-client", "add", " ", "--scope", "everything", "--data", dir)
	if code == 0 || !strings.Contains(said, "everything") || !strings.Contains(said, "needs a name") {
		t.Error(code, said)
	}
	code, said = run(t, "export", "statements", filepath.Join(folder, "nowhere", "out.ndjson"), "--data", dir)
	if code == 0 || strings.Contains(said, "written") || strings.Contains(said, "%") {
		t.Error(code, said)
	}
}
