package learning

import (
	"testing"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
)

func TestMayPublish(t *testing.T) {
	claire, nadia := id.New(), id.New()
	sent := ReviewRow{Sender: claire, Fingerprint: "a", SentAt: 1}
	returned := sent
	returned.ReturnedAt = 2
	for name, c := range map[string]struct {
		review ReviewRow
		who    id.ID
		work   string
		others int
		alone  bool
		key    string
	}{
		"a colleague reads and publishes":      {sent, nadia, "a", 1, false, ""},
		"nobody asked for a reader":            {ReviewRow{}, claire, "a", 1, false, "author.review.first"},
		"it was given back":                    {returned, nadia, "a", 1, false, "author.review.first"},
		"the writer may not":                   {sent, claire, "a", 1, false, "author.review.own"},
		"it changed after it was sent":         {sent, nadia, "b", 1, false, "author.review.moved"},
		"there is nobody else":                 {ReviewRow{}, claire, "a", 0, true, ""},
		"nobody is left to read what was sent": {sent, claire, "b", 0, true, ""},
	} {
		alone, err := mayPublish(c.review, c.who, c.work, c.others)
		key := ""
		if err != nil {
			key = fault.Of(err).Key
		}
		if alone != c.alone || key != c.key {
			t.Errorf("%s: %v %q", name, alone, key)
		}
	}
}

func TestMarksReadBack(t *testing.T) {
	from := map[string]string{"": "0123456789ab", "where": "ba9876543210"}
	if got := unmark(marks(from)); len(got) != 2 || got[""] != from[""] || got["where"] != from["where"] {
		t.Errorf("%q: %v", marks(from), got)
	}
	if got := unmark(marks(nil)); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestSlug(t *testing.T) {
	taken := map[string]bool{"work": true, "work-2": true}
	for title, want := range map[string]string{
		"Work": "work-3", "Où chercher ?": "ou-chercher", "مرحبا": "x", "---": "x", "İş aramak": "is-aramak",
		"A very long title that says much more than an address needs": "a-very-long-title-that-says-much-more-th",
	} {
		if got := Slug(title, "x", func(v string) bool { return taken[v] }); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}
