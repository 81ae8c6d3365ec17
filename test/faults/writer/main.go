// Command writer writes commands from eight hands, and batches of statements from two, until it is killed, and prints the id of each that the
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
	for who := range 8 {
		go func() { failed <- says(ctx, h, who) }()
	}
	for who := range 2 {
		go func() { failed <- sends(ctx, h, who) }()
	}
	return <-failed
}

// out keeps lines whole. It is not buffered: what was printed was acknowledged, and the other way round but for one.
var out sync.Mutex

func told(ids ...id.ID) {
	out.Lock()
	defer out.Unlock()
	for _, v := range ids {
		fmt.Println(v)
	}
}

func says(ctx context.Context, h faults.House, who int) error {
	var last id.ID
	for n := 0; ; n++ {
		said, err := h.Say(ctx, who, n, last)
		if err != nil {
			return err
		}
		told(said)
		last = said
	}
}

func sends(ctx context.Context, h faults.House, who int) error {
	for n := who; ; n += 2 {
		ids, err := h.Send(ctx, n)
		if err != nil {
			return err
		}
		told(ids...)
	}
}
