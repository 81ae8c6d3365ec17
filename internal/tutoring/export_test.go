package tutoring

import (
	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
)

// Queries are the texts that find people, for a test of how they are found.
func (s *Service) Queries(a access.Actor, sel Selection) map[string][]any {
	all := map[string][]any{
		tutorOf:    {a.Programme, a.Person},
		candidates: {a.Programme},
	}
	for _, write := range []func(*binder) string{
		func(b *binder) string { return s.membersText(b, a, access.Read, sel) },
		func(b *binder) string {
			return s.membersText(b, a, access.Read, Selection{Groups: sel.Groups, Only: []id.ID{a.Person}})
		},
		func(b *binder) string { return signsText(b, sel.Groups) },
		func(b *binder) string { return learnersIn(b.list(sel.Groups)) },
		func(b *binder) string { return tutorsIn(b.list(sel.Groups)) },
	} {
		b := &binder{args: []any{a.Programme}}
		all[write(b)] = b.args
	}
	return all
}
