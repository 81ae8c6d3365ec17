package workshop_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
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
