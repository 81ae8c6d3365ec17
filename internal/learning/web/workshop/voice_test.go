package workshop_test

import (
	"encoding/binary"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/learning"
)

func TestTranslatorsRecord(t *testing.T) {
	r := open(t)
	at := module + "/translate/tr/where"
	v := r.filled("selim", at)
	v.Set("act", "done")
	v.Set("audio", "@a.mp3\n<html>")
	r.says(r.post("selim", at, v), http.StatusUnprocessableEntity, `id="audio-fault"`)
	v.Set("audio", "@a.mp3\nID3aaaa")
	r.says(r.post("selim", at, v), http.StatusSeeOther)
	r.says(r.get("selim", at), http.StatusOK, "There is a recording")
	r.says(r.post("selim", module+"/translate/tr", url.Values{}), http.StatusSeeOther)
	screen := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://tremplin.test/learn/looking-for-work/2", nil)
	body := r.says(r.send("", "tr", screen), http.StatusOK, `data-audio="/media/`)
	sound := regexp.MustCompile(`data-audio="([^"]+)"`).FindStringSubmatch(body)[1]
	part := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://tremplin.test"+sound, nil)
	part.Header.Set("Range", "bytes=0-1")
	if w := r.send("", "tr", part); w.Code != http.StatusPartialContent || w.Body.String() != "ID" || w.Header().Get("Content-Type") != "audio/mpeg" {
		t.Error(w.Code, w.Body, w.Header())
	}
	if body := r.get("", "/learn/looking-for-work/2").Body.String(); strings.Contains(body, "data-audio") {
		t.Error("a recording in another language")
	}
}

// A recording as heavy as WAV comes out small; what is no recording at all is refused where it was chosen.
func TestAHeavyRecordingIsMadeSmaller(t *testing.T) {
	r, at := open(t), module+"/edit/where"
	v := r.filled("claire", at)
	v.Set("act", "save")
	v.Set("audio", "@a.wav\nRIFF but no sound")
	r.says(r.post("claire", at, v), http.StatusUnprocessableEntity, `id="audio-fault"`, "cannot be played")
	v.Set("audio", "@a.WAV\n"+silence(300_000))
	r.says(r.post("claire", at, v), http.StatusSeeOther)
	m, _, err := r.s.Manuscript(t.Context(), r.p[0].ID(), "looking-for-work")
	r.must(err)
	of := m.Files["audio/fr/where.m4a"]
	if n := r.s.Blobs.Size(of); n == 0 || n > 100_000 {
		t.Error(n, m.Files)
	}
}

// silence is a WAV of so many bytes of sound.
func silence(n uint32) string {
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00")
	b = binary.LittleEndian.AppendUint32(b, 44100)
	b = binary.LittleEndian.AppendUint32(b, 88200)
	b = append(b, "\x02\x00\x10\x00data"...)
	b = binary.LittleEndian.AppendUint32(b, n)
	binary.LittleEndian.PutUint32(b[4:], n+36)
	return string(append(b, make([]byte, n)...))
}

// Looking at a screen keeps what was typed in the draft and comes back to the same place.
func TestPreview(t *testing.T) {
	r := open(t)
	at := module + "/edit/where"
	v := r.filled("claire", at)
	v.Set("text", "Deux endroits seulement.")
	v.Set("act", "preview")
	w := r.post("claire", at, v)
	if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || to != at+"#preview" {
		t.Fatal(w.Code, to)
	}
	body := r.says(r.get("claire", at), http.StatusOK, "Learners see it only after it is published", "<p>Deux endroits seulement.</p>")
	if strings.Count(body, "Deux endroits seulement.") != 2 {
		t.Error("in the form and as learners see it")
	}
	v = r.filled("claire", at)
	v.Set("text", "<b>Deux</b>")
	v.Set("act", "preview")
	r.says(r.post("claire", at, v), http.StatusSeeOther)
	r.says(r.get("claire", at), http.StatusOK, "HTML is not allowed", "<b>Deux</b></textarea>", "It can be shown when")
}

// Where a screen is written, one reads what people did there and what they said of it.
func TestTheEditorSaysWhatHappened(t *testing.T) {
	r := open(t)
	pid := r.p[0].ID()
	m, err := r.s.Module(t.Context(), pid, "looking-for-work")
	r.must(err)
	for i, right := range []bool{true, false, false, true} {
		at := 2
		who := learning.Learner{ID: id.New()}
		r.must(r.s.Bring(t.Context(), journaltest.Act(pid, id.ID{}), []learning.Work{{
			ID: id.New(), Learner: who, Module: m.ModuleRow, At: 1000 + int64(i),
			Said: learning.Answered{Number: m.Number, Screen: "where", At: int64(at), Of: 12, Right: right, Language: "fr"},
		}, {
			ID: id.New(), Learner: who, Module: m.ModuleRow, At: 2000 + int64(i),
			Said: learning.Answered{Number: m.Number, Screen: "where", At: int64(at), Of: 12, Right: true, Language: "fr"},
		}}))
	}
	r.must(r.s.Remark(t.Context(), journaltest.Act(pid, id.ID{}), m, learning.Remarked{Screen: "where", Language: "ar", Text: "ما معنى Forem؟"}))
	r.says(r.get("claire", module+"/edit/where"), http.StatusOK, "What people did here", "50% (2\u00a0of\u00a04)", "ما معنى Forem؟")
	if body := r.get("claire", module+"/edit/cv").Body.String(); strings.Contains(body, "What people did here") {
		t.Error("nobody was there")
	}
}
