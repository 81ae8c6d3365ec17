package app_test

import (
	"strings"
	"testing"

	"tremplin/internal/app"
)

// People sent to a programme that does not run here are not taken: the message names the one that does.
func TestImportIntoAnotherProgramme(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		other := *h.Programmes["migrantech"]
		other.Slug = "neighbour"
		h.Programmes["neighbour"] = &other
		_, err := h.ImportParticipants(t.Context(), app.Sent{Programme: "neighbour", Name: "p.csv", Data: []byte("number;first\n1;Awa")})
		if err == nil || !strings.Contains(err.Error(), "neighbour has not begun") || !strings.Contains(err.Error(), "--programme migrantech") {
			t.Error(err)
		}
	})
}
