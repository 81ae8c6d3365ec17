package workshop

import (
	"strings"
	"testing"
)

func TestMarked(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"", "", ""},
		{"a b c", "a b c", "a b c"},
		{"a b c", "a x c", "a [-b][+x] c"},
		{"", "a b", "[+a b]"},
		{"a b", "", "[-a b]"},
		{"Üç yer.", "İki yer.", "[-Üç][+İki] yer."},
		{"a  b", "a b", "a[-  ][+ ]b"},
		{"one two three four", "two four five", "[-one ]two [-three ]four[+ five]"},
	} {
		var b strings.Builder
		for _, p := range marked(c.before, c.after) {
			b.WriteString(map[string]string{"": p.text, "ins": "[+" + p.text + "]", "del": "[-" + p.text + "]"}[p.kind])
		}
		if b.String() != c.want {
			t.Errorf("%q to %q: %q, want %q", c.before, c.after, b.String(), c.want)
		}
	}
	if long := strings.Repeat("a ", 2*maxWords); len(marked("x"+long, long+"y")) != 2 {
		t.Error("a long text is compared all the same")
	}
}
