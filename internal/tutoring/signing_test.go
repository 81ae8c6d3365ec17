package tutoring_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// scrawl is a stroke, drawn on nothing.
func scrawl() []byte {
	m := image.NewNRGBA(image.Rect(0, 0, 320, 140))
	for x := 20; x < 220; x++ {
		m.Set(x, 30+x/4, color.NRGBA{28, 36, 48, 255})
		m.Set(x, 31+x/4, color.NRGBA{28, 36, 48, 255})
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m) // into memory: cannot fail
	return b.Bytes()
}

func (r *room) looks(who id.ID) int {
	r.T.Helper()
	rows, err := r.People.Lookers(r.Ctx(), r.P.ID(), who)
	r.Must(err)
	return len(rows)
}

// A signature drawn on the tutor's screen is kept sealed, signs as the person was marked, opens for whoever may
// hold the session, and says that it was opened; sent twice, it is there once.
func TestDrawnSignature(t *testing.T) {
	eachRoom(t, func(r *room) {
		amina := r.Learner("Amina", 20, true)
		m := tutoring.Mark{Person: amina, Half: 1}
		if err := r.SignByHand(r.Ctx(), r.Act(), r.Tutor, r.session, m, scrawl()); !fault.Is(err, fault.Conflict) {
			r.T.Error("before it began:", err)
		}
		r.start()
		r.mark(amina, tutoring.Late, id.ID{})
		m.Over = r.morning(amina).Entry
		a, before := r.Act(), r.entries()
		for range 2 {
			r.Must(r.SignByHand(r.Ctx(), a, r.Tutor, r.session, m, scrawl()))
		}
		r.Must(r.SignByHand(r.Ctx(), r.Act(), r.Boss, r.session, m, scrawl())) // another device, which had not seen the first
		w := r.morning(amina)
		if w.State != tutoring.Late || w.How != tutoring.ByHand || w.OwnAt == 0 || w.Document == "" || w.Signed || r.entries() != before+1 {
			r.T.Errorf("%+v, %d entries more", w, r.entries()-before)
		}
		r.end(3)
		if w = r.morning(amina); !w.Signed {
			r.T.Errorf("%+v", w)
		}
		shut, err := r.Learning.Blobs.Get(blob.Hash(w.Document))
		if r.Must(err); bytes.Contains(shut, []byte("PNG")) {
			r.T.Error("the signature lies open")
		}
		for range 2 {
			ink, err := r.Drawn(r.Ctx(), r.Boss, w)
			if r.Must(err); !bytes.HasPrefix(ink, []byte("\x89PNG")) || r.looks(amina) != 1 {
				r.T.Error(r.looks(amina), "openings")
			}
		}
		r.Must(r.People.Erase(r.Ctx(), r.Act(), amina, "asked"))
		r.Must(r.J.Erase(r.Ctx(), r.P.ID(), amina)) // as the job that follows does
		if _, err := r.Drawn(r.Ctx(), r.Boss, w); err == nil {
			r.T.Error("a signature outlives its person")
		}
	})
}

// What is drawn without anybody, late or wrongly is refused, and nothing is written.
func TestNoSignature(t *testing.T) {
	eachRoom(t, func(r *room) {
		amina := r.Learner("Amina", 20, true)
		r.start()
		before := r.entries()
		for _, bad := range [][]byte{nil, []byte("<svg/>"), make([]byte, tutoring.MaxDrawing+1)} {
			if fs := fault.FieldsOf(r.SignByHand(r.Ctx(), r.Act(), r.Tutor, r.session, tutoring.Mark{Person: amina, Half: 1}, bad)); len(fs) != 1 || fs[0].Name != "drawing" {
				r.T.Error(fs)
			}
		}
		for _, m := range []tutoring.Mark{{Person: amina, Half: 3}, {Person: id.New(), Half: 1}} {
			if err := r.SignByHand(r.Ctx(), r.Act(), r.Tutor, r.session, m, scrawl()); err == nil {
				r.T.Errorf("%+v is taken", m)
			}
		}
		other := r.Staff("Mehdi", access.Tutor, id.New())
		before += 2 // he is entered
		if err := r.SignByHand(r.Ctx(), r.Act(), other, r.session, tutoring.Mark{Person: amina, Half: 1}, scrawl()); !fault.Is(err, fault.NotFound) {
			r.T.Error(err)
		}
		if r.entries() != before {
			r.T.Errorf("%d entries more", r.entries()-before)
		}
		r.end(3)
		r.Now = r.Now.AddDate(0, 0, 1)
		if err := r.SignByHand(r.Ctx(), r.Act(), r.Tutor, r.session, tutoring.Mark{Person: amina, Half: 1}, scrawl()); !fault.Is(err, fault.Conflict) {
			r.T.Error("the day after:", err)
		}
	})
}

// The signature that waited on a device is of when it was drawn, though the session was ended meanwhile.
func TestSignatureArrivesLate(t *testing.T) {
	eachRoom(t, func(r *room) {
		amina := r.Learner("Amina", 20, true)
		r.start()
		drawn := r.Now.Add(10 * time.Minute)
		r.Now = r.Now.Add(time.Hour)
		r.end(3)
		r.Now = r.Now.AddDate(0, 0, 2)
		a := r.Act()
		a.At = drawn
		r.Must(r.SignByHand(r.Ctx(), a, r.Tutor, r.session, tutoring.Mark{Person: amina, Half: 1}, scrawl()))
		if w := r.morning(amina); w.State != tutoring.Present || w.OwnAt != drawn.UnixMicro() {
			r.T.Errorf("%+v", w)
		}
	})
}

// A card that is scanned signs for its person, once, and signs nobody in.
func TestCardSigns(t *testing.T) {
	eachRoom(t, func(r *room) {
		amina, badr := r.Learner("Amina", 20, true), r.Learner("Badr", 20, true)
		codes, err := r.PrintCards(r.Ctx(), r.Act(), []id.ID{amina, badr})
		r.Must(err)
		said := "https://tremplin.example.org/card/" + codes[amina] + "?lang=ar"
		r.start()
		r.mark(badr, tutoring.Late, id.ID{})
		a, before := r.Act(), r.entries()
		for i := range 3 {
			if i == 2 {
				a = r.Act()
			}
			got, err := r.Scan(r.Ctx(), a, r.Tutor, r.session, 1, said)
			if r.Must(err); got.Person.First != "Amina" || got.Before != (i > 0) || got.Now.How != tutoring.ByCard || got.Now.State != tutoring.Present || got.Now.OwnAt == 0 {
				r.T.Errorf("%d: %+v", i, got)
			}
		}
		if r.entries() != before+1 {
			r.T.Errorf("%d entries more", r.entries()-before)
		}
		got, err := r.Scan(r.Ctx(), r.Act(), r.Tutor, r.session, 1, "x/card/"+codes[badr])
		if r.Must(err); got.Now.State != tutoring.Late || got.Now.How != tutoring.ByCard {
			r.T.Errorf("%+v", got)
		}
		r.end(3)
		if w := r.morning(badr); !w.Signed {
			r.T.Errorf("%+v", w)
		}
	})
}

// A card that is old, wrong or of somebody else is told apart, and nothing is written.
func TestCardsRefused(t *testing.T) {
	eachRoom(t, func(r *room) {
		amina := r.Learner("Amina", 20, true)
		alone, err := r.Enters("Zoé", "fr")
		r.Must(err)
		old, err := r.PrintCards(r.Ctx(), r.Act(), []id.ID{amina, alone})
		r.Must(err)
		fresh, err := r.PrintCards(r.Ctx(), r.Act(), []id.ID{amina})
		r.Must(err)
		r.start()
		before := r.entries()
		for said, want := range map[string]string{
			"": "no-card", "https://x/s/7Q4K9M": "no-card", "https://x/card/": "no-card", "/card/a/b": "no-card", "/card/" + string(make([]byte, 700)): "no-card",
			"/card/" + old[amina]: "old", "/card/guessed": "old", "/card/" + old[alone]: "elsewhere",
		} {
			fs := fault.FieldsOf(func() error { _, err := r.Scan(r.Ctx(), r.Act(), r.Tutor, r.session, 1, said); return err }())
			if len(fs) != 1 || fs[0].Key != "tutoring.scan."+want {
				r.T.Errorf("%.60q: %v", said, fs)
			}
		}
		if r.entries() != before {
			r.T.Errorf("%d entries more", r.entries()-before)
		}
		_, err = r.Scan(r.Ctx(), r.Act(), r.Staff("Mehdi", access.Tutor, id.New()), r.session, 1, "/card/"+fresh[amina])
		if !fault.Is(err, fault.NotFound) {
			r.T.Error(err)
		}
		r.Must(r.WalkIn(r.Ctx(), r.Act(), r.Tutor, r.session, 1, people.Described{First: "Yusra", Language: "ar", Country: "FR"}))
	})
}

// Whoever holds the session signs like the others: sealed, by half-day, on its day.
func TestHolderSigns(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.Learner("Amina", 20, true)
		if err := r.SignAsHolder(r.Ctx(), r.Act(), r.Tutor, r.session, 1, scrawl()); !fault.Is(err, fault.Conflict) {
			r.T.Error("before it begins:", err)
		}
		r.start()
		for half, bad := range map[int64][]byte{1: []byte("<svg/>"), 3: scrawl()} {
			if fs := fault.FieldsOf(r.SignAsHolder(r.Ctx(), r.Act(), r.Tutor, r.session, half, bad)); len(fs) != 1 || fs[0].Name != "drawing" {
				r.T.Error(half, fs)
			}
		}
		other := r.Staff("Mehdi", access.Tutor, id.New())
		if err := r.SignAsHolder(r.Ctx(), r.Act(), other, r.session, 1, scrawl()); !fault.Is(err, fault.NotFound) {
			r.T.Error(err)
		}
		drawn := r.Now
		late := r.Act()
		late.Author, late.At = r.Tutor.Person, drawn
		r.Now = r.Now.AddDate(0, 0, 2)
		r.Must(r.SignAsHolder(r.Ctx(), late, r.Tutor, r.session, 1, scrawl()))
		r.Must(r.SignAsHolder(r.Ctx(), late, r.Tutor, r.session, 1, scrawl())) // the device did not hear the answer
		all, err := r.Autographs(r.Ctx(), r.Boss, r.session)
		r.Must(err)
		if len(all) != 1 || all[0].Half != 1 || all[0].At != drawn.UnixMicro() || all[0].Name == "" || !bytes.HasPrefix(all[0].Ink, []byte("\x89PNG")) {
			r.T.Errorf("%+v", all)
		}
		shut, err := r.Learning.Blobs.Get(blob.Hash(all[0].Document))
		if r.Must(err); bytes.Contains(shut, []byte("PNG")) {
			r.T.Error("the signature lies open")
		}
	})
}
