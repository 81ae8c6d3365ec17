package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

func TestTutorsOfAGroup(t *testing.T) {
	s := open(t)
	group, marc := s.GroupID.String(), s.who["marc"].Person.String()
	at := "/group/tutors?group=" + group
	s.shows("nadia", at, 200, []string{"Leïla M.", "Take off", "nobody accompanies the group", "Marc M."})
	s.shows("leila", at, 403, nil)
	for _, c := range []struct {
		act, tutor, says string
	}{
		{"/group/tutor", marc, "Leïla M."},
		{"/group/tutor/off", marc, "no longer accompanies"},
		{"/group/tutor/off", s.Tutor.Person.String(), "Nobody accompanies this group now."},
	} {
		w := s.ask("nadia", c.act, url.Values{"group": {group}, "tutor": {c.tutor}})
		if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || to != at {
			t.Fatal(c.act, w.Code, to, w.Body)
		}
		s.says(s.follow("nadia", w), c.act, 200, []string{c.says})
	}
	s.shows("nadia", at, 200, []string{"Nobody accompanies this group. Give it a tutor.", "Leïla M."}, "Take off")
	s.shows("nadia", "/group/tutors?group="+id.New().String(), 404, nil)
	if w := s.ask("leila", "/group/tutor/off", url.Values{"group": {group}, "tutor": {marc}}); w.Code != 403 {
		t.Error(w.Code)
	}
}

func TestBringAndMove(t *testing.T) {
	s := open(t)
	alone, err := s.Enters("Оксана", "uk")
	s.Must(err)
	empty := id.New()
	s.Must(s.OpenGroup(s.Ctx(), s.Act(), tutoring.NewGroup{ID: empty, Said: tutoring.Opened{Name: "Vide"}}))
	bring := "/group/bring?group=" + s.GroupID.String()
	s.shows("nadia", bring, 200, []string{"Name or number", "in no group yet", "Оксана", "Add to this group", "Tick everyone"}, "checked")
	s.shows("nadia", bring+"&all=1", 200, []string{"checked"}, "Tick everyone")
	s.says(s.ask("nadia", "/group/bring", url.Values{"group": {s.GroupID.String()}}), "nobody", 422, []string{"Tick at least one person."})
	s.shows("nadia", "/attention", 200, []string{"1 person learns in no group", "Group Vide has no tutor"})
	s.shows("nadia", "/person/"+alone.String(), 200, []string{"In no group yet.", "Lundi matin", "Add to this group"})
	s.shows("nadia", bring+"&q=nobody", 200, []string{"Nobody else with this name", "Enter someone"})
	s.shows("nadia", bring+"&q=окс", 200, []string{"Оксана", "Українська", "Add to this group"})
	s.shows("leila", bring, 403, nil)
	form := url.Values{"cid": {id.New().String()}, "group": {s.GroupID.String()}, "person": {alone.String()}}
	for range 2 {
		if w := s.ask("nadia", "/group/bring", form); w.Code != http.StatusSeeOther {
			t.Fatal(w.Code, w.Body)
		}
	}
	s.shows("leila", path(alone), 200, []string{"Оксана", "Group Lundi matin: move or take out", "has not agreed"})
	s.shows("nadia", bring+"&q=окс", 200, nil, "Add to this group")
	s.shows("nadia", bring, 200, nil, "in no group yet")
	s.shows("nadia", "/group/bring?group="+empty.String()+"&q=окс", 200, []string{"Оксана", "Lundi matin", "Add to this group"})
	s.shows("nadia", "/person/"+alone.String(), 200, []string{"Lundi matin", path(alone)}, "Add to this group")
	s.shows("leila", "/person/"+alone.String(), 200, nil, "<")
	if w := s.ask("leila", path(alone)+"/move", url.Values{"to": {id.New().String()}}); w.Code != 404 {
		t.Error("into another's group:", w.Code)
	}
	w := s.ask("leila", path(alone)+"/move", url.Values{"do": {"out"}})
	s.says(s.follow("leila", w), "out", 200, []string{"no longer in this group"})
	s.shows("leila", path(alone), 404, nil)
	gs, err := people.Grants(s.Ctx(), s.J.DB(), s.P.ID(), alone)
	s.Must(err)
	if len(gs) != 1 || gs[0] != (access.Grant{Role: access.Learner, Of: s.P.ID()}) {
		t.Errorf("%+v", gs)
	}
}

// Whoever is brought into a group is asked, on their own page, whether the tutor may see where they are.
func TestTheTutorsCardAsksOnce(t *testing.T) {
	s := open(t)
	who := s.Learner("Samir", 3, false)
	s.who["samir"] = access.Actor{Programme: s.P.ID(), Person: who, Name: "Samir", Grants: []access.Grant{{Role: access.Learner, Of: s.GroupID}}}
	s.shows("samir", "/mine", 200, []string{"Leïla M.", "May your online tutor see", "/me/permission", "you can learn all the same"})
	s.Must(s.People.Permit(s.Ctx(), s.Act(), who, people.Permission{Purpose: "share-progress-with-tutor", Version: 1}))
	s.shows("samir", "/mine", 200, []string{"Leïla M."}, "/me/permission")
	s.who["alone"] = access.Actor{Programme: s.P.ID(), Person: id.New(), Grants: []access.Grant{{Role: access.Learner, Of: s.P.ID()}}}
	s.shows("alone", "/mine", 200, nil, "<")
}
