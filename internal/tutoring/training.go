package tutoring

import (
	"context"
	"slices"
	"strings"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
	"tremplin/internal/learning"
	"tremplin/internal/people"
)

// Training is how far somebody is on a path.
type Training struct {
	Path        programme.Path
	Steps       []Step
	Half        int64           // half-days signed
	Days        []AttendanceRow // those
	Certificate CertificateRow  // zero: none yet
}

// Step is one module of a path.
type Step struct {
	Slug, Title, Lang string
	Run               learning.RunRow
}

// Complete tells whether everything that the path asks for is done.
func (t Training) Complete() bool {
	for _, s := range t.Steps {
		if s.Run.FinishedAt == 0 {
			return false
		}
	}
	return t.Half >= t.Path.HalfDays
}

// Modules counts the modules finished.
func (t Training) Modules() (n int) {
	for _, s := range t.Steps {
		if s.Run.FinishedAt > 0 {
			n++
		}
	}
	return n
}

// Trainings reads how far a person is on each path of the programme, and the guides beside them: two queries a
// path, and three.
func (s *Service) Trainings(ctx context.Context, p *programme.Programme, person id.ID, lang string) (out []Training, guides []Step, err error) {
	runs, err := runsOf(ctx, s.J.DB(), p.ID(), person)
	if err != nil {
		return nil, nil, err
	}
	for _, path := range p.Paths {
		t, err := s.progress(ctx, s.J.DB(), p, path, person, runs)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, t)
	}
	titles, err := s.titles(ctx, p.ID(), lang)
	if err != nil {
		return nil, nil, err
	}
	for _, t := range out {
		for i := range t.Steps {
			t.Steps[i].name(p.ID(), titles)
		}
	}
	guides, err = s.guides(ctx, p, runs)
	for i := range guides {
		guides[i].name(p.ID(), titles)
	}
	return out, guides, err
}

func (s *Step) name(programme id.ID, titles map[id.ID]learning.TitleRow) {
	w := titles[learning.ModuleID(programme, s.Slug)]
	s.Title, s.Lang = w.Title, w.Lang
}

func runsOf(ctx context.Context, q db.Queryer, programme, person id.ID) (map[id.ID]learning.RunRow, error) {
	rows, err := learning.Runs.Select(ctx, q, programme, "and owner=$2", person)
	out := map[id.ID]learning.RunRow{}
	for _, w := range rows {
		out[w.Module] = w
	}
	return out, err
}

// progress reads one path: runs, half-days and the certificate.
func (s *Service) progress(ctx context.Context, q db.Queryer, p *programme.Programme, path programme.Path, person id.ID, runs map[id.ID]learning.RunRow) (t Training, err error) {
	t.Path = path
	for _, slug := range path.Modules {
		t.Steps = append(t.Steps, Step{Slug: slug, Run: runs[learning.ModuleID(p.ID(), slug)]})
	}
	if t.Days, err = Attendances.Select(ctx, q, p.ID(), "and owner=$2 and kind='training' and path=$3 and signed order by at,session,half", person, path.ID); err != nil {
		return t, err
	}
	t.Half = int64(len(t.Days))
	t.Certificate, _, err = Certificates.One(ctx, q, p.ID(), "and owner=$2 and path=$3", person, path.ID)
	return t, err
}

// guides are the modules for those who accompany that no path asks for: to read when one wants.
func (s *Service) guides(ctx context.Context, p *programme.Programme, runs map[id.ID]learning.RunRow) (out []Step, err error) {
	rows, err := learning.Modules.Select(ctx, s.J.DB(), p.ID(), "and audience='tutor' and not retired order by slug limit 100")
	for _, m := range rows {
		if !slices.ContainsFunc(p.Paths, func(w programme.Path) bool { return slices.Contains(w.Modules, m.Slug) }) {
			out = append(out, Step{Slug: m.Slug, Run: runs[m.Owner]})
		}
	}
	return out, err
}

// Certification asks for a certificate of attendance.
type Certification struct {
	Person id.ID
	Path   string
	At     time.Time
}

// Certify issues certificates to those who have done all that the path asks for. One that was issued
// before stays as it is.
func (s *Service) Certify(ctx context.Context, p *programme.Programme, a journal.Act, asked ...Certification) error {
	return s.J.Do(ctx, a, journal.Same(asked), func(ctx context.Context, q db.Queryer) (ds []journal.Draft, _ []job.Job, err error) {
		for _, w := range asked {
			path, ok := findPath(p, w.Path)
			if !ok {
				return nil, nil, fault.New(fault.NotFound, "")
			}
			runs, err := runsOf(ctx, q, p.ID(), w.Person)
			if err != nil {
				return nil, nil, err
			}
			t, err := s.progress(ctx, q, p, path, w.Person, runs)
			switch {
			case err != nil:
				return nil, nil, err
			case t.Certificate.Number != "":
				continue
			case !t.Complete():
				return nil, nil, fault.New(fault.Invalid, "tutoring.certificate.not-yet")
			}
			ds = append(ds, KindCertified.Draft(w.Person, PathID(p, w.Path), Certified{
				Path: w.Path, Number: certificateNumber(a.ID, w.Person, w.Path), Hours: float64(path.Hours), HalfDays: t.Half,
			}).When(w.At))
		}
		return ds, nil, nil
	})
}

// PathID is the id of a programme's path, from its name in the folder.
func PathID(p *programme.Programme, path string) id.ID { return id.Named("path", p.Slug, path) }

func findPath(p *programme.Programme, name string) (programme.Path, bool) {
	for _, w := range p.Paths {
		if w.ID == name {
			return w, true
		}
	}
	return programme.Path{}, false
}

// Proof is what the public is told of a certificate: no name beyond the initials.
type Proof struct {
	CertificateRow
	Initials string
	Path     programme.Path
}

// Verify finds a certificate by its number; ok is false where there is none, or none any more.
func (s *Service) Verify(ctx context.Context, p *programme.Programme, number string) (proof Proof, ok bool, err error) {
	if number = readNumber(number); number == "" {
		return proof, false, nil
	}
	row, ok, err := Certificates.One(ctx, s.J.DB(), p.ID(), "and number=$2", number)
	if err != nil || !ok {
		return proof, false, err
	}
	who, ok, err := people.Persons.One(ctx, s.J.DB(), p.ID(), "and owner=$2", row.Owner)
	if err != nil || !ok {
		return proof, false, err
	}
	path, ok := findPath(p, row.Path)
	return Proof{CertificateRow: row, Initials: initials(who.First, who.Last), Path: path}, ok, nil
}

func initials(names ...string) string {
	var out []string
	for _, n := range names {
		for _, r := range n {
			out = append(out, string(r)+".")
			break
		}
	}
	return strings.Join(out, " ")
}
