package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tremplin/internal/core/id"
	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
)

// platform is where the invented records come from.
const platform = "https://moodle.example.org"

// lessons are what is learnt there, each ending with a few questions.
var lessons = []struct{ slug, fr, en, ar string }{
	{"bienvenue", "Bienvenue sur la plateforme", "Welcome to the platform", "مرحبًا بكم في المنصّة"},
	{"securite", "La sécurité au travail", "Safety at work", "السلامة في العمل"},
	{"courriel", "Écrire un courriel", "Writing an e-mail", "كتابة رسالة إلكترونية"},
}

// readers learn there: who gives their mailbox is recognised, an account of that platform is tied to nobody here.
var readers = []struct{ name, mailbox string }{
	{"Amina", mailbox("amina")}, {"Bogdan", ""}, {"Fatou D.", mailbox("fatou")}, {"Oksana", mailbox("oksana")}, {"Kouassi", ""},
}

// mailbox is where an invented person gets no mail.
func mailbox(name string) string { return name + "@example.org" }

// sent lets a platform send its records of the last two weeks, before all else is written down: what arrives, arrives
// in order.
func (d *demo) sent(ctx context.Context) error {
	defer d.back.Store(int64(-written))
	first := d.now.AddDate(0, 0, -16)
	d.at(first)
	key, secret, err := d.Records.AddClient(ctx, d.act("client", "moodle", "", first), records.Client{
		Name: "Moodle", Scopes: []string{records.Write, records.ReadMine, records.States, records.Profiles},
	})
	if err != nil {
		return err
	}
	for ago := 15; ago > 3; ago-- {
		if err := d.sentOn(ctx, key, secret, d.now.AddDate(0, 0, -ago)); err != nil {
			return err
		}
	}
	return nil
}

// met lets each reader learn once more, when the programme knows them: whoever has a mailbox is recognised.
func (d *demo) met(ctx context.Context) error {
	day := d.now.AddDate(0, 0, -2)
	if day.Weekday() == time.Sunday {
		day = d.now.AddDate(0, 0, -1)
	}
	d.at(day)
	client := d.id("client", "moodle")
	who, err := d.Records.Client(ctx, d.p.ID(), client.String())
	if err != nil {
		return err
	}
	who.Home = platform
	for i := range readers {
		when := day.Add(time.Duration(i) * 23 * time.Minute)
		d.at(when)
		if _, err := d.Records.Take(ctx, who, records.Parcel{Version: xapi.V1, Statements: d.lesson(i, when)}); err != nil {
			return err
		}
	}
	return nil
}

// at sets the journal's clock.
func (d *demo) at(when time.Time) { d.back.Store(int64(when.Sub(d.now))) }

// sentOn sends the records of one day: nobody learns on Sundays, and on some days a few.
func (d *demo) sentOn(ctx context.Context, key, secret string, day time.Time) error {
	if day.Weekday() == time.Sunday {
		return nil
	}
	d.at(day)
	who, err := d.Records.Prove(ctx, []id.ID{d.p.ID()}, key, secret)
	if err != nil {
		return err
	}
	who.Home = platform
	for i := range 1 + day.Day()%4 {
		when := day.Add(time.Duration(i) * 23 * time.Minute)
		d.at(when)
		n := day.Day() + i
		if _, err := d.Records.Take(ctx, who, records.Parcel{Version: xapi.V1, Statements: d.lesson(n, when)}); err != nil {
			return err
		}
	}
	if day.Weekday() == time.Wednesday {
		return d.garbled(ctx, who)
	}
	return nil
}

// lesson is what the platform says of one reader and one lesson: that they read it, and how they answered.
func (d *demo) lesson(n int, when time.Time) []xapi.Object {
	points := 4 + n%7
	verb, fr, en := "passed", "a réussi", "passed"
	if points <= 5 {
		verb, fr, en = "failed", "n’a pas réussi", "failed"
	}
	quiz := d.said(n, verb, fr, en, when.Add(-2*time.Minute))
	quiz["result"] = xapi.Object{
		"score":   xapi.Object{"raw": number(points), "min": number(0), "max": number(10), "scaled": xapi.Number(fmt.Sprintf("%.1f", float64(points)/10))},
		"success": points > 5, "duration": fmt.Sprintf("PT%dM%dS", 3+n%9, n%60),
	}
	return []xapi.Object{d.said(n, "experienced", "a suivi", "experienced", when.Add(-12*time.Minute)), quiz}
}

func (d *demo) said(n int, verb, fr, en string, at time.Time) xapi.Object {
	l, who := lessons[n%len(lessons)], n%len(readers)
	course := xapi.Object{"id": platform + "/courses/1", "definition": xapi.Object{"name": xapi.Object{"fr": "Premiers pas", "en": "First steps"}}}
	return xapi.Object{
		"id":    d.id("statement", fmt.Sprint(at.Sub(d.now), verb, who)).String(),
		"actor": reader(who),
		"verb":  xapi.Object{"id": "http://adlnet.gov/expapi/verbs/" + verb, "display": xapi.Object{"fr": fr, "en": en}},
		"object": xapi.Object{"objectType": "Activity", "id": platform + "/lessons/" + l.slug, "definition": xapi.Object{
			"type": "http://adlnet.gov/expapi/activities/lesson", "name": xapi.Object{"fr": l.fr, "en": l.en, "ar": l.ar},
		}},
		"context":   xapi.Object{"platform": "Moodle", "language": "fr", "contextActivities": xapi.Object{"parent": []any{course}}},
		"timestamp": records.Stamp(at),
	}
}

func reader(i int) xapi.Object {
	out := xapi.Object{"objectType": "Agent", "name": readers[i].name}
	if readers[i].mailbox != "" {
		out["mbox"] = "mailto:" + readers[i].mailbox
	} else {
		out["account"] = xapi.Object{"homePage": platform, "name": fmt.Sprint(100 + i)}
	}
	return out
}

func number(n int) xapi.Number { return xapi.Number(fmt.Sprint(n)) }

// garbled is what a platform sends when something is wrong with it.
func (d *demo) garbled(ctx context.Context, who records.Known) error {
	came := []byte(`{"actor":{"mbox":"farid@example.org"},"verb":{"id":"http://adlnet.gov/expapi/verbs/completed"},"object":{"id":"` + platform + `/lessons/securite"}}`)
	v, err := xapi.Parse(came)
	if err != nil {
		return err
	}
	var why *xapi.Fault
	if !errors.As(xapi.Check(v, xapi.V1), &why) {
		return errors.New("what is garbled is right")
	}
	return d.Records.Refuse(ctx, who, records.Refused{Version: string(xapi.V1), Type: "application/json"}, why, came)
}
