// Package words keeps translations honest: English is the source, and every other text records the
// hash of the source that it translates. It reads files and reports; it decides nothing by date, and
// it writes nothing but .sum files.
package words

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

// Source is the language that the others translate.
const Source = "en"

// Message is one text, in each plural form that it has; a plain text has "other" alone.
type Message map[string]string

// Messages are those of one file, by key.
type Messages map[string]Message

// Plural tells whether a text changes with a number.
func (m Message) Plural() bool { return len(m) > 1 || m["other"] == "" && len(m) > 0 }

// Sum is what a translation records of its source.
func (m Message) Sum() string {
	h := sha256.New()
	for _, f := range forms {
		if m[f] != "" {
			fmt.Fprintf(h, "%s\n%d\n%s\n", f, len(m[f]), m[f])
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:8]
}

// Variables are the names that a text wants filled in, {{.N}}: of all its forms.
func (m Message) Variables() []string {
	var out []string
	for _, t := range m {
		out = append(out, variables(t)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

var (
	action   = regexp.MustCompile(`\{\{.*?\}\}`)
	variable = regexp.MustCompile(`\.([A-Za-z]\w*)`)
)

func variables(text string) []string {
	var out []string
	for _, a := range action.FindAllString(text, -1) {
		for _, v := range variable.FindAllStringSubmatch(a, -1) {
			out = append(out, v[1])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// wrongTemplate says why a text cannot be filled in, or nothing.
func wrongTemplate(text string) string {
	if _, err := template.New("text").Parse(text); err != nil {
		return err.Error()
	}
	return ""
}

// parse reads a file as core/i18n does, with the same library.
func parse(files fs.FS, name string) (Messages, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return Messages{}, nil
	}
	f, err := goi18n.ParseMessageFileBytes(text, path.Base(name), map[string]goi18n.UnmarshalFunc{"toml": toml.Unmarshal})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	out := Messages{}
	for _, m := range f.Messages {
		if _, twice := out[m.ID]; twice {
			return nil, fmt.Errorf("%s: %s is there twice", name, m.ID)
		}
		out[m.ID] = message(m)
	}
	return out, nil
}

func message(m *goi18n.Message) Message {
	all := Message{"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many, "other": m.Other}
	maps.DeleteFunc(all, func(_, text string) bool { return strings.TrimSpace(text) == "" })
	return all
}
