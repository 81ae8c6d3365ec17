// Command words keeps translations honest. English is the source; beside each xx.toml, xx.sum holds
// one line a key with the hash of the source that the translation was made from.
//
//	go run ./tools/words check             what is missing, stale, wrong or never used
//	go run ./tools/words seal              a record for each new translation
//	go run ./tools/words seal fr ui.more   and for stale ones that were translated again
package main

import (
	"errors"
	"fmt"
	"os"

	"tremplin/internal/core/i18n"
	"tremplin/tools/words/internal/words"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "words:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	folders, err := words.Read(os.DirFS("."))
	switch {
	case err != nil:
		return err
	case len(args) == 1 && args[0] == "check":
		return check(folders)
	case len(args) >= 1 && args[0] == "seal":
		return seal(folders, args[1:])
	}
	return errors.New("say check, or seal [language] [key…]")
}

func languages() []string {
	out := make([]string, len(i18n.Languages))
	for i, l := range i18n.Languages {
		out[i] = l.Code
	}
	return out
}

func check(folders []words.Folder) error {
	code, err := words.Scan(os.DirFS("."))
	if err != nil {
		return err
	}
	built, err := os.ReadFile("tools/words/built.txt")
	if err != nil {
		return err
	}
	wrong := 0
	for _, p := range words.Check(folders, languages(), code, words.ParseBuilt(string(built))) {
		fmt.Println(p)
		if !p.Warning {
			wrong++
		}
	}
	if wrong > 0 {
		return fmt.Errorf("%d to put right", wrong)
	}
	return nil
}

func seal(folders []words.Folder, args []string) error {
	langs := languages()
	if len(args) > 0 {
		if _, ok := i18n.Find(args[0]); ok {
			langs, args = args[:1], args[1:]
		}
	}
	files, err := words.Seal(folders, langs, args)
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
