package access

// Rule gives one role one right: in a section, over a scope.
type Rule struct {
	Role    Role
	Section Section
	Scope   Scope
	Verbs   string // "r" or "rw"
}

func (r Rule) allows(v Verb) bool { return v == Read || r.Verbs == "rw" }

// Sections of a person's file.
const (
	Identity  Section = "identity" // name, language, country
	Contact   Section = "contact"
	Learning  Section = "learning"
	Sensitive Section = "sensitive" // health, psycho-social: nobody by default
	Equality  Section = "equality"  // origin, disability: nobody by default
)

// Rooms of the house.
const (
	Library   Section = "library"   // learn, without an account
	Modules   Section = "modules"   // write and publish modules
	Translate Section = "translate" // bring translations up to date
	Groups    Section = "groups"    // accompany a group
	Training  Section = "training"  // the tutors' own path
	People    Section = "people"    // list, search, import
	Figures   Section = "figures"   // indicators and reports
	Sample    Section = "sample"    // named evidence, for a mandated auditor
	Judging   Section = "judging"   // accept or refuse a line of a sample
	Records   Section = "records"   // learning records that platforms send
	Settings  Section = "settings"  // the programme, accounts, jobs
	Account   Section = "account"   // one's own sessions and password
	MyFile    Section = "my-file"   // what is known of me, who looked
	Home      Section = "home"      // a learner's own page
)

// Table is the whole of who may do what. A coordinator can read it; a test walks every page by it.
var Table = []Rule{
	{Nobody, Library, Programme, "r"},

	{Learner, Home, Own, "r"},
	{Learner, MyFile, Own, "rw"},
	{Learner, Identity, Own, "rw"},
	{Learner, Contact, Own, "rw"},
	{Learner, Learning, Own, "rw"},
	{Learner, Account, Own, "rw"},

	{Tutor, Groups, Group, "rw"},
	{Tutor, Identity, Group, "rw"},
	{Tutor, Contact, Group, "rw"},
	{Tutor, Learning, Group, "r"},
	{Tutor, Training, Own, "rw"},
	{Tutor, MyFile, Own, "rw"},
	{Tutor, Account, Own, "rw"},

	{Author, Modules, Programme, "rw"},
	{Author, MyFile, Own, "rw"},
	{Author, Account, Own, "rw"},

	{Translator, Translate, Programme, "rw"},
	{Translator, MyFile, Own, "rw"},
	{Translator, Account, Own, "rw"},

	{Coordinator, Modules, Programme, "rw"},
	{Coordinator, Translate, Programme, "rw"},
	{Coordinator, Groups, Programme, "rw"},
	{Coordinator, Identity, Programme, "rw"},
	{Coordinator, Contact, Programme, "r"},
	{Coordinator, Learning, Programme, "r"},
	{Coordinator, People, Programme, "rw"},
	{Coordinator, Figures, Programme, "rw"},
	{Coordinator, Sample, Programme, "rw"}, // draws, sees and explains; an auditor judges
	{Coordinator, Records, Programme, "rw"},
	{Coordinator, MyFile, Own, "rw"},
	{Coordinator, Account, Own, "rw"},

	{Funder, Figures, Programme, "r"},
	{Funder, MyFile, Own, "rw"},
	{Funder, Account, Own, "rw"},

	{Auditor, Figures, Programme, "r"},
	{Auditor, Sample, Programme, "rw"},
	{Auditor, Judging, Programme, "rw"},
	{Auditor, MyFile, Own, "rw"},
	{Auditor, Account, Own, "rw"},

	{Administrator, Settings, Programme, "rw"},
	{Administrator, Records, Programme, "rw"}, // who connects a platform sees what comes of it
	{Administrator, MyFile, Own, "rw"},
	{Administrator, Account, Own, "rw"},
}
