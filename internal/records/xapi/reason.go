package xapi

import "fmt"

// Reason is why something is refused: a name for it, by which it is said in other languages, and English for whoever
// writes the platform, around what it quotes.
type Reason struct{ Code, english string }

// Reasons are all that there are.
var Reasons []Reason

func because(code, english string) Reason {
	r := Reason{code, english}
	Reasons = append(Reasons, r)
	return r
}

// What is wrong with a value.
var (
	noObject   = because("object", "must be an object")
	missing    = because("missing", "%q is missing")
	unknown    = because("unknown", "%q is no property of this")
	noText     = because("text", "must be text")
	NoTruth    = because("truth", "must be true or false")
	noNumber   = because("number", "must be a number")
	tooLarge   = because("large", "is too large a number")
	NoNatural  = because("natural", "must be a whole number, not below zero")
	NoneOf     = because("one-of", "must be one of %s")
	noList     = because("list", "must be a list")
	empty      = because("empty", "must not be empty")
	noUUID     = because("uuid", "must be a UUID in its usual form")
	noSHA1     = because("sha1", "must be the SHA-1 of mailto: and an address, in 40 hexadecimal digits")
	noSHA2     = because("sha2", "must be a SHA-2 in hexadecimal digits")
	noMailbox  = because("mbox", "must be mailto: and an e-mail address")
	noDuration = because("duration", "must be a duration of ISO 8601, like PT4H35M59.14S")
	noIRI      = because("iri", "must be an IRI with its scheme, like https://example.org/x")
	noLanguage = because("language", "must be a language tag of RFC 5646, like pt-PT")
	noMedia    = because("media", "must be a media type, like image/png")
	noTime     = because("time", "must be a timestamp, like 2026-11-22T09:30:00.000Z")
	noDay      = because("day", "is no day or hour that there is")
)

// What is wrong with a text that should be JSON.
var (
	noJSON   = because("json", "this is not JSON: %s")
	halfJSON = because("json-half", "the JSON ends too soon")
	moreJSON = because("json-more", "there is more than one JSON value")
	deepJSON = because("json-deep", "more than %s values stand within one another")
)

// What is wrong with a statement.
var (
	partTwice    = because("part-twice", "two parts have the id %q")
	partUntyped  = because("part-untyped", "%q needs an interactionType")
	partOther    = because("part-other", "an interaction of the type %q has no %q")
	agentNames   = because("agent", "an agent has exactly one of mbox, mbox_sha1sum, openid, account, not %s")
	groupNames   = because("group", "a group has at most one of mbox, mbox_sha1sum, openid, account, not %s")
	noMembers    = because("members", "a group without identifier needs members")
	unnamed      = because("unnamed", "a group needs an identifier here")
	noAuthority  = because("authority", "a group that is an authority has no identifier and two members")
	otherVersion = because("version", "must be a version that this request speaks, like %s")
	voidsNothing = because("voids-nothing", "what is voided must be named by a StatementRef")
	VoidsVoiding = because("voids-voiding", "what takes a statement back cannot be taken back")
	ofActivity   = because("activity-only", "%q is said of an activity alone")
	noKind       = because("kind", "must be Activity, Agent, Group, StatementRef or SubStatement")
	subInSub     = because("sub", "a SubStatement cannot hold another")
	notScaled    = because("scaled", "must be between -1 and 1")
	outOfRange   = because("range", "raw must lie between min and max")
	SameID       = because("same-id", "two statements have the same id")
)

// What is wrong with attachments, and with signatures among them.
var (
	NoType      = because("content-type", "the header Content-Type must be application/json or multipart/mixed")
	NoBoundary  = because("boundary", "multipart/mixed lacks its boundary")
	NoMixed     = because("mixed", "this is no whole multipart/mixed")
	NotFirst    = because("first-part", "the first part must be the statements, as application/json")
	NoHash      = because("hash-header", "an attachment lacks its header X-Experience-API-Hash")
	NoEncoding  = because("encoding", "an attachment lacks its header Content-Transfer-Encoding: binary")
	OtherHash   = because("hash", "an attachment is not what its hash says")
	NotHere     = because("attachment", "the attachment %s is neither here nor at a fileUrl")
	Unmentioned = because("unmentioned", "no statement speaks of the attachment %s")

	signedType  = because("signed-type", "a signature has the contentType application/octet-stream")
	signedForm  = because("signed-form", "the signature is no JWS in compact form")
	signedHead  = because("signed-header", "the signature's header cannot be read")
	signedBody  = because("signed-body", "what is signed cannot be read as a statement")
	signedAlg   = because("signed-alg", "the signature's alg must be RS256, RS384 or RS512")
	signedOther = because("signed-other", "what is signed is another statement")
	signedCert  = because("signed-certificate", "the signature's certificate cannot be read")
	signedKey   = because("signed-key", "the signature's certificate has no RSA key")
	signedText  = because("signed-text", "the signature cannot be read")
	signedWrong = because("signed-wrong", "the signature is wrong")
)

// Why says it in English.
func (r Reason) Why(args ...string) string {
	quoted := make([]any, len(args))
	for i, a := range args {
		quoted[i] = a
	}
	return fmt.Sprintf(r.english, quoted...)
}
