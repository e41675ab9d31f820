package prose

import (
	"strings"
	"sync"

	"debrief/generator/cache"
	"debrief/generator/lex"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/util"
)

// codeOptions are what, beside language and text, decides how a block of code
// looks.
type codeOptions struct {
	marks []lineRange // lines to mark
}

// Limits for highlighting; above them code is shown without colours. chroma
// matches regular expressions that backtrack, so some texts take it seconds:
// long lines and words, stretches of white space, the same thing over and
// over. Code worth colours is none of that. Sizes decide, never the clock: the
// same bytes give the same page on a slow machine.
const (
	maxHighlight = 64 << 10  // bytes of a block in a language of steady
	maxUntested  = 8 << 10   // bytes of a block in any other
	maxColoured  = 256 << 10 // bytes of all blocks of a body
	maxCodeLine  = 1000      // bytes of a line
	maxCodeWord  = 250       // bytes without white space
	maxCodeSpace = 200       // bytes of white space
	maxCodePlain = 1000      // bytes without any sign
)

// highlight appends code as HTML: spans with classes where the language is
// known and the code is not too large, else plain text. Everything that
// decides the result is among its arguments, but for kept, which remembers it.
// What chroma stumbles over is returned as fault; the code is then plain.
func highlight(dst []byte, kept *cache.Cache, lang string, o codeOptions, code string) (out []byte, fault any) {
	var runs runs
	if lexer := lexerFor(lang); lexer != nil && highlightable(lexer.Config().Name, code) {
		runs, fault = runsFor(kept, lexer, code)
	}
	w := codeWriter{out: dst, marks: o.marks, line: 1}
	for class, text := range runs.of(code) {
		w.text(class, text)
	}
	w.end()
	return w.out, fault
}

// steady are the lexers found to take linear time for random text made of the
// signs that mean something to them.
var steady = map[string]bool{
	"ApacheConf": true, "Awk": true, "Bash": true, "Bash Session": true, "Batchfile": true, "C": true, "C#": true, "C++": true,
	"Clojure": true, "CMake": true, "CSS": true, "D": true, "Dart": true, "Diff": true, "Docker": true, "Elixir": true,
	"EmacsLisp": true, "FSharp": true, "Go": true, "GraphQL": true, "Groovy": true, "Haskell": true, "HTML": true, "HTTP": true,
	"INI": true, "Java": true, "JavaScript": true, "JSON": true, "Julia": true, "Kotlin": true, "Lua": true, "Makefile": true,
	"markdown": true, "MySQL": true, "Nginx configuration file": true, "Nix": true, "OCaml": true, "PHP": true,
	"PostgreSQL SQL dialect": true, "PowerShell": true, "PromQL": true, "properties": true, "Protocol Buffer": true,
	"Python": true, "R": true, "react": true, "Ruby": true, "Rust": true, "Scala": true, "SCSS": true, "SQL": true, "Swift": true,
	"Tcl": true, "Terraform": true, "Thrift": true, "TOML": true, "TypeScript": true, "VimL": true, "vue": true, "XML": true,
	"YAML": true, "Zig": true,
}

// unsteady are lexers that take seconds for a few kilobytes: never used.
var unsteady = map[string]bool{
	"Devicetree": true, "JSONata": true, "Jungle": true, "Luau": true, "Scilab": true, "SquidConf": true,
	"TypoScriptCssData": true, "TypoScriptHtmlData": true,
}

// highlightable reports whether code is within the limits.
func highlightable(lexer, code string) bool {
	limit := maxUntested
	if steady[lexer] {
		limit = maxHighlight
	}
	if len(code) > limit || unsteady[lexer] {
		return false
	}
	line, word, space, plain := 0, 0, 0, 0
	for i := 0; i < len(code); i++ {
		line++
		plain++
		c := code[i]
		if c > ' ' && util.IsPunct(c) {
			plain = 0
		}
		switch {
		case c == '\n':
			line = 0
			fallthrough
		case c <= ' ':
			word = 0
			space++
		default:
			space = 0
			word++
		}
		if line > maxCodeLine || word > maxCodeWord || space > maxCodeSpace || plain > maxCodePlain {
			return false
		}
	}
	return len(code) < 1024 || varied(code)
}

// varied reports whether code has as many different bytes, and as many
// different stretches of eight bytes, as real code always has: repetition is
// what makes expressions backtrack most.
func varied(code string) bool {
	var seen [1024]uint64
	var letters [256]bool
	fresh, different := 0, 0
	var h uint64
	for i := 0; i < len(code); i++ {
		c := code[i]
		if !letters[c] {
			letters[c] = true
			different++
		}
		h = h<<8 | uint64(c) // the last eight bytes
		at := h * 0x9e3779b97f4a7c15 >> 48
		if bit := uint64(1) << (at & 63); seen[at>>6]&bit == 0 {
			seen[at>>6] |= bit
			fresh++
		}
	}
	return fresh >= len(code)/16 && different >= 20
}

// known are the lexers by lower-case name and alias. chroma's own lookup tries
// an unknown name as a file name against every lexer, 10 ms a time.
var known = sync.OnceValue(func() map[string]chroma.Lexer {
	m := map[string]chroma.Lexer{}
	for _, l := range lexers.GlobalLexerRegistry.Lexers {
		c := l.Config()
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			name = strings.ToLower(name)
			if _, ok := m[name]; !ok {
				// The registry decides which of several lexers has a name.
				m[name] = lex.Faster(lexers.Get(name), lexers.GlobalLexerRegistry)
			}
		}
	}
	return m
})

// lexerFor returns the lexer for a language, nil if there is none or if
// colours would say nothing.
func lexerFor(lang string) chroma.Lexer {
	switch lang {
	case "", "text", "plain", "plaintext", "txt", "no-highlight", "output":
		return nil
	case "yml": // a name that chroma does not know
		lang = "yaml"
	}
	return known()[lang]
}
