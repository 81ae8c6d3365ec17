package people

import (
	"context"
	"strings"

	"tremplin/internal/core/id"
)

// Times at which a trial asks for a questionnaire.
const (
	BeforeTrial = "before"
	AfterTrial  = "after"
)

// Room keeps the code of a session as it is typed, and nothing else: an address says it.
func Room(code string) string {
	if len(code) != 6 || strings.Trim(code, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") != "" {
		return ""
	}
	return code
}

// AnsweredIn tells whether somebody answered a form for a trial: one query.
func (s *Service) AnsweredIn(ctx context.Context, programme, person id.ID, form, room string) (bool, error) {
	_, ok, err := RoomAnswers.One(ctx, s.J.DB(), programme, "and owner=$2 and form=$3 and room=$4", person, form, room)
	return ok, err
}

// CountIn counts, form by form, those who answered for a trial: one query. Nobody is named, and nothing is said of
// what they answered.
func (s *Service) CountIn(ctx context.Context, programme id.ID, room string) (map[string]int64, error) {
	sums, err := RoomAnswers.ReadTotals(ctx, s.J.DB(), programme, "answered", room+"|")
	out := map[string]int64{}
	for k, n := range sums {
		out[strings.TrimPrefix(k, room+"|")] = n
	}
	return out, err
}
