package document

import (
	"bytes"
	"path"
	"strings"

	"tremplin/internal/learning/content"
)

// limits of a document as an archive: a course with photographs.
var limits = content.Limits{Files: 2000, File: 32 << 20, Total: 96 << 20, Ratio: 150}

const (
	wordType  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	macroType = "application/vnd.ms-word."
	openType  = "application/vnd.oasis.opendocument."
	oldWord   = "\xd0\xcf\x11\xe0" // a compound file: .doc, or a DOCX with a password
)

// Kind says by its bytes what a file means to be: pdf, docx (whatever an office writes), zip (another archive), or
// nothing of these.
func Kind(b []byte) string {
	switch {
	case bytes.Contains(b[:min(len(b), 1024)], []byte("%PDF-")):
		return "pdf"
	case bytes.HasPrefix(b, []byte(oldWord)):
		return "docx"
	case !bytes.HasPrefix(b, []byte("PK")):
		return ""
	case bytes.Contains(b, []byte("[Content_Types].xml")) || bytes.Contains(b[:min(len(b), 200)], []byte(openType)):
		return "docx"
	}
	return "zip"
}

// archive is a document's parts by name, and what the main one refers to.
type archive struct {
	parts map[string][]byte
	main  string
	types map[string]string // of parts that say so themselves
	refs  map[string]ref    // of the main part, by id
}

// ref is what a part refers to: another part, or an address.
type ref struct {
	kind, target string
	outside      bool
}

// open unpacks a document and finds its main part.
func open(b []byte) (*archive, error) {
	if bytes.HasPrefix(b, []byte(oldWord)) {
		return nil, Refuse(Old, "")
	}
	parts, err := content.Unpack(bytes.NewReader(b), int64(len(b)), limits)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(parts["mimetype"], []byte(openType)) {
		return nil, Refuse(Other, "")
	}
	a := &archive{parts: parts}
	if err := a.read(); err != nil {
		return nil, err
	}
	return a, a.check()
}

func (a *archive) read() error {
	types, err := a.part("[Content_Types].xml")
	if err != nil {
		return err
	}
	if types == nil {
		return Refuse(NotWord, "")
	}
	a.types = map[string]string{}
	for _, o := range types.all("ct:Override") {
		a.types[strings.TrimPrefix(o.attr("PartName"), "/")] = o.attr("ContentType")
	}
	top, err := a.refsOf("")
	if err != nil {
		return err
	}
	for _, r := range top {
		if r.kind == "officeDocument" && !r.outside {
			a.main = r.target
		}
	}
	a.refs, err = a.refsOf(a.main)
	return err
}

// check tells whether the archive is a document of Word, without programs in it.
func (a *archive) check() error {
	kind, named := a.types[a.main]
	switch {
	case a.parts[a.main] == nil:
		return Refuse(NotWord, "")
	case strings.HasPrefix(kind, macroType):
		return Refuse(Macros, "")
	case named && !strings.HasPrefix(kind, wordType):
		return Refuse(NotWord, "")
	}
	for _, r := range a.refs {
		if r.kind == "vbaProject" {
			return Refuse(Macros, "")
		}
	}
	return nil
}

// part reads one part; nil where the document has none of that name.
func (a *archive) part(name string) (*node, error) {
	if a.parts[name] == nil {
		return nil, nil
	}
	return parse(name, a.parts[name])
}

// refsOf reads what a part refers to. The kind is the last step of its address, which is the same in both editions
// of the standard.
func (a *archive) refsOf(name string) (map[string]ref, error) {
	dir := path.Dir(name)
	n, err := a.part(path.Join(dir, "_rels", path.Base("/"+name)+".rels"))
	if name == "" {
		n, err = a.part("_rels/.rels")
	}
	out := map[string]ref{}
	if err != nil || n == nil {
		return out, err
	}
	for _, r := range n.all("rel:Relationship") {
		to := ref{path.Base(r.attr("Type")), r.attr("Target"), strings.EqualFold(r.attr("TargetMode"), "external")}
		if !to.outside {
			to.target = within(dir, to.target)
		}
		out[r.attr("Id")] = to
	}
	return out, nil
}

// within is the name of a part that another one in dir refers to. It is only ever looked up among the parts.
func within(dir, target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return path.Join(dir, target)
}

// partOf reads the first part of a kind that the main one refers to.
func (a *archive) partOf(kind string) (*node, error) {
	for _, r := range a.refs {
		if r.kind == kind && !r.outside {
			return a.part(r.target)
		}
	}
	return nil, nil
}
