package prose

import (
	"strconv"
	"strings"

	"debrief/generator/diag"
	"debrief/generator/source"

	"github.com/yuin/goldmark/ast"
)

// A codeBlock is a block of code with what its info string says.
type codeBlock struct {
	lang  string
	title string
	marks []lineRange
	text  []byte
}

// A lineRange is a range of marked lines, 1-based and inclusive.
type lineRange struct{ from, to int }

// fencedCode writes a fenced block: ours as a hole, any other as code.
func (r *reading) fencedCode(n *ast.FencedCodeBlock) {
	b := codeBlock{}
	if n.Info != nil {
		b = parseInfo(destination(n.Info.Segment.Value(r.src)))
	}
	b.text = r.blockText(n)
	ours := b.lang == "timeline" || b.lang == "decision"
	if ours && len(r.doc.Fences) >= maxFences {
		r.tooMany(fences, r.pos(max(n.Pos(), 0)))
		ours, b.lang = false, ""
	}
	if !ours {
		r.code(n, b, r.blockIDs[n])
		return
	}
	f := Fence{Lang: b.lang, Text: string(b.text)}
	if n.Lines().Len() > 0 {
		f.Pos = r.pos(n.Lines().At(0).Start)
	} else {
		f.Pos = r.pos(max(n.Pos(), 0))
	}
	if id := r.blockIDs[n]; id != "" {
		r.anchor(id) // what the handbook draws has no place for it
	}
	r.hole(fence, len(r.doc.Fences), "")
	f.Index = len(r.parts) - 1
	r.doc.Fences = append(r.doc.Fences, f)
	b.lang = "" // seldom shown: not worth highlighting
	r.code(n, b, "")
	r.cut(literal) // one part, skipped when the fence is drawn
}

// code writes a block of code.
func (r *reading) code(n ast.Node, b codeBlock, id string) {
	r.put(`<figure class="code"`)
	if id != "" {
		r.id(id)
	}
	if b.lang != "" {
		r.put(` data-lang="`)
		r.putEscaped(b.lang)
		r.put(`"`)
	}
	r.put(">")
	if b.title != "" {
		r.put("<figcaption>")
		r.putEscaped(b.title)
		r.put("</figcaption>")
	}
	r.put(`<pre tabindex="0"><code class="chroma">`)
	if r.coloured += len(b.text); r.coloured > maxColoured {
		b.lang = "" // a note of code only: enough is enough
	}
	var fault any
	r.out, fault = highlight(r.out, r.opts.Cache, b.lang, codeOptions{marks: b.marks}, string(b.text))
	if fault != nil {
		at := 0
		if n.Lines().Len() > 0 {
			at = n.Lines().At(0).Start
		}
		r.find(diag.At("render-panic", diag.Error, "", r.pos(at), 0,
			"this code cannot be highlighted as %s and is shown without colours: %v", b.lang, fault).
			Hint("this is a fault in debrief, not in the note; please report it with the code"))
	}
	r.put("</code></pre></figure>\n")
}

// parseInfo reads the info string of a fence: a language, title="…", and lines
// to mark as {2,4-6} or hl_lines="2 4-6".
func parseInfo(info string) codeBlock {
	b := codeBlock{}
	info = strings.TrimSpace(info)
	if rest, ok := strings.CutPrefix(info, "{"); ok && strings.HasPrefix(strings.TrimSpace(rest), ".") {
		// ``` {.python title="x"}
		rest = strings.TrimSpace(strings.TrimSuffix(rest, "}"))[1:]
		b.lang, info = cutWord(rest)
	} else if !ok {
		b.lang, info = cutWord(info)
	}
	b.lang = strings.ToLower(b.lang)
	for info != "" {
		switch c := info[0]; {
		case c == '{':
			inner, rest, ok := strings.Cut(info[1:], "}")
			if !ok {
				return b
			}
			if marks, ok := parseLines(inner); ok {
				b.marks, info = append(b.marks, marks...), rest
				continue
			}
			info = inner + " " + rest // {title="x"}: the same words in braces
		case c == ' ' || c == '\t' || c == ',' || c == '}':
			info = info[1:]
		default:
			var name, value string
			name, value, info = cutSetting(info)
			switch name {
			case "title":
				b.title = source.Uncommented(value)
			case "hl_lines":
				if marks, ok := parseLines(strings.Trim(value, "[]")); ok {
					b.marks = append(b.marks, marks...)
				}
			}
		}
	}
	return b
}

// cutWord cuts the language off an info string.
func cutWord(s string) (word, rest string) {
	i := strings.IndexAny(s, " \t{,")
	if i < 0 {
		return s, ""
	}
	return s[:i], s[i:]
}

// cutSetting cuts name, name=value or name="value" off.
func cutSetting(s string) (name, value, rest string) {
	i := strings.IndexAny(s, "= \t{}")
	if i < 0 {
		return s, "", ""
	}
	name, rest = s[:i], s[i:]
	if name == "" {
		return "", "", rest[1:]
	}
	if rest[0] != '=' {
		return name, "", rest
	}
	rest = rest[1:]
	if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
		if value, after, ok := strings.Cut(rest[1:], rest[:1]); ok {
			return name, value, after
		}
	}
	value, _, _ = strings.Cut(rest, " ")
	return name, strings.Trim(value, "}"), rest[len(value):]
}

// parseLines reads "2,4-6" or "2 4-6".
func parseLines(s string) ([]lineRange, bool) {
	var marks []lineRange
	for _, f := range strings.FieldsFunc(s, func(c rune) bool { return c == ',' || c == ' ' }) {
		from, to, both := strings.Cut(strings.Trim(f, `"'`), "-")
		if !both {
			to = from
		}
		a, errA := strconv.Atoi(from)
		z, errZ := strconv.Atoi(to)
		if errA != nil || errZ != nil || a < 1 || z < a {
			return nil, false
		}
		marks = append(marks, lineRange{a, z})
	}
	return marks, len(marks) > 0 && len(marks) <= 1000
}
