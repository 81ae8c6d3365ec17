package document

import (
	"cmp"
	"strings"

	"tremplin/internal/learning/content"
)

// ReadDOCX reads a Word document; name is what its file is called, for one that says no title. The error is
// content.Problems: why it is refused.
func ReadDOCX(name string, b []byte) (*Document, error) {
	a, err := open(b)
	if err != nil {
		return nil, err
	}
	r, err := a.reader(name)
	if err != nil {
		return nil, err
	}
	main, err := a.part(a.main)
	if err != nil {
		return nil, err
	}
	r.body(main.kid("w:body"))
	if err := r.margins(); err != nil {
		return nil, err
	}
	if err := r.divide(); err != nil {
		return nil, err
	}
	if len(r.doc.Screens) == 0 {
		return nil, Refuse(Empty, "")
	}
	r.doc.Language, r.doc.Left = r.language(), r.list
	return r.doc, nil
}

// reader gets ready what the body refers to, and what the document says of itself.
func (a *archive) reader(name string) (*reader, error) {
	r := &reader{archive: a, doc: &Document{}, name: name}
	look, err := a.partOf("styles")
	if err != nil {
		return nil, err
	}
	r.styles = readStyles(look)
	lists, err := a.partOf("numbering")
	if err != nil {
		return nil, err
	}
	r.numbering = readNumbering(lists)
	return r, nil
}

// margins notes that there were headers or footers with words.
func (r *reader) margins() error {
	for _, to := range r.refs {
		if to.kind != "header" && to.kind != "footer" || to.outside {
			continue
		}
		n, err := r.part(to.target)
		if err != nil {
			return err
		}
		for _, t := range n.all("w:t") {
			if strings.TrimSpace(t.text()) != "" {
				r.noted.note(Margins, "")
				break
			}
		}
	}
	return nil
}

// about is what the document's properties say, for what its text does not.
func (r *reader) about() error {
	top, err := r.refsOf("")
	if err != nil {
		return err
	}
	for _, to := range top {
		if to.kind != "core-properties" || to.outside {
			continue
		}
		core, err := r.part(to.target)
		if err != nil {
			return err
		}
		title := r.line(core.kid("dc:title").text())
		if r.doc.Title == "" && !strings.HasPrefix(title, "Microsoft ") { // what old versions of Word write there
			r.doc.Title = clip(title, content.MaxTitle)
		}
		if r.doc.Summary == "" {
			r.doc.Summary = clip(r.line(core.kid("dc:description").text()), content.MaxSummary)
		}
	}
	if r.doc.Title == "" {
		r.doc.Title = Titled(r.name)
	}
	return nil
}

func (r *reader) line(s string) string { return strings.Join(strings.Fields(r.sound(s)), " ") }

// language is the one in which most of the document is set: what the template says holds for the letters of that
// language alone.
func (r *reader) language() string {
	tag := r.styles.language
	if r.script.mostly() == "ar" {
		tag = cmp.Or(r.styles.bidi, "ar")
	}
	return r.script.fits(base(tag))
}
