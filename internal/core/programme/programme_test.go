package programme_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"tremplin/internal/core/programme"
)

// small is the least that a folder says.
const small = `slug: near
source: fr
languages: [fr, en]
organisations:
  - { slug: here, name: Here, country: FR }
purposes:
  - { id: learning, controller: here, version: 2, opens: tutor }
forms:
  - { id: welcome, home: true }
`

func folder(text string) fstest.MapFS {
	return fstest.MapFS{"programme.yaml": {Data: []byte(text)}}
}

func TestRead(t *testing.T) {
	p, err := programme.Read(folder(small))
	if err != nil {
		t.Fatal(err)
	}
	if q, ok := p.Purpose("learning"); !ok || q.Version != 2 || q.Opens != "tutor" {
		t.Error(q)
	}
	if _, ok := p.Purpose("photographs"); ok {
		t.Error("a purpose that nobody named")
	}
	if f := p.Form("welcome"); !f.Home {
		t.Error(f)
	}
	if f := p.Form("other"); f.ID != "other" || f.Home {
		t.Error(f)
	}
	if p.ID() != programme.IDOf("near") || p.ID() == programme.IDOf("far") || p.OrganisationID("here") == p.OrganisationID("there") {
		t.Error("ids are not those of the slugs")
	}
}

// Whoever writes a folder is told where it is wrong: the file, with its line or its field.
func TestWrongFolders(t *testing.T) {
	for name, c := range map[string]struct{ old, text, says string }{
		"no YAML":               {small, "slug: [", "line 1"},
		"empty":                 {small, "", "EOF"},
		"another type":          {"version: 2", "version: two", "line 7"},
		"a misspelt field":      {"languages:", "lanugages:", "line 3"},
		"a field below":         {"home: true", "hoem: true", "line 9"},
		"no slug":               {"slug: near", "", "slug"},
		"a slug with spaces":    {"slug: near", "slug: Near by", `slug: "Near by"`},
		"a slug that climbs":    {"slug: near", "slug: ..", `slug: ".."`},
		"no source":             {"source: fr", "source: pt", `source: "pt"`},
		"another language":      {"[fr, en]", "[fr, xx]", `does not speak "xx"`},
		"no languages":          {"languages: [fr, en]", "", "source"},
		"no organisation":       {"  - { slug: here, name: Here, country: FR }", "", "organisations: there is none"},
		"two of one name":       {"organisations:", "organisations:\n  - { slug: here }", `organisations: "here" stands there twice`},
		"one without a name":    {"organisations:", "organisations:\n  - { city: Paris }", "organisations 1: it has no id"},
		"two sites of one name": {"country: FR }", "country: FR, sites: [{ slug: a, name: A, country: FR }, { slug: a, name: B, country: BE }] }", `sites of here: "a" stands there twice`},
		"a site nowhere":        {"country: FR }", "country: FR, sites: [{ slug: a, name: A }] }", `sites of here: "a" wants a name and a country`},
		"no controller":         {"controller: here", "controller: there", `purposes learning: controller: there is no organisation "there"`},
		"no path":               {"home: true", "path: tutor", `forms welcome: path: there is no path "tutor"`},
		"no day":                {"source: fr", "source: fr\nfrom: 31/12/2026", "from:"},
	} {
		text := strings.Replace(small, c.old, c.text, 1)
		_, err := programme.Read(folder(text))
		if err == nil || !strings.HasPrefix(err.Error(), "programme.yaml: ") || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAllThatIsWrongIsSaidAtOnce(t *testing.T) {
	_, err := programme.Read(folder("slug: near\nsource: xx\nto: soon"))
	if err == nil || strings.Count(err.Error(), "programme.yaml: ") != 3 {
		t.Error(err)
	}
}

func TestReadAll(t *testing.T) {
	near, far := &fstest.MapFile{Data: []byte(small)}, &fstest.MapFile{Data: []byte(strings.Replace(small, "near", "far", 1))}
	ps, err := programme.ReadAll(fstest.MapFS{"near/programme.yaml": near, "far/programme.yaml": far, "notes/readme.md": near, "deep/er/programme.yaml": near})
	if err != nil || len(ps) != 2 || ps["near"].Slug != "near" || ps["far"].Slug != "far" {
		t.Fatal(ps, err)
	}
	for name, files := range map[string]fstest.MapFS{
		"another name": {"copy/programme.yaml": near}, "one is wrong": {"near/programme.yaml": near, "copy/programme.yaml": {Data: []byte("slug: 1")}},
	} {
		if _, err := programme.ReadAll(files); err == nil || !strings.Contains(err.Error(), "folder copy: programme.yaml: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The programmes of the house are whole.
func TestOwnProgrammes(t *testing.T) {
	if ps, err := programme.ReadAll(os.DirFS("../../../programmes")); err != nil || ps["migrantech"] == nil {
		t.Error(err)
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		text  programme.Text
		langs []string
		want  string
	}{
		{programme.Text{"fr": "Bonjour", "en": "Hello", "ar": "مرحبًا"}, []string{"ar"}, "مرحبًا"},
		{programme.Text{"fr": "Bonjour", "en": "Hello"}, []string{"ar", "fr"}, "Bonjour"},
		{programme.Text{"fr": "Bonjour", "en": "Hello"}, []string{"ar"}, "Hello"},
		{programme.Text{"fr": "Bonjour", "en": ""}, nil, "Bonjour"},
		{programme.Text{"uk": "Привіт", "pt": "Olá", "tr": "Merhaba", "ar": ""}, []string{"ar"}, "Olá"},
		{nil, []string{"fr"}, ""},
	} {
		if got := c.text.In(c.langs...); got != c.want {
			t.Errorf("%v in %v: %q", c.text, c.langs, got)
		}
	}
}

// FuzzRead: a folder is refused by name, or everything that pages ask of it can be asked.
func FuzzRead(f *testing.F) {
	for _, s := range []string{small, "&a [*a]", "needs: [null]", "slug: &s near\nname: {fr: *s}", "forms: [{id: a, title: {fr: [1]}}]", "---\n---\n", "\xff", "a: &a [1,1]\nb: [*a,*a,*a]"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := programme.Read(fstest.MapFS{"programme.yaml": {Data: text}})
		if err != nil {
			if !strings.HasPrefix(err.Error(), "programme.yaml: ") {
				t.Fatal(err)
			}
			return
		}
		for _, q := range p.Purposes {
			if again, ok := p.Purpose(q.ID); !ok || again.Title.In("ar") != q.Title.In("ar") {
				t.Fatalf("purpose %q", q.ID)
			}
		}
		if p.ID().IsZero() || p.Form("x").ID != "x" || len(p.Organisations) == 0 {
			t.Fatalf("%+v", p)
		}
	})
}
