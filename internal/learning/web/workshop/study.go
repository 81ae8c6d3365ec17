package workshop

import (
	"context"
	"slices"
	"strconv"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// study is what an author learns about one module.
type study struct {
	learning.Study
	c         *web.Ctx
	text      *content.Text // in the reader's language
	versions  []int64       // that have learners, the newest first, at most two: more do not fit
	better    []learning.Improvement
	since     int64 // the version to compare with today's; 0: none
	diffs     []content.Change
	newer     int64  // the origin's newest version, where it is newer than what was adopted
	origin    string // the programme it was adopted from
	home      string // its slug
	choice    choice // what its form said
	deciding  id.ID  // the remark or finding whose form was not accepted
	faults    []fault.Field
	trials    []learning.Trial
	typed     concluding // a finding that was not accepted, as it was typed
	translate bool       // the reader may translate
}

// study shows it: who reads, where they err, what they said, and whether a change helped.
func (p *Pages) study(c *web.Ctx) error {
	s, err := p.read(c)
	if fault.Is(err, fault.NotFound) {
		if _, ok, failed := p.Learning.Manuscript(c, c.PID(), c.R.PathValue("slug")); ok && failed == nil {
			return c.Go(address(c, "/edit"))
		}
	}
	if err != nil {
		return err
	}
	f := c.Frame(s.text.Title)
	return c.Page(f, studyPage(s, f))
}

func (p *Pages) read(c *web.Ctx) (s study, err error) {
	s.c, s.translate = c, c.Actor.May(access.Read, access.Translate)
	if s.Study, err = p.Learning.Study(c, c.PID(), c.R.PathValue("slug")); err != nil {
		return s, err
	}
	if p.Trials != nil {
		if s.trials, err = p.Trials(c, c.PID(), s.Slug); err != nil {
			return s, err
		}
	}
	s.text = s.Text(c.Lang())
	for n := s.Number; n > 0 && len(s.versions) < 2; n-- {
		if e := s.Effects[n]; e != nil && len(e.Screens) > 0 {
			s.versions = append(s.versions, n)
		}
	}
	if len(s.versions) == 0 {
		s.versions = []int64{s.Number}
	}
	if err := p.improved(&s); err != nil {
		return s, err
	}
	s.since, _ = strconv.ParseInt(c.Query("since"), 10, 64) // nothing: none was chosen
	if s.diffs, err = p.since(s); err != nil {
		return s, err
	}
	return s, p.origin(c, &s)
}

// improved compares the two newest versions that learners have seen.
func (p *Pages) improved(s *study) error {
	if len(s.versions) < 2 {
		return nil
	}
	newer, older := s.versions[0], s.versions[1]
	before, err := p.source(*s, older)
	if err != nil || before == nil {
		return err
	}
	after, err := p.source(*s, newer)
	if err == nil && after != nil {
		s.better = telling(learning.Improvements(before, after, s.Effects[older], s.Effects[newer]))
	}
	return err
}

// telling keeps the changes of effect that are large enough to speak of, the largest first; the table has all.
func telling(all []learning.Improvement) (out []learning.Improvement) {
	for _, b := range all {
		if shift(b) >= learning.Telling {
			out = append(out, b)
		}
	}
	slices.SortStableFunc(out, func(a, b learning.Improvement) int { return int(shift(b) - shift(a)) })
	return out[:min(3, len(out))]
}

// shift is by how many of a hundred people an effect changed.
func shift(b learning.Improvement) int64 {
	d := b.After.Percent() - b.Before.Percent()
	return max(d, -d)
}

// source is a version's text in the source language; nil where the version is not among those read.
func (p *Pages) source(s study, number int64) (*content.Text, error) {
	i := slices.IndexFunc(s.Versions, func(v learning.VersionRow) bool { return v.Number == number })
	if i < 0 {
		return nil, nil
	}
	m, err := p.Learning.PackageOf(s.Versions[i].Package)
	if err != nil {
		return nil, err
	}
	return m.Languages[s.Source], nil
}

func (p *Pages) since(s study) ([]content.Change, error) {
	before, err := p.source(s, s.since)
	if err != nil || before == nil {
		return nil, err
	}
	return content.Diff(before, s.Content.Languages[s.Source]), nil
}

// origin looks where an adopted module came from.
func (p *Pages) origin(c *web.Ctx, s *study) error {
	o := programmeOf(c, s.Origin)
	if o == nil {
		return nil
	}
	s.origin, s.home = o.Name.In(c.Lang()), o.Slug
	m, err := p.Learning.Module(c, o.ID(), s.Slug)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err == nil && m.Number > s.OriginNumber {
		s.newer = m.Number
	}
	return err
}

// tally of a screen in a version.
func (s study) tally(number int64, screen string) learning.Tally {
	if e := s.Effects[number]; e != nil {
		return e.Screens[screen]
	}
	return learning.Tally{}
}

// open are the remarks in words that nobody has decided: of one screen, or with "" of the whole.
func (s study) open(screen string) (out []learning.RemarkRow) {
	for _, r := range s.Remarks {
		if r.State == "open" && r.Text != "" && r.Screen == screen {
			out = append(out, r)
		}
	}
	return out
}

// allOpen are those of every screen, in the screens' order, then of the whole and of screens that are gone.
func (s study) allOpen() (out []learning.RemarkRow) {
	for _, screen := range s.text.Screens {
		out = append(out, s.open(screen.ID)...)
	}
	for _, r := range s.Remarks {
		if r.State == "open" && r.Text != "" && !slices.ContainsFunc(out, func(o learning.RemarkRow) bool { return o.Entry == r.Entry }) {
			out = append(out, r)
		}
	}
	return out
}

// decided are the latest that were.
func (s study) decided() (out []learning.RemarkRow) {
	for _, r := range s.Remarks {
		if r.State != "open" && len(out) < 20 {
			out = append(out, r)
		}
	}
	return out
}

// faces counts how learners found the module: glad, so-so, sad.
func (s study) faces() (n [4]int) {
	for _, r := range s.Remarks {
		if r.Face > 0 && r.Face < 4 {
			n[r.Face]++
		}
	}
	return n
}

// bars are the screens of the newest version that learners have seen, by how many of a hundred err.
func (s study) bars() (out []ui.Bar) {
	e := s.Effects[s.versions[0]]
	if e == nil || len(e.Screens) == 0 {
		return nil
	}
	worst := int64(0)
	for i, screen := range s.text.Screens[:min(24, len(s.text.Screens))] {
		t := e.Screens[screen.ID]
		out = append(out, ui.Bar{Label: strconv.Itoa(i + 1), N: t.Percent(), Note: screen.Title})
		worst = max(worst, t.Percent())
	}
	for i := range out {
		out[i].Key = worst > 0 && out[i].N == worst
	}
	return out
}

// decide records what becomes of a remark.
func (p *Pages) decide(c *web.Ctx) error {
	m, err := p.module(c)
	if err != nil {
		return err
	}
	remark, err := id.Parse(c.Form("remark"))
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	d := learning.Decided{Remark: remark, Because: c.Form("because")}
	if d.Change, err = becomes(c); err == nil {
		err = p.Learning.Decide(c, c.Act(), m.Owner, d)
	}
	if fs := fault.FieldsOf(err); fs != nil {
		return p.studyAgain(c, remark, fs)
	}
	if err != nil {
		return err
	}
	return c.GoSaying(address(c, "#remarks"), "author.decided")
}

func (p *Pages) studyAgain(c *web.Ctx, deciding id.ID, fs []fault.Field) error {
	s, err := p.read(c)
	if err != nil {
		return err
	}
	s.deciding, s.faults, s.choice = deciding, fs, choice{c.Form("becomes"), c.Form("because")}
	f := c.Frame(s.text.Title)
	return c.Again(f, studyPage(s, f))
}

// choice is a decision as its form says it.
type choice struct {
	becomes, because string
}

// becomes is what a form decides: nothing is chosen before, so that nobody decides without looking.
func becomes(c *web.Ctx) (change bool, err error) {
	switch c.Form("becomes") {
	case "change":
		return true, nil
	case "keep":
		return false, nil
	}
	return false, fault.Fields(fault.Field{Name: "becomes", Key: "author.remark.undecided"})
}

// chosen is what was decided of a remark or finding whose form was not accepted.
func (s study) chosen(entry id.ID) choice {
	if s.deciding != entry {
		return choice{}
	}
	return s.choice
}

// wrong is what is wrong with a field of that form, or empty.
func (s study) wrong(ctx context.Context, entry id.ID, name string) string {
	if s.deciding != entry {
		return ""
	}
	return said(ctx, name, s.faults)
}

// retire takes a module out of the library, with a reason.
func (p *Pages) retire(c *web.Ctx) error {
	m, err := p.module(c)
	if err != nil {
		return err
	}
	err = p.Learning.Retire(c, c.Act(), m.Owner, c.Form("why"))
	if fs := fault.FieldsOf(err); fs != nil {
		return p.studyAgain(c, id.ID{}, fs)
	}
	if err != nil {
		return err
	}
	return c.GoSaying("/modules", "author.retired")
}

func (s study) started() (n int64) {
	for _, e := range s.Effects {
		n += e.Started
	}
	return n
}

func (s study) finished() (n int64) {
	for _, e := range s.Effects {
		n += e.Finished
	}
	return n
}

// stopped counts those whose last screen it is, in every version: they may still come back to it.
func (s study) stopped(screen string) (n int64) {
	for _, e := range s.Effects {
		n += e.Screens[screen].Stopped
	}
	return n
}

// title is the module's face in a language; ok is false where it does not speak it.
func (s study) title(lang string) (t learning.TitleRow, ok bool) {
	i := slices.IndexFunc(s.Titles, func(t learning.TitleRow) bool { return t.Lang == lang })
	if i < 0 {
		return t, false
	}
	return s.Titles[i], true
}

// verdict is the colour of a change's effect; of few people it has none.
func verdict(b learning.Improvement) string {
	switch before, after := b.Before.Percent(), b.After.Percent(); {
	case b.Few():
		return ""
	case after < before:
		return "ok"
	case after > before:
		return "wait"
	}
	return ""
}
