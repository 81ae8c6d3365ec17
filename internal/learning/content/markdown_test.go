package content

import (
	"strings"
	"testing"
	"time"
)

func TestRender(t *testing.T) {
	const rel = ` rel="noopener nofollow"`
	tests := []struct{ md, html, plain string }{
		{"a *b* **c**", "<p>a <em>b</em> <strong>c</strong></p>\n", "a b c"},
		{"a\nb  \nc", "<p>a\nb<br>\nc</p>\n", "a b\nc"},
		{"- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n", "a\nb"},
		{"- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n", "a\nb"},
		{"3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>\n", "a"},
		{"[a](https://x.org/?a=1&b)", `<p><a href="https://x.org/?a=1&amp;b"` + rel + ">a</a></p>\n", "a"},
		{"<https://x.org>", `<p><a href="https://x.org"` + rel + ">https://x.org</a></p>\n", "https://x.org"},
		{"<a@x.org>", `<p><a href="mailto:a@x.org"` + rel + ">a@x.org</a></p>\n", "a@x.org"},
		{"[112](tel:112)", `<p><a href="tel:112"` + rel + ">112</a></p>\n", "112"},
		{"[a]\n\n[a]: https://x.org 'title'", `<p><a href="https://x.org"` + rel + ">a</a></p>\n", "a"},
		{"3 < 4 &amp; &lt;b&gt; \\*", "<p>3 &lt; 4 &amp; &lt;b&gt; *</p>\n", "3 < 4 & <b> *"},
		{"‏المساعدة 112 **Forem** هنا‎", "<p>‏المساعدة 112 <strong>Forem</strong> هنا‎</p>\n", "‏المساعدة 112 Forem هنا‎"},
		{"قولوا «Oui, merci.» هنا", "<p>قولوا «<bdi>Oui, merci.</bdi>» هنا</p>\n", "قولوا «Oui, merci.» هنا"},
		{"Dites « Oui. »", "<p>Dites « Oui. »</p>\n", "Dites « Oui. »"},
		{"<svg/onload=x>", "<p>&lt;svg/onload=x&gt;</p>\n", "<svg/onload=x>"},
		{"", "", ""},
	}
	for _, test := range tests {
		got, err := Render(test.md)
		if err != nil || got != test.html {
			t.Errorf("%q: %v\n got %q\nwant %q", test.md, err, got, test.html)
		}
		if got := Plain(test.md); got != test.plain {
			t.Errorf("%q: plain %q", test.md, got)
		}
	}
}

func TestRenderRefuses(t *testing.T) {
	tests := []struct {
		md   string
		code Code
	}{
		{"<script>alert(1)</script>", HTML},
		{"a <b onclick=x>b</b>", HTML},
		{"a <!-- comment -->", HTML},
		{"[a](javascript:alert(1))", LinkAddress},
		{"[a](JavaScript&#58;alert(1))", LinkAddress},
		{"[a](<java\tscript:alert(1)>)", LinkAddress},
		{"[a](&#x6a;avascript:alert(1))", LinkAddress},
		{"<javascript:alert(1)>", LinkAddress},
		{"[a](data:text/html;base64,PHNjcmlwdD4=)", LinkAddress},
		{"[a][x]\n\n[x]: javascript:alert(1)", LinkAddress},
		{"[a](vbscript:x)", LinkAddress},
		{"[a](http://x.org)", LinkAddress},
		{"[a](//x.org)", LinkAddress},
		{"[a](/me)", LinkAddress},
		{"[a]()", LinkAddress},
		{"[a](https:x.org)", LinkAddress},
		{"[a](https://bank.org@x.org)", LinkAddress},
		{"[a](https://%zz)", LinkAddress},
		{"[a](mailto:)", LinkAddress},
		{"![a](https://x.org/a.png)", PictureInside},
		{"[![a](https://x.org/a.png)](https://x.org)", PictureInside},
		{"- ![a][x]\n\n[x]: https://x.org", PictureInside},
		{"    code", Markdown},
		{"a `b`", Markdown},
		{"# a", Markdown},
		{"> a", Markdown},
		{"***", Markdown},
		{"~~~\na\n~~~", Markdown},
		{"a \u202eb", TextBidi},
		{"a &#8238;b", TextBidi},
		{"a &#1;b", TextControl},
		{strings.Repeat("a", MaxBlock+1), BlockLong},
	}
	for _, test := range tests {
		out, err := Render(test.md)
		if out != "" || !problems(err).Has(test.code) {
			t.Errorf("%q: %q, %v, want %s", test.md, out, err, test.code)
		}
		for _, bad := range []string{"<script", `="javascript:`, "onclick", "<img", `="data:`} {
			if html, _ := toHTML(test.md); strings.Contains(strings.ToLower(html), bad) {
				t.Errorf("%q: even the policy lets %s through: %s", test.md, bad, html)
			}
		}
	}
}

// TestRenderIsQuick tries what is known to make Markdown slow, at the greatest length that is read.
func TestRenderIsQuick(t *testing.T) {
	for _, piece := range []string{"- ", "> ", "*", "**a ", "_a", "[", "[a](", "![", "<", "`", "a\n", "&", "1. ", "[a]: <\n", "\\"} {
		began := time.Now()
		_, _ = Render(strings.Repeat(piece, MaxBlock/len(piece)))
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("%q took %v", piece, took)
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add("[a](javascript:x) <b> ![x](y)")
	f.Add("- a\n\n[b]: <data:x>\n[b]")
	f.Fuzz(func(t *testing.T, md string) {
		out, err := Render(md)
		if err == nil && out != policy.Sanitize(out) {
			t.Fatalf("%q: not clean: %q", md, out)
		}
		if strings.Contains(Plain(md), "\n\n") {
			t.Fatalf("%q: %q", md, Plain(md))
		}
	})
}
