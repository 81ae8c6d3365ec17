package xapi

import (
	"bytes"
	"crypto/sha256"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Same is the fingerprint of what a statement says: two that differ only in what a store adds, in words for people
// or in the order of what has none are the same ("Statement Comparison Requirements", 1.0.3 Data 2.3.1).
func Same(statement Object) [32]byte {
	o := plain("", statement).(Object)
	for _, k := range []string{"id", "stored", "authority", "version", "attachments"} {
		delete(o, k)
	}
	return sha256.Sum256(Append(nil, o))
}

// plain brings a value to the one form in which it is compared.
func plain(at string, v any) any {
	switch v := v.(type) {
	case Object:
		return plainObject(at, v)
	case []any:
		out := make([]any, len(v))
		for i, w := range v {
			out[i] = plain(at+"[]", w)
		}
		if at == "member" || at == "correctResponsesPattern" || slices.Contains(contextKinds, at) {
			slices.SortFunc(out, func(a, b any) int { return bytes.Compare(Append(nil, a), Append(nil, b)) })
		}
		return out
	case Number:
		if f, err := float(v); err == nil {
			return Number(strconv.FormatFloat(f, 'g', -1, 64))
		}
	case string:
		return plainText(at, v)
	}
	return v
}

// finer is what a duration says beyond hundredths of a second.
var finer = regexp.MustCompile(`([.,]\d\d)\d+`)

var contextKinds = []string{"parent", "grouping", "category", "other"}

func plainText(at, v string) string {
	switch at {
	case "timestamp":
		if t, err := Time(v); err == nil {
			return t.UTC().Format(time.RFC3339Nano)
		}
	case "duration": // beyond a hundredth of a second nothing is compared
		return finer.ReplaceAllString(v, "$1")
	case "registration", "id":
		if uuidForm.MatchString(v) {
			return strings.ToLower(v)
		}
	}
	return v
}

func plainObject(at string, v Object) Object {
	out := Object{}
	for k, w := range v {
		if at != "extensions" && (k == "display" || k == "definition" || k == "objectType" && (w == "Activity" || w == "Agent")) {
			continue
		}
		if one, ok := w.(Object); ok && at == "contextActivities" {
			w = []any{one}
		}
		if at == "extensions" {
			out[k] = w // nobody's business
			continue
		}
		out[k] = plain(k, w)
	}
	return out
}
