package web_test

import (
	"strings"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
)

// Who keeps progress on a shared phone, without any tutor, is offered the card by which they come back.
func TestWayBackFromASharedPhone(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		p := d.Get("/keep").Submit("/keep", "first", "Amina", "pin", "482917", "again", "482917", "device", "shared").Goes("/account/card")
		if p.Has("svg", "viewbox", "0 0 45 45") || p.Text("h1") != h.says("identity.my-card") {
			t.Error(p.Text("main"))
		}
		p = p.Submit("/account/card").Is(200)
		if len(p.All("section", "class", "card qr")) != 1 || !strings.Contains(p.Text("main"), "Amina") || strings.Contains(string(p.Body), "/card/") {
			t.Error("no card, or its secret stands on the page:", p.Text("main"))
		}
		who := h.person(d)
		said, err := h.Card(t.Context(), h.p.ID(), who.ID) // as the code says it
		h.must(err)
		d.Post("/not-my-phone").Is(303)
		other := h.device()
		other.Post("/card/"+said, "pin", "482917", "device", "shared").Goes("/me")
		if got := h.person(other); got.ID != who.ID {
			t.Errorf("%+v", got)
		}
	})
}

func TestOnlyLearnersHaveCards(t *testing.T) {
	each(t, func(h *house) {
		h.staff("leila@example.org", access.Tutor)
		d := h.device()
		d.Post("/sign-in", "email", "leila@example.org", "password", phrase).Is(303)
		d.Get("/account/card").Is(404)
		d.Post("/account/card", "cid", id.New().String()).Is(404)
		if d.Get("/account").Has("a", "href", "/account/card") {
			t.Error("staff are offered a card")
		}
	})
}
