package tutoring

import (
	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// Queries are the texts that find people, for a test of how they are found.
func (s *Service) Queries(a access.Actor, sel Selection) map[string][]any {
	all := map[string][]any{
		tutorOf:    {a.Programme, a.Person},
		candidates: {a.Programme},
	}
	for _, write := range []func(*db.Args) string{
		func(args *db.Args) string { return s.membersText(args, a, access.Read, sel) },
		func(args *db.Args) string {
			return s.membersText(args, a, access.Read, Selection{Groups: sel.Groups, Only: []id.ID{a.Person}})
		},
		func(args *db.Args) string { return signsText(args, sel.Groups) },
		func(args *db.Args) string { return learnersIn(db.List(args, sel.Groups)) },
		func(args *db.Args) string { return tutorsIn(db.List(args, sel.Groups)) },
	} {
		args := db.Args{a.Programme}
		all[write(&args)] = args
	}
	return all
}
