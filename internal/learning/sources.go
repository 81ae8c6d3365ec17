package learning

import (
	"maps"
	"slices"
	"strings"

	"tremplin/internal/learning/content"
)

// Sources says, by language and screen, which state of the source a translation was made from: a hash
// of content.Text.Hashes. "" stands for the title and summary. A screen without one is to be translated.
type Sources map[string]map[string]string

func (s Sources) equal(o Sources) bool {
	return maps.EqualFunc(s, o, maps.Equal[map[string]string])
}

func (s Sources) clone() Sources {
	out := Sources{}
	for lang, from := range s {
		out[lang] = maps.Clone(from)
	}
	return out
}

// carried gives what the translations of a module were made from, when nobody says so: words that stand
// as they stood before were made when those were, and other words from the source beside them.
func carried(before *content.Module, sources Sources, after *content.Module) Sources {
	out, today := Sources{}, after.Languages[after.Source].Hashes()
	for lang, t := range after.Languages {
		if lang == after.Source {
			continue
		}
		out[lang] = map[string]string{}
		was := hashesIn(before, after.Source, lang)
		for screen, words := range t.Hashes() {
			out[lang][screen] = today[screen]
			if from, known := sources[lang][screen]; known && was[screen] == words {
				out[lang][screen] = from
			}
		}
	}
	return out
}

func hashesIn(m *content.Module, source, lang string) map[string]string {
	if m == nil || m.Source != source || m.Languages[lang] == nil {
		return nil
	}
	return m.Languages[lang].Hashes()
}

// headMark stands for "" where a screen's name is needed: no screen can have it.
const headMark = "_"

// marks writes what each screen was made from as " _=hash where=hash ", for a column.
func marks(from map[string]string) string {
	var out []string
	for _, screen := range slices.Sorted(maps.Keys(from)) {
		name := screen
		if name == "" {
			name = headMark
		}
		out = append(out, name+"="+from[screen])
	}
	return spaced(out)
}

// unmark reads it.
func unmark(s string) map[string]string {
	out := map[string]string{}
	for _, m := range Codes(s) {
		name, hash, _ := strings.Cut(m, "=")
		if name == headMark {
			name = ""
		}
		out[name] = hash
	}
	return out
}
