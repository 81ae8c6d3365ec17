package web_test

import (
	"slices"
	"testing"
	"time"
)

// agent is a parameter that names somebody.
const agent = `{"mbox":"mailto:amina@example.org"}`

func state(id string, more ...string) string {
	params := append([]string{"activityId", "https://example.org/a", "agent", agent}, more...)
	if id != "" {
		params = append(params, "stateId", id)
	}
	return "/activities/state?" + query(params...)
}

// A document comes back as it was sent, of any type; it is merged, listed and ended.
func TestState(t *testing.T) {
	each(t, func(s *store) {
		at := state("place")
		s.ask("GET", at, "").is(404)
		s.ask("PUT", at, "\x00\x01 page 7", "Content-Type", "text/plain").is(204)
		got := s.ask("GET", at, "").is(200)
		if got.body != "\x00\x01 page 7" || got.header.Get("Content-Type") != "text/plain" || len(got.header.Get("ETag")) != 42 || got.header.Get("Last-Modified") == "" {
			t.Error(got.body, got.header)
		}
		s.ask("POST", at, `{"a":1}`).is(400).says("application/json")
		s.ask("PUT", at, `{"a":1,"b":{"c":1}}`).is(204)
		s.ask("POST", at, `{"b":{"d":2},"e":[]}`).is(204)
		s.ask("POST", at, `[1]`).is(400)
		s.ask("POST", at, `{"a":`).is(400).says("ends too soon")
		if got := s.ask("GET", at, "").is(200).body; got != `{"a":1,"b":{"d":2},"e":[]}` {
			t.Error(got)
		}
		s.Now = s.Now.Add(time.Minute)
		s.ask("PUT", state("other", "registration", "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"), "x").is(204)
		ids := func(path string) (out []string) {
			s.ask("GET", path, "").is(200).json(&out)
			return out
		}
		if got := ids(state("")); !slices.Equal(got, []string{"place", "other"}) {
			t.Error(got)
		}
		if got := s.ask("GET", state(""), "").is(200).header.Get("ETag"); len(got) != 42 {
			t.Error(got)
		}
		if got := ids(state("", "since", s.Now.Add(-time.Second).Format(time.RFC3339))); !slices.Equal(got, []string{"other"}) {
			t.Error(got)
		}
		if got := ids(state("", "registration", "fd41c918-b88b-4b20-a0a5-a4c32391aaa0")); !slices.Equal(got, []string{"other"}) {
			t.Error(got)
		}
		s.ask("DELETE", at, "").is(204)
		s.ask("GET", at, "").is(404)
		s.ask("DELETE", state(""), "").is(204)
		if got := ids(state("")); len(got) != 0 {
			t.Error(got)
		}
	})
}

// Nobody's change is overwritten unseen.
func TestConditions(t *testing.T) {
	each(t, func(s *store) {
		for _, at := range []string{
			"/activities/profile?" + query("activityId", "https://example.org/a", "profileId", "p"),
			"/agents/profile?" + query("agent", agent, "profileId", "p"),
		} {
			s.ask("PUT", at, "one").is(400).says("If-None-Match")
			s.ask("PUT", at, "one", "If-None-Match", "*").is(204)
			s.ask("PUT", at, "two", "If-None-Match", "*").is(412)
			s.ask("PUT", at, "two").is(409).says("If-Match")
			s.ask("PUT", at, "two", "If-Match", `"0000"`).is(412)
			tag := s.ask("GET", at, "").is(200).header.Get("ETag")
			s.ask("PUT", at, "two", "If-Match", tag).is(204)
			s.ask("DELETE", at, "", "If-Match", tag).is(412)
			if got := s.ask("GET", at, "").is(200); got.body != "two" || got.header.Get("ETag") == tag {
				t.Error(got.body)
			}
			s.ask("DELETE", at, "").is(204)
			s.ask("GET", at, "").is(404)
		}
		s.version = "2.0.0"
		s.ask("PUT", state("s"), "one").is(204)
		s.ask("PUT", state("s"), "two").is(409)
		s.version = "1.0.3"
		s.ask("PUT", state("s"), "two").is(204)
	})
}

// What is missing or wrong in a request is named.
func TestParameters(t *testing.T) {
	each(t, func(s *store) {
		for path, words := range map[string]string{
			"/activities/state?" + query("agent", agent, "stateId", "s"):                         "activityId",
			"/activities/state?" + query("activityId", "urn:x:y", "stateId", "s"):                "agent",
			"/activities/state?" + query("activityId", "urn:x:y", "agent", "{}", "stateId", "s"): "exactly one of",
			"/activities/state?" + query("activityId", "y", "agent", agent, "stateId", "s"):      "IRI",
			state("s", "registration", "7"):                                                      "UUID",
			state("s", "surprise", "7"):                                                          "surprise",
			"/statements?surprise=1":                                                             "surprise",
			"/statements?limit=-1":                                                               "limit",
			"/statements?limit=1&limit=2":                                                        "twice",
			"/statements?ascending=yes":                                                          "true or false",
			"/statements?since=yesterday":                                                        "since",
			"/statements?format=short":                                                           "format",
			"/statements?statementId=7":                                                          "UUID",
			"/statements?" + query("statementId", "fd41c918-b88b-4b20-a0a5-a4c32391aaa0", "limit", "1"):                                                "limit does not belong here; these do: statementId",
			"/statements?" + query("statementId", "fd41c918-b88b-4b20-a0a5-a4c32391aaa0", "voidedStatementId", "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"): "not both",
			"/agents": "agent is missing", "/activities": "activityId is missing", "/statements?agent=abc": `"at":"agent"`, "/statements?from=x": `"at":"from"`,
		} {
			s.ask("GET", path, "").is(400).says(words)
		}
		s.ask("GET", "/statement", "").is(404)
		if got := s.ask("PATCH", "/statements", "").is(405).header.Get("Allow"); got != "GET, HEAD, POST, PUT" {
			t.Error(got)
		}
		if got := s.ask("POST", "/about", "").is(405).header.Get("Allow"); got != "GET, HEAD" {
			t.Error(got)
		}
		s.ask("GET", "/statements", "", "X-Experience-API-Version", "2.0.1").is(200)
		s.ask("GET", "/statements", "", "X-Experience-API-Version", "").is(400).says("X-Experience-API-Version")
		s.ask("GET", "/statements", "", "X-Experience-API-Version", "0.95").is(400)
		s.ask("PUT", "/statements", statement("amina", "a")).is(400).says("statementId")
		s.ask("POST", "/statements", statement("amina", "a"), "Content-Type", "text/plain").is(400).says("Content-Type")
	})
}

// All that was said of an activity is known, and all names of an agent.
func TestKnown(t *testing.T) {
	each(t, func(s *store) {
		defined := func(d string) string {
			return statement("amina", "a", `{"object":{"id":"https://example.org/a","definition":`+d+`}}`)
		}
		s.post(defined(`{"name":{"en":"Speaking"}}`), defined(`{"name":{"fr":"Parler"},"type":"urn:x:t"}`))
		s.post(defined(`{"type":"urn:x:u"}`), statement("amina", "a", `{"actor":{"mbox":"mailto:amina@example.org","name":"Amina B."}}`))
		s.ask("GET", "/activities?"+query("activityId", "https://example.org/a"), "").is(200).
			says(`"definition":{"name":{"en":"Speaking","fr":"Parler"},"type":"urn:x:u"}`)
		s.ask("GET", "/activities?"+query("activityId", "https://example.org/none"), "").is(200).says(`"id":"https://example.org/none"`)
		s.ask("GET", "/agents?"+query("agent", agent), "").is(200).says(`"name":["Amina B.","amina"]`).says(`"objectType":"Person"`)
		s.ask("GET", "/statements?format=canonical&limit=1", "", "Accept-Language", "fr-BE, en;q=0.5").is(200).says(`"name":{"fr":"Parler"}`)
		if got := s.ask("HEAD", "/statements", "").is(200); got.body != "" {
			t.Error(got.body)
		}
		var entries int
		if err := s.J.DB().QueryRow(t.Context(), "select count(*) from entry where kind='records.activity.defined'").Scan(&entries); err != nil || entries != 2 {
			t.Error(entries, err)
		}
		s.post(defined(`{"name":{"en":"Speaking"}}`)) // known
		if err := s.J.DB().QueryRow(t.Context(), "select count(*) from entry where kind='records.activity.defined'").Scan(&entries); err != nil || entries != 2 {
			t.Error(entries, err)
		}
	})
}

// A browser that can only post a form says everything in it.
func TestAlternateSyntax(t *testing.T) {
	each(t, func(s *store) {
		const form = "application/x-www-form-urlencoded"
		which := "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"
		s.ask("POST", "/statements?method=PUT", query("statementId", which, "content", statement("amina", "a")), "Content-Type", form).is(204)
		s.ask("POST", "/statements?method=GET", query("statementId", which), "Content-Type", form).is(200).says(which)
		s.ask("POST", "/statements?method=GET", query("statementId", which, "X-Experience-API-Version", "2.0.0"), "Content-Type", form).is(400)
		s.ask("POST", "/statements?method=PUT&statementId="+which, query("content", statement("amina", "a")), "Content-Type", form).is(400)
		s.ask("POST", "/statements?method=PUT", query("statementId", which), "Content-Type", form).is(400).says("content")
		s.ask("PUT", "/statements?method=POST", query("content", "[]"), "Content-Type", form).is(400)
		s.version = "2.0.0"
		s.ask("POST", "/statements?method=GET", query("statementId", which), "Content-Type", form).is(400).says("2.0")
	})
}

// Another site's page may ask: it has no cookie to misuse.
func TestOtherOrigins(t *testing.T) {
	each(t, func(s *store) {
		got := s.ask("OPTIONS", "/statements", "", "Authorization", "", "Origin", "https://content.example.org").is(204)
		if got.header.Get("Access-Control-Allow-Origin") != "*" || got.header.Get("Access-Control-Allow-Credentials") != "" {
			t.Error(got.header)
		}
	})
}
