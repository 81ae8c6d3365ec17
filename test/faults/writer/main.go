// Command writer writes commands from eight hands until it is killed, and prints the id of each that the
// journal has acknowledged. It is the victim of the test beside it.
package main

import (
	"context"
	"fmt"
	"os"
	"sync"

	"tremplin/internal/core/id"
	"tremplin/test/faults"
)

func main() {
	if err := run(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "writer:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, data, keys string) error {
	h, err := faults.Open(ctx, data, keys)
	if err != nil {
		return err
	}
	failed := make(chan error)
	var out sync.Mutex
	for who := range 8 {
		go func() {
			var last id.ID
			for n := 0; ; n++ {
				said, err := h.Say(ctx, who, n, last)
				if err != nil {
					failed <- err
					return
				}
				out.Lock()
				fmt.Println(said) // not buffered: what was printed was acknowledged, and the other way round but for one
				out.Unlock()
				last = said
			}
		}()
	}
	return <-failed
}
