package words

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Problem is one thing to put right.
type Problem struct {
	Where   string // file, or file:line
	Key     string
	Text    string
	Warning bool // shown, but not a failure
}

func (p Problem) String() string {
	s := p.Where + ": "
	if p.Warning {
		s += "warning: "
	}
	if p.Key != "" {
		s += p.Key + ": "
	}
	return s + p.Text
}

// report gathers problems.
type report struct{ found []Problem }

func (r *report) add(where, key, format string, args ...any) {
	r.found = append(r.found, Problem{Where: where, Key: key, Text: fmt.Sprintf(format, args...)})
}

func (r *report) warn(where, key, text string) {
	r.found = append(r.found, Problem{Where: where, Key: key, Text: text, Warning: true})
}

// Check holds every translation against its source, and the keys against the code that says them.
func Check(folders []Folder, langs []string, code Code, built []string) []Problem {
	r := &report{}
	owner := map[string]string{}
	all := Messages{}
	for _, f := range folders {
		for key, m := range f.Texts[Source] {
			if other := owner[key]; other != "" {
				r.add(f.file(Source), key, "is also in %s", other)
			}
			owner[key], all[key] = f.file(Source), m
		}
		r.folder(f, langs)
	}
	r.code(all, owner, code, built)
	slices.SortFunc(r.found, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Where, b.Where), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Text, b.Text))
	})
	return slices.Compact(r.found)
}

func (f Folder) file(lang string) string { return path.Join(f.Dir, lang+".toml") }

func (r *report) folder(f Folder, langs []string) {
	for _, lang := range slices.Sorted(maps.Keys(f.Texts)) {
		if !slices.Contains(langs, lang) {
			r.add(f.file(lang), "", "the interface does not speak it (core/i18n.Languages)")
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(f.Sums)) {
		if lang == Source || f.Texts[lang] == nil {
			r.add(path.Join(f.Dir, lang+".sum"), "", "there is no translation beside it")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(f.Texts[Source])) {
		r.text(f.file(Source), key, Source, f.Texts[Source][key], f.Texts[Source][key])
	}
	for _, lang := range langs {
		switch {
		case lang == Source:
		case f.Texts[lang] == nil:
			r.add(f.file(lang), "", "missing: %d texts to translate", len(f.Texts[Source]))
		default:
			r.translation(f, lang)
		}
	}
}

func (r *report) translation(f Folder, lang string) {
	where, source := f.file(lang), f.Texts[Source]
	if f.Sums[lang] == nil {
		r.add(where, "", "never sealed: go run ./tools/words seal")
	}
	for key, m := range f.Texts[lang] {
		if source[key] == nil {
			r.add(where, key, "extra: not in %s.toml", Source)
			continue
		}
		r.text(where, key, lang, source[key], m)
		if f.Sums[lang] != nil {
			r.fresh(where, key, source[key].Sum(), f.Sums[lang][key])
		}
	}
	for key := range source {
		if f.Texts[lang][key] == nil {
			r.add(where, key, "missing")
		}
	}
	for key := range f.Sums[lang] {
		if f.Texts[lang][key] == nil {
			r.add(path.Join(f.Dir, lang+".sum"), key, "extra: seal again")
		}
	}
}

func (r *report) fresh(where, key, now, sealed string) {
	switch sealed {
	case now:
	case "":
		r.add(where, key, "not sealed: go run ./tools/words seal")
	default:
		r.add(where, key, "stale: its source changed; translate it again, then name it in seal")
	}
}

// text holds one text against its source.
func (r *report) text(where, key, lang string, source, m Message) {
	if len(m) == 0 {
		r.add(where, key, "empty")
		return
	}
	r.forms(where, key, lang, source, m)
	for _, form := range slices.Sorted(maps.Keys(m)) {
		if why := wrongTemplate(m[form]); why != "" {
			r.add(where, key, "%s: %s", form, why)
		}
		r.variables(where, key, form, lang, source, m)
		if lang == "fr" && breaks.MatchString(m[form]) {
			r.add(where, key, "%s: a line may break before a sign: put a no-break space (U+00A0) there, and inside « »", form)
		}
	}
	if nonLatin[lang] && m["other"] == source["other"] && speaks(m["other"]) {
		r.warn(where, key, "the same as in English")
	}
}

// breaks finds a plain space where French wants one that holds: else a line begins with a question mark.
var breaks = regexp.MustCompile(`\S [?!;:»](?:[\s"»)*.,…]|$)|« \S`)

// forms checks that a text that changes with a number has the forms that its language needs.
func (r *report) forms(where, key, lang string, source, m Message) {
	need, known := shapes[lang]
	if !known {
		r.add(where, key, "the plural forms of %s are not known: add them to tools/words/internal/words/forms.go", lang)
		return
	}
	if !source.Plural() && m.Plural() && !slices.Contains(source.Variables(), "N") {
		r.add(where, key, "plural, but its source has no number N")
	}
	if !source.Plural() && !m.Plural() {
		return
	}
	for _, form := range need.must {
		if m[form] == "" {
			r.add(where, key, "plural form %q is missing", form)
		}
	}
	for _, form := range forms {
		if m[form] != "" && !slices.Contains(need.must, form) && !slices.Contains(need.may, form) {
			r.add(where, key, "%s has no plural form %q", lang, form)
		}
	}
}

// variables checks that a form wants what its source wants; a form of one number may leave out N.
func (r *report) variables(where, key, form, lang string, source, m Message) {
	want, have := source.Variables(), variables(m[form])
	for _, v := range have {
		if !slices.Contains(want, v) {
			r.add(where, key, "%s: {{.%s}} is not in its source", form, v)
		}
	}
	for _, v := range want {
		if v == "N" && m.Plural() && slices.Contains(shapes[lang].exact, form) {
			continue
		}
		if !slices.Contains(have, v) {
			r.add(where, key, "%s: {{.%s}} is missing", form, v)
		}
	}
}

// speaks tells whether a text says something that could be translated: more than a name, a number or initials.
func speaks(text string) bool {
	words := strings.Fields(action.ReplaceAllString(text, ""))
	return slices.ContainsFunc(words, func(w string) bool {
		return strings.ToUpper(w) != w && w != "Tremplin"
	})
}
