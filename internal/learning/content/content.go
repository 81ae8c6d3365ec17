// Package content reads e-modules: their text, exercises, drawings and recordings, from a folder or a ZIP file.
// It is pure: bytes in, values and problems out. It opens no file by itself, keeps nothing and knows no clock, so
// that whatever it accepts today it accepts tomorrow. The format is docs/MODULE-FORMAT.md.
package content

// What a text may hold at most. Beyond a limit a text is refused, with the code that names the limit.
const (
	MaxText    = 256 << 10 // bytes of a language file
	MaxScreens = 60        // screens of a text
	MaxItems   = 12        // items, pairs or gaps of an activity
	MaxTitle   = 200       // characters of a title or of one item
	MaxSummary = 500       // characters of a summary, an alternative text or a reason
	MaxBlock   = 8000      // bytes of one piece of Markdown; an activity may have twice as many
)

// Other is the passage for people of every country that its run of passages does not name.
const Other = "other"

// Module is one e-module in all its languages.
type Module struct {
	Meta
	Languages map[string]*Text  // by language: "fr", "pt-BR"
	Files     map[string][]byte // by path: "pictures/where.svg", "audio/fr/where.mp3", "packages/quiz.h5p"
}

// Weight is how many bytes its files hold.
func (m *Module) Weight() (n int64) {
	for _, data := range m.Files {
		n += int64(len(data))
	}
	return n
}

// Text is a module in one language.
type Text struct {
	Lang, Title, Summary string
	Screens              []Screen
}

// Screen is what stands on one page: at most one picture and one activity, which comes last.
type Screen struct {
	ID, Title string
	Picture   string // path in Module.Files of a picture or a video, or empty
	Alt       string // what it shows; empty only without a picture
	Blocks    []Block
	Activity  *Activity // or nil
}

// Block is Markdown for everybody, or a passage for some countries.
type Block struct {
	For  []string // ISO 3166 codes, or Other alone; nil: everybody
	Text string   // Markdown, for Render and Plain
}

// Kind says what one does in an activity.
type Kind string

// The kinds of activities.
const (
	Choice     Kind = "choice"     // one right answer
	Choices    Kind = "choices"    // one or more right answers
	Order      Kind = "order"      // items to be put in order
	Match      Kind = "match"      // pairs to be found
	Fill       Kind = "fill"       // gaps to be filled
	Short      Kind = "short"      // a word or number to be written
	Reflection Kind = "reflection" // nothing is right or wrong
	Packaged   Kind = "package"    // made elsewhere, as an H5P package: it judges by itself and gives points
)

var kinds = []Kind{Choice, Choices, Order, Match, Fill, Short, Reflection, Packaged}

// Activity is the exercise of a screen. A fill text reads Items[0].Text, gap, Items[1].Text, gap, …, Tail.
type Activity struct {
	Kind     Kind
	Question string // Markdown
	Items    []Item // order: in the right order; short: exactly one; reflection: none
	Tail     string // fill: what follows the last gap
	Praise   string // Markdown, said when all is right; reflection: an example
	Package  string // package: its path in Module.Files
}

// Item is one answer, step, pair or gap. Its texts are plain, not Markdown.
type Item struct {
	Text   string   // the answer or step; match: the left side; fill: what stands before the gap
	Right  bool     // choice and choices
	Match  string   // match: the right side
	Reason string   // why the answer is right or wrong; may be empty
	Accept []string // fill and short: what is accepted
}
