package people

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/sheet"
	"tremplin/internal/core/text"
)

// Fields are what a table of people may bring, in the order of the page that maps its columns.
var Fields = []string{"number", "first", "last", "language", "country", "gender", "birth", "phone", "email", "organisation"}

// headings are how tables name those fields; an author of a table need not know ours.
var headings = map[string][]string{
	"number":       {"number", "numero", "no", "n°", "id", "identifiant", "matricule", "dossier", "numero de dossier", "ref", "reference", "numara", "رقم", "номер"},
	"first":        {"first", "first name", "given name", "prenom", "nome", "nome proprio", "ad", "adi", "isim", "الاسم", "الاسم الاول", "ім'я", "імя", "prenom usuel"},
	"last":         {"last", "last name", "surname", "family name", "nom", "nom de famille", "apelido", "sobrenome", "soyad", "soyadi", "اللقب", "اسم العائله", "прізвище"},
	"language":     {"language", "langue", "lingua", "idioma", "dil", "اللغه", "мова"},
	"country":      {"country", "pays", "pais", "ulke", "البلد", "країна", "краіна"},
	"gender":       {"gender", "sex", "sexe", "genre", "genero", "sexo", "cinsiyet", "الجنس", "стать"},
	"birth":        {"birth", "birth date", "date of birth", "birth year", "date de naissance", "naissance", "annee de naissance", "data de nascimento", "nascimento", "dogum tarihi", "تاريخ الميلاد", "дата народження"},
	"phone":        {"phone", "telephone", "mobile", "tel", "portable", "telefone", "telemovel", "telefon", "الهاتف", "телефон"},
	"email":        {"email", "e-mail", "mail", "courriel", "adresse mail", "correio eletronico", "e-posta", "البريد", "пошта"},
	"organisation": {"organisation", "organization", "structure", "partner", "partenaire", "association", "parceiro", "kurum", "المنظمه", "організація"},
}

// fieldOf finds the field of a heading, folded.
var fieldOf = func() map[string]string {
	out := map[string]string{}
	for field, words := range headings {
		for _, w := range words {
			out[text.Fold(w)] = field
		}
	}
	return out
}()

// Guess maps fields to a table's columns by their headings; what it does not know is left out.
func Guess(header []string) map[string]int {
	out := map[string]int{}
	for i, h := range header {
		f := fieldOf[text.Fold(h)]
		if _, taken := out[f]; f != "" && !taken {
			out[f] = i
		}
	}
	return out
}

// Fault is one reason why a row was not taken.
type Fault struct {
	Row    int    // as the sender counts
	Column string // as the sender named it
	Value  string
	Key    string // of the message
	Args   []any
}

// Report says what became of a table: each row is new, changed, the same as before, or bad.
type Report struct {
	New, Changed, Same, Bad int
	Faults                  []Fault
}

// Import is a table about to be taken.
type Import struct {
	Programme *programme.Programme
	Table     sheet.Table
	Columns   map[string]int // by field
	DayFirst  bool           // 03/04/2020 is in April
	Dry       bool           // say what would happen; write nothing
}

// batch is how many rows one act takes.
const batch = 200

// errDry ends a decision that was only asked for its answer.
var errDry = errors.New("nothing is written")

// Import takes the good rows of a table and says why each bad one was left. The same table again
// changes nothing: a row is known by its number, or by name, birth and telephone.
func (s *Service) Import(ctx context.Context, a journal.Act, in Import) (Report, error) {
	var rep Report
	rows := in.parse(&rep)
	for part := range slices.Chunk(rows, batch) {
		if err := s.take(ctx, a, in, part, &rep); err != nil {
			return rep, err
		}
	}
	return rep, nil
}

func (s *Service) take(ctx context.Context, a journal.Act, in Import, part []incoming, rep *Report) error {
	var add Report
	a.ID = id.New() // what a row says tells whether it is known: taken again, it is counted as the same
	err := s.J.Do(ctx, a, journal.Same(len(part)), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		add = Report{} // a decision may run again
		drafts, err := in.decide(ctx, q, part, &add)
		if err == nil && in.Dry {
			err = errDry
		}
		return drafts, nil, err
	})
	if err != nil && !errors.Is(err, errDry) {
		return err
	}
	rep.New, rep.Changed, rep.Same = rep.New+add.New, rep.Changed+add.Changed, rep.Same+add.Same
	return nil
}

func (in Import) decide(ctx context.Context, q db.Queryer, part []incoming, rep *Report) (out []journal.Draft, err error) {
	p := in.Programme.ID()
	for _, r := range part {
		was, known, err := Persons.One(ctx, q, p, "and owner=$2", r.id)
		switch {
		case err != nil:
			return nil, err
		case !known:
			rep.New++
			out = append(out, Newcomer{ID: r.id, Said: r.said, Role: access.Learner, Of: r.of}.Drafts(p)...)
		case was.described() == r.said:
			rep.Same++
		default:
			rep.Changed++
			out = append(out, KindDescribed.Draft(r.id, r.id, r.said))
		}
	}
	return out, nil
}

func (w PersonRow) described() Described {
	return Described{
		First: w.First, Last: w.Last, Language: w.Language, Country: w.Country, Gender: w.Gender, BirthYear: w.BirthYear,
		Phone: w.Phone, Email: w.Email, Number: w.Number, Invented: w.Invented,
	}
}

// incoming is a row understood.
type incoming struct {
	id   id.ID
	said Described
	of   id.ID
}

func (in Import) parse(rep *Report) (out []incoming) {
	seen := map[id.ID]int{}
	for _, row := range in.Table.Rows {
		r := reading{in: in, row: row}
		got := r.read()
		if before, twice := seen[got.id]; twice && len(r.faults) == 0 {
			r.fail("first", "people.import.twice", "Row", before)
		}
		if len(r.faults) > 0 {
			rep.Bad++
			rep.Faults = append(rep.Faults, r.faults...)
			continue
		}
		seen[got.id] = row.Number
		out = append(out, got)
	}
	return out
}

// reading understands one row and notes what it cannot.
type reading struct {
	in     Import
	row    sheet.Row
	faults []Fault
}

func (r *reading) value(field string) string {
	i, ok := r.in.Columns[field]
	if !ok || i >= len(r.row.Cells) {
		return ""
	}
	return strings.TrimSpace(r.row.Cells[i])
}

func (r *reading) fail(field, key string, args ...any) {
	column := field
	if i, ok := r.in.Columns[field]; ok && i < len(r.in.Table.Header) {
		column = r.in.Table.Header[i]
	}
	r.faults = append(r.faults, Fault{Row: r.row.Number, Column: column, Value: sheet.Excerpt(r.value(field)), Key: key, Args: args})
}

func (r *reading) read() incoming {
	d := Described{
		First: r.value("first"), Last: r.value("last"), Number: r.value("number"), Email: strings.ToLower(r.value("email")),
		Language: r.language(), Country: r.country(), Gender: r.gender(), BirthYear: r.birth(),
	}
	if phone := r.value("phone"); d.Country != "" || r.value("country") == "" || strings.HasPrefix(phone, "+") {
		d.Phone = Phone(phone, d.Country) // else it is the country that is wrong: without it nobody can read the number
	}
	names := map[string]string{"birth_year": "birth"}
	for _, f := range d.Check() {
		field := f.Name
		if n := names[field]; n != "" {
			field = n
		}
		r.fail(field, f.Key, f.Args...)
	}
	return incoming{id: r.who(d), said: d, of: r.organisation()}
}

// who is the same for the same row: by the sender's number, else by what tells people apart.
func (r *reading) who(d Described) id.ID {
	p := r.in.Programme.ID()
	if d.Number != "" {
		return id.Derive(p[:], []byte("number"), []byte(text.Fold(d.Number)))
	}
	return id.Derive(p[:], []byte("person"), []byte(text.Fold(d.First+" "+d.Last)), []byte(strconv.FormatInt(d.BirthYear, 10)), []byte(d.Phone))
}

func (r *reading) organisation() id.ID {
	v := text.Fold(r.value("organisation"))
	if v == "" {
		return id.ID{}
	}
	for _, o := range r.in.Programme.Organisations {
		if text.Fold(o.Name) == v || text.Fold(o.Slug) == v {
			return r.in.Programme.OrganisationID(o.Slug)
		}
	}
	r.fail("organisation", "people.import.organisation")
	return id.ID{}
}

// Problems turns what is wrong with a file as a whole into one error to show.
func Problems(err error) error {
	var ps sheet.Problems
	if !errors.As(err, &ps) {
		return err
	}
	e := &fault.Error{Code: fault.Invalid, Key: "people.import.file"}
	for i, p := range ps {
		if i == 20 {
			break
		}
		e.Fields = append(e.Fields, fault.Field{Name: "file", Key: "sheet." + p.Code, Args: []any{"Sheet", p.Sheet, "Row", p.Row, "Column", p.Column, "Value", p.Value, "Detail", p.Detail}})
	}
	return e
}
