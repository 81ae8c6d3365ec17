package tutoring_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
	"tremplin/internal/tutoring/tutoringtest"
)

// room is a house with a session of its group, today.
type room struct {
	*tutoringtest.House
	session id.ID
	plan    tutoring.Planned
}

func eachRoom(t *testing.T, f func(r *room)) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		r := &room{House: h, session: id.New(), plan: tutoring.Planned{
			Kind: "trial", Title: "Parler au travail", Day: h.Now.Format(time.DateOnly), Starts: "09:30", Zone: "Europe/Paris", Halves: 2, Hours: 6,
			Mode: "on-site", Place: "Strasbourg", Organisation: h.P.OrganisationID("amsed"), Group: h.GroupID, Languages: []string{"fr", "ar"}, Module: "speaking-at-work",
		}}
		h.Must(h.Plan(h.Ctx(), h.Act(), h.Tutor, tutoring.Meeting{ID: r.session, Said: r.plan}))
		f(r)
	})
}

func (r *room) start() { r.Must(r.Start(r.Ctx(), r.Act(), r.Tutor, r.session)) }

func (r *room) end(hours float64) { r.Must(r.End(r.Ctx(), r.Act(), r.Tutor, r.session, hours)) }

// mark says a state of somebody's morning; over is the mark that the device had seen.
func (r *room) mark(who id.ID, state string, over id.ID) {
	r.T.Helper()
	r.Must(r.Roll(r.Ctx(), r.Act(), r.Tutor, r.session, tutoring.Mark{Person: who, Half: 1, State: state, How: tutoring.ByRoll, Over: over}))
}

// morning is what is known of somebody's first half-day.
func (r *room) morning(who id.ID) tutoring.AttendanceRow {
	r.T.Helper()
	row, _, err := tutoring.Attendances.One(r.Ctx(), r.J.DB(), r.P.ID(), "and owner=$2 and session=$3 and half=1", who, r.session)
	r.Must(err)
	return row
}

func (r *room) held() tutoring.SessionRow {
	r.T.Helper()
	w, err := r.MeetingOf(r.Ctx(), r.Tutor, r.session)
	r.Must(err)
	return w
}

func (r *room) entries() (n int) {
	r.T.Helper()
	r.Must(r.J.DB().QueryRow(r.Ctx(), "select count(*) from entry where programme=$1", r.P.ID()).Scan(&n))
	return n
}

func TestPlanSaysWhatIsWrong(t *testing.T) {
	eachRoom(t, func(r *room) {
		for field, spoil := range map[string]func(*tutoring.Planned){
			"day": func(p *tutoring.Planned) { p.Day = "31/12/2026" }, "starts": func(p *tutoring.Planned) { p.Starts = "9h30" },
			"title": func(p *tutoring.Planned) { p.Title = "" }, "hours": func(p *tutoring.Planned) { p.Hours = 0 },
			"halves": func(p *tutoring.Planned) { p.Halves = 3 }, "mode": func(p *tutoring.Planned) { p.Mode = "by post" },
			"place": func(p *tutoring.Planned) { p.Place = " " }, "zone": func(p *tutoring.Planned) { p.Zone = "Mars" },
			"link": func(p *tutoring.Planned) { p.Link = "javascript:alert(1)" }, "kind": func(p *tutoring.Planned) { p.Kind = "party" },
		} {
			p := r.plan
			spoil(&p)
			fs := fault.Of(r.Plan(r.Ctx(), r.Act(), r.Tutor, tutoring.Meeting{ID: id.New(), Said: p})).Fields
			if len(fs) != 1 || fs[0].Name != field {
				r.T.Errorf("%s: %v", field, fs)
			}
		}
	})
}

// Who does not accompany the group neither sees its session nor changes it.
func TestSessionsAreOfTheirGroup(t *testing.T) {
	eachRoom(t, func(r *room) {
		other := r.Staff("Mehdi", access.Tutor, id.New())
		amina := r.Learner("Amina", 20, true)
		for name, try := range map[string]func() error{
			"plan":  func() error { return r.Plan(r.Ctx(), r.Act(), other, tutoring.Meeting{ID: r.session, Said: r.plan}) },
			"new":   func() error { return r.Plan(r.Ctx(), r.Act(), other, tutoring.Meeting{ID: id.New(), Said: r.plan}) },
			"start": func() error { return r.Start(r.Ctx(), r.Act(), other, r.session) },
			"end":   func() error { return r.End(r.Ctx(), r.Act(), other, r.session, 3) },
			"off":   func() error { return r.CallOff(r.Ctx(), r.Act(), other, r.session, "Neige") },
			"roll": func() error {
				return r.Roll(r.Ctx(), r.Act(), other, r.session, tutoring.Mark{Person: amina, Half: 1, State: tutoring.Present, How: tutoring.ByRoll})
			},
			"stranger": func() error {
				return r.Roll(r.Ctx(), r.Act(), r.Tutor, r.session, tutoring.Mark{Person: id.New(), Half: 1, State: tutoring.Present, How: tutoring.ByRoll})
			},
		} {
			if err := try(); !fault.Is(err, fault.NotFound) {
				r.T.Errorf("%s: %v", name, err)
			}
		}
		if _, err := r.MeetingOf(r.Ctx(), other, r.session); !fault.Is(err, fault.NotFound) {
			r.T.Error(err)
		}
		r.Must(r.Start(r.Ctx(), r.Act(), r.Boss, r.session))
	})
}

// A half-day counts once both have signed: the person on their phone, whoever held the session at its end.
func TestBothSign(t *testing.T) {
	eachRoom(t, func(r *room) {
		amina, badr, chen := r.Learner("Amina", 20, true), r.Learner("Badr", 20, true), r.Learner("Chen", 20, true)
		if err := r.Here(r.Ctx(), r.Act(), amina, r.session, 1); !fault.Is(err, fault.Conflict) {
			r.T.Error("before it began:", err)
		}
		r.start()
		r.Must(r.Here(r.Ctx(), r.Act(), amina, r.session, 1))
		r.mark(badr, tutoring.Late, id.ID{})
		r.mark(chen, tutoring.Excused, id.ID{})
		if w := r.morning(amina); w.State != tutoring.Present || w.OwnAt == 0 || w.Signed {
			r.T.Errorf("%+v", w)
		}
		r.end(3)
		for who, want := range map[id.ID]bool{amina: true, badr: false, chen: false} {
			if w := r.morning(who); w.Signed != want {
				r.T.Errorf("%+v", w)
			}
		}
		r.Must(r.Roll(r.Ctx(), r.Act(), r.Tutor, r.session, tutoring.Mark{ // the paper comes the day after
			Person: badr, Half: 1, State: tutoring.Late, How: tutoring.ByPaper, Own: true, Document: "ab", Over: r.morning(badr).Entry,
		}))
		if w := r.morning(badr); !w.Signed || w.How != tutoring.ByPaper || w.State != tutoring.Late {
			r.T.Errorf("%+v", w)
		}
		row, err := r.One(r.Ctx(), r.Tutor, access.Read, "fr", badr, 1, 0)
		if r.Must(err); row.Halves != 1 {
			r.T.Errorf("%+v", row)
		}
	})
}

// A past session is corrected by one more mark; who was not there has signed nothing.
func TestCorrection(t *testing.T) {
	eachRoom(t, func(r *room) {
		amina := r.Learner("Amina", 20, true)
		r.start()
		r.Must(r.Here(r.Ctx(), r.Act(), amina, r.session, 1))
		r.end(3)
		r.Now = r.Now.AddDate(0, 0, 3)
		r.mark(amina, tutoring.Absent, r.morning(amina).Entry)
		if w := r.morning(amina); w.Signed || w.There || w.OwnAt != 0 || w.SealedAt != 0 {
			r.T.Errorf("%+v", w)
		}
		h, err := r.J.History(r.Ctx(), r.P.ID(), amina)
		r.Must(err)
		if last := h[len(h)-1]; last.Kind != tutoring.KindMarked.Name || time.UnixMicro(last.At).UTC().Format("2006-01-02 15:04") != r.plan.Day+" 08:30" {
			r.T.Error("a correction is of the day that it corrects:", last.Kind, time.UnixMicro(last.At).UTC())
		}
		r.mark(amina, tutoring.Late, r.morning(amina).Entry)
		if w := r.morning(amina); !w.There || w.SealedAt == 0 || w.Signed {
			r.T.Errorf("whoever corrects signs by it, and for nobody else: %+v", w)
		}
	})
}

// Two tutors close one session, and send their marks twice: nothing is there twice.
func TestTwoTutorsCloseOnce(t *testing.T) {
	eachRoom(t, func(r *room) {
		amina := r.Learner("Amina", 20, true)
		r.start()
		a, m := r.Act(), tutoring.Mark{Person: amina, Half: 1, State: tutoring.Present, How: tutoring.ByRoll}
		for range 3 {
			r.Must(r.Roll(r.Ctx(), a, r.Tutor, r.session, m))
		}
		r.Must(r.Roll(r.Ctx(), r.Act(), r.Boss, r.session, m)) // another device that had not seen the first
		r.end(3)
		before := r.entries()
		r.Must(r.End(r.Ctx(), r.Act(), r.Boss, r.session, 3))
		if after := r.entries(); after != before {
			r.T.Errorf("%d entries more", after-before)
		}
		r.Must(r.End(r.Ctx(), r.Act(), r.Boss, r.session, 3.5))
		if w := r.held(); w.Hours != 3.5 || w.State != tutoring.Over || r.entries() != before+1 {
			r.T.Errorf("%+v", w)
		}
	})
}

// Two devices call one roll without the other's marks, in either order and with any clock.
func TestMarksThatCross(t *testing.T) {
	for _, order := range [][2]string{{tutoring.Absent, tutoring.Present}, {tutoring.Present, tutoring.Absent}} {
		for _, off := range []int{0, -1, 1} {
			t.Run(fmt.Sprint(order, off), func(t *testing.T) {
				eachRoom(t, func(r *room) {
					amina := r.Learner("Amina", 20, true)
					r.start()
					for i, state := range order {
						a := r.Act()
						a.At = r.Now.AddDate(0, 0, off*i)
						r.Must(r.Roll(r.Ctx(), a, r.Tutor, r.session, tutoring.Mark{Person: amina, Half: 1, State: state, How: tutoring.ByRoll}))
					}
					if w := r.morning(amina); w.State != tutoring.Present || w.Differs != tutoring.Absent {
						r.T.Errorf("%+v", w)
					}
					r.mark(amina, tutoring.Absent, r.morning(amina).Entry) // somebody who saw both decides
					if w := r.morning(amina); w.State != tutoring.Absent || w.Differs != "" {
						r.T.Errorf("%+v", w)
					}
				})
			})
		}
	}
}

func TestSessionIsCalledOff(t *testing.T) {
	eachRoom(t, func(r *room) {
		if err := r.CallOff(r.Ctx(), r.Act(), r.Tutor, r.session, "  "); len(fault.Of(err).Fields) != 1 {
			r.T.Error(err)
		}
		r.Must(r.CallOff(r.Ctx(), r.Act(), r.Tutor, r.session, "Neige"))
		if w := r.held(); w.State != tutoring.Dropped || w.Why != "Neige" {
			r.T.Errorf("%+v", w)
		}
		r.Must(r.Plan(r.Ctx(), r.Act(), r.Tutor, tutoring.Meeting{ID: r.session, Said: r.plan})) // planned anew
		r.start()
		if err := r.CallOff(r.Ctx(), r.Act(), r.Tutor, r.session, "Neige"); !fault.Is(err, fault.Conflict) {
			r.T.Error(err)
		}
	})
}

// Somebody who comes unannounced is entered and present in one act, once, and is told at their first visit
// what is kept.
func TestWalkIn(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.start()
		a := r.Act()
		for range 2 {
			r.Must(r.WalkIn(r.Ctx(), a, r.Tutor, r.session, 1, people.Described{First: "Yusra", Language: "ar", Country: "FR"}))
		}
		s, err := r.SheetOf(r.Ctx(), r.Tutor, r.held(), 1, 1)
		r.Must(err)
		if len(s.People) != 1 || s.People[0].First != "Yusra" || s.People[0].Half(1).State != tutoring.Present || s.Count(2, "") != 1 {
			r.T.Errorf("%+v", s.People)
		}
		if err := r.WalkIn(r.Ctx(), r.Act(), r.Tutor, r.session, 1, people.Described{Language: "ar"}); len(fault.Of(err).Fields) != 1 {
			r.T.Error(err)
		}
	})
}

// A sheet that was photographed is kept sealed, signs for those who were there, and opens for whoever may hold
// the session alone; sent twice, it is there once.
func TestPaperSigns(t *testing.T) {
	eachRoom(t, func(r *room) {
		amina, badr := r.Learner("Amina", 20, true), r.Learner("Badr", 20, true)
		r.start()
		r.mark(amina, tutoring.Present, id.ID{})
		r.mark(badr, tutoring.Absent, id.ID{})
		r.end(3)
		var b bytes.Buffer
		r.Must(png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 60))))
		a := r.Act()
		for range 2 {
			r.Must(r.KeepPaper(r.Ctx(), a, r.Tutor, r.session, 1, b.Bytes()))
		}
		if w := r.morning(amina); !w.Signed || w.How != tutoring.ByPaper || w.Document == "" {
			r.T.Errorf("%+v", w)
		}
		if w := r.morning(badr); w.Signed || w.OwnAt != 0 {
			r.T.Errorf("%+v", w)
		}
		papers, err := r.PapersOf(r.Ctx(), r.P.ID(), r.session)
		if r.Must(err); len(papers) != 1 {
			r.T.Fatal(papers)
		}
		shut, err := r.Learning.Blobs.Get(blob.Hash(papers[0].Document))
		if r.Must(err); bytes.Contains(shut, []byte("JFIF")) || bytes.HasPrefix(shut, []byte("\xff\xd8")) {
			r.T.Error("the picture lies open")
		}
		_, seen, err := r.OpenPaper(r.Ctx(), r.Boss, r.session, papers[0].Entry)
		if r.Must(err); !bytes.HasPrefix(seen, []byte("\xff\xd8")) {
			r.T.Error("no JPEG")
		}
		other := r.Staff("Mehdi", access.Tutor, id.New())
		if _, _, err := r.OpenPaper(r.Ctx(), other, r.session, papers[0].Entry); !fault.Is(err, fault.NotFound) {
			r.T.Error(err)
		}
		for _, bad := range [][]byte{nil, []byte("<svg/>"), make([]byte, tutoring.MaxPaper+1)} {
			if err := r.KeepPaper(r.Ctx(), r.Act(), r.Tutor, r.session, 1, bad); len(fault.Of(err).Fields) != 1 {
				r.T.Error(err)
			}
		}
	})
}
