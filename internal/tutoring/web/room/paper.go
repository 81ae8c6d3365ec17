package room

import (
	"image"
	"strconv"
	"time"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/paper"
	"tremplin/internal/core/photo"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/tutoring"
)

// signRoom is the height of a row in which somebody signs, in points.
const signRoom = 30

// sheet is the attendance sheet: to be signed with a pen, or as it was signed.
func (p *Pages) sheet(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	s, err := p.Tutoring.SheetOf(c, c.Actor, w, tutoring.Asks(c.Programme), 0)
	if err == nil {
		err = p.Tutoring.Followed(c, c.PID(), &s)
	}
	if err != nil {
		return err
	}
	blank := c.Query("blank") != ""
	var ink inked
	if !blank {
		if ink, err = p.inked(c, s); err != nil {
			return err
		}
	}
	b, err := document(c, s, blank, ink).PDF(c.Now())
	if err != nil {
		return err
	}
	return c.Bytes("application/pdf", "sheet-"+w.HeldOn+".pdf", b)
}

// inked is what was drawn on screens: each signature in the cell of its half-day, and below the people a row for
// each who held the session.
type inked struct {
	drawings map[paper.Cell]*image.Gray
	holders  [][]string
}

func (p *Pages) inked(c *web.Ctx, s tutoring.Sheet) (inked, error) {
	out := inked{drawings: map[paper.Cell]*image.Gray{}}
	for i, who := range s.People {
		for half, a := range who.Halves {
			if a.How != tutoring.ByHand || a.Document == "" {
				continue
			}
			b, err := p.Tutoring.Drawn(c, c.Actor, a)
			if err != nil {
				return out, err
			}
			if out.drawings[paper.Cell{Row: i, Column: half + 1}], err = photo.Grey(b); err != nil {
				return out, err
			}
		}
	}
	return out, p.held(c, s, &out)
}

// held adds those who held the session; of several signatures of one half-day the last one counts.
func (p *Pages) held(c *web.Ctx, s tutoring.Sheet, out *inked) error {
	all, err := p.Tutoring.Autographs(c, c.Actor, s.Session.Owner)
	if err != nil {
		return err
	}
	rows := map[id.ID]int{}
	for _, a := range all {
		at, ok := rows[a.Author]
		if !ok {
			at = len(out.holders)
			rows[a.Author] = at
			out.holders = append(out.holders, append([]string{a.Name + "\n" + c.T("room.sheet.holder")}, make([]string, max(s.Session.Halves, 1))...))
		}
		cell := paper.Cell{Row: len(s.People) + at, Column: int(a.Half)}
		if out.drawings[cell] != nil {
			continue
		}
		out.holders[at][a.Half] = c.T("room.signed.own", "How", c.T("room.how.hand"), "When", clock(c, s.Session, a.At))
		if out.drawings[cell], err = photo.Grey(a.Ink); err != nil {
			return err
		}
	}
	return nil
}

func document(c *web.Ctx, s tutoring.Sheet, blank bool, ink inked) *paper.Document {
	w := s.Session
	d := &paper.Document{
		Tongue:       paper.Tongue{Lang: c.Lang(), RTL: i18n.Dir(c.Lang()) == "rtl"},
		Organisation: c.Programme.Name.In(c.Lang()), Title: c.T("room.sheet.title", "Title", w.Title),
	}
	d.Facts(
		paper.Fact{Label: c.T("room.day"), Value: dayOf(i18n.With(c, c.Words), w)},
		paper.Fact{Label: c.T("room.starts"), Value: w.Starts},
		paper.Fact{Label: c.T("room.hours"), Value: c.Words.Decimal(w.Hours)},
		paper.Fact{Label: c.T("room.place"), Value: w.Place},
	)
	t := paper.Table{Columns: []paper.Column{{Title: c.T("room.person"), Share: 2}}, Drawings: ink.drawings}
	for n := int64(1); n <= max(w.Halves, 1); n++ {
		t.Columns = append(t.Columns, paper.Column{Title: c.T(halfKey(w, n)), Share: 2})
	}
	for _, p := range s.People {
		t.Rows = append(t.Rows, line(c, w, p, blank))
	}
	t.Rows = append(t.Rows, ink.holders...)
	if t.MinHeight = 0; blank {
		t.MinHeight = signRoom
	}
	d.Table(t)
	if w.Mode != "on-site" && !blank {
		d.Heading(2, c.T("room.remote"))
		d.Para(c.T("room.remote.why"))
		d.Table(remote(c, s))
	}
	if len(ink.holders) == 0 {
		d.Sign(paper.Signer{Role: c.T("room.sheet.holder")})
	}
	return d
}

// remote is what proves that somebody took part from afar: when they connected, what they did in the
// module that was learnt, and when they were last asked how they are.
func remote(c *web.Ctx, s tutoring.Sheet) paper.Table {
	w := s.Session
	t := paper.Table{Columns: []paper.Column{
		{Title: c.T("room.person"), Share: 2}, {Title: c.T("room.remote.connected"), Share: 2}, {Title: c.T("room.remote.work"), Share: 2}, {Title: c.T("room.remote.asked"), Share: 1},
	}}
	module := learning.ModuleID(c.PID(), w.Module)
	for _, p := range s.People {
		row := []string{p.Name(), "—", "—", "—"}
		for _, a := range p.Halves {
			if a.OwnAt > 0 && a.How == tutoring.ByPhone {
				row[1] = clock(c, w, a.OwnAt)
			}
		}
		for _, r := range p.Runs {
			if r.Module == module {
				row[2] = c.T("room.at-screen", "At", r.Done, "Of", r.Of) + "\n" + clock(c, w, r.StartedAt) + " – " + clock(c, w, r.LastAt)
			}
		}
		if p.Asked > 0 {
			row[3] = i18n.Micro(i18n.With(c, c.Words), p.Asked)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// halfKey names a half-day: one that stands alone is neither morning nor afternoon.
func halfKey(w tutoring.SessionRow, half int64) string {
	if w.Halves < 2 {
		return "room.halves.one"
	}
	return "room.half." + strconv.FormatInt(half, 10)
}

func line(c *web.Ctx, w tutoring.SessionRow, p tutoring.Attendee, blank bool) []string {
	out := []string{p.Name()}
	for n := int64(1); n <= max(w.Halves, 1) && !blank; n++ {
		out = append(out, said(c, w, p.Half(n)))
	}
	return out
}

// said is a half-day in words: how somebody stood, and when each of the two signed.
func said(c *web.Ctx, w tutoring.SessionRow, a tutoring.AttendanceRow) string {
	if a.State == "" {
		return "—"
	}
	out := c.T("room.state." + a.State)
	if a.OwnAt > 0 {
		out += "\n" + c.T("room.signed.own", "How", c.T("room.how."+a.How), "When", clock(c, w, a.OwnAt))
	}
	if a.SealedAt > 0 {
		out += "\n" + c.T("room.signed.holder", "When", clock(c, w, a.SealedAt))
	}
	return out
}

// clock says an instant as the clocks show it where the session is held.
func clock(c *web.Ctx, w tutoring.SessionRow, at int64) string {
	t := time.UnixMicro(at).In(w.Begins().Location())
	return c.Words.Date(t) + " " + t.Format("15:04")
}
