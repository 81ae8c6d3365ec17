package content

import (
	"regexp"
	"slices"

	"golang.org/x/text/language"
	"gopkg.in/yaml.v3"
)

// Meta is module.yaml: what does not depend on the language.
type Meta struct {
	Slug      string   `yaml:"slug"`      // [a-z0-9-]
	Source    string   `yaml:"source"`    // the language that the others are translated from
	Needs     []string `yaml:"needs"`     // society, work, diploma, speak, care, computer
	Sector    string   `yaml:"sector"`    // empty, or building, catering …
	Level     string   `yaml:"level"`     // A1 A2 B1 B2
	Minutes   int      `yaml:"minutes"`   // 1 to 600
	Countries []string `yaml:"countries"` // ISO 3166 codes; nil: everywhere
	Audience  string   `yaml:"audience"`  // learner or tutor
	Licence   string   `yaml:"licence"`   // CC-BY-4.0 …
}

const (
	metaFile = "module.yaml"
	maxMeta  = 16 << 10 // bytes
)

var (
	needs       = []string{"society", "work", "diploma", "speak", "care", "computer"}
	levels      = []string{"A1", "A2", "B1", "B2"}
	audiences   = []string{"learner", "tutor"}
	sectorForm  = regexp.MustCompile(`^[a-z0-9-]{0,64}$`)
	licenceForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.+-]{0,63}$`)
)

// ParseMeta reads module.yaml. The error is Problems.
func ParseMeta(src []byte) (Meta, error) {
	var m Meta
	if len(src) > maxMeta {
		return m, Problems{{File: metaFile, Code: FileLarge}}
	}
	if err := decodeYAML(src, &m); err != nil {
		return m, Problems{{File: metaFile, Code: MetaYAML, Detail: clip(err.Error())}}
	}
	m.Needs, m.Countries = filled(m.Needs), filled(m.Countries)
	return m, m.check().Err()
}

// filled makes an empty list nil, so that equal modules compare equal.
func filled(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}

func (m Meta) format() ([]byte, error) { return yaml.Marshal(m) }

func (m Meta) check() Problems {
	var ps Problems
	need := func(ok bool, code Code, detail string) {
		if !ok {
			ps.add(metaFile, 0, code, detail)
		}
	}
	need(idForm.MatchString(m.Slug), MetaSlug, m.Slug)
	need(isLanguage(m.Source), MetaSource, m.Source)
	need(sectorForm.MatchString(m.Sector), MetaSector, m.Sector)
	need(slices.Contains(levels, m.Level), MetaLevel, m.Level)
	need(m.Minutes >= 1 && m.Minutes <= 600, MetaMinutes, "")
	need(slices.Contains(audiences, m.Audience), MetaAudience, m.Audience)
	need(licenceForm.MatchString(m.Licence), MetaLicence, m.Licence)
	for _, n := range m.Needs {
		need(slices.Contains(needs, n), MetaNeeds, n)
	}
	for _, c := range m.Countries {
		need(isCountry(c), MetaCountry, c)
	}
	return ps
}

// isLanguage tells whether a file may be named after the language: a tag written as BCP 47 writes it.
func isLanguage(lang string) bool {
	tag, err := language.Parse(lang)
	return err == nil && tag != language.Und && tag.String() == lang
}
