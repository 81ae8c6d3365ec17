package tutoring_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
	"tremplin/internal/tutoring/tutoringtest"
)

// pictures is a house with Amina, and how many photos lie in it.
type pictures struct {
	*tutoringtest.House
	amina id.ID
	q     programme.Purpose
}

func (h *pictures) keep(agrees bool, taken []byte) error {
	return h.KeepPortrait(h.Ctx(), h.Act(), h.Tutor, h.amina, h.q, agrees, taken)
}

func (h *pictures) kept() (n int) {
	h.T.Helper()
	h.Must(h.J.DB().QueryRow(h.Ctx(), "select count(*) from draft where kind='photo'").Scan(&n))
	return n
}

func (h *pictures) shown(who access.Actor) bool {
	h.T.Helper()
	b, err := h.Portrait(h.Ctx(), h.P, who, h.amina)
	if err != nil && !fault.Is(err, fault.NotFound) {
		h.T.Error(err)
	}
	return bytes.HasPrefix(b, []byte("\xff\xd8"))
}

func face(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 400))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func eachPictures(t *testing.T, f func(h *pictures)) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		q, ok := tutoring.Picturing(h.P)
		if !ok {
			t.Fatal("the programme has no photos")
		}
		f(&pictures{h, h.Learner("Amina", 20, true), q})
	})
}

// A photo is kept with its person's permission alone, sealed, and shown to those who accompany them.
func TestPortraitNeedsPermission(t *testing.T) {
	eachPictures(t, func(h *pictures) {
		for _, c := range []struct {
			agrees bool
			taken  []byte
			field  string
		}{{false, face(t), "agrees"}, {true, nil, "photo"}, {true, []byte("<svg/>"), "photo"}, {true, make([]byte, tutoring.MaxPaper+1), "photo"}} {
			if fs := fault.FieldsOf(h.keep(c.agrees, c.taken)); len(fs) != 1 || fs[0].Name != c.field {
				h.T.Errorf("%s: %v", c.field, fs)
			}
		}
		if _, said, err := people.Permissions.One(h.Ctx(), h.J.DB(), h.P.ID(), "and owner=$2 and purpose=$3", h.amina, h.q.ID); said || err != nil || h.kept() != 0 {
			h.T.Error("what was refused is kept", err)
		}
		for range 2 {
			h.Must(h.keep(true, face(t)))
		}
		other := h.Staff("Mehdi", access.Tutor, id.New())
		if !h.shown(h.Tutor) || !h.shown(h.Boss) || h.shown(other) || h.kept() != 1 {
			h.T.Error("shown to others, or not to them")
		}
		if err := h.KeepPortrait(h.Ctx(), h.Act(), other, h.amina, h.q, true, face(t)); !fault.Is(err, fault.NotFound) {
			h.T.Error(err)
		}
		var body []byte
		h.Must(h.J.DB().QueryRow(h.Ctx(), "select body from draft where kind='photo'").Scan(&body))
		if bytes.Contains(body, []byte("JFIF")) {
			h.T.Error("the photo lies open")
		}
		next := h.q
		next.Version++
		for i := range h.P.Purposes {
			if h.P.Purposes[i].ID == next.ID {
				h.P.Purposes[i] = next
			}
		}
		if h.shown(h.Tutor) {
			h.T.Error("an older yes covers the newer notice")
		}
	})
}

// Whoever takes the permission back, the photo is shown no more, and is gone: at once, or the night after. A
// permission given again brings no old photo back.
func TestPortraitIsTakenBack(t *testing.T) {
	eachPictures(t, func(h *pictures) {
		h.Must(h.keep(true, face(t)))
		h.Must(h.Tidy(h.Ctx(), h.Now))
		if h.kept() != 1 {
			h.T.Fatal("a photo that may be shown is tidied away")
		}
		a := h.Act()
		for range 2 {
			h.Must(h.DropPortrait(h.Ctx(), a, h.Tutor, h.amina, h.q))
		}
		if h.shown(h.Tutor) || h.kept() != 0 {
			h.T.Error("still there")
		}
		h.Must(h.keep(true, face(t)))
		for _, given := range []bool{false, true} {
			h.Now = h.Now.Add(time.Minute)
			h.Must(h.People.Permit(h.Ctx(), h.Act(), h.amina, people.Permission{Purpose: h.q.ID, Given: given, Version: h.q.Version, Opens: h.q.Opens}))
			if h.shown(h.Tutor) {
				h.T.Error("shown after", given)
			}
		}
		h.Must(h.Tidy(h.Ctx(), h.Now))
		if h.kept() != 0 {
			h.T.Error("the night leaves it")
		}
	})
}
