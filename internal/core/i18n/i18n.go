// Package i18n speaks to people in their language. Words live beside the pages that say them, in
// locale/*.toml of each slice: en is the source, the others are translations of it.
package i18n

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"tremplin/internal/core/memo"
)

// Language is one that the interface speaks.
type Language struct {
	Code string // BCP 47: "pt"
	Name string // in itself: "Português"
	Dir  string // "ltr" or "rtl"
}

// Source is the language that the others are translated from.
const Source = "en"

// Languages lists those that are complete; `make check` holds them to it.
var Languages = []Language{
	{"fr", "Français", "ltr"},
	{"en", "English", "ltr"},
	{"pt", "Português", "ltr"},
	{"tr", "Türkçe", "ltr"},
	{"ar", "العربية", "rtl"},
	{"uk", "Українська", "ltr"},
}

// Find returns the language of a code.
func Find(code string) (Language, bool) {
	for _, l := range Languages {
		if l.Code == code {
			return l, true
		}
	}
	return Language{}, false
}

// Name is a language in itself, as those who speak it read it: "العربية". A code that is unknown stays as it is.
func Name(code string) string {
	if l, ok := Find(code); ok {
		return l.Name
	}
	return code
}

// Codes lists the interface's languages.
func Codes() []string {
	out := make([]string, len(Languages))
	for i, l := range Languages {
		out[i] = l.Code
	}
	return out
}

// Dir is the direction of a language's script: also of one that the interface does not speak.
func Dir(code string) string {
	if l, ok := Find(code); ok {
		return l.Dir
	}
	if s, _ := language.Make(code).Script(); slices.Contains([]string{"Arab", "Hebr", "Syrc", "Thaa"}, s.String()) {
		return "rtl"
	}
	return "ltr"
}

// Pick chooses a language for a browser: of those offered, the best for an Accept-Language header.
func Pick(header string, offered []string) string {
	tags := make([]language.Tag, len(offered))
	for i, o := range offered {
		tags[i] = language.Make(o)
	}
	want, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(want) == 0 || len(offered) == 0 {
		return first(offered)
	}
	_, i, sure := language.NewMatcher(tags).Match(want...)
	if sure == language.No {
		return first(offered)
	}
	return offered[i]
}

func first(s []string) string {
	if len(s) == 0 {
		return Source
	}
	return s[0]
}

// Catalogue holds every word of the interface.
type Catalogue struct {
	words map[string]*Words
}

// Words are those of one language.
type Words struct {
	Language
	loc   *goi18n.Localizer
	plain map[string]string       // what needs neither number nor name
	days  memo.Of[[3]int, string] // what Date has said, by year, month and day
}

// Load reads locale/<lang>.toml of each source.
func Load(sources ...fs.FS) (*Catalogue, error) {
	b := goi18n.NewBundle(language.Make(Source))
	b.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	c := &Catalogue{words: map[string]*Words{}}
	for _, l := range Languages {
		c.words[l.Code] = &Words{Language: l, loc: goi18n.NewLocalizer(b, counted(l.Code)), plain: map[string]string{}}
	}
	for _, s := range sources {
		if err := c.read(b, s); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// counted is the tag by whose rules a language counts: Portuguese as in Portugal, where nobody is "0 pessoas".
func counted(code string) string {
	if code == "pt" {
		return "pt-PT"
	}
	return code
}

func (c *Catalogue) read(b *goi18n.Bundle, s fs.FS) error {
	names, err := fs.Glob(s, "locale/*.toml")
	if err != nil {
		return err
	}
	for _, n := range names {
		text, err := fs.ReadFile(s, n)
		if err != nil {
			return err
		}
		f, err := b.ParseMessageFileBytes(text, counted(strings.TrimSuffix(path.Base(n), ".toml"))+".toml")
		if err != nil {
			return fmt.Errorf("%s: %w", n, err)
		}
		w := c.words[strings.TrimSuffix(path.Base(n), ".toml")]
		if w == nil {
			return fmt.Errorf("%s: the interface does not speak it", n)
		}
		for _, m := range f.Messages {
			if m.Zero+m.One+m.Two+m.Few+m.Many == "" && !strings.Contains(m.Other, "{{") {
				w.plain[m.ID] = m.Other
			}
		}
	}
	return nil
}

// In returns the words of a language; of the source where it is not spoken.
func (c *Catalogue) In(code string) *Words {
	if w := c.words[code]; w != nil {
		return w
	}
	return c.words[Source]
}

// T says a message. args are pairs of name and value; a value named "N" chooses the plural form.
// A missing message is said in the source language, and an unknown key as itself: both fail `make check`.
func (w *Words) T(key string, args ...any) string {
	if s, ok := w.plain[key]; ok {
		return s
	}
	data := map[string]any{}
	cfg := &goi18n.LocalizeConfig{MessageID: key, TemplateData: data}
	for i := 0; i+1 < len(args); i += 2 {
		name := fmt.Sprint(args[i])
		if name == "N" {
			cfg.PluralCount = args[i+1]
		}
		data[name] = w.say(args[i+1])
	}
	s, err := w.loc.Localize(cfg)
	if err != nil && s == "" {
		return key
	}
	return s
}

// say gives a value as a message says it.
func (w *Words) say(v any) any {
	switch v := v.(type) {
	case time.Time:
		return w.Date(v)
	case int:
		return w.Number(int64(v))
	case int64:
		return w.Number(v)
	}
	return v
}

type wordsKey struct{}

// With puts the reader's words into a context, for templates.
func With(ctx context.Context, w *Words) context.Context {
	return context.WithValue(ctx, wordsKey{}, w)
}

// From takes the reader's words from a context.
func From(ctx context.Context) *Words {
	w, _ := ctx.Value(wordsKey{}).(*Words)
	return w
}

// T says a message in the reader's language.
func T(ctx context.Context, key string, args ...any) string {
	if w := From(ctx); w != nil {
		return w.T(key, args...)
	}
	return key
}

// Named says values by the messages that begin with prefix; no value is said as nothing.
func Named(ctx context.Context, prefix string) func(string) string {
	return func(v string) string {
		if v == "" {
			return ""
		}
		return T(ctx, prefix+v)
	}
}
