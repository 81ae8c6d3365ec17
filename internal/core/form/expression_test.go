package form

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// what the expressions of the tests see.
var example = scope{
	V: map[string]string{
		"n": "12.5", "m": "4", "zero": "0", "name": "Zoé", "born": "2000-01-31", "many": "a b c", "no": "false", "long": strings.Repeat("x", 6000),
	},
	Self: "7", Today: "2026-08-01", Row: map[string]string{"country": "be", "sub-region": "3"},
}

func TestExpressions(t *testing.T) {
	for source, want := range map[string]any{
		// operators
		"1 + 2 * 3":         7.0,
		"(1 + 2) * 3":       9.0,
		"10 - 4 - 3":        3.0,
		"7 div 2":           3.5,
		"7 mod 3":           1.0,
		"-7 mod 3":          -1.0,
		"- - 2":             2.0,
		"-2 * 3":            -6.0,
		".5 + 1.":           1.5,
		"1 < 2 and 2 <= 2":  true,
		"1 > 2 or 2 >= 3":   false,
		"1 = 1 and 1 != 2":  true,
		"true() or 1 div 0": true,
		"3 > 2 > 1":         false, // (3 > 2) is 1
		"'a' = 'a'":         true,
		"'1' = '1.0'":       false,
		"1 = '1.0'":         true,
		"true() = 'x'":      true,
		"'a' < 'b'":         false, // strings have no order in XPath 1.0
		"‘curly’ = 'curly' and “a”=\"a\"": true,
		"'it is \"so\"'":                   `it is "so"`,
		"'a\\nb{é}`$1 *'":                  "a\\nb{é}`$1 *",
		"${n}*2":                           25.0,
		"${ m } - 1":                       3.0,
		". > 5":                            true,
		".-1":                              6.0,
		"country = 'be' and sub-region= 3": true,
		// empty answers
		"${none} = ''":              true,
		"${none} != ''":             false,
		"${n} != ''":                true,
		"${none} = 0":               false,
		"${none} != 0":              true,
		"${none} < 5 or ${none}>=5": false,
		"${none} + 1":               math.NaN(),
		"-${none}":                  math.NaN(),
		"string(${none} + 1) = ''":  true,
		"1 div 0 = ''":              false,
		"string(1 div 0)":           "",
		"${none} and true()":        false,
		"${no} and true()":          true, // boolean('false') is true, says the ODK specification
		"${zero} and true()":        true,
		"number(${zero}) and 1":     false,
		// functions
		"selected(${many}, 'b')":                 true,
		"selected(${many}, 'a b')":               false,
		"selected(., 7)":                         true,
		"selected('', '')":                       false,
		"count-selected(${many})":                3.0,
		"count-selected(${none})":                0.0,
		"string-length(${name})":                 3.0,
		"string-length(12.50)":                   4.0,
		"contains(${name}, 'o')":                 true,
		"starts-with(${name}, 'o')":              false,
		"ends-with(${name}, 'é')":                true,
		"if(${n} > 12, 'big', 'small')":          "big",
		"if(${none}, 1, 2)":                      2.0,
		"if(true(), if(false(), 1, 'x'), 3)":     "x",
		"coalesce(${none}, ${m})":                "4",
		"coalesce(${none}, 0) + 1":               1.0,
		"coalesce('', '')":                       "",
		"today()":                                "2026-08-01",
		"today() - ${born}":                      9679.0,
		"${born} < today()":                      true,
		"today() = '2026-08-01'":                 true,
		"int((today() - ${born}) div 365.25)":    26.0,
		"regex(${name}, 'Z.*')":                  true,
		"regex(${name}, 'Z')":                    false, // the whole value, says ODK
		"regex(${n}, '[0-9]+(\\.[0-9]+)?|x')":    true,
		"int(-3.7)":                              -3.0,
		"int(${none})":                           math.NaN(),
		"number('12e3')":                         math.NaN(),
		"number('0x10')":                         math.NaN(),
		"number('Inf')":                          math.NaN(),
		"number(' -1.5 ')":                       -1.5,
		"number('1970-01-02')":                   1.0,
		"number('31/12/2020')":                   math.NaN(),
		"number(true())":                         1.0,
		"string(2 div 4)":                        "0.5",
		"string(1000000 * 1000000 * 1000000000)": "1000000000000000000000",
		"string(3 > 2)":                          "true",
		"concat(${name}, 1, '-', true())":        "Zoé1-true",
		"concat(${long}, ${long})":               "",
		"round(2.5)":                             3.0,
		"round(-2.5)":                            -2.0,
		"round(3.14159, 2)":                      3.14,
		"round(1234, -2)":                        1200.0,
		"round(1, 999)":                          1.0,
		"round(${none})":                         math.NaN(),
		"min(3, ${m}, 5)":                        3.0,
		"max(3, ${m})":                           4.0,
		"max(3, ${none})":                        math.NaN(),
		"once(today())":                          "7",
		"not(1 > 2)":                             true,
		"boolean(0)":                             false,
		"not(false()) and not(not(true()))":      true,
	} {
		e, err := translate(source)
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		got := e.run(example)
		gotN, ok := got.(float64)
		wantN, number := want.(float64)
		if same := got == want || ok && number && (math.Abs(gotN-wantN) < 1e-9 || gotN != gotN && wantN != wantN); !same {
			t.Errorf("%s = %#v, want %#v", source, got, want)
		}
	}
}

func TestExpressionProblems(t *testing.T) {
	for source, want := range map[string]string{
		"1 +":                          ExprSyntax + " ",
		"1 2":                          ExprSyntax + " 2",
		"(1":                           ExprSyntax + " ",
		"1)":                           ExprSyntax + " )",
		"":                             ExprSyntax + " ",
		"'open":                        ExprSyntax + " '",
		"${open":                       ExprSyntax + " $",
		"1.2.3":                        ExprSyntax + " 1.2.3",
		"../x":                         ExprSyntax + " ..",
		"/data/x":                      ExprSyntax + " /",
		"a[1]":                         ExprSyntax + " [",
		"1 == 2":                       ExprSyntax + " =",
		"a && b":                       ExprSyntax + " &",
		"if(1, 2":                      ExprSyntax + " ",
		"if(1 2)":                      ExprSyntax + " 2",
		"if(, 1)":                      ExprSyntax + " ,",
		"env(1)":                       ExprFunction + " env",
		"jr:choice-name(1, 2)":         ExprFunction + " jr:choice-name",
		"if(1, 2)":                     ExprArguments + " if",
		"today(1)":                     ExprArguments + " today",
		"concat()":                     ExprArguments + " concat",
		"regex(., '(')":                ExprRegex + " (",
		"regex(., concat('a', 'b'))":   ExprRegex + " ",
		strings.Repeat("1", 2001):      ExprTooLong + " 2000",
		strings.Repeat("(", 41):        ExprTooDeep + " 40",
		strings.Repeat("not(", 50):     ExprTooDeep + " 40",
		strings.Repeat("-", 50) + "1":  ExprTooDeep + " 40",
		strings.Repeat("1+", 30) + "+": ExprSyntax + " +",
		"concat(" + strings.Repeat("1,", 100) + "1)": ExprArguments + " concat",
	} {
		_, err := translate(source)
		var bad *expressionError
		if !errors.As(err, &bad) || bad.code+" "+bad.detail != want {
			t.Errorf("%.60s: %v, want %s", source, err, want)
		}
	}
}

func TestExpressionAtItsBounds(t *testing.T) {
	for _, source := range []string{
		strings.Repeat("1+", 999) + "1", strings.Repeat("(", 39) + "1" + strings.Repeat(")", 39),
		strings.Repeat(".=", 999) + "1", strings.Repeat("1 or ", 399) + "0",
	} {
		if _, err := translate(source); err != nil {
			t.Errorf("%.20s…: %v", source, err)
		}
	}
}

// FuzzTranslate: whatever is written is either refused with a code or runs, and a literal stays what it is.
func FuzzTranslate(f *testing.F) {
	for _, s := range []string{
		"${a} + 1 div 2", "selected(., 'x') and not(${b} = '')", "if(1 < 2, concat('a', \"b\"), round(.5, 1))", "regex(., '[a-z]+')",
		"-(-1) mod 3", "once(today())", "country = ${country}", "'\\x00\"'", "‘a’", "coalesce(${a}, min(1, 2))",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		e, err := translate(source)
		if err != nil {
			var bad *expressionError
			if !errors.As(err, &bad) || bad.code == "" {
				t.Fatalf("%q: %v", source, err)
			}
		} else {
			switch v := e.run(example).(type) {
			case string, float64, bool:
			default:
				t.Fatalf("%q is a %T", source, v)
			}
		}
		if text := strings.ToValidUTF8(source, "\ufffd"); !strings.ContainsAny(text, "'") && len(text) < 1000 {
			e, err := translate("'" + text + "'")
			if err != nil || e.run(example) != text {
				t.Fatalf("literal %q: %v", text, err)
			}
		}
	})
}
