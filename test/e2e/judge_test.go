package e2e_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"tremplin/internal/learning/content"
)

// judges holds the script that judges without network against the house's own judge: the answers of every
// activity in every language, right, wrong, half and nonsense.
func judges(t *testing.T, h *house) {
	p := h.visit(t, phone, "fr")
	p.open("/phone")
	p.until("load its script", func() error {
		_, err := look[string](p, "Judge.judge.name")
		return err
	})
	rng := rand.New(rand.NewPCG(1, 2))
	for _, slug := range []string{"speaking-at-work", "knowing-society", "looking-for-work", "looking-after-myself", "first-steps-computer"} {
		m, err := h.app.Learning.Module(t.Context(), h.programme().ID(), slug)
		must(t, err)
		for _, lang := range []string{"fr", "ar", "tr"} {
			for _, s := range m.Text(lang).Screens {
				if s.Activity != nil {
					alike(p, s.Activity, tried(rng, s.Activity))
				}
			}
		}
	}
}

// tried are answers to an activity: the right one, and some made at random.
func tried(rng *rand.Rand, a *content.Activity) (out [][]string) {
	words := []string{"", " ", "x", "-1", "0", "1", "2", "9", "ＡＢＣ", "İSTANBUL", "œuf", "ة", "٣", "’"}
	for _, i := range a.Items {
		words = append(words, i.Accept...)
		if len(i.Accept) > 0 {
			words = append(words, "  "+i.Accept[0]+" ")
		}
	}
	right := make([]string, len(a.Items))
	for i, item := range a.Items {
		if right[i] = fmt.Sprint(i); len(item.Accept) > 0 {
			right[i] = item.Accept[0]
		}
	}
	out = append(out, right, nil)
	for range 12 {
		v := make([]string, rng.IntN(len(a.Items)+2))
		for i := range v {
			v[i] = words[rng.IntN(len(words))]
		}
		out = append(out, v)
	}
	return out
}

type verdict struct {
	Right, Skipped bool
	Reasons        []content.Reason
}

// alike asks the script all answers at once and compares what it says.
func alike(p *tab, a *content.Activity, answers [][]string) {
	p.t.Helper()
	items, err := json.Marshal(a.Items)
	must(p.t, err)
	given, err := json.Marshal(answers)
	must(p.t, err)
	theirs := ask[[]verdict](p, fmt.Sprintf("%s.map((a) => { const v = Judge.judge(%q, %s || [], a || []); return { ...v, Skipped: !!v.skipped, Right: v.right, Reasons: v.reasons.map((r) => ({ Item: r.item, Right: r.right, Text: r.text })) }; })", given, a.Kind, items))
	for i, v := range theirs {
		ours := a.Judge(answers[i])
		if v.Right != ours.Right || v.Skipped != ours.Skipped || len(v.Reasons)+len(ours.Reasons) > 0 && !reflect.DeepEqual(v.Reasons, ours.Reasons) {
			p.t.Errorf("%s %q:\n%+v\n%+v", a.Kind, answers[i], v, ours)
		}
	}
}
