package xapi

import (
	"slices"
	"strings"
)

var activity = shape{has: map[string]check{"objectType": one("Activity"), "id": iri, "definition": definition.check}, need: []string{"id"}}

var definition = shape{has: map[string]check{
	"name": languages, "description": languages, "type": iri, "moreInfo": iri, "extensions": extensions,
	"interactionType":         one("true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other"),
	"correctResponsesPattern": list(text),
	"choices":                 components, "scale": components, "source": components, "target": components, "steps": components,
}, also: []func(Object) error{interactive}}

var component = shape{has: map[string]check{"id": text, "description": languages}, need: []string{"id"}}

// components are parts of an interaction, each under an id of its own.
func components(v any) error {
	if err := list(component.check)(v); err != nil {
		return err
	}
	seen := map[string]bool{}
	for i, c := range v.([]any) {
		at, _ := c.(Object)["id"].(string)
		if seen[at] {
			return Nth(i, Wrong(partTwice, at))
		}
		seen[at] = true
	}
	return nil
}

// parts are the lists that each kind of interaction may have.
var parts = map[string]string{
	"choice": "choices", "sequencing": "choices", "likert": "scale", "matching": "source target", "performance": "steps",
}

// interactive refuses parts of another interaction than the one that is said.
func interactive(o Object) error {
	kind, said := o["interactionType"].(string)
	for _, k := range []string{"correctResponsesPattern", "choices", "scale", "source", "target", "steps"} {
		if _, ok := o[k]; !ok {
			continue
		}
		if !said {
			return Wrong(partUntyped, k)
		}
		if k != "correctResponsesPattern" && !slices.Contains(strings.Fields(parts[kind]), k) {
			return Wrong(partOther, kind, k)
		}
	}
	return nil
}
