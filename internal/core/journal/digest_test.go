package journal_test

import (
	"encoding/hex"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

func fixed() journal.Entry {
	return journal.Entry{
		Programme: id.Named("1"), Node: id.Named("2"), Seq: 3, ID: id.Named("4"), Kind: "test.name.said", Owner: id.Named("5"), Subject: id.Named("6"),
		At: 7, Recorded: 8, Arrived: 9, Author: id.Named("10"), Payload: []byte("\x00{}"),
	}
}

// Logs outlive versions: what a digest covers, and how, may not change.
func TestDigestIsStable(t *testing.T) {
	e := fixed()
	if got := hex.EncodeToString(e.Sum()); got != "7499a74e56e2087bc9d3814cf687287ee02280cea7cfb8a5b6ad608c25932c9f" {
		t.Fatal(got)
	}
}

func TestDigestCoversEverythingButArrived(t *testing.T) {
	changes := map[string]func(e *journal.Entry){
		"programme": func(e *journal.Entry) { e.Programme = id.Named("x") },
		"node":      func(e *journal.Entry) { e.Node = id.Named("x") },
		"seq":       func(e *journal.Entry) { e.Seq++ },
		"id":        func(e *journal.Entry) { e.ID = id.Named("x") },
		"kind":      func(e *journal.Entry) { e.Kind = "test.name.sung" },
		"owner":     func(e *journal.Entry) { e.Owner = id.Named("x") },
		"subject":   func(e *journal.Entry) { e.Subject = id.Named("x") },
		"at":        func(e *journal.Entry) { e.At++ },
		"recorded":  func(e *journal.Entry) { e.Recorded++ },
		"author":    func(e *journal.Entry) { e.Author = id.Named("x") },
		"payload":   func(e *journal.Entry) { e.Payload = []byte("\x00[]") },
	}
	was := fixed()
	seen := map[string]string{string(was.Sum()): "unchanged"}
	for name, change := range changes {
		e := fixed()
		change(&e)
		if same, ok := seen[string(e.Sum())]; ok {
			t.Errorf("%s: as %s", name, same)
		}
		seen[string(e.Sum())] = name
	}
	was.Arrived++
	if _, ok := seen[string(was.Sum())]; !ok {
		t.Error("arrived is of one database alone")
	}
}
