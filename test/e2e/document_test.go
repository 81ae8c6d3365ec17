package e2e_test

import (
	"os"
	"path/filepath"
	"testing"

	"tremplin/internal/learning/document/documenttest"
)

// documents brings a Word document as an author, has it read and published by a colleague, and learns it on a phone.
func documents(t *testing.T, h *house) {
	w := h.words("fr")
	file := filepath.Join(t.TempDir(), "Prendre le bus.docx")
	must(t, os.WriteFile(file, documenttest.Course().Bytes(), 0o600))
	p := h.visit(t, laptop, "fr").as("claire")
	p.lands("/modules")
	p.follow("link", w.T("author.new"))
	p.hand(file)
	p.follow("button", w.T("author.file.look"))
	p.sees(w.T("author.doc.title"))
	p.sees(w.T("author.left.table"))
	p.pick(w.T("author.field.level"), "A1")
	p.follow("button", w.T("author.import.take"))
	p.sees(w.T("author.import.taken"))
	p.fill(w.T("author.submit.note"), "Le bus")
	p.follow("button", w.T("author.submit"))
	n := h.visit(t, laptop, "fr").as("nadia")
	n.open("/modules/prendre-le-bus/edit")
	n.follow("button", w.T("author.publish"))
	n.sees(w.T("author.published"))
	q := h.visit(t, phone, "fr")
	l := q.lesson("prendre-le-bus", "fr")
	q.open("/learn/prendre-le-bus/1")
	q.sees("On achète un ticket avant de monter.")
	for i := range l.text.Screens {
		l.pass(i + 1)
	}
	q.sees(w.T("learning.end.title"))
}
