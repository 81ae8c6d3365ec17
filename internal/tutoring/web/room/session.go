package room

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/paper"
	"tremplin/internal/core/text"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// meeting is the page of one session: what comes next depends on whether it is to come, runs, or is over.
type meeting struct {
	c      *web.Ctx
	f      ui.Frame
	sheet  tutoring.Sheet
	half   int64
	heard  []learning.RemarkRow
	module learning.Module
	papers []tutoring.PaperRow
	tried  learning.Effect // with the module, in this session
	code   string          // the QR code that phones scan, as SVG
	faults []fault.Field
	why    string
	hours  string

	cards    map[id.ID]string // marks of people's cards, on the page that a device keeps
	scanned  scanned          // what came of the card that was sent without script
	scanning bool
}

func (p *Pages) session(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	x, err := p.meeting(c, w)
	if err != nil {
		return err
	}
	return c.Page(x.f, sessionPage(x))
}

// meeting reads all that the page says: nine queries, of which three only where there is a module, and one more for a device that keeps it.
func (p *Pages) meeting(c *web.Ctx, w tutoring.SessionRow) (x meeting, err error) {
	x = meeting{c: c, f: c.Frame(w.Title), hours: c.Words.Decimal(w.Hours)}
	x.f.Path, x.f.Scripts = path(w), c.Site.Assets.Addresses("roll.js", "later.js")
	c.Camera() // for cards
	if x.half, _ = strconv.ParseInt(cmp.Or(c.Form("half"), c.Query("half")), 10, 64); x.half < 1 || x.half > max(w.Halves, 1) {
		x.half = w.HalfNow(c.Now())
	}
	if x.sheet, err = p.Tutoring.SheetOf(c, c.Actor, w, tutoring.Asks(c.Programme), tutoring.Photos(c.Programme)); err != nil {
		return x, err
	}
	if w.StartedAt > 0 {
		if x.papers, err = p.Tutoring.PapersOf(c, c.PID(), w.Owner); err != nil {
			return x, err
		}
	}
	if w.Code != "" && w.State != tutoring.Over {
		code, err := paper.QR(c.Origin() + "/s/" + w.Code)
		if err != nil {
			return x, err
		}
		x.code = string(code)
	}
	if c.Keeps() && x.signable() {
		if x.cards, err = p.Tutoring.CardMarks(c, c.PID(), x.sheet); err != nil {
			return x, err
		}
	}
	return x, p.learnt(&x, w)
}

// learnt reads what the session's module brought: remarks, and the screen that confuses.
func (p *Pages) learnt(x *meeting, w tutoring.SessionRow) (err error) {
	if w.Module == "" {
		return nil
	}
	if x.module, err = p.Learning.Module(x.c, x.c.PID(), w.Module); err != nil {
		if fault.Is(err, fault.NotFound) { // taken out of the library since
			return nil
		}
		return err
	}
	if w.StartedAt == 0 {
		return nil
	}
	if x.tried, err = p.Learning.InRoom(x.c, x.c.PID(), x.module.Owner, w.Code); err != nil {
		return err
	}
	x.heard, err = p.Tutoring.Heard(x.c, x.c.PID(), w)
	return err
}

// screenLine is what the session brought about one screen.
type screenLine struct {
	id          string
	at          int
	title, lang string
	tally       learning.Tally
	remarks     int
}

// screens are those of the module on which somebody of the session did or said something.
func (x meeting) screens() (out []screenLine) {
	if x.module.Content == nil {
		return nil
	}
	text := x.module.Text(x.c.Lang())
	for i, s := range text.Screens {
		l := screenLine{id: s.ID, at: i + 1, title: s.Title, lang: text.Lang, tally: x.tried.Screens[s.ID]}
		for _, r := range x.heard {
			if r.Screen == s.ID {
				l.remarks++
			}
		}
		if l.tally.Seen+l.tally.Stopped > 0 || l.remarks > 0 {
			out = append(out, l)
		}
	}
	return out
}

func (p *Pages) start(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	if err := p.Tutoring.Start(c, c.Act(), c.Actor, w.Owner); err != nil {
		return err
	}
	return c.Go(path(w))
}

func (p *Pages) callOff(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	err = p.Tutoring.CallOff(c, c.Act(), c.Actor, w.Owner, c.Form("why"))
	if fs := fault.FieldsOf(err); fs != nil {
		return p.again(c, w, fs)
	}
	if err != nil {
		return err
	}
	return c.GoSaying(path(w), "room.called-off")
}

// again shows the session's page with what was wrong and what was typed.
func (p *Pages) again(c *web.Ctx, w tutoring.SessionRow, fs []fault.Field) error {
	x, err := p.meeting(c, w)
	if err != nil {
		return err
	}
	x.faults, x.why = fs, c.Form("why")
	x.hours = cmp.Or(c.Form("hours"), x.hours)
	return c.Again(x.f, sessionPage(x))
}

// end closes the session and counts its hours.
func (p *Pages) end(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	hours, err := strconv.ParseFloat(strings.ReplaceAll(text.Digits(c.Form("hours")), ",", "."), 64)
	if err != nil {
		return p.again(c, w, []fault.Field{{Name: "hours", Key: "room.hours.wrong"}})
	}
	err = p.Tutoring.End(c, c.Act(), c.Actor, w.Owner, hours)
	if fs := fault.FieldsOf(err); fs != nil {
		return p.again(c, w, []fault.Field{{Name: "hours", Key: "room.hours.wrong"}})
	}
	if err != nil {
		return err
	}
	return c.GoSaying(path(w), "room.ended")
}

// mark takes one mark of one person.
func (p *Pages) mark(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	m := tutoring.Mark{State: c.Form("state"), How: tutoring.ByRoll}
	m.Person, err = id.Parse(c.Form("person"))
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	m.Half, _ = strconv.ParseInt(c.Form("half"), 10, 64) // what is no number is refused by the service
	m.Over, _ = id.Parse(c.Form("over"))                 // nothing was marked
	if err := p.Tutoring.Roll(c, c.Act(), c.Actor, w.Owner, m); err != nil {
		return err
	}
	return c.Go(path(w) + "?half=" + c.Form("half") + "#p-" + m.Person.String())
}

// walkIn takes somebody who comes unannounced: a first name and a language are enough.
func (p *Pages) walkIn(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	partner, err := p.Tutoring.Partner(c, c.Actor, w.InGroup, w)
	if err != nil {
		return err
	}
	said := people.Described{First: c.Form("first"), Language: c.Form("language"), Country: partner.Country}
	half, _ := strconv.ParseInt(c.Form("half"), 10, 64) // what is no number is refused by the service
	if !slices.Contains(c.Programme.Languages, said.Language) {
		return p.again(c, w, []fault.Field{{Name: "language", Key: "tutoring.enter.language"}})
	}
	err = p.Tutoring.WalkIn(c, c.Act(), c.Actor, w.Owner, half, said)
	if fs := fault.FieldsOf(err); fs != nil {
		return p.again(c, w, fs)
	}
	if err != nil {
		return err
	}
	return c.GoSaying(path(w)+"?half="+c.Form("half"), "room.walked-in")
}

// markRest marks everybody who is not marked yet.
func (p *Pages) markRest(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	x, err := p.meeting(c, w)
	if err != nil {
		return err
	}
	var marks []tutoring.Mark
	for _, r := range x.sheet.People {
		if r.Half(x.half).State == "" {
			marks = append(marks, tutoring.Mark{Person: r.ID, Half: x.half, State: c.Form("state"), How: tutoring.ByRoll})
		}
	}
	if err := p.Tutoring.Roll(c, c.Act(), c.Actor, w.Owner, marks...); err != nil {
		return err
	}
	return c.Go(path(w) + "?half=" + strconv.FormatInt(x.half, 10))
}

// finished counts those of the roll who finished the session's module since it began.
func (x meeting) finished() (n int) {
	for _, p := range x.sheet.People {
		for _, r := range p.Runs {
			if r.Module == x.module.Owner && r.FinishedAt >= x.sheet.Session.StartedAt {
				n++
			}
		}
	}
	return n
}

// place is where somebody is in the session's module, or empty.
func (x meeting) place(p tutoring.Attendee) string {
	if x.sheet.Session.StartedAt == 0 {
		return ""
	}
	for _, r := range p.Runs {
		if r.Module != x.module.Owner || r.LastAt < x.sheet.Session.StartedAt {
			continue
		}
		if r.FinishedAt > 0 {
			return x.c.T("room.finished")
		}
		return x.c.T("room.at-screen", "At", r.At, "Of", r.Of)
	}
	return ""
}

// languages are those of the session, by name.
func languages(w tutoring.SessionRow) string {
	var out []string
	for _, l := range strings.Fields(w.Languages) {
		out = append(out, i18n.Name(l))
	}
	return strings.Join(out, ", ")
}

// stateTags are the colours of how somebody stands.
var stateTags = map[string]string{tutoring.Present: "ok", tutoring.Late: "ok", tutoring.Gone: "ok", tutoring.Excused: "", tutoring.Absent: "wait"}

// here counts those who are there in the half-day that is shown.
func (x meeting) here() (n int) {
	for _, p := range x.sheet.People {
		if p.Half(x.half).There {
			n++
		}
	}
	return n
}

// there counts the half-days in which somebody was there; signed those that both have signed.
func (x meeting) there() (n int) {
	for _, p := range x.sheet.People {
		for _, a := range p.Halves {
			if a.There {
				n++
			}
		}
	}
	return n
}

func (x meeting) signed() (n int) {
	for _, p := range x.sheet.People {
		for _, a := range p.Halves {
			if a.Signed {
				n++
			}
		}
	}
	return n
}

// screenNumber is the place of a screen in the module as it is now, from 1; 0 where it is there no more.
func (x meeting) screenNumber(screen string) int {
	if x.module.Content == nil {
		return 0
	}
	for i, s := range x.module.Text(x.c.Lang()).Screens {
		if s.ID == screen {
			return i + 1
		}
	}
	return 0
}

func halvesOptions(ctx context.Context, chosen int64) []ui.Option {
	return []ui.Option{
		{Value: "1", Text: i18n.T(ctx, "room.halves.one"), Chosen: chosen == 1}, {Value: "2", Text: i18n.T(ctx, "room.halves.two"), Chosen: chosen == 2},
	}
}
