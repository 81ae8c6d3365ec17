package xapi

// Mention is an agent, a group or an activity that a statement names, and whether it is what the statement is about:
// its actor or its object.
type Mention struct {
	Of     Object
	Direct bool
}

// ID is an activity's IRI.
func (m Mention) ID() string { s, _ := m.Of["id"].(string); return s }

// Definition is what a statement says of an activity; nil: nothing.
func (m Mention) Definition() Object {
	if d, _ := m.Of["definition"].(Object); len(d) > 0 {
		return d
	}
	return nil
}

// Agents are all agents and groups that a statement names, members of groups too.
func Agents(statement Object) (out []Mention) {
	for _, k := range []string{"actor", "object"} {
		out = append(out, withMembers(statement[k], true)...)
	}
	out = append(out, withMembers(statement["authority"], false)...)
	out = append(out, around(statement)...)
	if sub := subOf(statement); sub != nil {
		for _, k := range []string{"actor", "object"} {
			out = append(out, withMembers(sub[k], false)...)
		}
		out = append(out, around(sub)...)
	}
	return out
}

// around are those whom the context names.
func around(statement Object) (out []Mention) {
	in, _ := statement["context"].(Object)
	for _, k := range []string{"instructor", "team"} {
		out = append(out, withMembers(in[k], false)...)
	}
	for list, k := range map[string]string{"contextAgents": "agent", "contextGroups": "group"} {
		all, _ := in[list].([]any)
		for _, one := range all {
			o, _ := one.(Object)
			out = append(out, withMembers(o[k], false)...)
		}
	}
	return out
}

// withMembers is an agent or a group with its members; what is none is nobody.
func withMembers(v any, direct bool) (out []Mention) {
	o, ok := v.(Object)
	if !ok || Identity(o) == "" && !isActor(o) {
		return nil
	}
	if Identity(o) != "" {
		out = append(out, Mention{o, direct})
	}
	for _, m := range Members(o) {
		out = append(out, Mention{m, direct})
	}
	return out
}

func subOf(statement Object) Object {
	if o, _ := statement["object"].(Object); o["objectType"] == "SubStatement" {
		return o
	}
	return nil
}

// Activities are all activities that a statement names.
func Activities(statement Object) (out []Mention) {
	if a := activityOf(statement); a != nil {
		out = append(out, Mention{a, true})
	}
	out = append(out, contexts(statement)...)
	if sub := subOf(statement); sub != nil {
		if a := activityOf(sub); a != nil {
			out = append(out, Mention{a, false})
		}
		out = append(out, contexts(sub)...)
	}
	return out
}

// Tidy brings a statement to the form in which it must be given back: activities of the context in lists.
func Tidy(statement Object) {
	for _, o := range []Object{statement, subOf(statement)} {
		in, _ := o["context"].(Object)
		of, _ := in["contextActivities"].(Object)
		for k, v := range of {
			if one, ok := v.(Object); ok {
				of[k] = []any{one}
			}
		}
	}
}

func contexts(statement Object) (out []Mention) {
	in, _ := statement["context"].(Object)
	of, _ := in["contextActivities"].(Object)
	for _, k := range contextKinds {
		all, ok := of[k].([]any)
		if !ok {
			all = []any{of[k]}
		}
		for _, a := range all {
			if o, ok := a.(Object); ok {
				out = append(out, Mention{o, false})
			}
		}
	}
	return out
}

// activityOf is the activity that a statement is about, or nil.
func activityOf(statement Object) Object {
	o, _ := statement["object"].(Object)
	if kind, ok := o["objectType"]; o != nil && (!ok || kind == "Activity") {
		return o
	}
	return nil
}

// Refers is the statement that another is about, "" where it is about none.
func Refers(statement Object) string {
	o, _ := statement["object"].(Object)
	if o["objectType"] != "StatementRef" {
		return ""
	}
	at, _ := o["id"].(string)
	return at
}

// Verb is the IRI of what was done.
func Verb(statement Object) string {
	v, _ := statement["verb"].(Object)
	s, _ := v["id"].(string)
	return s
}

// Registration is the UUID of the attempt that a statement belongs to, or "".
func Registration(statement Object) string {
	in, _ := statement["context"].(Object)
	s, _ := in["registration"].(string)
	return s
}

// Attachments are what a statement says of its attachments, and of its sub-statement's.
func Attachments(statement Object) (out []Object) {
	for _, o := range []Object{statement, subOf(statement)} {
		all, _ := o["attachments"].([]any)
		for _, a := range all {
			if o, ok := a.(Object); ok {
				out = append(out, o)
			}
		}
	}
	return out
}
