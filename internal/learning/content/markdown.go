package content

import (
	"bytes"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"tremplin/internal/core/memo"
)

const linkRel = "noopener nofollow"

var (
	markdown = goldmark.New()
	policy   = newPolicy()
	noTags   = bluemonday.StrictPolicy()
	lineEnds = strings.NewReplacer("</p>", "</p>\n", "</li>", "</li>\n", "<ul>", "\n", "<ol>", "\n", "<br>", "\n", "\n", " ")
	manyEnds = regexp.MustCompile(`\s*\n\s*`)
	arabic   = regexp.MustCompile(`\p{Arabic}`)
	quoted   = regexp.MustCompile(`«([^«»<>\p{Arabic}]*\pL[^«»<>\p{Arabic}]*)»`)
)

// newPolicy says it a second time, in HTML: should the check of the Markdown ever miss something, this does not.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "ul", "ol", "li", "strong", "em", "br")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^\d{1,9}$`)).OnElements("ol") // a list that goes on keeps its numbers
	p.AllowAttrs("rel").Matching(regexp.MustCompile("^" + linkRel + "$")).OnElements("a")
	p.AllowURLSchemes("https", "mailto", "tel")
	p.RequireParseableURLs(true)
	return p
}

// Render makes HTML of the Markdown that a module may hold: p, ul, ol, li, strong, em, br, a. The error is Problems,
// without file and line: HTML, pictures, other links than https, mailto and tel, other Markdown, unfit characters.
func Render(md string) (string, error) {
	if len(md) > MaxBlock {
		return "", Problems{{Code: BlockLong}}
	}
	r := read(md)
	out, problems := r.html, slices.Clone(r.problems)
	if code := runesCode(out); code != "" { // an entity can spell what the text does not hold
		problems.add("", 0, code, "")
	}
	if err := problems.Err(); err != nil {
		return "", err
	}
	return out, nil
}

// Plain is the Markdown as it is read aloud: a line a paragraph or list item, nothing but words.
func Plain(md string) string {
	return read(md).plain
}

// reading is what a text became.
type reading struct {
	html, plain string
	problems    Problems
}

// readings are kept: a screen is shown far more often than it is written.
var readings memo.Of[string, reading]

func read(md string) reading {
	r, _ := readings.Make(md, func() (r reading, err error) {
		r.html, r.problems = toHTML(md)
		words := html.UnescapeString(noTags.Sanitize(lineEnds.Replace(r.html)))
		r.plain = strings.TrimSpace(manyEnds.ReplaceAllString(words, "\n"))
		return r, nil
	})
	return r
}

func toHTML(md string) (string, Problems) {
	src := []byte(md)
	doc := markdown.Parser().Parse(text.NewReader(src))
	problems := checkNodes(doc, src)
	var b bytes.Buffer
	if err := markdown.Renderer().Render(&b, src, doc); err != nil { // a buffer takes everything
		return "", Problems{{Code: Markdown, Detail: err.Error()}}
	}
	return apart(policy.Sanitize(b.String())), problems
}

// apart keeps the words of another script that an Arabic text quotes in their own order, full stop included.
func apart(html string) string {
	if !arabic.MatchString(html) {
		return html
	}
	return quoted.ReplaceAllString(html, "«<bdi>$1</bdi>»")
}

// checkNodes reports what the format does not know, and marks links as leading elsewhere.
func checkNodes(doc ast.Node, src []byte) Problems {
	var problems Problems
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			if code := nodeCode(n, src); code != "" {
				problems.add("", 0, code, nodeDetail(n, src))
			}
		}
		return ast.WalkContinue, nil
	})
	return problems
}

// nodeDetail is what tells the author which piece of the text is meant.
func nodeDetail(n ast.Node, src []byte) string {
	switch n := n.(type) {
	case *ast.Link:
		return string(n.Destination)
	case *ast.AutoLink:
		return autoAddress(n, src)
	}
	return n.Kind().String()
}

func nodeCode(n ast.Node, src []byte) Code {
	switch n := n.(type) {
	case *ast.Document, *ast.Paragraph, *ast.TextBlock, *ast.List, *ast.ListItem, *ast.Emphasis, *ast.Text, *ast.String:
		return ""
	case *ast.LinkReferenceDefinition:
		return ""
	case *ast.HTMLBlock, *ast.RawHTML:
		return HTML
	case *ast.Image:
		return PictureInside
	case *ast.Link:
		return linkCode(n, string(n.Destination))
	case *ast.AutoLink:
		return linkCode(n, autoAddress(n, src))
	}
	return Markdown
}

// autoAddress is where <https://…> or <name@example.org> leads.
func autoAddress(n *ast.AutoLink, src []byte) string {
	if n.AutoLinkType == ast.AutoLinkEmail {
		return "mailto:" + string(n.URL(src))
	}
	return string(n.URL(src))
}

// linkCode refuses addresses that lead elsewhere than they seem to: other schemes, no host, a name before the host.
func linkCode(n ast.Node, address string) Code {
	n.SetAttributeString("rel", []byte(linkRel))
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return LinkAddress
	case u.Scheme == "https" && u.Host != "" && u.User == nil:
		return ""
	case (u.Scheme == "mailto" || u.Scheme == "tel") && u.Opaque != "":
		return ""
	}
	return LinkAddress
}
