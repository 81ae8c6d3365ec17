package records

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
	"tremplin/internal/records/xapi"
)

// Deed is what somebody did with something that can be learnt: what this programme itself offers, whoever says so (the built-in
// player, in whose entries nothing else stands, or another platform), or what another platform offers and tells of.
type Deed struct {
	Verb     string `json:"verb"`
	Activity string `json:"activity"`         // its IRI
	Number   int64  `json:"number,omitempty"` // the version
	At       int64  `json:"at,omitempty"`     // which screen, from 1
	Of       int64  `json:"of,omitempty"`     // of how many
	Success  *bool  `json:"success,omitempty"`
	Points   int64  `json:"points,omitempty"`
	Most     int64  `json:"most,omitempty"` // points that there are; 0: none are given
	Took     int64  `json:"took,omitempty"` // seconds; 0: not known
	Language string `json:"language,omitempty"`
	Within   string `json:"-"` // the IRI of what the activity is a part of
}

// Activity is something that this programme offers to learn, as it stands now.
type Activity struct {
	Definition     Object
	Number, At, Of int64 // as of a Deed
}

// IRI names something of this programme: a module, or a part of one.
func IRI(thing id.ID, part string) string {
	if part == "" {
		return ours + thing.String()
	}
	return ours + thing.String() + "#" + part
}

// Thing reads what IRI wrote; ok is false of any other address.
func Thing(iri string) (thing id.ID, part string, ok bool) {
	named, part, _ := strings.Cut(strings.TrimPrefix(iri, ours), "#")
	thing, err := id.Parse(named)
	return thing, part, err == nil && strings.HasPrefix(iri, ours)
}

const ours = "urn:uuid:"

// Way is how entries of another slice are read as statements: they are statements, and nothing is written twice.
type Way struct {
	kind string
	rule journal.Rule
	deed func(*journal.Entry) (Deed, error)
}

// Through makes a way of a kind: say tells what an entry of it says.
func Through[T any](k journal.Kind[T], say func(T, *journal.Entry) Deed) Way {
	return Way{
		kind: k.Name,
		rule: journal.On(k, func(r *view.Rows, e *journal.Entry, body T) { done(r, e, say(body, e)) }),
		deed: func(e *journal.Entry) (Deed, error) {
			body, err := k.Read(e)
			return say(body, e), err
		},
	}
}

// ViewOf is View, with the entries of other slices that are statements too.
func ViewOf(ways ...Way) *journal.View {
	v := *View
	for _, w := range ways {
		v.Rules = append(v.Rules[:len(v.Rules):len(v.Rules)], w.rule)
	}
	return &v
}

// done lists a deed among the statements, and what it mentions. Its names need no secret.
func done(r *view.Rows, e *journal.Entry, d Deed) {
	n := names{programme: r.Programme}
	Statements.Add(r, StatementRow{Statement: e.ID, Stored: e.Arrived, Client: r.Programme, Verb: d.Verb})
	mentions := map[id.ID]bool{
		e.Owner:                                 true,
		n.of(ofActivity, d.Activity):            true,
		n.of(ofVerb, d.Verb):                    true,
		n.of(ofRegistration, d.registration(e)): true,
		r.Programme:                             false, // who vouches
		n.of(ofActivity, profileAt):             false, // in whose words
	}
	if d.Within != "" {
		mentions[n.of(ofActivity, d.Within)] = false
	}
	for what, direct := range mentions {
		Mentions.Add(r, MentionRow{Statement: e.ID, What: what, Direct: direct, Stored: e.Arrived})
	}
}

// spoken makes a statement of an entry of another slice; ok is false where the entry is none.
func (s *Service) spoken(e *journal.Entry) (w Statement, ok bool, err error) {
	for _, way := range s.Ways {
		if way.kind != e.Kind {
			continue
		}
		d, err := way.deed(e)
		o := d.statement(homeOf(e.Programme, s.Home), e)
		o["id"] = e.ID.String()
		return Statement{ID: e.ID, Stored: time.UnixMicro(e.Arrived).UTC(), Object: o, Owner: e.Owner, Client: e.Programme}, true, err
	}
	return w, false, nil
}

// statement is a deed as xAPI writes it.
func (d Deed) statement(home string, e *journal.Entry) Object {
	o := Object{
		"actor":     Object{"objectType": "Agent", "account": Object{"homePage": home, "name": e.Owner.String()}},
		"verb":      Object{"id": d.Verb, "display": displays[d.Verb]},
		"object":    Object{"objectType": "Activity", "id": d.Activity},
		"result":    d.result(),
		"context":   d.context(e),
		"timestamp": Stamp(time.UnixMicro(e.At)),
		"stored":    Stamp(time.UnixMicro(e.Arrived)),
		"authority": Object{"objectType": "Agent", "name": "Tremplin", "account": Object{"homePage": home, "name": e.Programme.String()}},
		"version":   "1.0.0",
	}
	return o
}

func (d Deed) result() Object {
	r := Object{}
	if d.Verb == Completed {
		r["completion"] = true
	}
	if d.Success != nil {
		r["success"] = *d.Success
	}
	if d.Most > 0 {
		r["score"] = Object{"raw": number(d.Points), "min": number(0), "max": number(d.Most), "scaled": scaled(d.Points, d.Most)}
	}
	if d.Took > 0 {
		r["duration"] = "PT" + strconv.FormatInt(d.Took, 10) + "S"
	}
	if d.Of > 0 {
		r["extensions"] = Object{placed: number(d.At), placeOf: number(d.Of)}
	}
	return r
}

// registration names all that somebody does with one module, from the first screen on.
func (d Deed) registration(e *journal.Entry) string {
	module, _, _ := Thing(d.Activity)
	return id.Derive(e.Owner[:], []byte(ofRegistration), module[:]).String()
}

func (d Deed) context(e *journal.Entry) Object {
	category := []any{Object{"objectType": "Activity", "id": profileAt, "definition": Object{"type": "http://adlnet.gov/expapi/activities/profile"}}}
	in := Object{"platform": "Tremplin", "registration": d.registration(e), "contextActivities": Object{"category": category}}
	if d.Within != "" {
		in["contextActivities"] = Object{"category": category, "parent": []any{Object{"objectType": "Activity", "id": d.Within}}}
	}
	if d.Language != "" {
		in["language"] = d.Language
	}
	if d.Number > 0 {
		in["revision"] = strconv.FormatInt(d.Number, 10)
	}
	return in
}

func number(n int64) xapi.Number { return xapi.Number(strconv.FormatInt(n, 10)) }

func scaled(got, most int64) xapi.Number {
	return xapi.Number(strconv.FormatFloat(float64(got)/float64(most), 'f', -1, 64))
}

// deeds notes what statements tell of something that can be learnt: one query where this programme may offer any of it.
func (s *Service) deeds(ctx context.Context, programme id.ID, said []*saying) error {
	var iris []string
	for _, w := range said {
		if w.deed.Activity != "" {
			iris = append(iris, w.deed.Activity)
		}
	}
	known, err := s.offered(ctx, programme, iris)
	for _, w := range said {
		a, ours := known[w.deed.Activity]
		if _, _, own := Thing(w.deed.Activity); own && !ours || w.deed.Activity == "" {
			continue
		}
		d := w.deed
		d.Number, d.At, d.Of = a.Number, a.At, a.Of
		w.body.Deed = &d
	}
	return err
}

// deedOf is what a statement may say of something that can be learnt; without activity where it says nothing.
func deedOf(o Object) (d Deed) {
	about, _ := o["object"].(Object)
	iri, _ := about["id"].(string)
	verb := xapi.Verb(o)
	if _, _, own := Thing(iri); !own && progress[verb] == "" || about["objectType"] != nil && about["objectType"] != "Activity" {
		return d
	}
	d.Verb, d.Activity = verb, iri
	r, _ := o["result"].(Object)
	if success, ok := r["success"].(bool); ok {
		d.Success = &success
	}
	score, _ := r["score"].(Object)
	d.Points, d.Most = whole(score["raw"]), whole(score["max"])
	if share, ok := score["scaled"]; ok && d.Most == 0 {
		d.Points, d.Most = int64(math.Round(100*min(float(share), 1))), 100
	}
	in, _ := o["context"].(Object)
	d.Language, _ = in["language"].(string)
	return d
}

// whole is a number without what comes behind its point; what is none is nothing.
func whole(v any) int64 { return int64(float(v)) }

// float is a number of at most 1e9; what is none, or less than nothing, is nothing.
func float(v any) float64 {
	n, _ := v.(xapi.Number)
	f, err := strconv.ParseFloat(string(n), 64)
	if err != nil || f < 0 || f > 1e9 {
		return 0
	}
	return f
}
