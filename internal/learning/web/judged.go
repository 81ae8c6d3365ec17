package web

import (
	"context"

	"github.com/a-h/templ"

	"tremplin/internal/core/i18n"
)

// judged are the words with which the script answers, on a page that was taken along.
func (s shown) judged(ctx context.Context) templ.Attributes {
	if !s.taken {
		return nil
	}
	t := func(key string) string { return i18n.T(ctx, key) }
	return templ.Attributes{
		"data-judge": s.module.Slug, "data-at": s.at, "data-to": s.forward(), "data-right": t("learning.right"), "data-not-yet": t("learning.not-yet"),
		"data-again": t("learning.try-again"), "data-next": t("learning.next"), "data-thanks": t("learning.thanks"), "data-skip": t("learning.skip"),
		"data-unsaid": unsaid(ctx, s.screen().Activity), "data-full": t("learning.take.full"),
	}
}
