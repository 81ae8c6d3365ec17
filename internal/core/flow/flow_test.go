package flow_test

import (
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/flow"
)

var review = flow.Flow{Name: "review", Start: "draft", Moves: []flow.Move{
	{Name: "submit", From: []string{"draft", "returned"}, To: "submitted", Need: access.Modules},
	{Name: "return", From: []string{"submitted"}, To: "returned", Need: access.Modules, Say: []string{"why"}},
	{Name: "audit", From: []string{"submitted"}, To: "audited", Need: access.Sample},
	{Name: "burn", To: "burnt", Need: access.Settings},
}}

func actor(r access.Role) access.Actor {
	return access.Actor{Grants: []access.Grant{{Role: r}}}
}

func TestCheck(t *testing.T) {
	author := actor(access.Author)
	for _, c := range []struct {
		name, state, move string
		who               access.Actor
		said              map[string]string
		code              fault.Code
	}{
		{"from the start", "", "submit", author, nil, ""},
		{"again after a return", "returned", "submit", author, nil, ""},
		{"not from here", "submitted", "submit", author, nil, fault.Conflict},
		{"unknown move", "draft", "print", author, nil, fault.Invalid},
		{"not by this role", "draft", "submit", actor(access.Learner), nil, fault.Forbidden},
		{"nothing said", "submitted", "return", author, nil, fault.Invalid},
		{"said", "submitted", "return", author, map[string]string{"why": "Screen 3"}, ""},
		{"from anywhere", "audited", "burn", actor(access.Administrator), nil, ""},
	} {
		err := review.Check(c.state, c.move, c.who, c.said)
		if c.code == "" && err != nil || c.code != "" && !fault.Is(err, c.code) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestOpenDrawsOnlyWhatOneMayDo(t *testing.T) {
	got := review.Open("submitted", actor(access.Author))
	if len(got) != 1 || got[0] != "return" {
		t.Errorf("an author sees %v", got)
	}
	if got := review.Open("submitted", actor(access.Nobody)); len(got) != 0 {
		t.Errorf("nobody sees %v", got)
	}
}

func TestFoldNeverFails(t *testing.T) {
	if s, fits := review.Fold("", "submit"); s != "submitted" || !fits {
		t.Errorf("submit: %s %v", s, fits)
	}
	if s, fits := review.Fold("audited", "burn"); s != "burnt" || !fits {
		t.Errorf("burn: %s %v", s, fits)
	}
	if s, fits := review.Fold("audited", "print"); s != "audited" || fits {
		t.Errorf("a move that there is not: %s %v", s, fits)
	}
	if s, fits := review.Fold("audited", "submit"); s != "audited" || fits {
		t.Errorf("a move that does not fit changed the state to %s, %v", s, fits)
	}
}
