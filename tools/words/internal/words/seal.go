package words

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Seal records that translations are up to date: of every text that has no record yet, and of the keys
// that are named. Records of texts that are gone are dropped. It returns the files to write.
func Seal(folders []Folder, langs, keys []string) (map[string]string, error) {
	out := map[string]string{}
	named := map[string]bool{}
	for _, f := range folders {
		for lang, texts := range f.Texts {
			if lang == Source || !slices.Contains(langs, lang) {
				continue
			}
			sums := Sums{}
			for key := range texts {
				if f.Texts[Source][key] == nil {
					continue
				}
				sums[key] = f.Sums[lang][key]
				if slices.Contains(keys, key) || sums[key] == "" {
					sums[key] = f.Texts[Source][key].Sum()
				}
				named[key] = true
			}
			if !maps.Equal(sums, f.Sums[lang]) {
				out[strings.TrimSuffix(f.file(lang), ".toml")+".sum"] = sums.String()
			}
		}
	}
	for _, k := range keys {
		if !named[k] {
			return nil, fmt.Errorf("%s: no translation to seal", k)
		}
	}
	return out, nil
}
