package web

import (
	"bytes"
	"time"

	"tremplin/internal/core/sheet"
	"tremplin/internal/core/web"
)

// send answers with a table for a spreadsheet.
func send(c *web.Ctx, o sheet.Output) error {
	var b bytes.Buffer
	if err := sheet.WriteCSV(&b, o); err != nil {
		return err
	}
	return c.Bytes("text/csv; charset=utf-8", "group.csv", b.Bytes())
}

// day is a date as machines read it.
func day(at int64) string { return time.UnixMicro(at).UTC().Format(time.DateOnly) }
