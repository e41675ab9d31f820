package source

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
)

// An SVG is a picture in a page, but a page of its own when a reader follows a
// link to it: one that could run scripts with all that the site may do. So it is
// not cleaned, it is written anew: the elements below, their attributes, and
// nothing else.
var (
	svgElements = words(`svg g defs symbol use switch title desc view a image
		path rect circle ellipse line polyline polygon text tspan textPath style
		linearGradient radialGradient stop pattern clipPath mask marker filter
		feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
		feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode
		feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`)
	svgAttribute = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9-]*$`)

	cssImport = regexp.MustCompile(`(?is)@(import|charset|namespace)\b[^;}]*;?`)
	cssURL    = regexp.MustCompile(`(?is)(url|src|image|image-set|cross-fade)\(\s*["']?([^)]*)\)?`)
)

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
	emptySVG   = `<svg xmlns="` + svgSpace + `"/>`
)

func words(list string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// scrubSVG writes an SVG anew without what could act or load. One that is no
// XML, which no browser draws either, becomes an empty drawing.
func scrubSVG(raw []byte) []byte {
	text, _ := Text(raw)
	d := xml.NewDecoder(bytes.NewReader(text))
	d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil } // Text has decoded it
	d.Entity = make(map[string]string)
	w := svgWriter{out: make([]byte, 0, len(text))}
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && len(w.open) == 0 && len(w.out) > 0:
			return append(w.out, '\n')
		case err != nil:
			return []byte(emptySVG)
		}
		switch t := token.(type) {
		case xml.Directive:
			readEntities(t, d.Entity)
		case xml.StartElement:
			if !w.begin(t) {
				if err := d.Skip(); err != nil {
					return []byte(emptySVG)
				}
			}
		case xml.EndElement:
			w.end()
		case xml.CharData:
			w.text(t)
		}
	}
}

// entity is a declaration as drawing programs write it: a name for an address.
var entity = regexp.MustCompile(`<!ENTITY\s+(\w+)\s+(?:"([^"&%<]{0,200})"|'([^'&%<]{0,200})')\s*>`)

func readEntities(doctype []byte, into map[string]string) {
	for _, m := range entity.FindAllSubmatch(doctype, 100) {
		into[string(m[1])] = string(m[2]) + string(m[3])
	}
}

type svgWriter struct {
	out   []byte
	open  []string // elements, outermost first
	style []byte   // of the <style> that is open: what it loads is seen in the whole alone
}

func (w *svgWriter) inStyle() bool { return len(w.open) > 0 && w.open[len(w.open)-1] == "style" }

// begin writes a start tag; false when the element, and all in it, is left out.
func (w *svgWriter) begin(t xml.StartElement) bool {
	name := t.Name.Local
	root := len(w.open) == 0
	if t.Name.Space != svgSpace && t.Name.Space != "" || !svgElements[name] || w.inStyle() || root && (name != "svg" || len(w.out) > 0) {
		return false
	}
	w.out = append(append(w.out, '<'), name...)
	if root {
		w.out = append(w.out, ` xmlns="`+svgSpace+`"`...)
	}
	seen := make(map[string]bool, len(t.Attr))
	for _, a := range t.Attr {
		key, value, ok := svgAttr(name, a)
		if !ok || seen[key] {
			continue
		}
		seen[key] = true
		w.out = append(append(append(w.out, ' '), key...), '=', '"')
		w.escape(value)
		w.out = append(w.out, '"')
	}
	w.out = append(w.out, '>')
	w.open = append(w.open, name)
	return true
}

func (w *svgWriter) end() {
	last := len(w.open) - 1
	if w.inStyle() {
		w.escape(stillCSS(string(w.style)))
		w.style = nil
	}
	w.out = append(append(append(w.out, "</"...), w.open[last]...), '>')
	w.open = w.open[:last]
}

func (w *svgWriter) text(data []byte) {
	switch {
	case len(w.open) == 0:
	case w.inStyle():
		w.style = append(w.style, data...)
	default:
		w.escape(string(data))
	}
}

func (w *svgWriter) escape(s string) {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	w.out = append(w.out, b.Bytes()...)
}

// svgAttr is an attribute as it is written; ok is false when it is left out.
func svgAttr(element string, a xml.Attr) (key, value string, ok bool) {
	key, value = a.Name.Local, a.Value
	switch a.Name.Space {
	case "":
	case xlinkSpace, "xlink":
		if key != "href" {
			return "", "", false
		}
	case xmlSpace:
		return "xml:" + key, value, key == "space" || key == "lang"
	default:
		return "", "", false
	}
	low := strings.ToLower(key)
	switch {
	case !svgAttribute.MatchString(key), low == "xmlns", strings.HasPrefix(low, "on"):
		return "", "", false
	case low == "href":
		value, ok = stillAddress(element, value)
		return "href", value, ok
	}
	if strings.ContainsAny(value, "(\\@") {
		value = stillCSS(value)
	}
	return key, value, true
}

// stillAddress is an address that an SVG may refer to: of a part of itself, from
// <image> of a picture that it carries, from <a> of a web site.
func stillAddress(element, address string) (still string, ok bool) {
	switch {
	case strings.HasPrefix(address, "#"):
		return address, true
	case element == "image":
		return carried(address)
	}
	return address, element == "a" && (strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://"))
}

// stillCSS takes out of style sheets what loads something: imports, and
// addresses other than parts of the drawing and data it carries. Without
// backslashes no name is written in another way; what stands around something
// that went must not become a name.
func stillCSS(css string) string {
	css = cssImport.ReplaceAllString(strings.ReplaceAll(css, `\`, ""), " ")
	return cssURL.ReplaceAllStringFunc(css, func(call string) string {
		m := cssURL.FindStringSubmatch(call)
		address := strings.TrimRight(m[2], "\"' \t\r\n")
		if strings.ContainsAny(address, "\"'( \t\n") { // image-set has several
			return "none"
		}
		if strings.HasPrefix(address, "#") {
			return call
		}
		if clean, ok := carried(address); ok {
			return m[1] + "(" + clean + ")"
		}
		return "none"
	})
}
