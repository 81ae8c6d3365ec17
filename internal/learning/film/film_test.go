package film_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tremplin/internal/learning/content"
	"tremplin/internal/learning/film"
)

// filmed makes a film as the test says.
func filmed(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	at := filepath.Join(t.TempDir(), name)
	c := exec.Command("ffmpeg", append(append([]string{"-v", "error", "-nostdin"}, args...), at)...)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("test/setup.sh installs ffmpeg: %v %s", err, out)
	}
	b, err := os.ReadFile(at)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var (
	picture = []string{"-f", "lavfi", "-i", "testsrc2=s=720x480:r=30:d=1.5"}
	sound   = []string{"-f", "lavfi", "-i", "sine=440:d=1.5"}
	taken   = []string{"-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", "-c:a", "aac", "-movflags", "+faststart", "-metadata", "location=+48.85+002.35/", "-metadata", "title=Geheim"}
	once    sync.Once
	large   []byte
)

// camera is a film as a telephone takes it: large, and it says where and by whom.
func camera(t *testing.T) []byte {
	once.Do(func() { large = upright(filmed(t, "a.mp4", slices.Concat(picture, sound, taken)...)) })
	return large
}

// upright says of a film that it was taken with the telephone upright: its first track is turned by a right angle.
func upright(b []byte) []byte {
	matrix := b[bytes.Index(b, []byte("tkhd"))+4+40:]
	for i, v := range []uint32{0, 1 << 16, 0, 0xFFFF0000, 0, 0, 480 << 16, 0, 1 << 30} {
		binary.BigEndian.PutUint32(matrix[4*i:], v)
	}
	return b
}

// told is what ffprobe says of a film.
func told(t *testing.T, b []byte) string {
	t.Helper()
	at := filepath.Join(t.TempDir(), "b.mp4")
	if err := os.WriteFile(at, b, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("ffprobe", "-v", "error", "-show_streams", "-show_format", at).CombinedOutput()
	if err != nil {
		t.Fatal(err, string(out))
	}
	return string(out)
}

func TestAFilmIsMadeSmall(t *testing.T) {
	large := camera(t)
	if was := told(t, large); !strings.Contains(was, "TAG:location=") || !strings.Contains(was, "Geheim") {
		t.Fatal("the film of the test says nothing about where it was taken")
	}
	small, err := film.Small(t.Context(), ".mp4", large)
	if err != nil {
		t.Fatal(err)
	}
	said := told(t, small)
	for _, want := range []string{"codec_name=h264", "profile=Constrained Baseline", "width=426\n", "height=640\n", "codec_name=aac", "channels=1", "avg_frame_rate=25/1"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %s in %s", want, said)
		}
	}
	if strings.Contains(said, "TAG:location") || bytes.Contains(small, []byte("Geheim")) {
		t.Error("it says where it was taken, or what its author called it")
	}
	if 3*len(small) > 2*len(large) || bytes.Index(small, []byte("moov")) > bytes.Index(small, []byte("mdat")) {
		t.Error(len(small), len(large), "or it cannot be played before all of it is there")
	}
	if _, err := film.Small(t.Context(), ".mp4", small); !refused(err, film.Light) {
		t.Error("a small film is made smaller:", err)
	}
}

// A film of a browser says nothing of how long it is.
func TestAFilmOfABrowser(t *testing.T) {
	b := filmed(t, "a.webm", slices.Concat(picture, []string{"-t", "0.5", "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "3M", "-live", "1"})...)
	if small, err := film.Small(t.Context(), ".webm", b); err != nil || !bytes.Contains(small, []byte("avc1")) {
		t.Error(err)
	}
}

func TestARecordingIsMadeSmall(t *testing.T) {
	b := silence(400_000)
	small, err := film.Voice(t.Context(), ".wav", b)
	if err != nil || 3*len(small) > len(b) || !bytes.Contains(small, []byte("mp4a")) {
		t.Error(len(b), len(small), err)
	}
}

// silence is a WAV of so many bytes of sound in one channel.
func silence(n uint32) []byte {
	b := []byte("RIFF\xff\xff\xff\xffWAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00")
	b = binary.LittleEndian.AppendUint32(b, 44100)
	b = binary.LittleEndian.AppendUint32(b, 2*44100)
	b = binary.LittleEndian.AppendUint32(append(b, "\x02\x00\x10\x00data"...), n)
	return append(b, make([]byte, n)...)
}

func refused(err error, code content.Code) bool {
	var ps content.Problems
	return errors.As(err, &ps) && ps.Has(code)
}

// lasting is a film that says it lasts so many seconds.
func lasting(b []byte, seconds uint32) []byte {
	b = bytes.Clone(b)
	for _, atom := range []string{"mvhd", "tkhd", "mdhd"} {
		for at := 0; ; {
			i := bytes.Index(b[at:], []byte(atom))
			if i < 0 {
				break
			}
			at += i + 4
			field := b[at+16:]
			if atom == "tkhd" {
				field = b[at+20:]
			}
			scale := uint32(1000)
			if atom == "mdhd" {
				scale = binary.BigEndian.Uint32(b[at+12:])
			}
			binary.BigEndian.PutUint32(field, seconds*scale)
		}
	}
	return b
}

func TestHostileFilms(t *testing.T) {
	good, listener := camera(t), listen(t)
	list := "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://" + listener.Addr().String() + "/a.ts\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
	for name, c := range map[string]struct {
		data []byte
		code content.Code
	}{
		"nothing":             {nil, film.Broken},
		"no film":             {[]byte("\x00\x00\x00\x20ftypmp42"), film.Broken},
		"half of one":         {good[:len(good)/2], film.Broken},
		"a playlist":          {[]byte(list), film.Broken},
		"a script":            {[]byte("ffconcat version 1.0\nfile /etc/passwd\nfile http://" + listener.Addr().String() + "/\n"), film.Broken},
		"no time at all":      {filmed(t, "a.mp4", "-f", "lavfi", "-i", "testsrc2=s=64x64:d=1", "-frames:v", "0", "-c:v", "libx264"), film.Broken},
		"hours":               {lasting(good, 7200), film.Long},
		"no pictures":         {filmed(t, "a.mp4", slices.Concat(sound, []string{"-c:a", "aac"})...), film.Broken},
		"as wide as a street": {filmed(t, "a.mp4", "-f", "lavfi", "-i", "color=s=4112x16:r=1:d=1", "-c:v", "libx264", "-preset", "ultrafast"), film.Huge},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := film.Small(t.Context(), ".mp4", c.data)
			if b != nil || !refused(err, c.code) {
				t.Errorf("want %s: %v", c.code, err)
			}
		})
	}
}

// listen fails the test where anybody asks it for anything.
func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		if c, err := l.Accept(); err == nil {
			_ = c.Close()
			t.Error("a film led to the network")
		}
	}()
	return l
}

func TestWhoCannotWait(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := film.Small(ctx, ".mp4", camera(t)); !refused(err, film.Slow) {
		t.Error(err)
	}
}

func TestWithoutTheProgram(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := film.Small(t.Context(), ".mp4", []byte("a"))
	var ps content.Problems
	if !errors.As(err, &ps) || ps[0].Code != film.Tool || ps[0].Detail != "ffmpeg" {
		t.Error(err)
	}
}
