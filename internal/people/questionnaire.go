package people

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/form"
	"tremplin/internal/core/memo"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/sheet"
)

// Questionnaire is a form of a programme, as its folder gives it.
type Questionnaire struct {
	*form.Form
	Offer   programme.Form
	File    string // in the folder
	Version string // hash of the file
}

// For tells whether somebody is asked it.
func (q Questionnaire) For(a access.Actor) bool {
	return len(q.Offer.For) == 0 || slices.ContainsFunc(q.Offer.For, func(r string) bool { return a.Has(access.Role(r)) })
}

// Name is its title in a reader's language.
func (q Questionnaire) Name(lang string) string {
	return cmp.Or(q.Offer.Title.In(lang), q.Title, q.ID)
}

// parsed keeps forms by the name and hash of their file: one that does not change is read once.
var parsed memo.Of[string, *form.Form]

// Questionnaires reads the forms of a programme's folder, in the order in which it names them. Those that cannot be used are told apart,
// by file: see the page that checks them.
func Questionnaires(p *programme.Programme) (good []Questionnaire, bad map[string]sheet.Problems, err error) {
	bad = map[string]sheet.Problems{}
	for _, pattern := range []string{"forms/*.csv", "forms/*.xlsx"} {
		files, err := fs.Glob(p.Files, pattern)
		if err != nil {
			return nil, nil, err
		}
		for _, f := range files {
			q, problems, err := readForm(p, f)
			if err != nil {
				return nil, nil, err
			}
			twice := slices.ContainsFunc(good, func(g Questionnaire) bool { return problems == nil && g.ID == q.ID })
			switch {
			case problems != nil:
				bad[f] = problems
			case !twice:
				good = append(good, q)
			}
		}
	}
	slices.SortStableFunc(good, func(a, b Questionnaire) int { return cmp.Compare(place(p, a.ID), place(p, b.ID)) })
	return good, bad, nil
}

// place is where the folder names a form; those that it does not name come last.
func place(p *programme.Programme, form string) int {
	i := slices.IndexFunc(p.Forms, func(f programme.Form) bool { return f.ID == form })
	if i < 0 {
		return len(p.Forms)
	}
	return i
}

func readForm(p *programme.Programme, file string) (Questionnaire, sheet.Problems, error) {
	b, err := fs.ReadFile(p.Files, file)
	if err != nil {
		return Questionnaire{}, nil, err
	}
	hash := string(blob.Sum(b))
	f, err := parseOnce(path.Base(file), hash, b)
	if problems := FileProblems(err); problems != nil {
		return Questionnaire{}, problems, nil
	}
	if err != nil {
		return Questionnaire{}, nil, err
	}
	return Questionnaire{Form: f, Offer: p.Form(f.ID), File: file, Version: hash}, nil, nil
}

func parseOnce(name, hash string, b []byte) (*form.Form, error) {
	return parsed.Make(name+hash, func() (*form.Form, error) { return form.Parse(name, b) })
}

// QuestionnaireFor finds a form that somebody is asked; to others there is none.
func QuestionnaireFor(p *programme.Programme, a access.Actor, form string) (Questionnaire, error) {
	all, _, err := Questionnaires(p)
	if err != nil {
		return Questionnaire{}, err
	}
	i := slices.IndexFunc(all, func(q Questionnaire) bool { return q.ID == form && q.For(a) })
	if i < 0 {
		return Questionnaire{}, fault.New(fault.NotFound, "")
	}
	return all[i], nil
}

// FileProblems are what is wrong with a form's file; nil if the error is another, or none.
func FileProblems(err error) sheet.Problems {
	var ps sheet.Problems
	errors.As(err, &ps)
	return ps
}
