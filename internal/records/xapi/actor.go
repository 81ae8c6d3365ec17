package xapi

import (
	"crypto/sha1" //nolint:gosec // the specification names a mailbox by it
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// identifiers are the properties by which an agent or a group is known: exactly one, or of a group none.
var identifiers = []string{"mbox", "mbox_sha1sum", "openid", "account"}

var account = shape{has: map[string]check{"homePage": iri, "name": text}, need: []string{"homePage", "name"}}

func known(more map[string]check) map[string]check {
	out := map[string]check{"name": text, "mbox": mbox, "mbox_sha1sum": sha1sum, "openid": iri, "account": account.check}
	for k, c := range more {
		out[k] = c
	}
	return out
}

var agent = shape{has: known(map[string]check{"objectType": one("Agent")}), also: []func(Object) error{func(o Object) error {
	if n := len(named(o)); n != 1 {
		return Wrong(agentNames, strconv.Itoa(n))
	}
	return nil
}}}

var group = shape{has: known(map[string]check{"objectType": one("Group"), "member": list(agent.check)}), need: []string{"objectType"}, also: []func(Object) error{func(o Object) error {
	n := len(named(o))
	if n > 1 {
		return Wrong(groupNames, strconv.Itoa(n))
	}
	if _, ok := o["member"]; n == 0 && !ok {
		return Wrong(noMembers)
	}
	return nil
}}}

func named(o Object) (out []string) {
	for _, k := range identifiers {
		if _, ok := o[k]; ok {
			out = append(out, k)
		}
	}
	return out
}

// actor is an agent, or a group where it says so.
func actor(v any) error {
	if o, ok := v.(Object); ok && o["objectType"] == "Group" {
		return group.check(o)
	}
	return agent.check(v)
}

// authority is an agent, or the two of an application and its user.
func authority(v any) error {
	if err := actor(v); err != nil {
		return err
	}
	o := v.(Object)
	if o["objectType"] != "Group" {
		return nil
	}
	if members, _ := o["member"].([]any); len(named(o)) > 0 || len(members) != 2 {
		return Wrong(noAuthority)
	}
	return nil
}

// Agent refuses what is no agent; a group is none.
func Agent(v any) error { return agent.check(v) }

// Actor refuses what is neither an agent nor a group.
func Actor(v any) error { return actor(v) }

// Identity is by what an agent or a group is known, in one form: a mailbox is the SHA-1 of its address, so that who
// names somebody by either means the same. Of a group without identifier it is empty.
func Identity(o Object) string {
	for _, k := range named(o) {
		switch v := o[k].(type) {
		case string:
			return identified(k, v)
		case Object:
			page, name := Account(o)
			return "account\n" + page + "\n" + name
		}
	}
	return ""
}

// Account is the account by which somebody is known, or nothing.
func Account(o Object) (page, name string) {
	a, _ := o["account"].(Object)
	page, _ = a["homePage"].(string)
	name, _ = a["name"].(string)
	return page, name
}

// Mailbox is the SHA-1 of the mailbox by which somebody is known, in small letters, or empty.
func Mailbox(o Object) string {
	if address, ok := o["mbox"].(string); ok {
		return MailboxSum(strings.TrimPrefix(address, "mailto:"))
	}
	sum, _ := o["mbox_sha1sum"].(string)
	return strings.ToLower(sum)
}

// MailboxSum is an address as statements may name it; of none it is empty. Hardly a server tells great letters from small.
func MailboxSum(address string) string {
	if address == "" {
		return ""
	}
	return sha1Of("mailto:" + strings.ToLower(address))
}

func sha1Of(s string) string {
	sum := sha1.Sum([]byte(s)) //nolint:gosec // as above
	return hex.EncodeToString(sum[:])
}

func identified(kind, v string) string {
	switch kind {
	case "mbox":
		return "mbox_sha1sum\n" + sha1Of(v)
	case "mbox_sha1sum":
		return kind + "\n" + strings.ToLower(v)
	}
	return kind + "\n" + v
}

// Members are the agents of a group.
func Members(o Object) (out []Object) {
	all, _ := o["member"].([]any)
	for _, m := range all {
		if a, ok := m.(Object); ok {
			out = append(out, a)
		}
	}
	return out
}

func isActor(o Object) bool { return slices.Contains([]any{"Agent", "Group"}, o["objectType"]) }

// Person is all under which an agent is known (1.0.3 Communication 2.4): by what it was asked for, and under which
// names it was told of.
func Person(agent Object, names []string) Object {
	out := Object{"objectType": "Person"}
	for _, k := range named(agent) {
		out[k] = []any{agent[k]}
	}
	if len(names) == 0 {
		if name, ok := agent["name"].(string); ok {
			names = []string{name}
		}
	}
	var all []any
	for _, name := range names {
		all = append(all, name)
	}
	if all != nil {
		out["name"] = all
	}
	return out
}
