package learning

import (
	"strings"
	"time"
	"unicode/utf8"

	"tremplin/internal/core/fault"
)

// maxRemark is the length of a remark, in characters.
const maxRemark = 1000

// StuckAfter is how many wrong answers in a row on one screen make a learner stuck.
const StuckAfter = 3

// finishes tells whether a right answer completes the module.
func finishes(done map[string]bool, said Answered) bool {
	n := int64(len(done))
	if !done[said.Screen] {
		n++
	}
	return n >= said.Of
}

func checkRemark(m Module, r Remarked) error {
	switch _, known := screenOf(m.Text(r.Language), r.Screen); {
	case r.Screen != "" && !known:
		return fault.New(fault.NotFound, "")
	case r.Face < 0 || r.Face > 3:
		return fault.New(fault.Invalid, "")
	case r.Text == "" && r.Face == 0:
		return fault.Fields(fault.Field{Name: "text", Key: "learning.remark.missing"})
	case utf8.RuneCountInString(r.Text) > maxRemark:
		return fault.Fields(fault.Field{Name: "text", Key: "learning.remark.long", Args: []any{"Max", maxRemark}})
	}
	return nil
}

// longestLook is how long a screen may be looked at; what is longer was a break.
const longestLook = 15 * time.Minute

// took is how many seconds passed since the screen before; 0 where that says nothing.
func took(run RunRow, at time.Time) int64 {
	since := at.Sub(time.UnixMicro(run.LastAt))
	if run.LastAt == 0 || since < 0 || since > longestLook {
		return 0
	}
	return int64(since / time.Second)
}

// room keeps the code of a session as it is typed, and nothing else: a device says it.
func room(code string) string {
	if len(code) != 6 || strings.Trim(code, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") != "" {
		return ""
	}
	return code
}
