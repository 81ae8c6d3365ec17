package tutoring

import "tremplin/internal/core/access"

// Queries are the texts that find people, for a test of how they are found.
func (s *Service) Queries(a access.Actor, sel Selection) map[string][]any {
	b := &binder{args: []any{a.Programme}}
	standings := s.standings(b, a, access.Read, sel)
	c := &binder{args: []any{a.Programme}}
	return map[string][]any{standings: b.args, s.erringText(c, a, sel): c.args}
}
