package i18n

import "tremplin/internal/core/text"

// Written finds the code of a language by what people write for it in tables and forms, folded.
var Written = func() map[string]string {
	out := map[string]string{}
	for code, words := range map[string][]string{
		"ar": {"العربية", "عربي", "arabic", "arabe"},
		"de": {"Deutsch", "German"},
		"en": {"English", "anglais"},
		"es": {"español", "Spanish", "espagnol"},
		"fr": {"français", "French"},
		"nl": {"Nederlands", "Dutch"},
		"pt": {"português", "Portuguese", "portugais"},
		"ro": {"română", "Romanian"},
		"tr": {"Türkçe", "Turkish", "turc"},
		"uk": {"українська", "Ukrainian", "ukrainien"},
	} {
		for _, w := range words {
			out[text.Fold(w)] = code
		}
	}
	return out
}()
