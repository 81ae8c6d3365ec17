package web

import (
	"net/http"
	"strings"
	"time"

	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
)

// named are the parameters of each resource: which name a document, and which of them must be there.
var named = map[records.Resource]struct {
	id    string
	needs []string
	may   []string
	scope string
}{
	records.StateResource:           {"stateId", []string{"activityId", "agent"}, []string{"registration"}, records.States},
	records.AgentProfileResource:    {"profileId", []string{"agent"}, nil, records.Profiles},
	records.ActivityProfileResource: {"profileId", []string{"activityId"}, nil, records.Profiles},
}

// documents are what may be done with the documents of a resource.
func documents(r records.Resource) map[string]answer {
	return map[string]answer{
		http.MethodGet:    func(k *ask) error { return k.getDocument(r) },
		http.MethodPut:    func(k *ask) error { return k.keepDocument(r, k.put) },
		http.MethodPost:   func(k *ask) error { return k.keepDocument(r, k.merge) },
		http.MethodDelete: func(k *ask) error { return k.removeDocument(r) },
	}
}

// place reads which documents are meant.
func (k *ask) place(r records.Resource, also ...string) (records.Place, error) {
	n, p := named[r], records.Place{Resource: r, Home: k.who.Home}
	if err := k.only(append(append(append([]string{n.id}, n.needs...), n.may...), also...)...); err != nil {
		return p, err
	}
	if err := k.needs(n.needs...); err != nil {
		return p, err
	}
	p.Activity, p.Registration, p.ID = k.param("activityId"), k.param("registration"), k.param(n.id)
	if k.q[n.id] != nil && (p.ID == "" || strings.ContainsAny(p.ID, "\n\x00") || len(p.ID) > 2000) {
		return p, refuse(http.StatusBadRequest, "the parameter "+n.id+" names no document")
	}
	if err := k.check("activityId", p.Activity, xapi.IRI); err != nil {
		return p, err
	}
	if err := k.check("registration", p.Registration, xapi.UUID); err != nil {
		return p, err
	}
	if k.q["agent"] != nil {
		var err error
		if p.Agent, err = k.agent(); err != nil {
			return p, err
		}
	}
	return p, nil
}

func (k *ask) getDocument(r records.Resource) error {
	if err := k.may(named[r].scope, records.ReadAll, records.All); err != nil {
		return err
	}
	p, err := k.place(r, "since")
	if err != nil {
		return err
	}
	if p.ID == "" {
		return k.listDocuments(p)
	}
	d, err := k.Records.Document(k.r.Context(), k.who.Programme, p)
	if err != nil {
		return err
	}
	k.w.Header().Set("ETag", d.ETag())
	k.w.Header().Set("Last-Modified", d.Changed.Format(http.TimeFormat))
	k.send(http.StatusOK, d.Type, d.Bytes)
	return nil
}

func (k *ask) listDocuments(p records.Place) error {
	since, err := k.instant("since")
	if err != nil {
		return err
	}
	ids, err := k.Records.Documents(k.r.Context(), k.who.Programme, p, since)
	if err != nil {
		return err
	}
	if ids == nil {
		ids = []string{}
	}
	k.w.Header().Set("ETag", records.Document{Bytes: []byte(strings.Join(ids, "\n"))}.ETag())
	k.w.Header().Set("Last-Modified", k.Now().UTC().Format(http.TimeFormat))
	k.json(http.StatusOK, ids)
	return nil
}

type keeping func(p records.Place, d records.Document, f records.If) error

func (k *ask) keepDocument(r records.Resource, keep keeping) error {
	if err := k.may(named[r].scope, records.All); err != nil {
		return err
	}
	p, err := k.place(r)
	if err != nil {
		return err
	}
	if err := k.needs(named[r].id); err != nil {
		return err
	}
	d := records.Document{Type: k.r.Header.Get("Content-Type"), Changed: time.Time{}}
	if d.Type == "" {
		d.Type = "application/octet-stream"
	}
	if d.Bytes, err = k.body(maxJSON); err != nil {
		return err
	}
	if err := keep(p, d, k.condition()); err != nil {
		return err
	}
	k.w.WriteHeader(http.StatusNoContent)
	return nil
}

func (k *ask) condition() records.If {
	return records.If{Match: k.r.Header.Get("If-Match"), NoneMatch: k.r.Header.Get("If-None-Match")}
}

func (k *ask) put(p records.Place, d records.Document, f records.If) error {
	switch {
	case p.Resource != records.StateResource:
		f.Said = records.Always
	case k.version != xapi.V1:
		f.Said = records.Replacing
	}
	return k.Records.Put(k.r.Context(), k.who.Programme, p, d, f)
}

func (k *ask) merge(p records.Place, d records.Document, f records.If) error {
	if strings.HasPrefix(d.Type, "application/json") {
		if v, err := xapi.Parse(d.Bytes); err != nil {
			return err
		} else if _, ok := v.(xapi.Object); !ok {
			return records.ErrNotJSON
		}
	}
	return k.Records.Merge(k.r.Context(), k.who.Programme, p, d, f)
}

func (k *ask) removeDocument(r records.Resource) error {
	if err := k.may(named[r].scope, records.All); err != nil {
		return err
	}
	p, err := k.place(r)
	if err != nil {
		return err
	}
	if r != records.StateResource {
		if err := k.needs(named[r].id); err != nil {
			return err
		}
	}
	if err := k.Records.Remove(k.r.Context(), k.who.Programme, p, k.condition()); err != nil {
		return err
	}
	k.w.WriteHeader(http.StatusNoContent)
	return nil
}

func getActivity(k *ask) error {
	if err := k.may(records.Read, records.ReadMine, records.ReadAll, records.All); err != nil {
		return err
	}
	if err := k.exactly("activityId"); err != nil {
		return err
	}
	iri := k.param("activityId")
	if err := xapi.IRI(iri); err != nil {
		return xapi.Under("activityId", err)
	}
	known, err := k.Records.Definitions(k.r.Context(), k.who.Programme, []string{iri})
	if err != nil {
		return err
	}
	out := xapi.Object{"objectType": "Activity", "id": iri}
	if d := known[iri]; d != nil {
		out["definition"] = d
	}
	return k.object(out)
}

func getAgent(k *ask) error {
	if err := k.may(records.Read, records.ReadMine, records.ReadAll, records.All); err != nil {
		return err
	}
	if err := k.exactly("agent"); err != nil {
		return err
	}
	agent, err := k.agent()
	if err != nil {
		return err
	}
	p, err := k.Records.Person(k.r.Context(), k.who, agent)
	if err != nil {
		return err
	}
	return k.object(p)
}
