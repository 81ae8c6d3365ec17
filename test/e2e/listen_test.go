package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
)

// voice gives the device a Ukrainian voice that writes down what it says.
const voice = `(() => {
	window.spoken = [];
	window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
	Object.defineProperty(window, 'speechSynthesis', {value: {
		getVoices: () => [{lang: 'uk-UA'}], addEventListener() {}, cancel() {},
		speak(u) { spoken.push(u.text); setTimeout(() => u.onend()); },
	}});
})()`

// listens is a lesson read aloud where the device has a voice for its language, and only there.
func listens(t *testing.T, h *house) {
	for lang, has := range map[string]bool{"uk": true, "ar": false} {
		w := h.words(lang)
		p := h.visit(t, phone, lang)
		tell(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: voice})
		p.open("/learn/looking-for-work/1")
		if p.has("button", w.T("ui.listen")) != has {
			p.fail("a voice for %s: %v", lang, has)
		}
		if !has {
			continue
		}
		p.press("button", w.T("ui.listen"))
		title := p.lesson("looking-for-work", lang).screen(1).Title
		p.until("the title is read", func() error {
			said, err := look[[]string](p, "spoken")
			if err == nil && !strings.Contains(strings.Join(said, " "), title) {
				err = fmt.Errorf("the voice says %q", said)
			}
			return err
		})
	}
}
