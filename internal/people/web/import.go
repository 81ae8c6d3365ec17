package web

import (
	"strconv"

	"tremplin/internal/core/draft"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/sheet"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

// uploaded is a table between its upload and its taking: a draft, deleted once taken.
type uploaded struct {
	Name     string
	Data     []byte
	Encoding string
}

// importing is the page that maps a table's columns and says what would happen.
type importing struct {
	c        *web.Ctx
	key      string
	table    sheet.Table
	columns  map[string]int
	dayFirst bool
	report   people.Report
	done     bool
}

func (p *Pages) choose(c *web.Ctx) error {
	f := c.Frame(c.T("people.import"))
	return c.Page(f, choosePage(c, f, nil))
}

func (p *Pages) refuse(c *web.Ctx, err error) error {
	e := fault.Of(people.Problems(err))
	if e.Code != fault.Invalid {
		return err
	}
	f := c.Frame(c.T("people.import"))
	return c.Again(f, choosePage(c, f, e.Fields))
}

// upload reads a table and shows what would happen; nothing is entered yet.
func (p *Pages) upload(c *web.Ctx) error {
	b, name, err := c.File("file")
	if err != nil {
		return err
	}
	if b == nil {
		return p.refuse(c, fault.Fields(fault.Field{Name: "file", Key: "people.import.none"}))
	}
	u := uploaded{Name: name, Data: b, Encoding: c.Form("encoding")}
	if _, err := u.table(); err != nil {
		return p.refuse(c, err)
	}
	key := id.New().String()
	if err := draft.Put(c, p.People.J.DB(), p.draft(c, key), u, c.Now()); err != nil {
		return err
	}
	return p.preview(c, key, u, nil, true)
}

func (p *Pages) draft(c *web.Ctx, key string) draft.Draft {
	return draft.Draft{Programme: c.PID(), Kind: people.TableKind, Key: key, Person: c.Actor.Person}
}

func (u uploaded) table() (sheet.Table, error) {
	ts, err := sheet.Read(u.Name, u.Data, sheet.Options{Encoding: u.Encoding})
	if err != nil {
		return sheet.Table{}, err
	}
	for _, t := range ts {
		if len(t.Rows) > 0 {
			return t, nil
		}
	}
	return sheet.Table{}, fault.Fields(fault.Field{Name: "file", Key: "people.import.empty"})
}

// preview says what would happen to each row; columns nil are guessed from the headings.
func (p *Pages) preview(c *web.Ctx, key string, u uploaded, columns map[string]int, dayFirst bool) error {
	t, err := u.table()
	if err != nil {
		return err
	}
	i := importing{c: c, key: key, table: t, columns: columns, dayFirst: dayFirst}
	if i.columns == nil {
		i.columns = people.Guess(t.Header)
	}
	if i.report, err = p.People.Import(c, c.Act(), i.request(true)); err != nil {
		return err
	}
	f := c.Frame(c.T("people.import"))
	return c.Page(f, importPage(i, f))
}

func (i importing) request(dry bool) people.Import {
	return people.Import{Programme: i.c.Programme, Table: i.table, Columns: i.columns, DayFirst: i.dayFirst, Dry: dry}
}

// take looks again with other columns, or enters the good rows.
func (p *Pages) take(c *web.Ctx) error {
	var u uploaded
	key := c.R.PathValue("key")
	_, ok, err := draft.Get(c, p.People.J.DB(), p.draft(c, key), &u)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.NotFound, "people.import.gone")
	}
	columns := map[string]int{}
	for _, f := range people.Fields {
		if n, err := strconv.Atoi(c.Form("column-" + f)); err == nil && n >= 0 {
			columns[f] = n
		}
	}
	dayFirst := c.Form("order") != "month"
	if c.Form("do") != "take" {
		return p.preview(c, key, u, columns, dayFirst)
	}
	return p.enter(c, key, u, columns, dayFirst)
}

func (p *Pages) enter(c *web.Ctx, key string, u uploaded, columns map[string]int, dayFirst bool) error {
	t, err := u.table()
	if err != nil {
		return err
	}
	i := importing{c: c, key: key, table: t, columns: columns, dayFirst: dayFirst, done: true}
	if i.report, err = p.People.Import(c, c.Act(), i.request(false)); err != nil {
		return err
	}
	if err := draft.Delete(c, p.People.J.DB(), p.draft(c, key)); err != nil {
		return err
	}
	f := c.Frame(c.T("people.import"))
	return c.Page(f, importPage(i, f))
}
