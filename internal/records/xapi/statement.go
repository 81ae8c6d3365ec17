package xapi

import "slices"

// Voided is the verb that takes a statement back.
const Voided = "http://adlnet.gov/expapi/verbs/voided"

// Check refuses what is no statement of a version, and says what is wrong and where.
func Check(v any, version Version) error {
	return statements[version].check(v)
}

var statements = map[Version]shape{V1: statement(V1), V2: statement(V2)}

func statement(v Version) shape {
	has := event(v)
	has["id"], has["stored"], has["authority"] = uuid, instant, authority
	has["version"] = spoken(v)
	has["object"] = func(o any) error { return object(o, v) }
	return shape{has: has, need: []string{"actor", "verb", "object"}, also: []func(Object) error{voiding, aboutActivity}}
}

// event are the properties that a statement and a sub-statement share.
func event(v Version) map[string]check {
	return map[string]check{
		"actor": actor, "verb": verb.check, "result": result.check, "context": circumstances(v).check, "timestamp": instant,
		"attachments": list(attachment.check),
	}
}

func spoken(v Version) check {
	return func(w any) error {
		s, ok := w.(string)
		if !ok || VersionOf(s) != v && (v != V2 || VersionOf(s) != V1) || s == "2.0" {
			return Wrong(otherVersion, string(v))
		}
		return nil
	}
}

// voiding holds what takes a statement back to naming it.
func voiding(o Object) error {
	if verb, _ := o["verb"].(Object); verb["id"] != Voided {
		return nil
	}
	if to, _ := o["object"].(Object); to["objectType"] != "StatementRef" {
		return Under("object", Wrong(voidsNothing))
	}
	return nil
}

// aboutActivity refuses circumstances that only an activity has.
func aboutActivity(o Object) error {
	to, _ := o["object"].(Object)
	if kind, ok := to["objectType"]; !ok || kind == "Activity" {
		return nil
	}
	in, _ := o["context"].(Object)
	for _, k := range []string{"revision", "platform"} {
		if _, ok := in[k]; ok {
			return Under("context", Wrong(ofActivity, k))
		}
	}
	return nil
}

var verb = shape{has: map[string]check{"id": iri, "display": languages}, need: []string{"id"}}

func object(v any, version Version) error {
	o, ok := v.(Object)
	if !ok {
		return Wrong(noObject)
	}
	switch kind := o["objectType"]; kind {
	case nil, "Activity":
		return activity.check(o)
	case "Agent", "Group":
		return actor(o)
	case "StatementRef":
		return reference.check(o)
	case "SubStatement":
		return substatement(version).check(o)
	}
	return Under("objectType", Wrong(noKind))
}

var reference = shape{has: map[string]check{"objectType": one("StatementRef"), "id": uuid}, need: []string{"objectType", "id"}}

func substatement(v Version) shape {
	has := event(v)
	has["objectType"] = one("SubStatement")
	has["object"] = func(o any) error {
		if in, ok := o.(Object); ok && in["objectType"] == "SubStatement" {
			return Wrong(subInSub)
		}
		return object(o, v)
	}
	return shape{has: has, need: []string{"actor", "verb", "object"}, also: []func(Object) error{aboutActivity}}
}

var result = shape{has: map[string]check{
	"score": score.check, "success": boolean, "completion": boolean, "response": text, "duration": duration, "extensions": extensions,
}}

var score = shape{has: map[string]check{"scaled": number, "raw": number, "min": number, "max": number}, also: []func(Object) error{scaled, ranged}}

func scaled(o Object) error {
	if v, ok := o["scaled"]; ok {
		if f, _ := float(v); f < -1 || f > 1 {
			return Under("scaled", Wrong(notScaled))
		}
	}
	return nil
}

func ranged(o Object) error {
	var known []float64
	for _, k := range []string{"min", "raw", "max"} {
		if v, ok := o[k]; ok {
			f, _ := float(v)
			known = append(known, f)
		}
	}
	if !slices.IsSorted(known) {
		return Wrong(outOfRange)
	}
	return nil
}

var attachment = shape{has: map[string]check{
	"usageType": iri, "display": languages, "description": languages, "contentType": mediaType, "length": natural, "sha2": sha2, "fileUrl": iri,
}, need: []string{"usageType", "display", "contentType", "length", "sha2"}}

func circumstances(v Version) shape {
	has := map[string]check{
		"registration": uuid, "instructor": actor, "team": group.check, "contextActivities": contextActivities.check, "revision": text,
		"platform": text, "language": language, "statement": reference.check, "extensions": extensions,
	}
	if v == V2 {
		has["contextAgents"], has["contextGroups"] = list(contextAgent.check), list(contextGroup.check)
	}
	return shape{has: has}
}

var contextActivities = shape{has: map[string]check{"parent": activities, "grouping": activities, "category": activities, "other": activities}}

// activities is one activity or a list of them.
func activities(v any) error {
	if _, ok := v.(Object); ok {
		return activity.check(v)
	}
	return list(activity.check)(v)
}

var (
	contextAgent = shape{has: map[string]check{"objectType": one("contextAgent"), "agent": agent.check, "relevantTypes": relevant}, need: []string{"objectType", "agent"}}
	contextGroup = shape{has: map[string]check{"objectType": one("contextGroup"), "group": group.check, "relevantTypes": relevant}, need: []string{"objectType", "group"}}
)

func relevant(v any) error {
	if all, ok := v.([]any); ok && len(all) == 0 {
		return Wrong(empty)
	}
	return list(iri)(v)
}
