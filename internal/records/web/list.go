package web

import (
	"context"
	"net/url"
	"strconv"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/records"
)

// listed is how many statements a page lists.
const listed = 50

// listView is a page of statements: all, or those of one platform or of one verb.
type listView struct {
	c     *web.Ctx
	f     ui.Frame
	of    string // whose, or which
	names platforms
	told  []told
	next  string
}

// listAt is where statements are listed: by a property, behind a place, or all of them.
func listAt(name, value string, after int64) string {
	q := url.Values{}
	if name != "" {
		q.Set(name, value)
	}
	if after != 0 {
		q.Set("after", strconv.FormatInt(after, 10))
	}
	if len(q) == 0 {
		return "/records/list"
	}
	return "/records/list?" + q.Encode()
}

// list shows a page of statements, the latest first: seven queries.
func (p *Pages) list(c *web.Ctx) error {
	v := listView{c: c, f: c.Frame(c.T("records.title"))}
	w := records.Question{Limit: listed}
	w.After, _ = strconv.ParseInt(c.Query("after"), 10, 64) // what is no place is the beginning
	name, value := "verb", c.Query("verb")
	if said := c.Query("client"); said != "" {
		var err error
		if w.Mine, err = id.Parse(said); err != nil {
			return fault.New(fault.NotFound, "")
		}
		name, value = "client", said
	} else {
		w.Verb = value
	}
	page, err := p.Records.Ask(c, c.PID(), w)
	if err != nil {
		return err
	}
	if page.Next != 0 {
		v.next = listAt(name, value, page.Next)
	}
	if v.names, err = p.Records.ClientNames(c, c.PID()); err != nil {
		return err
	}
	if v.told, err = p.tell(c, page.Statements...); err != nil {
		return err
	}
	v.of = v.what(w)
	return c.Page(v.f, listPage(v))
}

// client is what a platform is called.
func (v listView) client(ctx context.Context, which id.ID) string {
	return sender(ctx, v.c.PID(), v.names, which)
}

// what names the platform or the verb, as the first record does.
func (v listView) what(w records.Question) string {
	switch {
	case !w.Mine.IsZero():
		return v.client(v.c, w.Mine)
	case w.Verb != "" && len(v.told) > 0:
		return v.told[0].verb(v.c)
	}
	return w.Verb
}
