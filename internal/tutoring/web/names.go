package web

import (
	"context"
	"net/url"
	"strings"
	"time"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/paper"
	"tremplin/internal/core/ui"
	"tremplin/internal/tutoring"
)

// tongue is a language as paper wants it.
func tongue(code string) paper.Tongue {
	return paper.Tongue{Lang: code, RTL: i18n.Dir(code) == "rtl"}
}

// when says a day as people do: today, yesterday, or its date.
func when(ctx context.Context, now time.Time, at int64) string {
	switch t := time.UnixMicro(at); {
	case at == 0:
		return "—"
	case dayOf(t) == dayOf(now):
		return i18n.T(ctx, "tutoring.today")
	case dayOf(t) == dayOf(now)-1:
		return i18n.T(ctx, "tutoring.yesterday")
	}
	return i18n.Micro(ctx, at)
}

// days since an instant, whole ones.
func days(now time.Time, at int64) int64 {
	return (now.UnixMicro() - at) / (24 * time.Hour).Microseconds()
}

// fresh tells whether somebody's standing began today or yesterday.
func fresh(now time.Time, r tutoring.Row) bool {
	return r.Since() > 0 && dayOf(time.UnixMicro(r.Since())) >= dayOf(now)-1
}

// dayOf counts days, UTC.
func dayOf(t time.Time) int64 { return t.UTC().Unix() / 86400 }

// kinds of tags, by standing.
var kinds = map[tutoring.Standing]string{tutoring.Stuck: "bad", tutoring.Silent: "wait", tutoring.Moving: "ok", tutoring.Finished: "ok", tutoring.Private: "quiet"}

// rowClass marks who needs the tutor, and what changed since yesterday.
func rowClass(now time.Time, r tutoring.Row) string {
	var out []string
	if r.Standing == tutoring.Stuck {
		out = append(out, "on")
	}
	if fresh(now, r) {
		out = append(out, "new")
	}
	return strings.Join(out, " ")
}

// address puts values into the address of a page; empty ones are left out.
func address(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func groupPath(r tutoring.Row) string { return "/group/" + r.ID.String() }

// text says a zero id as nothing.
func text(v id.ID) string {
	if v.IsZero() {
		return ""
	}
	return v.String()
}

// groupOptions are groups to choose from.
func groupOptions(groups []tutoring.GroupRow, chosen string) (out []ui.Option) {
	for _, g := range groups {
		out = append(out, ui.Option{Value: g.Owner.String(), Text: g.Name, Hint: g.Place, Chosen: g.Owner.String() == chosen})
	}
	return out
}
