package records

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/draft"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/outside"
	"tremplin/internal/core/view"
	"tremplin/internal/records/lrs"
	"tremplin/internal/records/xapi"
)

// ForwardRow has statements passed on to another store; it owns itself.
type ForwardRow struct {
	Owner                      id.ID
	Name, URL, Purpose         string
	Verbs, Activities, Clients string // by spaces
	After                      int64  // what was stored later is passed on
	AddedAt                    int64
	By                         id.ID
	Ended                      bool
	EndedAt                    int64
}

func forwardSet(r *view.Rows, e *journal.Entry, f Forward) {
	var clients []string
	for _, c := range f.Filter.Clients {
		clients = append(clients, c.String())
	}
	Forwards.Edit(r, ForwardRow{}, func(w *ForwardRow) {
		w.Name, w.URL, w.Purpose, w.AddedAt, w.By = f.Name, f.URL, f.Purpose, e.At, e.Author
		w.Verbs, w.Activities, w.Clients = strings.Join(f.Filter.Verbs, " "), strings.Join(f.Filter.Activities, " "), strings.Join(clients, " ")
		if w.After = e.Arrived; f.Earlier {
			w.After = 0
		}
	})
}

// named are the names of what statements must mention: one of each list.
func (w ForwardRow) named(n names) (out [][]id.ID) {
	of := func(kind string) func(string) id.ID { return func(what string) id.ID { return n.of(kind, what) } }
	for _, kind := range []struct {
		of  func(string) id.ID
		all string
	}{{n.sender, w.Clients}, {of(ofActivity), w.Activities}, {of(ofVerb), w.Verbs}} {
		var some []id.ID
		for _, what := range strings.Fields(kind.all) {
			some = append(some, kind.of(what))
		}
		if some != nil {
			out = append(out, some)
		}
	}
	return out
}

// Login is how Tremplin is known at another store.
type Login struct{ Key, Secret string }

// Bounds of a forward.
const (
	mostForwards = 20   // of a programme, at once
	mostWords    = 2000 // of a purpose
	mostNamed    = 50   // verbs, or activities
)

// loginOf is where a forward's login stands, sealed: no entry holds it.
func loginOf(programme, forward id.ID) draft.Draft {
	return draft.Draft{Programme: programme, Kind: "xapi.forward.login", Key: forward.String()}
}

// wrong are the fields of a form that are wrong, in its order.
type wrong []fault.Field

func (w *wrong) where(bad bool, name string) {
	if bad {
		*w = append(*w, fault.Field{Name: name, Key: "records.forward.bad." + name})
	}
}

func (l Login) check() (out wrong) {
	out.where(l.Key == "", "key")
	out.where(l.Secret == "", "secret")
	return out
}

// check says what is wrong with a forward.
func (f Forward) check(l Login) (out wrong) {
	unnamed := func(iri string) bool { return xapi.IRI(iri) != nil }
	out.where(f.Name == "", "name")
	out.where(f.Purpose == "" || len(f.Purpose) > mostWords, "purpose")
	out.where(!outside.MayAsk(f.URL), "url")
	out = append(out, l.check()...)
	out.where(len(f.Filter.Verbs) > mostNamed || slices.ContainsFunc(f.Filter.Verbs, unnamed), "verbs")
	out.where(len(f.Filter.Activities) > mostNamed || slices.ContainsFunc(f.Filter.Activities, unnamed), "activities")
	return out
}

// store is the address of a store, of which many are told with that of its statements.
func store(address string) string {
	slashes := func(s string) string { return strings.TrimRight(s, "/") }
	return slashes(strings.TrimSuffix(slashes(strings.TrimSpace(address)), "/statements"))
}

// SetForward has statements passed on to another store, once that store has let us in. Again is a no-op.
func (s *Service) SetForward(ctx context.Context, a journal.Act, f Forward, l Login) error {
	f.Name, f.Purpose, f.URL = strings.TrimSpace(f.Name), strings.TrimSpace(f.Purpose), store(f.URL)
	if err := fault.Fields(f.check(l)...); err != nil {
		return err
	}
	_, set, err := Forwards.One(ctx, s.J.DB(), a.Programme, "and owner=$2", a.ID)
	if err == nil && !set {
		err = s.admit(ctx, a, f, l)
	}
	if err == nil {
		err = s.J.Do(ctx, a, journal.Same(f), journal.Known(KindForward.Draft(a.ID, a.ID, f)))
	}
	if err == nil {
		err = s.plan(ctx, a.Programme, a.ID)
	}
	return err
}

// admit keeps the login of a forward that is set for the first time, if it is right.
func (s *Service) admit(ctx context.Context, a journal.Act, f Forward, l Login) error {
	rows, err := Forwards.Select(ctx, s.J.DB(), a.Programme, "and not ended limit 20")
	if err != nil {
		return err
	}
	if len(rows) >= mostForwards {
		return fault.Fields(fault.Field{Name: "name", Key: "records.forward.bad.many"})
	}
	return s.enter(ctx, a.Programme, a.ID, f.URL, l)
}

// enter keeps a login if the other store takes it.
func (s *Service) enter(ctx context.Context, programme, forward id.ID, url string, l Login) error {
	if err := s.try(ctx, url, l); err != nil {
		return err
	}
	clear, err := json.Marshal(l)
	if err != nil {
		return err
	}
	shut, err := s.J.SealWork(ctx, programme, forward, "login", clear)
	if err != nil {
		return err
	}
	return draft.Put(ctx, s.J.DB(), loginOf(programme, forward), shut, s.J.Now())
}

// Relogin goes on with another key and secret, once the other store takes them: nothing is sent twice for that.
func (s *Service) Relogin(ctx context.Context, programme, forward id.ID, l Login) error {
	w, err := s.Recipient(ctx, programme, forward)
	if err != nil {
		return err
	}
	if err := fault.Fields(l.check()...); err != nil {
		return err
	}
	if err := s.enter(ctx, programme, forward, w.URL, l); err != nil {
		return err
	}
	return s.Hasten(ctx, programme, forward)
}

// Recipient finds a forward that goes on.
func (s *Service) Recipient(ctx context.Context, programme, forward id.ID) (ForwardRow, error) {
	return Forwards.Find(ctx, s.J.DB(), programme, "and owner=$2 and not ended", forward)
}

// try asks another store whether it takes statements from us, and says in words of the form why not.
func (s *Service) try(ctx context.Context, url string, l Login) error {
	err := lrs.Store{URL: url, Key: l.Key, Secret: l.Secret, Now: s.J.Now}.Try(ctx)
	var t *lrs.Trouble
	if !errors.As(err, &t) {
		return err
	}
	name := map[string]string{lrs.Login: "key", lrs.Rights: "key"}[t.Kind]
	if name == "" {
		name = "url"
	}
	return fault.Fields(fault.Field{Name: name, Key: "records.forward.trouble." + t.Kind, Args: []any{"Status", t.Status, "Detail", t.Detail}})
}

func (s *Service) login(ctx context.Context, programme, forward id.ID) (l Login, err error) {
	var shut []byte
	_, ok, err := draft.Get(ctx, s.J.DB(), loginOf(programme, forward), &shut)
	if err == nil && !ok {
		err = errors.New("the login at the other store is not here: end this forward and set it anew")
	}
	if err != nil {
		return l, err
	}
	clear, err := s.J.OpenWork(ctx, programme, forward, "login", shut)
	if err != nil {
		return l, err
	}
	return l, json.Unmarshal(clear, &l)
}

// EndForward ends a forward, with its login and what was refused. Again is a no-op.
func (s *Service) EndForward(ctx context.Context, a journal.Act, forward id.ID) error {
	if _, err := Forwards.Find(ctx, s.J.DB(), a.Programme, "and owner=$2", forward); err != nil {
		return err
	}
	if err := s.J.Do(ctx, a, journal.Same(forward), journal.Known(KindForwardEnded.Draft(forward, forward, ForwardEnded{}))); err != nil {
		return err
	}
	return s.discard(ctx, a.Programme, forward)
}

// discard ends what is kept for a forward that has ended.
func (s *Service) discard(ctx context.Context, programme, forward id.ID) error {
	return errors.Join(draft.Delete(ctx, s.J.DB(), loginOf(programme, forward)), draft.DeleteUnder(ctx, s.J.DB(), unwantedOf(programme, forward)))
}

// ForwardJob passes on what is due of one forward, and has itself done again until that has ended.
const ForwardJob = "records.forward"

func jobOf(forward id.ID) id.ID { return id.Derive(forward[:], []byte(ForwardJob)) }

// plan has a forward worked on; however often it is planned, there is one job.
func (s *Service) plan(ctx context.Context, programme, forward id.ID) error {
	j, err := job.New(ForwardJob, forward)
	if err != nil {
		return err
	}
	return s.J.DB().Update(ctx, func(tx *db.Tx) error { return job.Put(ctx, tx, programme, jobOf(forward), j, s.J.Now()) })
}

// PlanForwards has every forward worked on whose login is here: a crash may have come between a forward and its job.
func (s *Service) PlanForwards(ctx context.Context) error {
	programmes, err := s.J.Programmes(ctx, s.J.DB())
	for _, p := range programmes {
		here, gone := draft.Changed(ctx, s.J.DB(), p, loginOf(p, p).Kind)
		rows, none := Forwards.Select(ctx, s.J.DB(), p, "and not ended")
		err = errors.Join(err, gone, none)
		for _, w := range rows {
			if _, ok := here[w.Owner.String()]; ok {
				err = errors.Join(err, s.plan(ctx, p, w.Owner))
			}
		}
	}
	return err
}
