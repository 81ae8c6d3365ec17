package words

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// code holds the keys against what the code says: no key that is not there, none that nobody says.
func (r *report) code(all Messages, owner map[string]string, code Code, built []string) {
	allowed := map[string]bool{}
	for _, b := range built {
		allowed[strings.ReplaceAll(b, "**", "*")] = true
	}
	for _, u := range code.Uses {
		m := all[u.Key]
		switch {
		case strings.Contains(u.Key, "*"):
			if !allowed[u.Key] {
				r.add(u.Where, u.Key, "a key is built here: list it in tools/words/built.txt, or write it whole")
			}
		case m == nil:
			r.add(u.Where, u.Key, "no such key")
		case u.Names != nil:
			r.given(u, m)
		}
	}
	r.doubtful(all, code)
	r.unused(all, owner, code.Literals, built)
}

// doubtful are strings on pages, in a table or handed to a helper, that look like keys of the same family as
// others and are none.
func (r *report) doubtful(all Messages, code Code) {
	family := map[string]bool{}
	for key := range all {
		first, _, _ := strings.Cut(key, ".")
		family[first] = true
	}
	for _, u := range code.Maybe {
		first, _, _ := strings.Cut(u.Key, ".")
		if family[first] && all[u.Key] == nil && !code.Beneath[u.Key] {
			r.add(u.Where, u.Key, "no such key")
		}
	}
}

// given checks that a call names what its text wants.
func (r *report) given(u Use, m Message) {
	for _, v := range m.Variables() {
		if !slices.Contains(u.Names, v) {
			r.add(u.Where, u.Key, "{{.%s}} is not given", v)
		}
	}
	if m.Plural() && !slices.Contains(u.Names, "N") {
		r.add(u.Where, u.Key, "changes with a number: N is not given")
	}
}

func (r *report) unused(all Messages, owner map[string]string, literals map[string]bool, built []string) {
	patterns := map[string]*regexp.Regexp{}
	idle := map[string]bool{}
	for _, b := range built {
		patterns[b], idle[b] = pattern(b), true
	}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		used := literals[key]
		for b, p := range patterns {
			if p.MatchString(key) {
				used, idle[b] = true, false
			}
		}
		if !used {
			r.add(owner[key], key, "never used")
		}
	}
	for b, is := range idle {
		if is {
			r.add("tools/words/built.txt", b, "matches no key")
		}
	}
}

// pattern turns "fault.*.next" into an expression: * is one part between dots, ** any.
func pattern(b string) *regexp.Regexp {
	s := regexp.QuoteMeta(b)
	s = strings.ReplaceAll(s, `\*\*`, `.+`)
	s = strings.ReplaceAll(s, `\*`, `[^.]+`)
	return regexp.MustCompile("^" + s + "$")
}

// ParseBuilt reads built.txt: a pattern a line, # begins a remark.
func ParseBuilt(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
