package content

// Code names a kind of problem. Codes are stable: pages look their sentences up by them.
type Code string

// The codes of a language file.
const (
	TextTooLarge     Code = "text.too-large" // more than MaxText bytes
	TextNotUTF8      Code = "text.not-utf8"
	TextControl      Code = "text.control"  // an invisible control character
	TextBidi         Code = "text.bidi"     // a character that overrides the direction of writing
	TextNoHead       Code = "text.no-head"  // no title and summary between --- and ---
	TextBadHead      Code = "text.bad-head" // no YAML: often a colon in a title without quotation marks
	TextNoTitle      Code = "text.no-title"
	TextNoSummary    Code = "text.no-summary"
	TextNoScreen     Code = "text.no-screen"
	TextManyScreens  Code = "text.many-screens" // more than MaxScreens
	TextOutside      Code = "text.outside"      // something before the first screen
	TitleLong        Code = "title.long"        // more than MaxTitle characters
	SummaryLong      Code = "summary.long"      // more than MaxSummary characters
	ScreenNoID       Code = "screen.no-id"
	ScreenBadID      Code = "screen.bad-id" // not [a-z0-9-]
	ScreenNoTitle    Code = "screen.no-title"
	ScreenEmpty      Code = "screen.empty" // nothing but a title
	ScreenPictures   Code = "screen.two-pictures"
	ScreenActivities Code = "screen.two-activities"
	DuplicateID      Code = "duplicate.id"
	PictureNoAlt     Code = "picture.no-alt"
	PictureAltLong   Code = "picture.alt-long" // more than MaxSummary characters
	PicturePath      Code = "picture.path"     // not pictures/name.svg, .png, .jpg or .webp, nor video/name.mp4 or .webm
	PictureInside    Code = "picture.inside"   // a picture within a paragraph or passage
	PassageOpen      Code = "passage.open"     // never closed, or something opened within it
	PassageNotOpen   Code = "passage.not-open" // closed but never opened
	PassageEmpty     Code = "passage.empty"
	PassageCountry   Code = "passage.country" // neither ISO 3166 codes nor `other` alone
	BlockLong        Code = "block.long"      // more than MaxBlock bytes
	HTML             Code = "html"
	Markdown         Code = "markdown"     // headings, quotes, code, rules: more than the format knows
	LinkAddress      Code = "link.address" // not https://, mailto: or tel:
)

// The codes of activities.
const (
	ActivityUnknown    Code = "activity.unknown"
	ActivityOpen       Code = "activity.open"     // never closed
	ActivityNotLast    Code = "activity.not-last" // something follows on its screen
	ActivityNoQuestion Code = "activity.no-question"
	ActivityLine       Code = "activity.line" // a line that the kind does not know
	ActivityFewItems   Code = "activity.few-items"
	ActivityManyItems  Code = "activity.many-items" // more than MaxItems
	ActivityNoGap      Code = "activity.no-gap"
	ActivityNoAnswer   Code = "activity.no-answer" // short: nothing is accepted, or an empty alternative
	ActivityNoRight    Code = "activity.no-right-answer"
	ActivityTwoRight   Code = "activity.two-right-answers"
	ActivityNumber     Code = "activity.number"    // order: not numbered 1, 2, 3 …
	ActivityGap        Code = "activity.gap"       // fill: braces that do not fit, or an empty alternative
	ActivityOneMatch   Code = "activity.one-match" // match: every right side is the same
	ActivityPackage    Code = "activity.package"   // no package is named, or not by packages/name.h5p
	ItemEmpty          Code = "item.empty"
	ItemLong           Code = "item.long" // more than MaxTitle characters
	ItemDuplicate      Code = "item.duplicate"
)

// The codes of a translation beside its source.
const (
	SameMissing  Code = "same.missing"  // a screen of the source is missing
	SameExtra    Code = "same.extra"    // a screen that the source does not have
	SameOrder    Code = "same.order"    // the screens stand in another order
	SamePicture  Code = "same.picture"  // only one of the two has a picture
	SameActivity Code = "same.activity" // another kind of activity
	SameItems    Code = "same.items"    // another number of items
	SameRight    Code = "same.right"    // other items are right
)

// The codes of module.yaml and of the module as a whole.
const (
	MetaMissing     Code = "meta.missing" // no module.yaml
	MetaYAML        Code = "meta.yaml"    // not readable, or an unknown field
	MetaSlug        Code = "meta.slug"
	MetaSource      Code = "meta.source" // not a language
	MetaNeeds       Code = "meta.needs"
	MetaSector      Code = "meta.sector"
	MetaLevel       Code = "meta.level"
	MetaMinutes     Code = "meta.minutes" // not from 1 to 600
	MetaCountry     Code = "meta.country"
	MetaAudience    Code = "meta.audience"
	MetaLicence     Code = "meta.licence"
	SourceMissing   Code = "source.missing"
	PictureMissing  Code = "picture.missing"  // named by a screen, not in the module
	CaptionsMissing Code = "captions.missing" // a video without captions in the source language
	PackageMissing  Code = "package.missing"  // likewise
	AudioScreen     Code = "audio.screen"     // a recording of a screen that does not exist
)

// The codes of files and archives.
const (
	FileUnknown    Code = "file.unknown" // a name or type that the format does not know
	FileLink       Code = "file.link"    // a symbolic link or device
	FileLarge      Code = "file.large"
	FileBroken     Code = "file.broken" // could not be read to its end
	TotalLarge     Code = "total.large"
	TotalFiles     Code = "total.files"
	ZipBroken      Code = "zip.broken" // not a ZIP file
	ZipTraversal   Code = "zip.traversal"
	ZipAbsolute    Code = "zip.absolute"
	ZipBackslash   Code = "zip.backslash"
	ZipName        Code = "zip.name" // any other name that is no clean path
	ZipDuplicate   Code = "zip.duplicate"
	ZipEncrypted   Code = "zip.encrypted"
	ZipBomb        Code = "zip.bomb" // unpacks to more than Limits.Ratio times its size
	ZipNested      Code = "zip.nested"
	PictureBroken  Code = "picture.broken"  // not what its name says
	PictureLarge   Code = "picture.large"   // more than 4096 pixels a side
	AudioBroken    Code = "audio.broken"    // not what its name says
	VideoBroken    Code = "video.broken"    // not what its name says
	VideoAlone     Code = "video.alone"     // a size for phones of a video that is not there
	VideoHeavy     Code = "video.heavy"     // a size for phones that weighs no less than its video
	CaptionsBroken Code = "captions.broken" // no WebVTT
	PackageBroken  Code = "package.broken"  // no H5P package: h5p.json or content.json is missing or not readable
	PackageNeeds   Code = "package.needs"   // a library that the package needs is not in it
	SVGLarge       Code = "svg.large"       // more than 256 KiB
	SVGBroken      Code = "svg.broken"      // not well-formed, or not a drawing
	SVGElement     Code = "svg.element"
	SVGAttribute   Code = "svg.attribute"
	SVGMarkup      Code = "svg.markup" // DOCTYPE, entity, CDATA, instruction or suspicious comment
)
