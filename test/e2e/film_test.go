package e2e_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// films is an author who puts a film on the first screen: a size for phones is made while she goes on.
func films(t *testing.T, h *house, p *tab, slug string) {
	t.Helper()
	w := h.words("fr")
	p.open("/modules/" + slug + "/edit/jouer")
	p.handTo("#picture", filmed(t))
	p.fill(w.T("author.field.alt"), "Une mire et un chronomètre.")
	p.follow("button", w.T("author.save"))
	p.until("have the film made smaller", func() error {
		m, _, err := h.app.Learning.Manuscript(t.Context(), h.programme().ID(), slug)
		if err == nil && len(m.Sizes) == 0 {
			err = fmt.Errorf("it is still being made")
		}
		return err
	})
	p.handTo("#captions", kept(t, "film.vtt", []byte("WEBVTT\n\n00:00.000 --> 00:01.000\nUne seconde.")))
	p.follow("button", w.T("author.save"))
	p.sees(w.T("author.film.small"))
	p.screens(2)
}

// filmed is a film of one second, heavier than it need be.
func filmed(t *testing.T) string {
	t.Helper()
	at := filepath.Join(t.TempDir(), "film.mp4")
	c := exec.CommandContext(t.Context(), "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=10:d=1", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "1", "-pix_fmt", "yuv420p", at)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("test/setup.sh installs ffmpeg: %v %s", err, out)
	}
	must(t, os.Chmod(at, 0o600))
	return at
}

// screens waits until a film is there in so many sizes, and plays the first of them, which is not the largest.
func (p *tab) screens(sizes int) {
	p.t.Helper()
	p.until("play a film", func() error {
		n, err := look[int](p, "document.querySelectorAll('video').length")
		if err == nil && n != sizes {
			err = fmt.Errorf("it is there in %d sizes", n)
		}
		if err != nil {
			return err
		}
		is, err := look[float64](p, "(() => { const f = document.querySelector('video'); f.muted = true; f.play().catch(() => {}); return f.duration || 0; })()")
		if err == nil && (is < 0.5 || is > 2) {
			err = fmt.Errorf("it lasts %v s", is)
		}
		return err
	})
}
