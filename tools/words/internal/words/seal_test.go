package words_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"tremplin/tools/words/internal/words"
)

const frSum = "internal/core/ui/locale/fr.sum"

// changed is a project whose source of ui.more changed, and which got a text more.
func changed(t *testing.T) fstest.MapFS {
	return project(t, map[string]string{
		"internal/core/ui/locale/en.toml": "\"ui.new\" = \"New\"\n" + strings.Replace(en, "More", "Show more", 1),
		"internal/core/ui/locale/fr.toml": "\"ui.new\" = \"Neuf\"\n" + fr,
	})
}

func TestSealNew(t *testing.T) {
	files := changed(t)
	before := string(files[frSum].Data)
	got, err := words.Seal(read(t, files), []string{"fr"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	rest := ""
	for line := range strings.Lines(got[frSum]) {
		if !strings.HasPrefix(line, "ui.new ") {
			rest += line
		}
	}
	if rest != before || rest == got[frSum] {
		t.Errorf("a seal without keys adds what is new and leaves what is stale; before:\n%s\nafter:\n%s", before, got[frSum])
	}
}

func TestSealNamed(t *testing.T) {
	files := changed(t)
	got, err := words.Seal(read(t, files), []string{"fr"}, []string{"ui.more"})
	if err != nil {
		t.Fatal(err)
	}
	files[frSum] = &fstest.MapFile{Data: []byte(got[frSum])}
	for _, p := range problems(t, files) {
		if strings.HasPrefix(p, "fr.") {
			t.Error("still wrong:", p)
		}
	}
	if len(got) != 1 {
		t.Errorf("other languages were sealed: %v", got)
	}
}

func TestSealUnknown(t *testing.T) {
	if _, err := words.Seal(read(t, changed(t)), langs, []string{"ui.none"}); err == nil {
		t.Error("a key that is not there was sealed")
	}
}

func TestSealDropsWhatIsGone(t *testing.T) {
	files := project(t, map[string]string{"internal/core/ui/locale/fr.toml": strings.Replace(fr, `"ui.more" = "Plus"`, "", 1)})
	got, err := words.Seal(read(t, files), langs, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s := got[frSum]; s == "" || strings.Contains(s, "ui.more") {
		t.Errorf("ui.more is still recorded: %q", s)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, file := range map[string][2]string{
		"a torn line":      {"fr.sum", "ui.more\n"},
		"a line twice":     {"fr.sum", "ui.more 12345678\nui.more 12345678\n"},
		"a key twice":      {"fr.toml", "\"ui.more\" = \"a\"\n\"ui.more\" = \"b\"\n"},
		"a stranger":       {"notes.txt", "x"},
		"a sum of nothing": {"fr.toml", "ui.more"},
	} {
		files := project(t, map[string]string{"internal/core/ui/locale/" + file[0]: file[1]})
		if _, err := words.Read(files); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}
