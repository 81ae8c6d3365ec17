package tutoring

import (
	"fmt"
	"strings"

	"tremplin/internal/core/id"
)

// cut takes the mark of a page apart: "folded|id".
func cut(after string) (folded string, last id.ID) {
	i := strings.LastIndexByte(after, '|')
	if i < 0 {
		return "", last
	}
	last, _ = id.Parse(after[i+1:]) // a mark that somebody changed begins elsewhere, no more
	return after[:i], last
}

// binder numbers the parameters of a query while its text is written.
type binder struct{ args []any }

func (b *binder) add(v any) string {
	b.args = append(b.args, v)
	return fmt.Sprintf("$%d", len(b.args))
}

func (b *binder) list(ids []id.ID) string {
	marks := make([]string, len(ids))
	for i, v := range ids {
		marks[i] = b.add(v)
	}
	return strings.Join(marks, ",")
}
