// Package ui holds the components that every page is made of. They know words and shapes, no slice,
// no database, no request. /ui shows them all.
package ui

import (
	"cmp"
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/a-h/templ"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
)

// Frame is what surrounds a page.
type Frame struct {
	Title     string // of the page
	Programme string // its name in the reader's language
	Path      string // of this page with its query, for the language switch
	Nav       []Link
	Who       string // is signed in; empty: nobody
	Wide      bool   // a professional's page: several columns
	Bare      bool   // a learner's screen: no brand, no foot
	Alone     bool   // no other page can be opened yet: nothing leads there
	Said      string // what was just done, in words
	Languages []i18n.Language
	Style     string // address of the style sheet
	Script    string
	Scripts   []string // addresses of those of this page alone
	Later     []string // addresses of the scripts for what a device keeps: fetched after the page, where they are needed
	Tag       string   // stands for who is signed in, among those of a device; says nothing of them
	Taken     bool     // drawn to be kept on a device: whoever reads it there is not known here
	Keeps     bool     // this device may keep what waits: it is not shared
	Emblem    string   // "eu" shows the Union's emblem
	Funder    string
}

type saidKey struct{}

// Saying puts what was just done into a context, for the page to say it first.
func Saying(ctx context.Context, said string) context.Context {
	return context.WithValue(ctx, saidKey{}, said)
}

func said(ctx context.Context) string {
	s, _ := ctx.Value(saidKey{}).(string)
	return s
}

// Link is a place to go.
type Link struct {
	Href, Text, Icon string
	Here             bool
}

// Option is one of several to choose from.
type Option struct {
	Value, Text, Hint string
	Chosen            bool
}

// Options are values to choose from, in the words that name has for them; nil: their own.
func Options[T ~string](values []T, chosen T, name func(string) string) []Option {
	out := make([]Option, len(values))
	for i, v := range values {
		out[i] = Option{Value: string(v), Text: string(v), Chosen: v == chosen}
		if name != nil {
			out[i].Text = name(string(v))
		}
	}
	return out
}

// OrNone leads options by none of them.
func OrNone(options []Option) []Option { return append([]Option{{Text: "—"}}, options...) }

// Placed is an item of a list to put in order.
type Placed struct {
	Name, Text string
	Place      int    // from 1
	Class      string // right, wrong or nothing
}

// OrderWords are what the script says on a list of class "order" whose items each have a label and a select.
func OrderWords(ctx context.Context) templ.Attributes {
	return templ.Attributes{
		"data-up":    i18n.T(ctx, "ui.move-up", "What", "{what}"),
		"data-down":  i18n.T(ctx, "ui.move-down", "What", "{what}"),
		"data-moved": i18n.T(ctx, "ui.moved"),
	}
}

// Input is one question of a form and what was answered so far: nothing typed is lost.
type Input struct {
	Name, Label, Hint, Value string
	Type                     string // text, email, password, tel, number, date, search, file
	Auto                     string // the autocomplete purpose, "given-name"
	Mode                     string // the keyboard, "numeric"
	Dir                      string // "auto" for what people write
	Required                 bool
	Max                      int
	Rows                     int // more than one: a text area
	Pattern                  string
	Offered                  []string // what may be meant, to choose from or not
	Faults                   []fault.Field
}

// Fault is the message about this input, or nothing.
func (i Input) Fault(ctx context.Context) string {
	for _, f := range i.Faults {
		if f.Name == i.Name {
			return i18n.T(ctx, f.Key, f.Args...)
		}
	}
	return ""
}

func (i Input) describedBy(ctx context.Context) string {
	switch {
	case i.Fault(ctx) != "" && i.Hint != "":
		return i.Name + "-fault " + i.Name + "-hint"
	case i.Fault(ctx) != "":
		return i.Name + "-fault"
	case i.Hint != "":
		return i.Name + "-hint"
	}
	return ""
}

// dir is the direction in which one writes: telephone numbers and addresses run from left to right in every
// language.
func (i Input) dir() string {
	if i.Dir == "" && (i.Type == "tel" || i.Type == "email") {
		return "ltr"
	}
	return i.Dir
}

func (i Input) kind() string {
	if i.Type == "" {
		return "text"
	}
	return i.Type
}

// Bar is one column of a chart, labelled directly.
type Bar struct {
	Label string
	Short string // on the axis, where the label is too long for it
	N     int64
	Note  string
	Key   bool // the one that matters: the accent
}

func (b Bar) short() string { return cmp.Or(b.Short, b.Label) }

// columns is how a chart lays its bars out: how far apart, how wide, and every which of them is labelled; and up to
// which length, in the same units, it is shown as a whole on a laptop.
type columns struct {
	class                    string
	step, width, every, fits int
}

var (
	wide = columns{"", 56, 34, 1, 804}
	thin = columns{"late", 34, 22, 5, 1040}
)

// long is a chart's length.
func (c columns) long(bars []Bar) int { return 20 + len(bars)*c.step }

// holding moves columns apart where their numbers would touch.
func (c columns) holding(ctx context.Context, bars []Bar) columns {
	const sign = 7 // units that a digit takes
	c.step = max(c.step, sign*(utf8.RuneCountInString(i18n.Number(ctx, most(bars)))+1))
	return c
}

func most(bars []Bar) int64 {
	m := int64(1)
	for _, b := range bars {
		m = max(m, b.N)
	}
	return m
}

// height of a bar in a chart of 120 units, at least one that can be seen.
func (b Bar) height(m int64) string {
	if b.N == 0 {
		return "0"
	}
	return fmt.Sprint(max(2, b.N*120/m))
}

func (b Bar) top(m int64, more int) string {
	h := int64(0)
	if b.N > 0 {
		h = max(2, b.N*120/m)
	}
	return fmt.Sprint(150 - h + int64(more))
}

func at(i, step, from int) string { return fmt.Sprint(from + i*step) }

// column is the place of a bar: time runs as people read.
func column(ctx context.Context, i, n int) int {
	if leftward(ctx) {
		return n - 1 - i
	}
	return i
}

// startOf keeps a drawing that is narrower than its room where reading starts.
func startOf(ctx context.Context) string {
	if leftward(ctx) {
		return "xMaxYMid"
	}
	return "xMinYMid"
}

func leftward(ctx context.Context) bool {
	w := i18n.From(ctx)
	return w != nil && w.Dir == "rtl"
}

// percent of a target reached, 0 to 100.
func percent(n, of int64) string {
	if of <= 0 {
		return "0%"
	}
	return fmt.Sprintf("%d%%", min(100, max(0, n*100/of)))
}

// classes joins what is not empty.
func classes(cs ...string) string { return templ.Classes(toAny(cs)...).String() }

func toAny(cs []string) []any {
	out := make([]any, len(cs))
	for i, c := range cs {
		out[i] = c
	}
	return out
}
