package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
)

// photographs takes a photo of somebody on their page, with their agreement.
func (p *tab) photographs(at string, w *i18n.Words) {
	p.t.Helper()
	file := filepath.Join(p.t.TempDir(), "face.png")
	must(p.t, os.WriteFile(file, picture(p.t), 0o600))
	p.open(at)
	p.press("DisclosureTriangle", w.T("tutoring.photo.take"))
	p.handTo("#photo", file)
	ask[any](p, "document.querySelector('[name=agrees]').click()")
	p.follow("button", w.T("tutoring.photo.keep"))
	p.sees(w.T("tutoring.photo.kept"))
}

// picturedIn tells whether somebody has a photo already: a scene is played in each language.
func (h *house) picturedIn(p *tab, who id.ID) bool {
	p.t.Helper()
	shown, err := h.app.Tutoring.Pictured(p.t.Context(), h.programme(), who)
	must(p.t, err)
	return shown
}

// drawn makes sure that a picture of the page is there.
func (p *tab) drawn(src string) error {
	wide, err := look[int](p, fmt.Sprintf("(() => { const i = document.querySelector('img[src=%q]'); i?.scrollIntoView(); return i?.naturalWidth || 0; })()", src))
	if err == nil && wide == 0 {
		err = fmt.Errorf("%s is not drawn", src)
	}
	return err
}
