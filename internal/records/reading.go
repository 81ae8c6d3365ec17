package records

import (
	"context"

	"tremplin/internal/core/id"
	"tremplin/internal/records/xapi"
)

// Definitions are what is known of some activities, by IRI: one query.
func (s *Service) Definitions(ctx context.Context, programme id.ID, iris []string) (map[string]xapi.Object, error) {
	n := names{programme: programme}
	asked := make([]id.ID, len(iris))
	for i, iri := range iris {
		asked[i] = n.of(ofActivity, iri)
	}
	rows, err := Activities.Among(ctx, s.J.DB(), programme, asked, "")
	out := map[string]xapi.Object{}
	for _, r := range rows {
		out[r.IRI] = definition(r.Definition)
	}
	return out, err
}
