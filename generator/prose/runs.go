package prose

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"unicode/utf8"

	"debrief/generator/cache"

	"github.com/alecthomas/chroma/v2"
)

// runs say which parts of a text have which class: for each part the class, a
// byte, and how many bytes of the text it is, a varint. No text is in it, so
// whatever a cache gives back in place of what was kept, it cannot put a word
// on a page. None means that the text has no colours.
type runs []byte

// of walks the parts of the text that runs were made for.
func (r runs) of(text string) iter.Seq2[class, string] {
	return func(yield func(class, string) bool) {
		if len(r) == 0 {
			yield(0, text)
			return
		}
		for rest := r; len(rest) > 0; {
			n, width := binary.Uvarint(rest[1:])
			if !yield(class(rest[0]), text[:n]) {
				return
			}
			text, rest = text[n:], rest[1+width:]
		}
	}
}

// fit reports whether runs cover a text, all of it and nothing else, in known
// classes that change at each border.
func (r runs) fit(text string) bool {
	last := class(255)
	for len(r) > 0 {
		c := class(r[0])
		n, width := binary.Uvarint(r[1:])
		if int(c) > len(colours) || c == last || width <= 0 || n == 0 || n > uint64(len(text)) {
			return false
		}
		if text = text[n:]; text != "" && !utf8.RuneStart(text[0]) {
			return false
		}
		last, r = c, r[1+width:]
	}
	return text == ""
}

// runsFor finds the runs of code: kept ones, or else by lexing, and keeps them.
func runsFor(kept *cache.Cache, lexer chroma.Lexer, code string) (found runs, fault any) {
	if kept == nil {
		return lexed(lexer, code)
	}
	key := runsKey(lexer.Config().Name, code)
	if found = kept.Get(key); len(found) > 0 && found.fit(code) {
		return found, nil
	}
	found, fault = lexed(lexer, code)
	if fault == nil && len(found) > 0 {
		kept.Put(key, []byte(found))
	}
	return found, fault
}

// Libraries that decide which token is what, as go.mod has them.
const (
	chromaVersion = "v2.27.0"
	regexpVersion = "v2.2.1"
)

// decided is everything that decides how code is coloured beside its language
// and text: this program, its libraries, the tables of Unicode, the classes.
var decided = sync.OnceValue(func() []byte {
	h := sha256.New()
	fmt.Fprintln(h, "runs 1", chromaVersion, regexpVersion, runtime.Version())
	if built, ok := debug.ReadBuildInfo(); ok {
		fmt.Fprintln(h, built.Main.Version)
		for _, s := range built.Settings {
			if s.Key == "vcs.revision" {
				fmt.Fprintln(h, s.Value)
			}
		}
	}
	for _, c := range colours {
		fmt.Fprintln(h, c.class, c.types)
	}
	return h.Sum(nil)
})

func runsKey(lexer, code string) cache.Key {
	buffer := make([]byte, 0, 2048)
	buffer = append(buffer, decided()...)
	buffer = append(append(buffer, lexer...), 0)
	return sha256.Sum256(append(buffer, code...))
}

var rootState = chroma.TokeniseOptions{State: "root"}

// lexed finds the runs of code by its lexer. There are none when the tokens
// are not the code: colours must never change what an author wrote.
func lexed(lexer chroma.Lexer, code string) (found runs, fault any) {
	defer func() {
		if v := recover(); v != nil {
			found, fault = nil, v
		}
	}()
	next, err := lexer.Tokenise(&rootState, code)
	if err != nil {
		return nil, err
	}
	b := runsBuilder{out: make(runs, 0, len(code)/2)}
	rest := code
	for t := next(); t != chroma.EOF; t = next() {
		text := t.Value
		if len(text) == len(rest)+1 {
			text = strings.TrimSuffix(text, "\n") // some lexers want a line end, and add it
		}
		var ok bool
		if rest, ok = strings.CutPrefix(rest, text); !ok {
			return nil, nil
		}
		b.add(classOf(t.Type), text)
	}
	if rest != "" {
		return nil, nil
	}
	return b.runs(), nil
}

// A runsBuilder makes runs of tokens, joining those of one class. White space
// takes the class of what stands before it.
type runsBuilder struct {
	out   runs
	class class
	size  int
}

func (b *runsBuilder) add(c class, text string) {
	if c != b.class && !isBlank(text) {
		b.end()
		b.class = c
	}
	b.size += len(text)
}

func (b *runsBuilder) end() {
	if b.size > 0 {
		b.out = binary.AppendUvarint(append(b.out, byte(b.class)), uint64(b.size))
		b.size = 0
	}
}

func (b *runsBuilder) runs() runs {
	b.end()
	return b.out
}
