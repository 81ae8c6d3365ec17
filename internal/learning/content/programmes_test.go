package content

import (
	"os"
	"path/filepath"
	"testing"
)

// TestProgrammes reads every module that Tremplin comes with. One that is only begun is left alone.
func TestProgrammes(t *testing.T) {
	folders, err := filepath.Glob("../../../programmes/*/modules/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) { readProgramme(t, folder) })
	}
}

func readProgramme(t *testing.T, folder string) {
	src, err := os.ReadFile(filepath.Join(folder, metaFile))
	if os.IsNotExist(err) {
		t.Skip("no module.yaml yet")
	}
	meta, err := ParseMeta(src)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder, meta.Source+".md")); os.IsNotExist(err) {
		t.Skip("no text in the source language yet")
	}
	if _, err := ReadDir(os.DirFS(folder)); err != nil {
		t.Errorf("%s\n%v", folder, err)
	}
	if meta.Slug != filepath.Base(folder) {
		t.Errorf("slug %q, folder %q", meta.Slug, filepath.Base(folder))
	}
}
