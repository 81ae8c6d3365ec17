package xapi

import "slices"

// IDs is a statement with no more than what is needed to know who and what it names (format=ids).
func IDs(statement Object) Object {
	return each(statement, func(kind string, o Object) Object {
		switch kind {
		case "verb", "activity":
			return only(o, "id")
		}
		if Identity(o) != "" {
			return only(o, append([]string{"objectType"}, identifiers...)...)
		}
		out := only(o, "objectType")
		var members []any
		for _, m := range Members(o) {
			members = append(members, only(m, append([]string{"objectType"}, identifiers...)...))
		}
		out["member"] = members
		return out
	})
}

// Canonical is a statement with each activity as it is known by its IRI (else as the statement has it), and of every map of
// languages the one that choose prefers (format=canonical).
func Canonical(statement Object, known map[string]Object, choose func(languages []string) string) Object {
	return each(statement, func(kind string, o Object) Object {
		switch kind {
		case "verb":
			return inOne(o, choose, "display")
		case "activity":
			return canonicalActivity(o, known, choose)
		}
		return o
	})
}

func canonicalActivity(o Object, known map[string]Object, choose func([]string) string) Object {
	at, _ := o["id"].(string)
	d := known[at]
	if d == nil {
		d, _ = o["definition"].(Object)
	}
	if d == nil {
		return o
	}
	out := only(o, "id", "objectType")
	d = inOne(d, choose, "name", "description")
	for _, k := range []string{"choices", "scale", "source", "target", "steps"} {
		if all, ok := d[k].([]any); ok {
			d[k] = mapped(all, func(c Object) Object { return inOne(c, choose, "description") })
		}
	}
	out["definition"] = d
	return out
}

// inOne keeps of the maps of languages under some names the one language that is preferred.
func inOne(o Object, choose func([]string) string, names ...string) Object {
	out := Object{}
	for k, v := range o {
		if m, ok := v.(Object); ok && slices.Contains(names, k) && len(m) > 0 {
			var tags []string
			for tag := range m {
				tags = append(tags, tag)
			}
			slices.Sort(tags)
			tag := choose(tags)
			v = Object{tag: m[tag]}
		}
		out[k] = v
	}
	return out
}

func only(o Object, names ...string) Object {
	out := Object{}
	for _, k := range names {
		if v, ok := o[k]; ok {
			out[k] = v
		}
	}
	return out
}

func mapped(all []any, f func(Object) Object) []any {
	out := make([]any, len(all))
	for i, v := range all {
		out[i] = v
		if o, ok := v.(Object); ok {
			out[i] = f(o)
		}
	}
	return out
}

// each gives f every actor, verb and activity of a statement and puts what f returns in its place; nothing of the
// statement itself is changed.
func each(statement Object, f func(kind string, o Object) Object) Object {
	out := Object{}
	for k, v := range statement {
		o, ok := v.(Object)
		switch {
		case !ok:
		case k == "verb":
			v = f("verb", o)
		case k == "actor" || k == "authority":
			v = f("actor", o)
		case k == "object":
			v = eachObject(o, f)
		case k == "context":
			v = eachContext(o, f)
		}
		out[k] = v
	}
	return out
}

func eachObject(o Object, f func(string, Object) Object) Object {
	switch o["objectType"] {
	case nil, "Activity":
		return f("activity", o)
	case "Agent", "Group":
		return f("actor", o)
	case "SubStatement":
		return each(o, f)
	}
	return o
}

func eachContext(in Object, f func(string, Object) Object) Object {
	out := Object{}
	for k, v := range in {
		o, ok := v.(Object)
		switch {
		case !ok:
		case k == "instructor" || k == "team":
			v = f("actor", o)
		case k == "contextActivities":
			v = eachKind(o, f)
		}
		out[k] = v
	}
	return out
}

func eachKind(of Object, f func(string, Object) Object) Object {
	out := Object{}
	for k, v := range of {
		switch v := v.(type) {
		case []any:
			out[k] = mapped(v, func(o Object) Object { return f("activity", o) })
		case Object:
			out[k] = f("activity", v)
		}
	}
	return out
}

// Merge adds what a later definition of an activity says to what is known: languages beside languages, all else in
// its place.
func Merge(known, later Object) Object {
	out := Object{}
	for k, v := range known {
		out[k] = v
	}
	for k, v := range later {
		was, isMap := out[k].(Object)
		now, alsoMap := v.(Object)
		if (k == "name" || k == "description" || k == "extensions") && isMap && alsoMap {
			v = Merge(was, now)
		}
		out[k] = v
	}
	return out
}
