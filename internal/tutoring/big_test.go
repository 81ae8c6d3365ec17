package tutoring_test

import (
	"fmt"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/tutoring/tutoringtest"
)

func TestBig(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		monday(h)
		measure := func() {
			for range 2 {
				at := time.Now()
				_, _, err := h.List(h.Ctx(), h.Tutor, access.Read, "fr", h.Selection())
				h.Must(err)
				b := time.Now()
				_, err = h.Counts(h.Ctx(), h.Tutor, h.Selection())
				h.Must(err)
				c := time.Now()
				_, _, err = h.Confusing(h.Ctx(), h.Tutor, "fr", h.Selection())
				h.Must(err)
				fmt.Println(h.T.Name(), "list", b.Sub(at), "counts", c.Sub(b), "confusing", time.Since(c))
			}
			at := time.Now()
			_, _, err := h.List(h.Ctx(), h.Boss, access.Read, "fr", h.Selection())
			h.Must(err)
			_, err = h.One(h.Ctx(), h.Boss, access.Read, "fr", id.Named("learner", "Ahmed"), true)
			h.Must(err)
			fmt.Println("boss list+one", time.Since(at))
		}
		measure()
		groups := make([]id.ID, 5000)
		for i := range groups {
			groups[i] = id.New()
		}
		pid := h.P.ID()
		h.Must(h.J.DB().Update(h.Ctx(), func(tx *db.Tx) error {
			for i := range 150000 {
				who, g := id.New(), groups[i%5000]
				for _, q := range []struct {
					text string
					args []any
				}{
					{"insert into people_person(programme,owner,first,last,folded,language,country,gender,birth_year,phone,email,number,invented,joined_at) values($1,$2,$3,'',$3,'fr','FR','',0,'','','',$4,$5)", []any{pid, who, fmt.Sprint("p", i), false, int64(1)}},
					{"insert into people_role(programme,owner,role,of,since) values($1,$2,'learner',$3,1)", []any{pid, who, g}},
					{"insert into people_reach(programme,owner,reader,via,until) values($1,$2,$3,'role',0)", []any{pid, who, g}},
					{"insert into people_reach(programme,owner,reader,via,until) values($1,$2,$1,'programme',0)", []any{pid, who}},
				} {
					if _, err := tx.Exec(h.Ctx(), q.text, q.args...); err != nil {
						return err
					}
				}
			}
			return nil
		}))
		fmt.Println("filled")
		measure()
		if h.J.DB().Engine == db.PostgreSQL {
			_, err := h.J.DB().Exec(h.Ctx(), "analyze")
			h.Must(err)
			measure()
		}
		h.J.DB().Update(h.Ctx(), func(tx *db.Tx) error { tx.Exec(h.Ctx(), "delete from people_person where joined_at=1"); tx.Exec(h.Ctx(), "delete from people_role where since=1"); _, err := tx.Exec(h.Ctx(), "delete from people_reach where owner not in (select owner from people_person)"); return err })
	})
}
