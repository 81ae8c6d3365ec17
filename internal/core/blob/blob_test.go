package blob_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
)

func open(t *testing.T) (*blob.Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "blobs")
	return blob.In(dir), dir
}

func put(t *testing.T, s *blob.Store, b []byte) blob.Hash {
	t.Helper()
	h, err := s.Put(b)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// files lists what stands in the folder.
func files(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPutGet(t *testing.T) {
	s, dir := open(t)
	for _, b := range [][]byte{{}, []byte("abc"), bytes.Repeat([]byte("x"), 1<<20)} {
		h := put(t, s, b)
		got, err := s.Get(h)
		if err != nil || !bytes.Equal(got, b) || h != blob.Sum(b) {
			t.Fatal(h, err)
		}
	}
	if !s.Has(blob.Sum([]byte("abc"))) || s.Has(blob.Sum([]byte("abcd"))) {
		t.Error("it does not know what it has")
	}
	if h := blob.Sum([]byte("abc")); h != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Fatal(h)
	}
	if n, none := s.Size(blob.Sum([]byte("abc"))), s.Size(blob.Sum([]byte("abcd"))); n != 3 || none != 0 || s.Size("../x") != 0 {
		t.Error(n, none)
	}
	put(t, s, []byte("abc"))
	if got := files(t, dir); len(got) != 3 {
		t.Fatal(got)
	}
}

func TestSameMoment(t *testing.T) {
	s, dir := open(t)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := s.Put([]byte("one document")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := files(t, dir); len(got) != 1 {
		t.Fatal("left behind:", got)
	}
}

func TestUnknownAndBadHashes(t *testing.T) {
	s, dir := open(t)
	if err := os.WriteFile(filepath.Join(filepath.Dir(dir), "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	full := string(blob.Sum([]byte("abc")))
	if _, err := s.Get(blob.Hash(full)); !fault.Is(err, fault.Missing) || !strings.Contains(err.Error(), dir) {
		t.Error(err)
	}
	for _, h := range []string{"", "..", "../secret", strings.ToUpper(full), full + "0", full[:63], strings.Repeat("../", 22), full[:63] + "/", full[:62] + "é"} {
		if s.Has(blob.Hash(h)) {
			t.Errorf("%q is here", h)
		}
		if b, err := s.Get(blob.Hash(h)); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q: %q, %v", h, b, err)
		}
	}
}

func TestDamagedDocumentIsNotGiven(t *testing.T) {
	s, dir := open(t)
	h := put(t, s, []byte("as it was"))
	at := files(t, dir)[0]
	if err := os.WriteFile(at, []byte("as it wes"), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := s.Get(h)
	if err == nil || b != nil || fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), string(h)) {
		t.Fatal(b, err)
	}
}

func TestFailedPutLeavesNothing(t *testing.T) {
	s, dir := open(t)
	b := []byte("no room")
	h := string(blob.Sum(b))
	put(t, s, []byte("room"))
	if err := os.WriteFile(filepath.Join(dir, h[:2]), nil, 0o600); err != nil { // a file where its folder would be
		t.Fatal(err)
	}
	if _, err := s.Put(b); err == nil {
		t.Fatal("written where nothing can be")
	}
	if got := files(t, dir); len(got) != 2 {
		t.Fatal(got)
	}
}
