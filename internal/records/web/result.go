package web

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"tremplin/internal/core/i18n"
	"tremplin/internal/records/xapi"
)

func (t told) result() xapi.Object { return part(t.Object, "result") }

// score says points of points, or a share.
func (t told) score(ctx context.Context) string {
	s := part(t.result(), "score")
	var out []string
	if raw, ok := s["raw"].(xapi.Number); ok {
		points := string(raw)
		if best, ok := s["max"].(xapi.Number); ok {
			points = i18n.T(ctx, "records.score.of", "Points", points, "Max", string(best))
		}
		out = append(out, points)
	}
	if scaled, ok := s["scaled"].(xapi.Number); ok {
		f, _ := strconv.ParseFloat(string(scaled), 64)
		out = append(out, i18n.T(ctx, "records.score.share", "Percent", fmt.Sprintf("%.0f", f*100)))
	}
	return strings.Join(out, " · ")
}

// truth says yes or no where a result says it; else nothing.
func (t told) truth(ctx context.Context, name string) string {
	switch t.result()[name] {
	case true:
		return i18n.T(ctx, "records.yes")
	case false:
		return i18n.T(ctx, "records.no")
	}
	return ""
}

var lasting = regexp.MustCompile(`^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?)?$`)

// duration says how long it took as clocks do, "1:05:00"; what is rarer stays as it was written.
func (t told) duration() string {
	said := text(t.result(), "duration")
	m := lasting.FindStringSubmatch(said)
	if m == nil {
		return said
	}
	var seconds int64
	for i, unit := range []int64{86400, 3600, 60, 1} {
		n, _ := strconv.ParseInt(cmp.Or(m[i+1], "0"), 10, 32)
		seconds += n * unit
	}
	if seconds == 0 {
		return said
	}
	return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}
