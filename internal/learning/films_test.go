package learning_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/job"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	"tremplin/internal/learning/film"
)

var filmOnce = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "film-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // the test has what it wants
	at := filepath.Join(dir, "a.mp4")
	c := exec.Command("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=10:d=1", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "1", at)
	if out, err := c.CombinedOutput(); err != nil {
		return nil, errors.New("test/setup.sh installs ffmpeg: " + err.Error() + string(out))
	}
	return os.ReadFile(at)
})

// shoots puts a film with captions on the first screen of the draft, in both sizes.
func (w workshop) shoots(data []byte) (name string, of blob.Hash) {
	w.t.Helper()
	name = learning.MediumPath("where", data, ".mp4")
	var vtt blob.Hash
	of, err := w.Blobs.Put(data)
	w.must(err)
	vtt, err = w.Blobs.Put([]byte("WEBVTT\n"))
	w.must(err)
	w.must(w.Shrink(w.t.Context(), here, "work", name, of))
	w.must(w.Change(w.t.Context(), here, "work", func(m *learning.Manuscript) error {
		m.Files[name], m.Files[content.CaptionsPath(name, "fr")] = of, vtt
		m.SetSmaller(name, true)
		t, _ := m.Sheet("where")
		was := t.Mark()
		t.Picture = name
		return m.Write("where", was, t)
	}))
	return name, of
}

func (w workshop) draft() learning.Manuscript {
	w.t.Helper()
	m, ok, err := w.Manuscript(w.t.Context(), here, "work")
	if !ok || err != nil {
		w.t.Fatal("no draft", err)
	}
	return m
}

// works does the jobs that wait.
func (w workshop) works() {
	(&job.Runner{DB: w.J.DB(), Now: w.J.Now, Do: map[string]func(context.Context, job.Job) error{learning.FilmJob: w.MakeSmaller}}).Drain(w.t.Context())
}

// waiting are the jobs that are due.
func (w workshop) waiting() []job.Job {
	w.t.Helper()
	all, err := job.List(w.t.Context(), w.J.DB(), here, w.J.Now(), 9)
	w.must(err)
	return all
}

// asked is a job as it is kept.
func asked(of blob.Hash) job.Job {
	return job.Job{Programme: here, Kind: learning.FilmJob, Payload: []byte(`{"Slug":"work","Film":"` + string(of) + `","Ending":".mp4"}`)}
}

func (w workshop) candidate() (*content.Module, content.Problems) {
	w.t.Helper()
	m, err := w.Candidate(w.t.Context(), here, w.draft())
	var ps content.Problems
	if err != nil && !errors.As(err, &ps) {
		w.t.Fatal(err)
	}
	return m, ps
}

// begins makes the small module a draft.
func (w workshop) begins() {
	w.t.Helper()
	slug, err := w.Receive(w.t.Context(), w.claire, learning.Upload{Name: "work.zip", Data: zipped(w.t)})
	w.must(err)
	w.must(w.Take(w.t.Context(), w.claire, slug))
}

// publishes has the draft read and published.
func (w workshop) publishes() *content.Module {
	w.t.Helper()
	w.must(w.Submit(w.t.Context(), by(w.claire), "work", "note"))
	w.must(w.PublishManuscript(w.t.Context(), by(w.nadia), learning.Release{Slug: "work", Note: "note"}))
	m, err := w.Module(w.t.Context(), here, "work")
	w.must(err)
	return m.Content
}

func TestAFilmGoesInTwoSizes(t *testing.T) {
	data, err := filmOnce()
	if err != nil {
		t.Fatal(err)
	}
	eachWorkshop(t, func(w workshop) {
		w.begins()
		name, of := w.shoots(data)
		w.must(w.Shrink(t.Context(), here, "work", name, of))
		if n := len(w.waiting()); n != 1 {
			t.Fatal("asked twice, it is to be made", n, "times")
		}
		if _, ps := w.candidate(); !ps.Has(film.Making) {
			t.Error("a film is published before its smaller size is there:", ps)
		}
		was := w.draft()
		w.works()
		is := w.draft()
		if is.Fingerprint() != was.Fingerprint() {
			t.Error("what nobody has written changes what somebody has read")
		}
		w.must(w.MakeSmaller(t.Context(), asked(of))) // as when a process ended before it could say so
		w.must(w.Shrink(t.Context(), here, "work", name, of))
		if again := w.draft(); !maps.Equal(again.Sizes, is.Sizes) || len(w.waiting()) > 0 {
			t.Errorf("made again, it is another: %v, %v", again.Sizes, is.Sizes)
		}
		m := w.publishes()
		small := content.Lighter(m.Files, name)
		if small == "" || 3*len(m.Files[small]) > 2*len(data) || string(m.Files[name]) != string(data) {
			t.Fatal("the module has not both sizes:", slices.Sorted(maps.Keys(m.Files)))
		}
		w.must(w.Change(t.Context(), here, "work", func(m *learning.Manuscript) error {
			if !m.HasSmaller(name) || len(m.Smaller) > 0 {
				t.Error("the next draft does not know the size that was published")
			}
			m.SetSmaller(name, false)
			return nil
		}))
		if m, ps := w.candidate(); len(ps) > 0 || content.Lighter(m.Files, name) != "" {
			t.Error("what its author took away stays", ps)
		}
		if sizes := w.draft().Sizes; len(sizes) > 0 {
			t.Error("what was published waits still:", sizes)
		}
	})
}

// A film that cannot be made smaller keeps nobody from publishing it, and may be tried again.
func TestAFilmThatCannotBeMadeSmaller(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		w.begins()
		name, of := w.shoots([]byte("\x00\x00\x00\x20ftypmp42"))
		w.works()
		if is := w.draft().Sizes[of]; is.Code != film.Broken || is.Small != "" {
			t.Errorf("%+v", is)
		}
		m, ps := w.candidate()
		if len(ps) > 0 || content.Lighter(m.Files, name) != "" {
			t.Error(ps)
		}
		w.must(w.Shrink(t.Context(), here, "work", name, of))
		if _, ps := w.candidate(); !ps.Has(film.Making) || len(w.waiting()) != 1 {
			t.Error("it is not tried again", ps)
		}
		cut, stop := context.WithCancel(t.Context())
		stop()
		if err := w.MakeSmaller(cut, asked(of)); !errors.Is(err, context.Canceled) || w.draft().Sizes[of].Code != "" {
			t.Error("the film is to blame that the process ended")
		}
		w.must(w.Discard(t.Context(), here, "work"))
		w.works()
		if _, begun, err := w.Manuscript(t.Context(), here, "work"); begun || err != nil {
			t.Error("a job begins a draft that was thrown away", err)
		}
	})
}

// Who brings a module again with a film of their own does not get the size of the film before it.
func TestAFilmThatComesWithoutItsSize(t *testing.T) {
	data, err := filmOnce()
	if err != nil {
		t.Fatal(err)
	}
	eachWorkshop(t, func(w workshop) {
		w.begins()
		name, _ := w.shoots(data)
		w.works()
		m := *w.publishes()
		m.Files = maps.Clone(m.Files)
		delete(m.Files, content.SmallPath(name))
		var zip strings.Builder
		w.must(m.WriteZip(&zip))
		_, err := w.Receive(t.Context(), w.claire, learning.Upload{Name: "work.zip", Data: []byte(zip.String())})
		w.must(err)
		w.must(w.Take(t.Context(), w.claire, "work"))
		if is := w.draft(); is.HasSmaller(name) || is.Files[name] == "" {
			t.Error(is.Files)
		}
	})
}
