package content

import (
	"bytes"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

var audioName = regexp.MustCompile(`^audio/([A-Za-z0-9-]+)/([a-z0-9-]+)\.(mp3|ogg|m4a)$`)

// assemble makes a module of its files, by path. The error is Problems; the module is then nil.
func assemble(files map[string][]byte) (*Module, error) {
	m := &Module{Languages: map[string]*Text{}, Files: map[string][]byte{}}
	var ps Problems
	if files[metaFile] == nil {
		ps.add(metaFile, 0, MetaMissing, "")
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		ps.adopt(name, 0, m.take(name, files[name]))
	}
	ps = append(ps, m.checkFiles()...)
	// A source that could not be read has said why; comparing with it would only add noise.
	if files[m.Source+".md"] == nil || m.Languages[m.Source] != nil {
		ps = append(ps, m.checkLanguages()...)
	}
	if err := ps.Err(); err != nil {
		return nil, err
	}
	return m, nil
}

// take puts a file where it belongs in the module.
func (m *Module) take(name string, data []byte) (err error) {
	lang, isText := strings.CutSuffix(name, ".md")
	switch {
	case name == metaFile:
		m.Meta, err = ParseMeta(data)
	case isText && isLanguage(lang):
		var text *Text
		if text, err = ParseText(lang, data); err == nil {
			m.Languages[lang] = text
		}
	default:
		m.Files[name] = data
	}
	return err
}

// Check reports what does not fit in a module whose texts were read by ParseText: fields, files, and each language
// beside the source. ReadDir and ReadZip have checked already.
func (m *Module) Check() Problems {
	return append(append(m.check(), m.checkFiles()...), m.checkLanguages()...)
}

func (m *Module) checkFiles() Problems {
	var ps Problems
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		ps.adopt(name, 0, checkFile(name, m.Files[name]))
		if smallName.MatchString(name) {
			ps.adopt(name, 0, codeError(m.smallCode(name)))
		}
	}
	return ps
}

// checkFile tells whether a picture or recording is what its name says.
func checkFile(name string, data []byte) error {
	switch {
	case pictureName.MatchString(name) && path.Ext(name) == ".svg":
		return CheckSVG(data)
	case pictureName.MatchString(name):
		return codeError(pictureCode(path.Ext(name), data))
	case audioName.MatchString(name):
		return codeError(audioCode(path.Ext(name), data))
	case IsVideo(name), smallName.MatchString(name):
		return codeError(videoCode(path.Ext(name), data))
	case captionsName.MatchString(name):
		return codeError(captionsCode(data))
	case packageName.MatchString(name):
		_, err := ReadPackage(data)
		return err
	case isZip(name, data):
		return codeError(ZipNested)
	}
	return codeError(FileUnknown)
}

func codeError(code Code) error {
	if code == "" {
		return nil
	}
	return Problems{{Code: code}}
}

func isZip(name string, data []byte) bool {
	return strings.EqualFold(path.Ext(name), ".zip") || bytes.HasPrefix(data, []byte("PK\x03\x04"))
}

func (m *Module) checkLanguages() Problems {
	var ps Problems
	source := m.Languages[m.Source]
	if source == nil {
		ps.add(m.Source+".md", 0, SourceMissing, m.Source)
		return ps
	}
	for _, lang := range slices.Sorted(maps.Keys(m.Languages)) {
		ps = append(ps, Same(source, m.Languages[lang])...)
		ps = append(ps, m.checkShown(m.Languages[lang])...)
	}
	return append(ps, m.checkAudio(source)...)
}

// checkShown finds what a screen names and the module does not have.
func (m *Module) checkShown(t *Text) Problems {
	var ps Problems
	for _, s := range t.Screens {
		if _, ok := m.Files[s.Picture]; !ok && s.Picture != "" {
			ps.add(t.Lang+".md", 0, PictureMissing, s.Picture)
		}
		if t.Lang == m.Source && IsVideo(s.Picture) && m.Files[CaptionsPath(s.Picture, t.Lang)] == nil {
			ps.add(t.Lang+".md", 0, CaptionsMissing, s.Picture)
		}
		if _, ok := m.Files[s.Package()]; !ok && s.Package() != "" {
			ps.add(t.Lang+".md", 0, PackageMissing, s.Package())
		}
	}
	return ps
}

// checkAudio finds recordings that nobody would ever hear, as their screen was renamed or never was.
func (m *Module) checkAudio(source *Text) Problems {
	var ps Problems
	ids := source.ids()[1:]
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		if f := audioName.FindStringSubmatch(name); f != nil && (!isLanguage(f[1]) || !slices.Contains(ids, f[2])) {
			ps.add(name, 0, AudioScreen, f[2])
		}
	}
	return ps
}

// Recording is the path of a screen's recording in a language among the files of a module, or empty.
func Recording[V any](files map[string]V, lang, screen string) string {
	for _, ending := range []string{".mp3", ".ogg", ".m4a"} {
		name := "audio/" + lang + "/" + screen + ending
		if _, ok := files[name]; ok {
			return name
		}
	}
	return ""
}
