package tutoring

import (
	"context"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/id"
	"tremplin/internal/learning"
)

// Confusion is a screen on which several people of a selection err.
type Confusion struct {
	Slug, Screen string
	At           int    // the screen's place, from 1
	Title, Lang  string // of the module
	Seen, Erring int64
	Remarks      []learning.RemarkRow // open ones about this screen, the latest first
	Open         int                  // how many of them, at most maxRemarks
}

// maxRemarks bounds the open remarks that are read.
const maxRemarks = 20

// Confusing finds the screen that most people of a selection err on, in the modules as they now stand;
// ok is false where none is worth telling. Only those who share their progress count: three queries.
func (s *Service) Confusing(ctx context.Context, a access.Actor, lang string, sel Selection) (Confusion, bool, error) {
	module, c, err := s.erring(ctx, a, sel)
	if err != nil || module.IsZero() {
		return c, false, err
	}
	return s.place(ctx, a.Programme, module, lang, c)
}

// erring finds the screen; the zero module where there is none.
func (s *Service) erring(ctx context.Context, a access.Actor, sel Selection) (module id.ID, c Confusion, err error) {
	b := &binder{args: []any{a.Programme}}
	found, err := s.J.DB().Query(ctx, s.erringText(b, a, sel), b.args...)
	if err != nil {
		return module, c, err
	}
	defer found.Close() //nolint:errcheck // Err below says what matters
	for found.Next() {
		var m id.ID
		if err := found.Scan(&m, &c.Screen, &c.Seen, &c.Erring); err != nil {
			return module, c, err
		}
		if Confuses(c.Seen, c.Erring) {
			return m, c, nil
		}
	}
	return module, c, found.Err()
}

// erringText counts before it asks which version is current: one row a screen, not one a try. A cross join
// keeps that order on SQLite.
func (s *Service) erringText(b *binder, a access.Actor, sel Selection) string {
	return `select t.module,t.screen,t.seen,t.erring from (
		select module,number,screen,count(*) as seen,sum(case when wrong>0 then 1 else 0 end) as erring from learning_try
			where programme=$1 and owner in (select p.owner from people_person p where p.programme=$1 and ` +
		s.reached(b, a, access.Read, sel) + ` and (` + shared(b, sel.Ask) + `)) group by module,number,screen) t
		cross join learning_module o
		where t.erring>0 and o.programme=$1 and o.owner=t.module and o.number=t.number and not o.retired order by t.erring desc,t.module,t.screen limit 20`
}

// place says where the screen is and what people remarked on it.
func (s *Service) place(ctx context.Context, programme, module id.ID, lang string, c Confusion) (Confusion, bool, error) {
	row, ok, err := learning.Modules.One(ctx, s.J.DB(), programme, "and owner=$2", module)
	if err != nil || !ok {
		return c, false, err
	}
	content, err := s.Learning.Package(blob.Hash(row.Package))
	if err != nil {
		return c, false, err
	}
	text := learning.Module{ModuleRow: row, Content: content}.Text(lang)
	c.Slug, c.Title, c.Lang = row.Slug, text.Title, text.Lang
	for i, w := range text.Screens {
		if w.ID == c.Screen {
			c.At = i + 1
		}
	}
	c.Remarks, err = s.RemarksOn(ctx, programme, module, c.Screen)
	c.Open = len(c.Remarks)
	return c, c.At > 0, err
}

// RemarksOn lists what is still open about a screen, the latest first. Nobody is named in it.
func (s *Service) RemarksOn(ctx context.Context, programme, module id.ID, screen string) ([]learning.RemarkRow, error) {
	return learning.Remarks.Select(ctx, s.J.DB(), programme,
		"and owner=$2 and screen=$3 and state='open' and text<>'' order by at desc,entry limit $4", module, screen, maxRemarks)
}
