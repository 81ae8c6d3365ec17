package web_test

import (
	"strings"
	"testing"

	"tremplin/internal/core/id"
)

func TestSitesOfPartners(t *testing.T) {
	each(t, func(s *site) {
		s.must(s.Found(s.t.Context(), s.p))
		s.must(s.Found(s.t.Context(), s.p)) // the folder is read at every start
		partner := s.p.OrganisationID("ege-kopru")
		at := "/programme/partners/" + partner.String()
		s.get("nadia", "/programme", 200, "Ege Köprü", at, "Konak Evi", "Espace Neudorf")
		s.get("nadia", at, 200, "Konak Evi", "!Espace Neudorf")
		good := []string{"name=ورشة القناة", "city=Izmir", "country=TR", "cid=" + id.Named("site").String()}
		for range 2 { // a second click
			s.post("nadia", at, 303, good, at)
		}
		if body := s.get("nadia", at, 200, "ورشة القناة"); strings.Count(body, "ورشة القناة") != 1 {
			s.t.Error("the site is there twice")
		}
		s.post("nadia", at, 422, []string{"name=", "city=Bornova", "country=TR"}, "Please write a name", `value="Bornova"`)
		s.post("nadia", at, 422, []string{"name=" + strings.Repeat("x", 10_000), "city=Bornova", "country=TR"}, "Bornova")
		s.get("nadia", "/programme/partners/"+id.New().String(), 404)
		s.post("nadia", "/programme/partners/"+id.New().String(), 404, good)
		s.get("leila", at, 403)
		sites, err := s.SitesOf(s.t.Context(), s.p.ID())
		s.must(err)
		if len(sites[partner]) != 2 {
			s.t.Errorf("%+v", sites[partner])
		}
	})
}
