package xapi

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

// base is a statement with nothing but what it needs.
const base = `{"actor":{"mbox":"mailto:amina@example.org"},"verb":{"id":"https://example.org/did"},"object":{"id":"https://example.org/x"}}`

// with is the base with some properties of its own.
func with(t testing.TB, more string) Object {
	t.Helper()
	o := parsed(t, base)
	maps.Copy(o, parsed(t, more))
	return o
}

func parsed(t testing.TB, text string) Object {
	t.Helper()
	v, err := Parse([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v.(Object)
}

// Each of these is a statement in the version that it names.
func TestStatements(t *testing.T) {
	for _, text := range []string{
		`{}`,
		`{"id":"fd41c918-b88b-4b20-a0a5-a4c32391aaa0","timestamp":"2026-11-22T09:30:00.1234567+02:00","stored":"2026-11-22T09:30:00Z"}`,
		`{"actor":{"objectType":"Group","member":[{"account":{"homePage":"https://example.org","name":"7"}}]}}`,
		`{"object":{"objectType":"Agent","openid":"https://id.example.org/amina"}}`,
		`{"object":{"objectType":"StatementRef","id":"fd41c918-b88b-4b20-a0a5-a4c32391aaa0"},"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"}}`,
		`{"object":{"objectType":"SubStatement","actor":{"mbox_sha1sum":"ebd31e95054c018b10727ccffd2ef2ec3a016ee9"},"verb":{"id":"urn:x:y"},"object":{"id":"urn:x:z"}}}`,
		`{"result":{"score":{"scaled":-1,"min":0,"raw":0.5,"max":1e2},"success":true,"duration":"PT4H35M59.14S","extensions":{"urn:x:y":{"any":[null]}}}}`,
		`{"context":{"registration":"fd41c918-b88b-4b20-a0a5-a4c32391aaa0","language":"pt-PT","contextActivities":{"parent":{"id":"urn:x:p"},"other":[]}}}`,
		`{"authority":{"objectType":"Group","member":[{"mbox":"mailto:a@example.org"},{"mbox":"mailto:b@example.org"}]}}`,
		`{"object":{"id":"urn:x:y","definition":{"interactionType":"likert","scale":[{"id":"1","description":{"fr":"oui"}}]}}}`,
		`{"attachments":[{"usageType":"urn:x:u","display":{"zh-Hans-CN":"x"},"contentType":"text/plain; charset=utf-8","length":0,"sha2":"` + strings.Repeat("ab", 32) + `"}]}`,
	} {
		for _, v := range []Version{V1, V2} {
			if err := Check(with(t, text), v); err != nil {
				t.Errorf("%s %s: %v", v, text, err)
			}
		}
	}
	beside := with(t, `{"context":{"contextAgents":[{"objectType":"contextAgent","agent":{"mbox":"mailto:a@example.org"},"relevantTypes":["urn:x:r"]}]}}`)
	if err := Check(beside, V2); err != nil || Check(beside, V1) == nil {
		t.Error("agents of the context are of 2.0 alone:", err)
	}
}

// What is wrong is said, with its place.
func TestFaults(t *testing.T) {
	for text, at := range map[string]string{
		`{"surprise":1}`:     "",
		`{"id":"7"}`:         "id",
		`{"verb":{}}`:        "verb",
		`{"verb":{"id":7}}`:  "verb.id",
		`{"verb":null}`:      "verb",
		`{"actor":{}}`:       "actor",
		`{"actor":"Amina"}`:  "actor",
		`{"version":"0.95"}`: "version",
		`{"actor":{"mbox":"mailto:a@example.org","openid":"https://example.org"}}`:                                "actor",
		`{"actor":{"mbox":"amina@example.org"}}`:                                                                  "actor.mbox",
		`{"actor":{"account":{"homePage":"example.org","name":"7"}}}`:                                             "actor.account.homePage",
		`{"actor":{"objectType":"Group","member":[{"mbox":"mailto:a@example.org"},{}]}}`:                          "actor.member[1]",
		`{"object":{"objectType":"Person"}}`:                                                                      "object.objectType",
		`{"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"}}`:                                                 "object",
		`{"object":{"objectType":"Agent","mbox":"mailto:a@example.org"},"context":{"platform":"x"}}`:              "context",
		`{"object":{"id":"urn:x:y","definition":{"choices":[]}}}`:                                                 "object.definition",
		`{"object":{"id":"urn:x:y","definition":{"interactionType":"choice","choices":[{"id":"a"},{"id":"a"}]}}}`: "object.definition.choices[1]",
		`{"object":{"id":"urn:x:y","definition":{"name":{"not a tag":"x"}}}}`:                                     `object.definition.name."not a tag"`,
		`{"result":{"score":{"scaled":1.1}}}`:                                                                     "result.score.scaled",
		`{"result":{"score":{"min":2,"max":1}}}`:                                                                  "result.score",
		`{"result":{"score":{"raw":1e999}}}`:                                                                      "result.score.raw",
		`{"result":{"success":"true"}}`:                                                                           "result.success",
		`{"result":{"duration":"P4W1D"}}`:                                                                         "result.duration",
		`{"result":{"extensions":{"nowhere":1}}}`:                                                                 `result.extensions."nowhere"`,
		`{"timestamp":"2026-02-30T00:00:00Z"}`:                                                                    "timestamp",
		`{"timestamp":"2026-02-03T00:00:00-00:00"}`:                                                               "timestamp",
		`{"timestamp":"2026-02-03"}`:                                                                              "timestamp",
		`{"context":{"registration":"7"}}`:                                                                        "context.registration",
		`{"context":{"contextActivities":{"parents":[]}}}`:                                                        "context.contextActivities",
		`{"attachments":[{"usageType":"urn:x:u"}]}`:                                                               "attachments[0]",
	} {
		var f *Fault
		if !errors.As(Check(with(t, text), V1), &f) || f.At != at || f.Why() == "" {
			t.Errorf("%s: %v, want it at %q", text, f, at)
		}
	}
}

// What two readers could take for different things is no JSON here.
func TestHostileJSON(t *testing.T) {
	for name, text := range map[string]string{
		"twice":   `{"a":1,"a":2}`,
		"bytes":   "{\"a\":\"\xff\"}",
		"half":    `{"a":`,
		"two":     `{} {}`,
		"nothing": ``,
		"deep":    strings.Repeat("[", 100) + strings.Repeat("]", 100),
		"deeper":  strings.Repeat(`{"a":`, 100_000),
		"lone":    `"\ud800"`,
	} {
		if v, err := Parse([]byte(text)); err == nil {
			t.Errorf("%s: %v", name, v)
		}
	}
	deep := strings.Repeat("[", Deepest) + strings.Repeat("]", Deepest)
	if _, err := Parse([]byte(deep)); err != nil {
		t.Error(err)
	}
}

// What comes in goes out: every number and sign as it was.
func TestAppend(t *testing.T) {
	const text = `{"a":[1.0,1e-7,12345678901234567890,"\"\\\u0001ü€😀",true,null,{}],"b":""}`
	v, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(Append(nil, v)); got != text {
		t.Error(got)
	}
	if !json.Valid(Append(nil, v)) {
		t.Error("no JSON")
	}
}

// Two statements say the same, or they do not.
func TestSame(t *testing.T) {
	one := with(t, `{"timestamp":"2026-11-22T09:30:00Z","result":{"score":{"raw":1.0},"duration":"PT1.239S"}}`)
	for _, text := range []string{
		`{"id":"fd41c918-b88b-4b20-a0a5-a4c32391aaa0","version":"1.0.0","stored":"2026-11-22T09:30:00Z","authority":{"mbox":"mailto:a@example.org"}}`,
		`{"timestamp":"2026-11-22T11:30:00.000+02:00"}`,
		`{"result":{"score":{"raw":1},"duration":"PT1.23S"}}`,
		`{"actor":{"objectType":"Agent","mbox":"mailto:amina@example.org"}}`,
		`{"verb":{"id":"https://example.org/did","display":{"en":"did"}}}`,
		`{"object":{"objectType":"Activity","id":"https://example.org/x","definition":{"name":{"en":"x"}}}}`,
	} {
		other := maps.Clone(one)
		maps.Copy(other, parsed(t, text))
		if Same(one) != Same(other) {
			t.Errorf("%s makes another statement", text)
		}
	}
	for _, text := range []string{
		`{"timestamp":"2026-11-22T09:30:01Z"}`, `{"result":{"score":{"raw":2}}}`, `{"actor":{"mbox":"mailto:bilal@example.org"}}`,
		`{"context":{"extensions":{"urn:x:display":1}}}`,
	} {
		other := maps.Clone(one)
		maps.Copy(other, parsed(t, text))
		if Same(one) == Same(other) {
			t.Errorf("%s makes no difference", text)
		}
	}
	list, alone := with(t, `{"context":{"contextActivities":{"parent":[{"id":"urn:x:p"}]}}}`), with(t, `{"context":{"contextActivities":{"parent":{"id":"urn:x:p"}}}}`)
	if Same(list) != Same(alone) {
		t.Error("one activity of the context, alone or in a list, is another")
	}
}

// A mailbox and its hash are the same person; an account is another.
func TestIdentity(t *testing.T) {
	box, sum := parsed(t, `{"mbox":"mailto:xapi@adlnet.gov"}`), parsed(t, `{"mbox_sha1sum":"CD9B00A5611F94EAA7B1661EDAB976068E364975","name":"x"}`)
	if Identity(box) != Identity(sum) || Identity(box) == "" {
		t.Error(Identity(box), Identity(sum))
	}
	if a := parsed(t, `{"account":{"homePage":"https://example.org","name":"7"}}`); Identity(a) == "" || Identity(a) == Identity(box) {
		t.Error(Identity(a))
	}
	if g := parsed(t, `{"objectType":"Group","member":[{"mbox":"mailto:xapi@adlnet.gov"}]}`); Identity(g) != "" {
		t.Error(Identity(g))
	}
}

// Whom and what a statement names, and what it is about.
func TestMentions(t *testing.T) {
	o := with(t, `{"actor":{"objectType":"Group","mbox":"mailto:g@example.org","member":[{"mbox":"mailto:m@example.org"}]},
		"object":{"objectType":"SubStatement","actor":{"mbox":"mailto:s@example.org"},"verb":{"id":"urn:x:v"},"object":{"id":"urn:x:sub"},
			"context":{"contextActivities":{"category":[{"id":"urn:x:c"}]}}},
		"context":{"instructor":{"mbox":"mailto:i@example.org"},"contextActivities":{"parent":{"id":"urn:x:p"}},
			"contextGroups":[{"objectType":"contextGroup","group":{"objectType":"Group","member":[{"mbox":"mailto:n@example.org"}]}}]},
		"authority":{"mbox":"mailto:a@example.org"}}`)
	said := func(all []Mention, key string) (out []string) {
		for _, m := range all {
			out = append(out, strings.TrimPrefix(m.Of[key].(string), "mailto:")+map[bool]string{true: "!"}[m.Direct])
		}
		slices.Sort(out)
		return out
	}
	if got := said(Agents(o), "mbox"); !slices.Equal(got, []string{"a@example.org", "g@example.org!", "i@example.org", "m@example.org!", "n@example.org", "s@example.org"}) {
		t.Error(got)
	}
	if got := said(Activities(o), "id"); !slices.Equal(got, []string{"urn:x:c", "urn:x:p", "urn:x:sub"}) {
		t.Error(got)
	}
	if got := said(Activities(with(t, `{}`)), "id"); !slices.Equal(got, []string{"https://example.org/x!"}) {
		t.Error(got)
	}
}

// The three formats of a statement.
func TestShown(t *testing.T) {
	o := with(t, `{"actor":{"objectType":"Group","name":"G","member":[{"mbox":"mailto:m@example.org","name":"M"}]},
		"verb":{"id":"urn:x:v","display":{"en":"did","fr":"a fait"}},"object":{"id":"urn:x:y","definition":{"name":{"en":"own"}}}}`)
	const ids = `{"actor":{"member":[{"mbox":"mailto:m@example.org"}],"objectType":"Group"},"object":{"id":"urn:x:y"},"verb":{"id":"urn:x:v"}}`
	if got := string(Append(nil, IDs(o))); got != ids {
		t.Error(got)
	}
	known := map[string]Object{"urn:x:y": parsed(t, `{"name":{"en":"known","fr":"connu"},"type":"urn:x:t"}`)}
	got := string(Append(nil, Canonical(o, known, func([]string) string { return "fr" })))
	if !strings.Contains(got, `"definition":{"name":{"fr":"connu"},"type":"urn:x:t"}`) || !strings.Contains(got, `"display":{"fr":"a fait"}`) || !strings.Contains(got, `"name":"G"`) {
		t.Error(got)
	}
	if after := string(Append(nil, o)); !strings.Contains(after, `"en":"did"`) || !strings.Contains(after, `"name":"M"`) {
		t.Error("showing it changed it:", after)
	}
	if got := string(Append(nil, Merge(parsed(t, `{"name":{"en":"a","fr":"b"},"type":"urn:x:t"}`), parsed(t, `{"name":{"en":"c"},"type":"urn:x:u"}`)))); got != `{"name":{"en":"c","fr":"b"},"type":"urn:x:u"}` {
		t.Error(got)
	}
}

// FuzzStatement: whatever comes, what was taken for a statement stays one when it is written and read again.
func FuzzStatement(f *testing.F) {
	f.Add([]byte(base))
	f.Add([]byte(`{"actor":{"objectType":"Group","member":[{"mbox":"mailto:m@example.org"}]},"verb":{"id":"urn:x:v","display":{"en":"did"}},"object":{"objectType":"StatementRef","id":"fd41c918-b88b-4b20-a0a5-a4c32391aaa0"},"timestamp":"2026-11-22T09:30:00Z","result":{"score":{"raw":1.0e3},"duration":"PT1.239S"},"context":{"contextActivities":{"parent":{"id":"urn:x:p"}}}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := Parse(b)
		if err != nil || Check(v, V2) != nil {
			return
		}
		o := v.(Object)
		again := parsed(t, string(Append(nil, o)))
		if err := Check(again, V2); err != nil {
			t.Fatal(err)
		}
		if Same(o) != Same(again) {
			t.Fatal("it says something else when it is read again")
		}
		Tidy(again)
		if Same(o) != Same(again) {
			t.Fatal("tidy, it says something else")
		}
		Agents(o)
		Activities(o)
		IDs(o)
		Canonical(o, nil, func(tags []string) string { return tags[0] })
	})
}
