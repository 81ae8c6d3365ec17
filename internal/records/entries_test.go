package records

import (
	"encoding/json"
	"slices"
	"testing"

	"tremplin/internal/core/id"
)

// Ids come out as they went in; what is cut off is refused.
func TestPacked(t *testing.T) {
	for _, in := range []packed{nil, {id.New()}, {id.New(), id.New(), {}}} {
		b, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		var out packed
		if err := json.Unmarshal(b, &out); err != nil || !slices.Equal(in, out) {
			t.Errorf("%s: %v %v", b, out, err)
		}
	}
	var out packed
	for _, bad := range []string{`"AAAA"`, `7`, `"!"`} {
		if err := json.Unmarshal([]byte(bad), &out); err == nil {
			t.Errorf("%s is read as %v", bad, out)
		}
	}
}
