package people

import (
	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// What can happen to people and organisations.
var (
	KindDescribed    = journal.NewKind[Described]("people.person.described", journal.OfPerson)
	KindRoleGiven    = journal.NewKind[RoleOf]("people.role.given", journal.OfPerson)
	KindRoleTaken    = journal.NewKind[RoleOf]("people.role.taken", journal.OfPerson)
	KindNoticeShown  = journal.NewKind[Shown]("people.notice.shown", journal.OfPerson)
	KindPermission   = journal.NewKind[Permission]("people.permission.said", journal.OfPerson)
	KindOpened       = journal.NewKind[Opening]("people.file.opened", journal.OfPerson)
	KindOrganisation = journal.NewKind[Organisation]("people.organisation.described", journal.OfThing)
	KindSite         = journal.NewKind[Site]("people.site.described", journal.OfThing)
)

// Described is everything known of a person at that moment: what is left out is not known any more.
type Described struct {
	First     string `json:"first"`
	Last      string `json:"last,omitempty"`
	Language  string `json:"language,omitempty"`
	Country   string `json:"country,omitempty"`
	Gender    string `json:"gender,omitempty"`
	BirthYear int64  `json:"birth_year,omitempty"`
	Phone     string `json:"phone,omitempty"`
	Email     string `json:"email,omitempty"`
	Number    string `json:"number,omitempty"` // the sender's own, from an import
	Invented  bool   `json:"invented,omitempty"`
}

// RoleOf is a role, of a group, an organisation or the programme.
type RoleOf struct {
	Role access.Role `json:"role"`
	Of   id.ID       `json:"of"`
}

// Shown says which notice a person was shown, in which language.
type Shown struct {
	Purpose  string `json:"purpose"`
	Version  int64  `json:"version"`
	Language string `json:"language"`
}

// Permission is a yes or a no to an optional purpose.
type Permission struct {
	Purpose string `json:"purpose"`
	Given   bool   `json:"given"`
	Version int64  `json:"version"`         // of the notice that was shown
	Opens   string `json:"opens,omitempty"` // what rests on it: "tutor": seeing one's progress
}

// Opening says which part of a file was read, in which role and for which organisation: not by name.
type Opening struct {
	Section      access.Section `json:"section"`
	Role         string         `json:"role"`
	Organisation id.ID          `json:"organisation"`
	Why          string         `json:"why,omitempty"`
}

// Organisation is a partner.
type Organisation struct {
	Slug    string `json:"slug"`
	Name    string `json:"name"`
	Country string `json:"country"`
	City    string `json:"city,omitempty"`
	Kind    string `json:"kind,omitempty"`
	Phone   string `json:"phone,omitempty"`
}
