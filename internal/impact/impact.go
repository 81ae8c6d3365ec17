// Package impact draws a programme's figures: nothing is typed in, each is a set of facts that follow by
// themselves from what people did, and each opens down to its evidence. Reports are frozen at their
// cut-off; an auditor draws a sample and judges it. It reads the entries of other slices and is imported
// by none of them.
package impact

import (
	"fmt"
	"slices"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
	"tremplin/internal/impact/figure"
	"tremplin/internal/people"
)

// Service does what readers of figures ask.
type Service struct {
	J      *journal.Journal
	Blobs  *blob.Store
	People *people.Service
	Books  map[id.ID]*Book // by programme, from Load
	memo   memo
}

// Book is a programme with what it promised.
type Book struct {
	*figure.Book
	Programme *programme.Programme
	partners  map[id.ID]programme.Organisation
}

// Load reads and compiles the books of programmes; a mistake in one is said with its place.
func Load(programmes map[string]*programme.Programme) (map[id.ID]*Book, error) {
	out := map[id.ID]*Book{}
	for slug, p := range programmes {
		b, err := figure.Load(p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", slug, err)
		}
		out[p.ID()] = Bind(b, p)
	}
	return out, nil
}

// Bind puts a book beside its programme.
func Bind(b *figure.Book, p *programme.Programme) *Book {
	out := &Book{Book: b, Programme: p, partners: map[id.ID]programme.Organisation{}}
	for _, o := range p.Organisations {
		out.partners[p.OrganisationID(o.Slug)] = o
	}
	return out
}

// Book is what a programme promised.
func (s *Service) Book(programme id.ID) (*Book, error) {
	b := s.Books[programme]
	if b == nil {
		return nil, fault.New(fault.NotFound, "")
	}
	return b, nil
}

// Partner finds an organisation of the programme by its short name.
func (b *Book) Partner(slug string) (programme.Organisation, bool) {
	i := slices.IndexFunc(b.Programme.Organisations, func(o programme.Organisation) bool { return o.Slug == slug })
	if i < 0 {
		return programme.Organisation{}, false
	}
	return b.Programme.Organisations[i], true
}

// slug is how definitions name an organisation: by its short name, else by its id.
func (b *Book) slug(organisation id.ID) string {
	if organisation.IsZero() || organisation == b.Programme.ID() {
		return ""
	}
	if o, ok := b.partners[organisation]; ok {
		return o.Slug
	}
	return organisation.String()
}
