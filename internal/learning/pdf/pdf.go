// Package pdf reads the pages of a PDF with poppler, a program of the machine: as pictures, because that is what a PDF
// is, and as text, which can be read aloud, searched and translated. docs/adr/0011 says why not in Go.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tremplin/internal/core/outside"
	"tremplin/internal/core/photo"
	"tremplin/internal/learning/content"
	"tremplin/internal/learning/document"
)

const (
	patience = 80 * time.Second // for the whole document, while somebody waits
	atOnce   = 10               // pages that are drawn in one go
	longest  = "1280"           // pixels of a page's longer side
)

// tool is one of poppler's programs. A page of this size weighs less than 5 MB, whatever is on it.
func tool(name string) outside.Tool {
	return outside.Tool{Program: name, Package: "poppler-utils", Time: patience / 2, Memory: 1 << 30, Output: 8 << 20}
}

// Read reads a PDF; name is what its file is called. The error is content.Problems where the file is to blame.
func Read(ctx context.Context, name string, b []byte) (*document.Document, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r := reader{ctx, map[string][]byte{"in.pdf": b}}
	title, count, err := r.about()
	if err != nil {
		return nil, reason(err)
	}
	pages, err := r.pages(min(count, content.MaxScreens))
	if err != nil {
		return nil, reason(err)
	}
	if title == "" {
		title = document.Titled(name)
	}
	return document.OfPages(title, pages, count), nil
}

// reason says in the words of a module why a program could not read the file.
func reason(err error) error {
	var missing *outside.MissingError
	switch {
	case errors.As(err, &missing):
		return document.Refuse(document.Tool, missing.Package)
	case errors.Is(err, outside.ErrSlow):
		return document.Refuse(document.Slow, "")
	case errors.Is(err, outside.ErrLarge), errors.Is(err, photo.ErrNone), errors.Is(err, photo.ErrTooLarge):
		return document.Refuse(document.BadPDF, "")
	}
	return err
}

type reader struct {
	ctx  context.Context
	file map[string][]byte
}

func (r reader) run(name string, args ...string) (outside.Result, error) {
	out, err := tool(name).Run(r.ctx, r.file, args...)
	switch {
	case err != nil:
		return out, err
	case out.Failed && bytes.Contains(out.Complained, []byte("password")):
		return out, document.Refuse(document.Locked, "")
	case out.Failed:
		return out, document.Refuse(document.BadPDF, "")
	}
	return out, nil
}

var (
	titleLine = regexp.MustCompile(`(?m)^Title: +(.*)$`)
	pagesLine = regexp.MustCompile(`(?m)^Pages: +(\d+)$`)
)

// about reads the title of a PDF, where it has a sensible one, and how many pages it has.
func (r reader) about() (title string, pages int, err error) {
	out, err := r.run("pdfinfo", "-enc", "UTF-8", "in.pdf")
	if err != nil {
		return "", 0, err
	}
	return facts(out.Said)
}

// facts are what pdfinfo says, in lines "Title: …"; what the file's author wrote stands among them as it was written.
func facts(said []byte) (title string, pages int, err error) {
	m := pagesLine.FindSubmatch(said)
	if m == nil {
		return "", 0, document.Refuse(document.BadPDF, "")
	}
	pages, err = strconv.Atoi(string(m[1]))
	switch {
	case err != nil, pages > document.MaxPages:
		return "", 0, document.Refuse(document.Pages, "")
	case pages < 1:
		return "", 0, document.Refuse(document.Empty, "")
	}
	if t := titleLine.FindSubmatch(said); t != nil {
		title = document.Line(string(t[1]))
	}
	if strings.HasPrefix(title, "Microsoft ") { // what Word writes there by itself
		title = ""
	}
	return title, pages, nil
}

// pages draws the first pages and reads what stands on them.
func (r reader) pages(most int) ([]document.Page, error) {
	out, err := r.run("pdftotext", "-enc", "UTF-8", "-l", strconv.Itoa(most), "in.pdf", "out.txt")
	if err != nil {
		return nil, err
	}
	texts := strings.Split(string(out.Files["out.txt"]), "\f")
	pages := make([]document.Page, 0, most)
	for from := 1; from <= most; from += atOnce {
		pictures, err := r.draw(from, min(from+atOnce-1, most))
		if err != nil {
			return nil, err
		}
		for _, p := range pictures {
			page := document.Page{Picture: p}
			if len(pages) < len(texts) {
				page.Text = texts[len(pages)]
			}
			pages = append(pages, page)
		}
	}
	return pages, nil
}

// light is a page as it was drawn, if it is light enough.
func light(png []byte) (data []byte, ending string, err error) {
	if len(png) <= photo.Light {
		return png, ".png", nil
	}
	return photo.Fit(png)
}

// draw makes pictures of some pages.
func (r reader) draw(from, to int) (out []*document.Picture, err error) {
	drawn, err := r.run("pdftocairo", "-png", "-scale-to", longest, "-f", strconv.Itoa(from), "-l", strconv.Itoa(to), "in.pdf", "page")
	if err != nil {
		return nil, err
	}
	if len(drawn.Files) != to-from+1 {
		return nil, document.Refuse(document.BadPDF, fmt.Sprint(from))
	}
	for _, name := range slices.Sorted(maps.Keys(drawn.Files)) { // page-01.png, all of the same length
		data, ending, err := light(drawn.Files[name])
		if err != nil {
			return nil, err
		}
		out = append(out, &document.Picture{Data: data, Ending: ending})
	}
	return out, r.ctx.Err()
}
