package records

import (
	"context"
	"slices"

	"tremplin/internal/core/id"
	"tremplin/internal/records/xapi"
)

// DefinitionsOf are what is known of all activities that some statements name. What this programme says itself has it in
// its statements already.
func (s *Service) DefinitionsOf(ctx context.Context, programme id.ID, all ...Statement) (map[string]xapi.Object, error) {
	return s.Definitions(ctx, programme, named(slices.DeleteFunc(slices.Clone(all), func(w Statement) bool { return w.Client == programme })))
}

// named are the IRIs of all activities that some statements name.
func named(all []Statement) (iris []string) {
	for _, w := range all {
		for _, m := range xapi.Activities(w.Object) {
			if !slices.Contains(iris, m.ID()) {
				iris = append(iris, m.ID())
			}
		}
	}
	return iris
}

// Definitions are what is known of some activities, by IRI: one query, two where this programme offers some of them,
// which then says itself what they are.
func (s *Service) Definitions(ctx context.Context, programme id.ID, iris []string) (map[string]xapi.Object, error) {
	out, err := s.told(ctx, programme, iris)
	if err != nil {
		return nil, err
	}
	known, err := s.offered(ctx, programme, iris)
	for iri, a := range known {
		out[iri] = a.Definition
	}
	return out, err
}

// offered are the activities that this programme offers, of some IRIs: one query if any may be.
func (s *Service) offered(ctx context.Context, programme id.ID, iris []string) (map[string]Activity, error) {
	own := slices.DeleteFunc(slices.Clone(iris), func(iri string) bool { _, _, ok := Thing(iri); return !ok })
	if len(own) == 0 || s.Things == nil {
		return nil, nil
	}
	return s.Things(ctx, programme, own)
}

// told are what statements said of some activities, by IRI: one query.
func (s *Service) told(ctx context.Context, programme id.ID, iris []string) (map[string]xapi.Object, error) {
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
