package content

import "strings"

// checkActivity reports what makes an activity impossible to do or to judge.
func (p *parser) checkActivity(a *Activity) {
	for _, code := range []Code{a.checkCount(), a.checkRight(), a.checkMatches(), a.checkLines()} {
		if code != "" {
			p.report(p.opened, code, p.screen.ID)
		}
	}
}

// checkCount asks for enough items to think about, and not too many to hold in mind.
func (a *Activity) checkCount() Code {
	switch n := len(a.Items); {
	case a.Kind == Packaged && a.Package == "":
		return ActivityPackage
	case a.Kind == Reflection || a.Kind == Packaged:
		return ""
	case n == 0 && a.Kind == Short:
		return ActivityNoAnswer
	case n == 0 && a.Kind == Fill && !strings.ContainsAny(a.Tail, "{}"):
		return ActivityNoGap
	case n < 2 && a.Kind != Fill && a.Kind != Short:
		return ActivityFewItems
	case n > MaxItems:
		return ActivityManyItems
	}
	return ""
}

func (a *Activity) checkRight() Code {
	right := 0
	for _, item := range a.Items {
		if item.Right {
			right++
		}
	}
	switch {
	case a.Kind != Choice && a.Kind != Choices:
		return ""
	case right == 0:
		return ActivityNoRight
	case right > 1 && a.Kind == Choice:
		return ActivityTwoRight
	}
	return ""
}

// checkMatches refuses two equal answers, of which one would be wrong. The right sides of pairs may repeat ("a right",
// "a duty"), but not all be the same.
func (a *Activity) checkMatches() Code {
	texts, matches := map[string]bool{}, map[string]bool{}
	for _, item := range a.Items {
		if a.Kind != Fill && texts[item.Text] {
			return ItemDuplicate
		}
		texts[item.Text], matches[item.Match] = true, true
	}
	if a.Kind == Match && len(a.Items) > 1 && len(matches) == 1 {
		return ActivityOneMatch
	}
	return ""
}

// checkLines refuses > in the midst of the lines: it means praise only at the end, and a reason only behind an answer.
func (a *Activity) checkLines() Code {
	var text strings.Builder
	for _, item := range a.Items {
		text.WriteString(item.Text)
	}
	if strings.Contains("\n"+a.Question+"\n"+text.String()+a.Tail, "\n>") {
		return ActivityLine
	}
	return ""
}
