package content

import (
	"archive/zip"
	"slices"
	"strings"
	"testing"
)

// h5p are the files of the smallest package that plays.
func h5p(changes ...string) map[string]string {
	files := map[string]string{
		"h5p.json": `{"title":"Quiz","language":"en","mainLibrary":"H5P.Quiz","embedTypes":["div"],"preloadedDependencies":[` +
			`{"machineName":"H5P.Quiz","majorVersion":"1","minorVersion":"2"},{"machineName":"H5P.Question","majorVersion":1,"minorVersion":5}]}`,
		"content/content.json": `{"text":"?"}`, "content/images/a.SVG": "<svg onload='x'/>", "content/page.html": "<script>x</script>",
		"H5P.Quiz-1.2/library.json": `{"preloadedJs":[{"path":"quiz.js"}]}`, "H5P.Quiz-1.2/quiz.js": "1", "H5P.Question-1.5/library.json": "{}",
	}
	for i := 0; i < len(changes); i += 2 {
		files[changes[i]] = changes[i+1]
		if changes[i+1] == "" {
			delete(files, changes[i])
		}
	}
	return files
}

func quiz() string { return string(pack(h5p(), "")) }

func TestReadPackage(t *testing.T) {
	p, err := ReadPackage([]byte(quiz()))
	if err != nil {
		t.Fatal(err)
	}
	if p.Title != "Quiz" || p.Main != "H5P.Quiz" || p.Bytes == 0 || slices.Contains(p.Names(), "content/page.html") {
		t.Errorf("%+v %v", p, p.Names())
	}
	if b, mime, ok := p.File("content/images/a.SVG"); !ok || mime != "image/svg+xml" || !strings.HasPrefix(string(b), "<svg") {
		t.Errorf("%q %s %v", b, mime, ok)
	}
	for _, name := range []string{"", "content/page.html", "../h5p.json", "content"} {
		if _, _, ok := p.File(name); ok {
			t.Errorf("%q is served", name)
		}
	}
}

// What a package would fetch from the internet is found, and nothing else is.
func TestOutside(t *testing.T) {
	for said, want := range map[string][]string{
		`{"text":"?"}`: nil,
		`{"sources":[{"path":"https://www.youtube.com/watch?v=x","mime":"video/YouTube"},{"path":"https://vimeo.com/1"}]}`:      {"vimeo.com", "www.youtube.com"},
		`{"file":{"path":"images/a.png"},"link":{"url":"https://a.example"},"text":"<a href=\"https://b.example\">b</a>"}`:      nil,
		`[{"text":"<p><img alt=\"\" src=\"//c.example/x.png\"></p>"},{"path":"HTTP://d.example"},{"src":"http://d.example/2"}]`: {"c.example", "d.example"},
		`{"path":[{"path":5},null,"https://"]}`: nil,
	} {
		p, err := ReadPackage(pack(h5p("content/content.json", said), ""))
		if err != nil || !slices.Equal(p.Outside, want) {
			t.Errorf("%s: %q %v", said, p.Outside, err)
		}
	}
}

func TestHostilePackages(t *testing.T) {
	same := func(...string) []byte { return []byte(quiz()) }
	with := func(add func(*zip.Writer)) []byte { return pack(h5p(), "", add) }
	for name, c := range map[string]struct {
		data []byte
		want Code
	}{
		"no ZIP":           {[]byte("PK"), PackageBroken},
		"cut":              {same()[:200], PackageBroken},
		"traversal":        {with(entry("content/../../etc/passwd", "x")), ZipTraversal},
		"absolute":         {with(entry("/etc/passwd", "x")), ZipAbsolute},
		"drive":            {with(entry(`C:\x.js`, "x")), ZipBackslash},
		"symbolic link":    {with(linked()), FileLink},
		"twice":            {with(entry("H5P.json", "{}")), ZipDuplicate},
		"nested":           {with(entry("content/a.zip", "x")), ZipNested},
		"bomb":             {with(entry("content/a.txt", strings.Repeat("\x00", 4<<20))), ZipBomb},
		"lying":            {with(lying("content/a.txt", strings.Repeat("x", 100), 10)), FileBroken},
		"encrypted":        {with(headed(&zip.FileHeader{Name: "content/a.txt", Flags: 1}, "x")), ZipEncrypted},
		"nothing":          {pack(nil, ""), PackageBroken},
		"no h5p.json":      {pack(h5p("h5p.json", ""), ""), PackageBroken},
		"no JSON":          {pack(h5p("h5p.json", "{"), ""), PackageBroken},
		"no content":       {pack(h5p("content/content.json", ""), ""), PackageBroken},
		"a library less":   {pack(h5p("H5P.Question-1.5/library.json", ""), ""), PackageNeeds},
		"a script less":    {pack(h5p("H5P.Quiz-1.2/library.json", `{"preloadedJs":[{"path":"quiz.js"},{"path":"more.js"}]}`), ""), PackageNeeds},
		"no library":       {pack(h5p("H5P.Quiz-1.2/library.json", "{"), ""), PackageNeeds},
		"main not there":   {pack(h5p("h5p.json", `{"mainLibrary":"H5P.X","preloadedDependencies":[]}`), ""), PackageNeeds},
		"version as a map": {pack(h5p("h5p.json", `{"mainLibrary":"H5P.X","preloadedDependencies":[{"majorVersion":{}}]}`), ""), PackageBroken},
	} {
		if _, err := ReadPackage(c.data); !problems(err).Has(c.want) {
			t.Errorf("%s: want %s, got %v", name, c.want, err)
		}
	}
}

// FuzzPackage: a package is refused with reasons, or each of its files is served whole and under a type that we chose.
func FuzzPackage(f *testing.F) {
	f.Add([]byte(quiz()))
	f.Add(pack(h5p("content/a.js", "x", "content/b", "y"), "", linked()))
	f.Add(pack(h5p(), "", lying("content/a.txt", "x", 1<<40)))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ReadPackage(data)
		if err != nil {
			if len(problems(err)) == 0 {
				t.Fatalf("no problems: %v", err)
			}
			return
		}
		var sum int64
		for _, name := range p.Names() {
			b, mime, ok := p.File(name)
			if !ok || mime == "" || strings.Contains(name, "..") {
				t.Fatalf("%q %q %v", name, mime, ok)
			}
			sum += int64(len(b))
		}
		if sum != p.Bytes {
			t.Fatalf("%d bytes are %d", p.Bytes, sum)
		}
	})
}

func TestPoints(t *testing.T) {
	a := &Activity{Kind: Packaged, Package: "packages/quiz.h5p"}
	for said, right := range map[string]bool{
		"3/5": true, "2/5": false, "0/0": true, "5/10": true, "0/1": false, "": false, "6/5": false, "-1/5": false, "1": false, "1/x": false, "1/9999999999": false,
	} {
		if v := a.Judge([]string{said}); v.Right != right {
			t.Errorf("%q: %v", said, v.Right)
		}
	}
}
