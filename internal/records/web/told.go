package web

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"tremplin/internal/core/i18n"
	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
)

// told is a statement as people read it, in their language.
type told struct {
	records.Statement
	lang  string
	open  bool                   // the reader may open it, and so know whose it is
	known map[string]xapi.Object // definitions of activities, by IRI
}

func text(o xapi.Object, name string) string { s, _ := o[name].(string); return s }

func part(o xapi.Object, name string) xapi.Object { p, _ := o[name].(xapi.Object); return p }

// lastPart is what a person can read of an IRI: "completed" of http://adlnet.gov/expapi/verbs/completed.
func lastPart(iri string) string {
	end := strings.TrimRight(iri, "/#")
	return cmp.Or(end[strings.LastIndexAny(end, "/#:")+1:], iri)
}

// inLanguage says a map of languages in the reader's, else in English or French, else in one that there is.
func inLanguage(m xapi.Object, lang string) string {
	there := slices.Sorted(maps.Keys(m))
	if len(there) == 0 {
		return ""
	}
	return text(m, i18n.Pick(lang+",en;q=0.5,fr;q=0.4", there))
}

// own says a map of languages in the reader's, as it is spoken anywhere, or not at all.
func own(m xapi.Object, lang string) string {
	for _, tag := range slices.Sorted(maps.Keys(m)) {
		if base, _, _ := strings.Cut(tag, "-"); strings.EqualFold(base, lang) {
			return text(m, tag)
		}
	}
	return ""
}

func (t told) verbIRI() string { return xapi.Verb(t.Object) }

// verb says what was done, in the reader's language: as the client says it, or as we call a verb that many use.
func (t told) verb(ctx context.Context) string {
	return verb(ctx, t.verbIRI(), part(part(t.Object, "verb"), "display"), t.lang)
}

// verb says a verb of which a client said so much, or nothing.
func verb(ctx context.Context, iri string, said xapi.Object, lang string) string {
	if iri == xapi.Voided {
		return i18n.T(ctx, "records.verb.voided")
	}
	return cmp.Or(own(said, lang), records.DisplayOf(iri, lang), inLanguage(said, lang), lastPart(iri))
}

// thing is what a statement is about, or in which course.
type thing struct{ name, what, iri string }

// about says what a statement is about. Whoever it names is not told by name.
func (t told) about(ctx context.Context) thing { return t.object(ctx, part(t.Object, "object")) }

func (t told) object(ctx context.Context, o xapi.Object) thing {
	switch text(o, "objectType") {
	case "Agent":
		return thing{name: i18n.T(ctx, "records.about.person")}
	case "Group":
		return thing{name: i18n.T(ctx, "records.about.group")}
	case "StatementRef":
		return thing{name: i18n.T(ctx, "records.about.record"), iri: text(o, "id")}
	case "SubStatement":
		return t.object(ctx, part(o, "object"))
	}
	return t.activity(o)
}

// activity names an activity as all that is known of it does, else as this statement does, else by its address.
func (t told) activity(o xapi.Object) thing {
	iri := text(o, "id")
	out := thing{iri: iri}
	for _, d := range []xapi.Object{t.known[iri], part(o, "definition")} {
		out.name = cmp.Or(out.name, inLanguage(part(d, "name"), t.lang))
		out.what = cmp.Or(out.what, inLanguage(part(d, "description"), t.lang))
	}
	return out
}

// within are the activities that what happened is a part of.
func (t told) within() (out []thing) {
	all, _ := part(part(t.Object, "context"), "contextActivities")["parent"].([]any)
	for _, v := range all {
		if o, ok := v.(xapi.Object); ok {
			out = append(out, t.activity(o))
		}
	}
	return out
}

// who names whom a statement is of, and by what they are known.
func (t told) who() (name, known string) {
	o := part(t.Object, "actor")
	name, known = agent(o)
	var members []string
	for _, m := range xapi.Members(o) {
		n, k := agent(m)
		members = append(members, cmp.Or(n, k))
	}
	return cmp.Or(name, strings.Join(members, ", ")), known
}

func agent(o xapi.Object) (name, known string) {
	known = cmp.Or(strings.TrimPrefix(text(o, "mbox"), "mailto:"), text(o, "openid"), text(o, "mbox_sha1sum"))
	if a := part(o, "account"); a != nil {
		known = text(a, "name") + " · " + text(a, "homePage")
	}
	return text(o, "name"), known
}

// happened is when it took place, which a client may say long after.
func (t told) happened() time.Time {
	at, err := xapi.Time(text(t.Object, "timestamp"))
	if err != nil { // it was checked when it came
		return t.Stored
	}
	return at
}

// exact is the statement as a client that asks for it gets it, in lines.
func (t told) exact() string {
	var b bytes.Buffer
	_ = json.Indent(&b, xapi.Append(nil, t.Object), "", "  ") // it was just written
	return b.String()
}
