package xapi

import (
	"maps"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Append writes a value as JSON, names in order, numbers as they came.
func Append(to []byte, v any) []byte {
	switch v := v.(type) {
	case Object:
		to = append(to, '{')
		for i, k := range slices.Sorted(maps.Keys(v)) {
			to = append(quote(comma(to, i), k), ':')
			to = Append(to, v[k])
		}
		return append(to, '}')
	case []any:
		to = append(to, '[')
		for i, w := range v {
			to = Append(comma(to, i), w)
		}
		return append(to, ']')
	case string:
		return quote(to, v)
	case Number:
		return append(to, v...)
	case bool:
		return strconv.AppendBool(to, v)
	}
	return append(to, "null"...)
}

func comma(to []byte, i int) []byte {
	if i > 0 {
		to = append(to, ',')
	}
	return to
}

func quote(to []byte, s string) []byte {
	out, _ := jsontext.AppendQuote(to, s) // what was parsed is UTF-8
	return out
}
