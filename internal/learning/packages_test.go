package learning_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	"tremplin/internal/learning/document"
	"tremplin/internal/learning/document/documenttest"
)

func TestHostilePackages(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		for name, c := range map[string]struct {
			zip  []byte
			code content.Code
		}{
			"no zip":        {[]byte("PK no"), content.ZipBroken},
			"nothing":       {nil, document.Unknown},
			"a script":      {zipped(t, "<rect", "<script>alert(1)</script><rect"), content.SVGElement},
			"html":          {zipped(t, "Trois endroits.", "<iframe src=x>"), content.HTML},
			"long":          {zipped(t, "Trois endroits.", strings.Repeat("é", 10_000)), content.BlockLong},
			"latin-1":       {zipped(t, "Trois endroits.", "caf\xe9"), content.TextNotUTF8},
			"other answers": {zipped(t, "- [ ] Hiçbir şey", "- [x] Hiçbir şey"), content.ActivityTwoRight},
			"reserved":      {zipped(t, "slug: work", "slug: new"), content.MetaSlug},
		} {
			_, err := w.Receive(ctx, w.claire, learning.Upload{Data: c.zip})
			var ps content.Problems
			if !errors.As(err, &ps) || !ps.Has(c.code) {
				w.t.Errorf("%s: want %s, got %v", name, c.code, err)
			}
		}
	})
}

func TestImportBecomesADraft(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		slug, err := w.Receive(ctx, w.claire, learning.Upload{Data: zipped(t, "Trois endroits.", "Deux endroits.", "Üç yer.", "İki yer.")})
		w.must(err)
		w.must(w.Take(ctx, w.claire, slug))
		w.must(w.Take(ctx, w.claire, slug)) // a second click
		w.released("Moins.")
		m := w.module()
		if m.Number != 2 || m.Content.Languages["tr"].Screens[0].Blocks[0].Text != "İki yer." {
			w.t.Fatalf("%+v", m.Content.Languages["tr"])
		}
		tasks, _, err := w.Tasks(ctx, here, "fr", []string{"tr"})
		if err != nil || len(tasks) > 0 { // brought together, so up to date
			w.t.Fatal(tasks, err)
		}
	})
}

func TestADocumentBecomesADraft(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		up := learning.Upload{Name: "bus.docx", Data: documenttest.Course().Bytes(), Languages: []string{"fr", "tr"}, Page: func(string, int) string { return "1" }}
		slug, err := w.Receive(ctx, w.claire, up)
		w.must(err)
		in, m, ok, err := w.Incoming(ctx, w.claire, slug)
		w.must(err)
		if slug != "prendre-le-bus" || !ok || !in.Document || len(in.Left) != 1 || m.Source != "fr" {
			w.t.Fatalf("%s %+v %+v", slug, in, m)
		}
		n := learning.Naming{Slug: "work", Source: "fr", Head: learning.Head{Title: "Le tram", Summary: "a", Meta: m.Meta}, Page: up.Page}
		if err := w.TakeDocument(ctx, w.claire, slug, n); fault.FieldsOf(err)[0].Name != "slug" {
			w.t.Fatal(err)
		}
		n.Slug = "tram"
		w.must(w.TakeDocument(ctx, w.claire, slug, n))
		w.must(w.TakeDocument(ctx, w.claire, slug, n)) // a second click
		draft, ok, err := w.Manuscript(ctx, here, "tram")
		w.must(err)
		if !ok || draft.Source().Title != "Le tram" || len(draft.Files) != 1 || len(draft.Troubles()) > 0 {
			w.t.Fatalf("%+v", draft)
		}
		slug, err = w.Receive(ctx, w.claire, up) // the same again waits beside the draft, under its own name
		w.must(err)
		n.Slug, n.Source = "tram", "tr"
		if err := w.TakeDocument(ctx, w.claire, slug, n); fault.FieldsOf(err)[0].Name != "slug" {
			w.t.Fatal(err)
		}
	})
}

func TestAdoption(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		b := zipped(t)
		m, err := content.ReadZip(bytes.NewReader(b), int64(len(b)), content.DefaultLimits)
		w.must(err)
		w.must(w.Publish(ctx, journaltest.Act(there, id.ID{}), learning.Publication{Module: m}))
		slug, err := w.Adopt(ctx, w.claire, there, "work")
		w.must(err)
		w.must(w.Take(ctx, w.claire, slug))
		w.released("Adopté.")
		if got := w.module(); got.Origin != there || got.OriginNumber != 1 {
			w.t.Fatalf("%+v", got.ModuleRow)
		}
		w.must(w.typed("where", func(t *learning.Typed) { t.Text = "Ici : deux endroits." })) // a fork keeps its origin
		w.released("Chez nous.")
		if got := w.module(); got.Origin != there || got.OriginNumber != 1 || got.Number != 2 {
			w.t.Fatalf("%+v", got.ModuleRow)
		}
	})
}

func TestEveryModuleOpensInTheForm(t *testing.T) {
	folders, err := fs.Glob(os.DirFS("../../programmes"), "*/modules/*/module.yaml")
	if err != nil || len(folders) == 0 {
		t.Fatal("no modules found", err)
	}
	for _, f := range folders {
		m, err := content.ReadDir(os.DirFS("../../programmes/" + strings.TrimSuffix(f, "/module.yaml")))
		if err != nil {
			continue // its own test says so
		}
		for lang, text := range m.Languages {
			for _, s := range text.Screens {
				back, wrong := learning.TypedOf(s).Screen(s.ID)
				if len(wrong) > 0 || content.Hash(back) != content.Hash(s) {
					t.Errorf("%s %s %s: %v\n%s\n%s", f, lang, s.ID, wrong, s.Source(), back.Source())
				}
			}
		}
	}
}
