package words_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"tremplin/tools/words/internal/words"
)

const en = `"ui.more" = "More"
"ui.of" = "{{.Now}} of {{.Of}}"
[ "ui.lessons" ]
one = "One lesson"
other = "{{.N}} lessons"
`

const fr = `"ui.more" = "Plus"
"ui.of" = "{{.Now}} sur {{.Of}}"
[ "ui.lessons" ]
one = "{{.N}} leçon"
other = "{{.N}} leçons"
`

const uk = `"ui.more" = "Більше"
"ui.of" = "{{.Now}} з {{.Of}}"
[ "ui.lessons" ]
one = "{{.N}} урок"
few = "{{.N}} уроки"
many = "{{.N}} уроків"
other = "{{.N}} уроку"
`

const page = `package web
func f() {
	c.T("ui.more")
	i18n.T(ctx, "ui.of", "Now", now, "Of", of)
	c.T("ui.lessons", "N", n)
}
`

// project is a sound one, sealed; change replaces or removes files of it afterwards.
func project(t *testing.T, change map[string]string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	put := func(name, text string) { files[name] = &fstest.MapFile{Data: []byte(text)} }
	put("internal/core/ui/locale/en.toml", en)
	put("internal/core/ui/locale/fr.toml", fr)
	put("internal/core/ui/locale/uk.toml", uk)
	put("internal/x/web/page.go", page)
	sums, err := words.Seal(read(t, files), langs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range sums {
		put(name, text)
	}
	for name, text := range change {
		delete(files, name)
		if text != "" {
			put(name, text)
		}
	}
	return files
}

var langs = []string{"fr", "en", "uk"}

func read(t *testing.T, files fstest.MapFS) []words.Folder {
	t.Helper()
	folders, err := words.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	return folders
}

func problems(t *testing.T, files fstest.MapFS, built ...string) []string {
	t.Helper()
	code, err := words.Scan(files)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range words.Check(read(t, files), langs, code, built) {
		out = append(out, strings.TrimPrefix(p.String(), "internal/core/ui/locale/"))
	}
	return out
}

func TestCheck(t *testing.T) {
	const dir = "internal/core/ui/locale/"
	replace := strings.ReplaceAll
	for _, c := range []struct {
		name   string
		change map[string]string
		want   []string
	}{
		{"sound", nil, nil},
		{
			"missing key",
			map[string]string{dir + "fr.toml": replace(fr, `"ui.more" = "Plus"`, "")},
			[]string{"fr.sum: ui.more: extra: seal again", "fr.toml: ui.more: missing"},
		},
		{
			"missing file",
			map[string]string{dir + "fr.toml": "", dir + "fr.sum": ""},
			[]string{"fr.toml: missing: 3 texts to translate"},
		},
		{
			"extra key",
			map[string]string{dir + "fr.toml": "\"ui.less\" = \"Moins\"\n" + fr},
			[]string{"fr.toml: ui.less: extra: not in en.toml"},
		},
		{"stale", map[string]string{dir + "en.toml": replace(en, "More", "Show more")}, []string{
			"fr.toml: ui.more: stale: its source changed; translate it again, then name it in seal",
			"uk.toml: ui.more: stale: its source changed; translate it again, then name it in seal",
		}},
		{"not sealed", map[string]string{dir + "fr.sum": "ui.more 9d0ec4f5\n"}, []string{
			"fr.toml: ui.lessons: not sealed: go run ./tools/words seal",
			"fr.toml: ui.more: stale: its source changed; translate it again, then name it in seal",
			"fr.toml: ui.of: not sealed: go run ./tools/words seal",
		}},
		{
			"plural form missing",
			map[string]string{dir + "uk.toml": replace(uk, `few = "{{.N}} уроки"`, "")},
			[]string{`uk.toml: ui.lessons: plural form "few" is missing`},
		},
		{
			"plural form unknown",
			map[string]string{dir + "fr.toml": fr + `few = "{{.N}} leçons"`},
			[]string{`fr.toml: ui.lessons: fr has no plural form "few"`},
		},
		{"French millions", map[string]string{dir + "fr.toml": fr + `many = "{{.N}} de leçons"`}, nil},
		{
			"plural without a number",
			map[string]string{dir + "fr.toml": replace(fr, `"ui.more" = "Plus"`, "") + "[\"ui.more\"]\none=\"Plus\"\nother=\"Plus\"\n"},
			[]string{"fr.toml: ui.more: plural, but its source has no number N"},
		},
		{
			"number left out where it is not one",
			map[string]string{dir + "fr.toml": replace(fr, "{{.N}} leçon\"", "Une leçon\"")},
			[]string{"fr.toml: ui.lessons: one: {{.N}} is missing"},
		},
		{
			"variables",
			map[string]string{dir + "fr.toml": replace(fr, "{{.Now}}", "{{.Nun}}")},
			[]string{"fr.toml: ui.of: other: {{.Now}} is missing", "fr.toml: ui.of: other: {{.Nun}} is not in its source"},
		},
		{
			"no template",
			map[string]string{dir + "fr.toml": replace(fr, "Plus", "Plus {{")},
			[]string{"fr.toml: ui.more: other: template: text:1: unclosed action"},
		},
		{
			"a line may break",
			map[string]string{dir + "fr.toml": replace(fr, "Plus", "Plus ?")},
			[]string{"fr.toml: ui.more: other: a line may break before a sign: put a no-break space (U+00A0) there, and inside « »"},
		},
		{"empty", map[string]string{dir + "fr.toml": replace(fr, "Plus", " ")}, []string{"fr.toml: ui.more: empty"}},
		{
			"as in English",
			map[string]string{dir + "uk.toml": replace(uk, "Більше", "More")},
			[]string{"uk.toml: warning: ui.more: the same as in English"},
		},
		{
			"not spoken",
			map[string]string{dir + "de.toml": `"ui.more" = "Mehr"`},
			[]string{"de.toml: the interface does not speak it (core/i18n.Languages)"},
		},
		{"sum alone", map[string]string{dir + "de.sum": "ui.more 12345678"}, []string{"de.sum: there is no translation beside it"}},
		{"never sealed", map[string]string{dir + "fr.sum": ""}, []string{"fr.toml: never sealed: go run ./tools/words seal"}},
		{"two owners", map[string]string{"internal/a/web/locale/en.toml": `"ui.more" = "More"`}, []string{
			"internal/a/web/locale/fr.toml: missing: 1 texts to translate",
			"internal/a/web/locale/uk.toml: missing: 1 texts to translate",
			"en.toml: ui.more: is also in internal/a/web/locale/en.toml",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := problems(t, project(t, c.change))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUses(t *testing.T) {
	const name = "internal/x/web/more.go"
	code := func(body string) map[string]string { return map[string]string{name: "package web\n" + body} }
	for _, c := range []struct {
		name  string
		code  map[string]string
		built []string
		want  []string
	}{
		{"T of the request", code(`var _ = c.T("ui.none")`), nil, []string{name + ":2: ui.none: no such key"}},
		{"T of the context", code(`var _ = i18n.T(ctx, "ui.none")`), nil, []string{name + ":2: ui.none: no such key"}},
		{"an error", code(`var _ = fault.New(fault.Conflict, "ui.none")`), nil, []string{name + ":2: ui.none: no such key"}},
		{"an error without words", code(`var _ = fault.New(fault.NotFound, "")`), nil, nil},
		{"a field", code(`var _ = []fault.Field{{Name: "a", Key: "ui.none"}}`), nil, []string{name + ":2: ui.none: no such key"}},
		{"another kind of key", map[string]string{"internal/x/x.go": `package x; var _ = draft.Draft{Key: "ui.none"}`}, nil, nil},
		{"said on the next page", code(`var _ = c.GoSaying("/me", "ui.none")`), nil, []string{name + ":2: ui.none: no such key"}},
		{"in a table", code(`var _ = map[string]string{"a": "ui.none"}`), nil, []string{name + ":2: ui.none: no such key"}},
		{"a helper's", code(`var _ = help(c, "ui.none")`), nil, []string{name + ":2: ui.none: no such key"}},
		{"another family", code(`var _ = asset("site.css")`), nil, nil},
		{
			"in a walk",
			map[string]string{"test/e2e/a_test.go": "package e2e\nvar _ = v.w.T(\"ui.none\")"},
			nil,
			[]string{"test/e2e/a_test.go:2: ui.none: no such key"},
		},
		{"a kind", map[string]string{name: `package web; var _ = is("ui.a.done")`, "internal/x/entries.go": `package x; const kind = "ui.a.done"`}, nil, nil},
		{"a value is no key", code(`var _ = c.T(key, "Name", name)`), nil, nil},
		{"not given", code(`var _ = c.T("ui.of", "Now", 1)`), nil, []string{name + ":2: ui.of: {{.Of}} is not given"}},
		{"given elsewhere", code(`var _ = c.T("ui.of", e.Args...)`), nil, nil},
		{
			"no number", code(`var _ = c.T("ui.lessons", "Name", 1)`), nil,
			[]string{name + ":2: ui.lessons: changes with a number: N is not given", name + ":2: ui.lessons: {{.N}} is not given"},
		},
		{
			"built", code(`var _ = c.T("ui."+kind)`), nil,
			[]string{name + ":2: ui.*: a key is built here: list it in tools/words/built.txt, or write it whole"},
		},
		{"built and listed", code(`var _ = c.T("ui."+kind)`), []string{"ui.*"}, nil},
		{
			"built in the middle", code(`var _ = c.T("ui." + string(kind) + ".next")`),
			[]string{"ui.*"},
			[]string{name + ":2: ui.*.next: a key is built here: list it in tools/words/built.txt, or write it whole"},
		},
		{"built by Sprintf", code(`var _ = c.T(fmt.Sprintf("ui.%s", kind))`), []string{"ui.*"}, nil},
		{"listed for nothing", code(""), []string{"date.*"}, []string{"tools/words/built.txt: date.*: matches no key"}},
		{"never used", map[string]string{"internal/x/web/page.go": "package web"}, []string{"ui.o*"}, []string{
			"en.toml: ui.lessons: never used", "en.toml: ui.more: never used",
		}},
		{"used in a table", map[string]string{"internal/x/web/page.go": `package web; var t = []string{"ui.more", "ui.of", "ui.lessons"}`}, nil, nil},
		{
			"used in a test only",
			map[string]string{"internal/x/web/page.go": "", "internal/x/web/page_test.go": page},
			[]string{"ui.*s", "ui.of"},
			[]string{"en.toml: ui.more: never used"},
		},
		{"a templ page", map[string]string{
			"internal/x/web/a.templ": "package web\n\ntempl a() {\n\t{ i18n.T(ctx, \"ui.none\") }\n}\n", "internal/x/web/a_templ.go": "package web\n//\n//\n//\n//\n//\nvar _ = i18n.T(ctx, `ui.none`)",
		}, nil, []string{"internal/x/web/a.templ:4: ui.none: no such key"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, problems(t, project(t, c.code), c.built...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
