package tutoring

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"

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
	Open         int                  // how many of them, at most MaxRemarks
}

// MaxRemarks bounds the open remarks that are read of a screen.
const MaxRemarks = 20

// Confusing finds the screen that most people of a list err on, in the modules as they now stand; ok is
// false where none is worth telling. Only those who share their progress count: two queries.
func (s *Service) Confusing(ctx context.Context, programme id.ID, lang string, l List) (c Confusion, ok bool, err error) {
	found := l.confusions()
	if len(found) == 0 {
		return c, false, nil
	}
	var ids []id.ID
	for _, f := range found {
		ids = append(ids, f.module)
	}
	modules, err := learning.Modules.Among(ctx, s.J.DB(), programme, ids, "and not retired")
	for _, f := range found {
		i := slices.IndexFunc(modules, func(m learning.ModuleRow) bool { return m.Owner == f.module && m.Number == f.number })
		if i >= 0 && err == nil {
			return s.place(ctx, programme, modules[i], lang, f.Confusion)
		}
	}
	return c, false, err
}

// confusion is a screen of one version of a module.
type confusion struct {
	Confusion
	module id.ID
	number int64
}

// maxConfusions bounds the screens that are considered: the first few are of modules that changed since.
const maxConfusions = 20

// confusions counts on which screens people err; those on which most do come first.
func (l List) confusions() []confusion {
	type key struct {
		module id.ID
		number int64
		screen string
	}
	at := map[key]*confusion{}
	for _, r := range l.all {
		for _, w := range r.Runs {
			for screen, wrong := range w.Screens() {
				k := key{w.Module, w.Number, screen}
				if at[k] == nil {
					at[k] = &confusion{Confusion{Screen: screen}, w.Module, w.Number}
				}
				at[k].count(wrong)
			}
		}
	}
	return worst(maps.Values(at))
}

// worst keeps the screens that are worth telling.
func worst(all iter.Seq[*confusion]) (out []confusion) {
	for c := range all {
		if Confuses(c.Seen, c.Erring) {
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(a, b confusion) int {
		return cmp.Or(cmp.Compare(b.Erring, a.Erring), slices.Compare(a.module[:], b.module[:]), cmp.Compare(b.number, a.number), cmp.Compare(a.Screen, b.Screen))
	})
	return out[:min(len(out), maxConfusions)]
}

func (c *confusion) count(wrong bool) {
	c.Seen++
	if wrong {
		c.Erring++
	}
}

// place says where the screen is and what people remarked on it.
func (s *Service) place(ctx context.Context, programme id.ID, row learning.ModuleRow, lang string, c Confusion) (Confusion, bool, error) {
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
	c.Remarks, err = s.Learning.OpenRemarks(ctx, programme, row.Owner, c.Screen, MaxRemarks)
	c.Open = len(c.Remarks)
	return c, c.At > 0, err
}
