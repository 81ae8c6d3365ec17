package tutoring_test

import (
	"slices"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// second is another group with a tutor and one person of it.
func (r *room) second() (group id.ID, tutor access.Actor, person id.ID) {
	r.T.Helper()
	group, person = id.New(), id.New()
	tutor = r.Staff("Mehdi", access.Tutor, group)
	r.Must(r.OpenGroup(r.Ctx(), r.Act(), tutoring.NewGroup{ID: group, Said: tutoring.Opened{Name: "Jeudi", Organisation: r.P.OrganisationID("rives-metiers")}}))
	r.Must(r.People.Enter(r.Ctx(), r.Act(), people.Newcomer{ID: person, Role: access.Learner, Of: group, Said: people.Described{First: "Zoé", Language: "fr", Country: "FR"}}))
	return group, tutor, person
}

func (r *room) names(who access.Actor, session id.ID) (out []string) {
	r.T.Helper()
	w, err := r.MeetingOf(r.Ctx(), who, session)
	r.Must(err)
	s, err := r.SheetOf(r.Ctx(), who, w, 1, 1)
	r.Must(err)
	for _, p := range s.People {
		out = append(out, p.First)
	}
	return out
}

// A session of two groups: each tutor holds it and sees their own, the coordinator sees all; nobody invites a
// group that is not theirs, and whom another invited stays.
func TestTwoGroups(t *testing.T) {
	eachRoom(t, func(r *room) {
		amina := r.Learner("Amina", 20, true)
		group, mehdi, zoe := r.second()
		plan := r.plan
		plan.Also = []id.ID{group}
		if err := r.Plan(r.Ctx(), r.Act(), r.Tutor, tutoring.Meeting{ID: r.session, Said: plan}); !fault.Is(err, fault.NotFound) {
			r.T.Error(err)
		}
		a := r.Act()
		for range 2 {
			r.Must(r.Plan(r.Ctx(), a, r.Boss, tutoring.Meeting{ID: r.session, Said: plan}))
		}
		plan.Title = "À deux groupes"
		r.Must(r.Plan(r.Ctx(), r.Act(), r.Tutor, tutoring.Meeting{ID: r.session, Said: plan}))
		for who, want := range map[string][]string{"boss": {"Amina", "Zoé"}, "leila": {"Amina"}, "mehdi": {"Zoé"}} {
			actor := map[string]access.Actor{"boss": r.Boss, "leila": r.Tutor, "mehdi": mehdi}[who]
			if got := r.names(actor, r.session); !slices.Equal(got, want) {
				r.T.Errorf("%s sees %v", who, got)
			}
			list, _, err := r.Meetings(r.Ctx(), actor, false, "", 10)
			if r.Must(err); len(list) != 1 || list[0].Title != plan.Title {
				r.T.Errorf("%s: %+v", who, list)
			}
		}
		r.Must(r.Start(r.Ctx(), r.Act(), mehdi, r.session))
		codes, err := r.PrintCards(r.Ctx(), r.Act(), []id.ID{amina, zoe})
		r.Must(err)
		if got, err := r.Scan(r.Ctx(), r.Act(), mehdi, r.session, 1, "/card/"+codes[zoe]); err != nil || got.Now.State != tutoring.Present {
			r.T.Error(got, err)
		}
		if _, err := r.Scan(r.Ctx(), r.Act(), mehdi, r.session, 1, "/card/"+codes[amina]); len(fault.FieldsOf(err)) != 1 {
			r.T.Error(err)
		}
		r.Must(r.WalkIn(r.Ctx(), r.Act(), mehdi, r.session, 1, people.Described{First: "Yusra", Language: "ar", Country: "FR"}))
		if got := r.names(mehdi, r.session); !slices.Equal(got, []string{"Yusra", "Zoé"}) {
			r.T.Error(got)
		}
	})
}

// A training invites tutors of organisations and by name; what they sign counts for their path.
func TestTrainingOfTutors(t *testing.T) {
	eachRoom(t, func(r *room) {
		_, mehdi, _ := r.second()
		paul := r.Staff("Paul", access.Tutor, r.P.OrganisationID("rives-metiers"))
		r.Staff("Inès", access.Tutor, r.P.OrganisationID("cap-ourthe"))
		training := id.New()
		plan := r.plan
		plan.Kind, plan.Group, plan.Module, plan.Path = "training", id.ID{}, "", "tutor"
		plan.Partners, plan.Tutors = []id.ID{r.P.OrganisationID("rives-metiers")}, []id.ID{r.Tutor.Person}
		if err := r.Plan(r.Ctx(), r.Act(), r.Tutor, tutoring.Meeting{ID: training, Said: plan}); !fault.Is(err, fault.NotFound) {
			r.T.Error("a tutor invites colleagues:", err)
		}
		for _, spoil := range []func(*tutoring.Planned){
			func(p *tutoring.Planned) { p.Kind = "trial" }, func(p *tutoring.Planned) { p.Group = r.GroupID }, func(p *tutoring.Planned) { p.Partners = []id.ID{id.New()} },
			func(p *tutoring.Planned) { p.Tutors = []id.ID{id.New()} }, func(p *tutoring.Planned) { p.Tutors = make([]id.ID, 61) },
		} {
			p := plan
			spoil(&p)
			if err := r.Plan(r.Ctx(), r.Act(), r.Boss, tutoring.Meeting{ID: training, Said: p}); len(fault.FieldsOf(err)) == 0 {
				r.T.Errorf("%+v is planned: %v", p, err)
			}
		}
		r.Must(r.Plan(r.Ctx(), r.Act(), r.Boss, tutoring.Meeting{ID: training, Said: plan}))
		if got := r.names(r.Boss, training); !slices.Equal(got, []string{"Leïla", "Mehdi", "Paul"}) {
			r.T.Error(got)
		}
		r.Must(r.Start(r.Ctx(), r.Act(), r.Boss, training))
		if err := r.WalkIn(r.Ctx(), r.Act(), r.Boss, training, 1, people.Described{First: "Yusra", Language: "ar", Country: "FR"}); !fault.Is(err, fault.NotFound) {
			r.T.Error("a learner comes to a training of tutors:", err)
		}
		for half := range int64(2) {
			r.Must(r.SignByHand(r.Ctx(), r.Act(), r.Boss, training, tutoring.Mark{Person: mehdi.Person, Half: half + 1}, scrawl()))
			r.Must(r.Here(r.Ctx(), r.Act(), paul.Person, training, half+1))
		}
		r.Must(r.End(r.Ctx(), r.Act(), r.Boss, training, 7))
		r.Now = r.Now.Add(time.Hour)
		for who, want := range map[id.ID]int64{mehdi.Person: 2, paul.Person: 2, r.Tutor.Person: 0} {
			all, _, err := r.Trainings(r.Ctx(), r.P, who, "fr")
			if r.Must(err); all[0].Half != want {
				r.T.Errorf("%d half-days, want %d", all[0].Half, want)
			}
		}
	})
}
