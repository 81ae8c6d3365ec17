package main

import (
	"fmt"
	"os"
	"strings"
)

// bar draws how far something is, for whoever looks on: done of so many, of whatever it counts.
func bar(what string) func(done, of int) {
	const width = 30
	if at, err := os.Stderr.Stat(); err != nil || at.Mode()&os.ModeCharDevice == 0 {
		return func(int, int) {} // a file or another program reads this
	}
	shown := -1
	return func(done, of int) {
		percent := min(100, 100*done/max(of, 1))
		if percent == shown {
			return
		}
		shown = percent
		n := width * percent / 100
		fmt.Fprintf(os.Stderr, "\r%s [%s%s] %d %%", what, strings.Repeat("=", n), strings.Repeat(" ", width-n), percent)
		if percent == 100 {
			fmt.Fprintln(os.Stderr)
		}
	}
}
