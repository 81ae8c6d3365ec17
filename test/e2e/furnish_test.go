package e2e_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/programme"
	"tremplin/internal/impact"
	"tremplin/internal/people"
	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
	"tremplin/internal/tutoring"
	"tremplin/programmes"
)

// slugs: the demonstration's programme, and another in the same database whose ids must open nothing here.
const (
	here  = "migrantech"
	there = "migrantech-neighbour"
)

// What the other programme has.
var (
	foreignPerson = id.Named("e2e", "person")
	foreignGroup  = id.Named("e2e", "group")
)

// What both have: a report and a sample.
func filing(p id.ID) journal.Act { return journal.Act{Programme: p, ID: id.Named("e2e", "filing")} }

func drawing(p id.ID) journal.Act { return journal.Act{Programme: p, ID: id.Named("e2e", "drawing")} }

// foreignSlug is a module that only the other programme has.
const foreignSlug = "speaking-next-door"

// furnish begins the other programme, and files a report and a sample in both.
func (h *house) furnish(t *testing.T) {
	t.Helper()
	ctx, a := t.Context(), h.app
	_, err := a.Begin(ctx, there, time.Time{})
	must(t, err)
	next := programme.IDOf(there)
	must(t, a.People.Enter(ctx, journaltest.Act(next, id.ID{}),
		people.Newcomer{ID: foreignPerson, Role: access.Learner, Said: people.Described{First: "Vesna", Language: "fr"}}))
	must(t, a.Tutoring.OpenGroup(ctx, journaltest.Act(next, id.ID{}),
		tutoring.NewGroup{ID: foreignGroup, Said: tutoring.Opened{Name: "À côté", Organisation: a.Programmes[there].OrganisationID("amsed")}}))
	must(t, a.People.Enter(ctx, journaltest.Act(programme.IDOf(here), id.ID{}), people.Newcomer{ // as an import brings somebody: nobody told her
		ID: id.Named("e2e", "hala"), Role: access.Learner, Said: people.Described{First: "هالة", Language: "ar", Number: "hala", Invented: true},
	}))
	for slug, group := range map[string]id.ID{here: h.led(t, "", always).Group, there: foreignGroup} {
		h.meet(ctx, t, programme.IDOf(slug), group)
	}
	for _, slug := range []string{here, there} {
		h.connect(ctx, t, programme.IDOf(slug))
	}
	for slug, indicator := range map[string]string{here: "tutors-trained", there: "modules-languages"} {
		h.file(ctx, t, programme.IDOf(slug), indicator)
	}
}

// meetingOf is a session that runs, in each programme.
func meetingOf(p id.ID) id.ID { return id.Derive(p[:], []byte("e2e session")) }

// paperOf is a sheet of that session that was photographed.
func paperOf(p id.ID) id.ID { return id.Derive(p[:], []byte("e2e paper")) }

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 400))))
	return b.Bytes()
}

func (h *house) meet(ctx context.Context, t *testing.T, p, group id.ID) {
	t.Helper()
	boss := access.Actor{Programme: p, Person: id.Named("e2e", "boss"), Grants: []access.Grant{{Role: access.Coordinator, Of: p}}}
	must(t, h.app.Tutoring.Plan(ctx, journaltest.Act(p, boss.Person), boss, tutoring.Meeting{ID: meetingOf(p), Said: tutoring.Planned{
		Kind: "trial", Title: "Parler au travail", Day: "2026-11-23", Starts: "09:30", Zone: "Europe/Paris", Halves: 2, Hours: 6, Mode: "on-site",
		Place: "Salle 2", Group: group, Languages: []string{"fr", "ar"}, Module: "speaking-at-work",
	}}))
	must(t, h.app.Tutoring.Start(ctx, journaltest.Act(p, boss.Person), boss, meetingOf(p)))
	must(t, h.app.Tutoring.KeepPaper(ctx, journal.Act{Programme: p, ID: paperOf(p), Author: boss.Person}, boss, meetingOf(p), 1, picture(t)))
}

func (h *house) file(ctx context.Context, t *testing.T, p id.ID, indicator string) {
	t.Helper()
	must(t, h.app.Impact.Freeze(ctx, filing(p), impact.Freeze{CutOff: "2026-10-31"}))
	must(t, h.app.Impact.Draw(ctx, drawing(p), impact.Draw{Indicator: indicator, Seed: "e2e"}))
	auditor := access.Actor{Programme: p, Person: id.Named("e2e", "auditor"), Grants: []access.Grant{{Role: access.Auditor, Of: p}}}
	asked := impact.Judged{Line: 1, State: impact.Asked, Why: "La seconde signature manque."}
	must(t, h.app.Impact.Judge(ctx, journaltest.Act(p, auditor.Person), auditor, impact.SampleID(drawing(p)), asked))
}

// connection is how a platform is connected in each programme, under the id that it has then.
func connection(p id.ID) journal.Act {
	return journal.Act{Programme: p, ID: id.Derive(p[:], []byte("e2e client"))}
}

// statementOf is a record of that platform.
func statementOf(p id.ID) id.ID { return id.Derive(p[:], []byte("e2e statement")) }

// longIRI has no place where a line may break.
const longIRI = "https://example.org/activities/" + "thisisaverylongnamewithoutanyplacewherealinemaybreakandnobodywouldtypeit"

// connect connects a platform that sends a record, which the next one takes back, and something that is none.
func (h *house) connect(ctx context.Context, t *testing.T, p id.ID) {
	t.Helper()
	a := connection(p)
	_, _, err := h.app.Records.AddClient(ctx, a, records.Client{Name: "أكاديمية المهن", Scopes: []string{records.All}})
	must(t, err)
	who := records.Known{Programme: p, ID: a.ID, Name: "أكاديمية المهن", Home: "https://example.org"}
	actor := `"actor":{"name":"هالة","openid":"` + longIRI + `"}`
	said := `{"id":"` + statementOf(p).String() + `",` + actor + `,"verb":{"id":"https://example.org/verbs/attended"},"object":{"id":"` + longIRI + `"},` +
		`"result":{"response":"` + longIRI + `","duration":"PT1H5M","score":{"raw":3,"max":4,"scaled":0.75},"success":true}}`
	voided := `{` + actor + `,"verb":{"id":"` + xapi.Voided + `"},"object":{"objectType":"StatementRef","id":"` + statementOf(p).String() + `"}}`
	for _, s := range []string{said, strings.Replace(said, statementOf(p).String(), id.Derive(p[:], []byte("e2e standing")).String(), 1), voided} {
		v, err := xapi.Parse([]byte(s))
		must(t, err)
		must(t, xapi.Check(v, xapi.V2))
		_, err = h.app.Records.Take(ctx, who, records.Parcel{Version: xapi.V2, Statements: []xapi.Object{v.(xapi.Object)}})
		must(t, err)
	}
	h.forward(ctx, t, p)
	no := records.Refused{Version: string(xapi.V2), Type: "application/json"}
	must(t, h.app.Records.Refuse(ctx, who, no, &xapi.Fault{At: "result.extensions", Reason: xapi.Unmentioned, Args: []string{longIRI}}, []byte(`{}`)))
}

// actorOf is of whom that platform tells; nobody there knows them.
func (h *house) actorOf(t *testing.T, p id.ID) id.ID {
	t.Helper()
	w, _, err := h.app.Records.One(t.Context(), p, id.Derive(p[:], []byte("e2e standing")))
	must(t, err)
	return w.Owner
}

// refusedOf is what could not be taken in a programme, the latest; what was thrown away meanwhile is nothing.
func (h *house) refusedOf(t *testing.T, p id.ID) id.ID {
	t.Helper()
	all, err := h.app.Records.RefusedOf(t.Context(), p)
	must(t, err)
	if len(all) == 0 {
		return id.New()
	}
	return all[0].ID
}

// folder holds the programmes of the binary, and a small one beside them.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	must(t, os.CopyFS(dir, programmes.Files))
	mine := filepath.Join(dir, there)
	module, err := fs.Sub(programmes.Files, here+"/modules/speaking-at-work")
	must(t, err)
	must(t, os.CopyFS(filepath.Join(mine, "modules", foreignSlug), module))
	rewrite(t, filepath.Join(dir, here, "indicators.yaml"), filepath.Join(mine, "indicators.yaml"), "\n", "\n")
	rewrite(t, filepath.Join(dir, here, "programme.yaml"), filepath.Join(mine, "programme.yaml"), "slug: "+here, "slug: "+there)
	yaml := filepath.Join(mine, "modules", foreignSlug, "module.yaml")
	rewrite(t, yaml, yaml, "slug: speaking-at-work", "slug: "+foreignSlug)
	return dir
}

func rewrite(t *testing.T, from, to, old, word string) {
	t.Helper()
	b, err := os.ReadFile(from)
	must(t, err)
	if !bytes.Contains(b, []byte(old)) {
		t.Fatalf("%s has no %q", from, old)
	}
	must(t, os.WriteFile(to, bytes.Replace(b, []byte(old), []byte(word), 1), 0o600))
}
