package people

import (
	"context"
	"unicode/utf8"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/view"
)

// Site is a place where a partner receives people, as an entry says it; the entry's subject is its id.
type Site struct {
	Name    string `json:"name"`
	City    string `json:"city,omitempty"`
	Country string `json:"country"`
}

// Check finds what cannot be kept.
func (s Site) Check() (fs []fault.Field) {
	if s.Name == "" {
		fs = append(fs, fault.Field{Name: "name", Key: "people.site.name.missing"})
	}
	for _, said := range [][2]string{{"name", s.Name}, {"city", s.City}} {
		if utf8.RuneCountInString(said[1]) > maxName {
			fs = append(fs, fault.Field{Name: said[0], Key: "people.name.long", Args: []any{"Max", maxName}})
		}
	}
	if len(s.Country) != 2 {
		fs = append(fs, fault.Field{Name: "country", Key: "people.site.country.missing"})
	}
	return fs
}

// SiteRow is a partner's site; its owner is the organisation.
type SiteRow struct {
	Owner               id.ID
	Site                id.ID `view:"key"`
	Name, City, Country string
}

// Sites is where partners receive people.
var Sites = view.New[SiteRow]("people_site")

// Found loads the organisations that a programme's folder names, with their sites; a repeat with the same
// facts is a no-op.
func (s *Service) Found(ctx context.Context, p *programme.Programme) error {
	for _, o := range p.Organisations {
		who := p.OrganisationID(o.Slug)
		d := Organisation{Slug: o.Slug, Name: o.Name, Country: o.Country, City: o.City, Kind: o.Kind, Phone: o.Phone}
		if err := s.found(ctx, p.ID(), KindOrganisation.Draft(who, who, d)); err != nil {
			return err
		}
		for _, w := range o.Sites {
			site := Site{Name: w.Name, City: w.City, Country: w.Country}
			if err := s.found(ctx, p.ID(), KindSite.Draft(who, p.SiteID(o.Slug, w.Slug), site)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) found(ctx context.Context, programme id.ID, d journal.Draft) error {
	same := journal.Same(d.Body)
	a := journal.Act{Programme: programme, ID: id.Derive(d.Subject[:], same[:])}
	return s.J.Do(ctx, a, same, journal.Known(d))
}

// DescribeSite records a partner's site, new or known; a partner that is not there is "not found".
func (s *Service) DescribeSite(ctx context.Context, a journal.Act, organisation, site id.ID, said Site) error {
	if err := fault.Fields(said.Check()...); err != nil {
		return err
	}
	decide := func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		_, err := Organisations.Find(ctx, q, a.Programme, "and owner=$2", organisation)
		return []journal.Draft{KindSite.Draft(organisation, site, said)}, nil, err
	}
	return s.J.Do(ctx, a, journal.Same(organisation, site, said), decide)
}

// SitesOf lists the sites of every partner, by country and city.
func (s *Service) SitesOf(ctx context.Context, programme id.ID) (map[id.ID][]SiteRow, error) {
	rows, err := Sites.Select(ctx, s.J.DB(), programme, "order by country,city,name,site")
	out := map[id.ID][]SiteRow{}
	for _, w := range rows {
		out[w.Owner] = append(out[w.Owner], w)
	}
	return out, err
}

// Organisation names one partner; the empty row where there is none.
func (s *Service) Organisation(ctx context.Context, programme, organisation id.ID) (OrganisationRow, error) {
	row, _, err := Organisations.One(ctx, s.J.DB(), programme, "and owner=$2", organisation)
	return row, err
}

// OrganisationOf is the partner for whom somebody acts: the first of their roles held of one. Zero where
// they act for none; a group is no organisation.
func (s *Service) OrganisationOf(ctx context.Context, programme id.ID, gs []access.Grant) (id.ID, error) {
	for _, g := range gs {
		if g.Of == programme || g.Role == access.Learner {
			continue
		}
		if _, ok, err := Organisations.One(ctx, s.J.DB(), programme, "and owner=$2", g.Of); ok || err != nil {
			return g.Of, err
		}
	}
	return id.ID{}, nil
}

// Partners lists the organisations of a programme, by country and name.
func (s *Service) Partners(ctx context.Context, programme id.ID) ([]OrganisationRow, error) {
	return Organisations.Select(ctx, s.J.DB(), programme, "order by country,name")
}
