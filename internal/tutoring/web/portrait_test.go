package web_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
)

// photograph sends a photo of somebody, as the form of their page does.
func (s *site) photograph(who string, of id.ID, photo []byte, fields ...string) *httptest.ResponseRecorder {
	s.T.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for i := 0; i < len(fields); i += 2 {
		s.Must(form.WriteField(fields[i], fields[i+1]))
	}
	f, err := form.CreateFormFile("photo", "face.png")
	s.Must(err)
	_, err = f.Write(photo)
	s.Must(err)
	s.Must(form.Close())
	r := httptest.NewRequestWithContext(s.Ctx(), http.MethodPost, "http://tremplin.test"+path(of)+"/photo", &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	r.AddCookie(&http.Cookie{Name: web.LangCookie, Value: "en"})
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// A tutor takes a photo of somebody who agrees, in whose language the notice stands; takes it away again; others
// see none of it, and no device keeps it.
func TestPhotoOfSomebody(t *testing.T) {
	s := open(t)
	amina := s.Learner("Amina", 20, true)
	var face bytes.Buffer
	s.Must(png.Encode(&face, image.NewGray(image.Rect(0, 0, 300, 400))))
	s.shows("leila", path(amina), 200, []string{"Take a photo for the roll", "بعد موافقتكم", `lang="ar" dir="rtl"`}, path(amina)+"/photo/off")
	s.shows("leila", path(amina)+"/photo", 404, nil)
	s.says(s.photograph("leila", amina, face.Bytes()), "no permission", 422, []string{"Without permission no photo is kept", "<details open"})
	s.says(s.photograph("leila", amina, []byte("<svg/>"), "agrees", "yes"), "no photo", 422, []string{"Choose a photo", `value="yes" checked`})
	if w := s.photograph("marc", amina, face.Bytes(), "agrees", "yes"); w.Code != 404 {
		t.Error("another group's tutor takes a photo:", w.Code)
	}
	if w := s.photograph("leila", amina, face.Bytes(), "agrees", "yes"); w.Code != 303 {
		t.Fatal(w.Code, w.Body)
	}
	s.shows("leila", path(amina), 200, []string{`alt="Photo of Amina"`, path(amina) + "/photo/off"}, "Take a photo for the roll")
	if w := s.ask("leila", path(amina)+"/photo", nil); w.Code != 200 || w.Header().Get("Content-Type") != "image/jpeg" || w.Header().Get("Cache-Control") != "no-store" {
		t.Error(w.Code, w.Header())
	}
	s.shows("marc", path(amina)+"/photo", 404, nil)
	if w := s.ask("leila", path(amina)+"/photo/off", url.Values{"cid": {id.New().String()}}); w.Code != 303 {
		t.Error(w.Code)
	}
	s.shows("leila", path(amina)+"/photo", 404, nil)
}
