package prose

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
)

// A colour is what one class of tokens looks like. Every colour has a contrast
// of 7:1 or more on the theme's code backgrounds and on marked lines, so the
// many classes of chroma share a few.
type colour struct {
	class       string
	light, dark string
	style       string // what tells it apart without colour
	types       []chroma.TokenType
}

// Backgrounds of code, and of marked lines in it.
const (
	lightCode, lightMark = "#f6f5f1", "#ece7d3"
	darkCode, darkMark   = "#1b1e24", "#2a2f3a"
)

var colours = []colour{
	{"k", "#6a1b7a", "#d9b3ff", "font-weight:600", []chroma.TokenType{
		chroma.Keyword, chroma.OperatorWord, chroma.OperatorReserved, chroma.CommentPreproc, chroma.CommentPreprocFile}},
	{"kt", "#0b4a6e", "#8ad2f5", "", []chroma.TokenType{
		chroma.KeywordType, chroma.NameClass, chroma.NameNamespace, chroma.NameException}},
	{"m", "#7a2e00", "#ffb68a", "", []chroma.TokenType{
		chroma.LiteralNumber, chroma.KeywordConstant, chroma.LiteralDate, chroma.NameConstant, chroma.NameBuiltinPseudo}},
	{"s", "#0f4d1a", "#a8dba8", "", []chroma.TokenType{
		chroma.LiteralString}},
	{"se", "#6b3a00", "#f0c36d", "", []chroma.TokenType{
		chroma.LiteralStringEscape, chroma.LiteralStringInterpol, chroma.LiteralStringRegex, chroma.LiteralStringSymbol}},
	{"c", "#43484f", "#bac0ca", "font-style:italic", []chroma.TokenType{
		chroma.Comment}},
	{"nf", "#103f91", "#a3c7ff", "", []chroma.TokenType{
		chroma.NameFunction, chroma.NameFunctionMagic, chroma.NameBuiltin, chroma.NameDecorator}},
	{"na", "#7a1040", "#ffb0cb", "", []chroma.TokenType{
		chroma.NameAttribute, chroma.NameTag, chroma.NameProperty, chroma.NameLabel, chroma.NameEntity}},
	{"nv", "#54400a", "#e6d48a", "", []chroma.TokenType{
		chroma.NameVariable}},
	{"gd", "#8a1212", "#ffb3b3", "", []chroma.TokenType{
		chroma.GenericDeleted, chroma.GenericError, chroma.GenericTraceback}},
	{"gi", "#0f4d1a", "#a8dba8", "", []chroma.TokenType{
		chroma.GenericInserted}},
	{"gh", "#103f91", "#a3c7ff", "font-weight:600", []chroma.TokenType{
		chroma.GenericHeading, chroma.GenericSubheading, chroma.GenericStrong}},
	{"gp", "#43484f", "#bac0ca", "", []chroma.TokenType{
		chroma.GenericPrompt, chroma.GenericOutput}},
	{"ge", "", "", "font-style:italic", []chroma.TokenType{
		chroma.GenericEmph}},
}

// A class is a place in colours, counted from 1; 0 is code without a colour.
type class uint8

// name is what the class is called in HTML.
func (c class) name() string {
	if c == 0 {
		return ""
	}
	return colours[c-1].class
}

// classOf is the class of a token type. A type without its own has that of the
// type above it.
func classOf(t chroma.TokenType) class {
	if t < 0 || int(t) >= len(classes) {
		return 0
	}
	return classes[t]
}

var classes = func() (all []class) {
	own := map[chroma.TokenType]class{}
	for i, c := range colours {
		for _, t := range c.types {
			own[t] = class(i + 1)
		}
	}
	highest := slices.Max(slices.Collect(maps.Keys(chroma.StandardTypes)))
	all = make([]class, highest+1)
	for t := range chroma.StandardTypes {
		for up := t; up > 0; up = up.Parent() {
			if c, ok := own[up]; ok {
				all[t] = c
				break
			}
		}
	}
	return all
}()

// CSS returns the style sheet of highlighted code, whose colours follow the
// page's: light-dark().
func CSS() []byte { return []byte(css()) }

var css = sync.OnceValue(func() string {
	var b strings.Builder
	for _, c := range colours {
		b.WriteString(".chroma ." + c.class + "{")
		if c.light != "" {
			b.WriteString("color:light-dark(" + c.light + "," + c.dark + ");")
		}
		b.WriteString(c.style + "}\n")
	}
	b.WriteString(".chroma .hl{display:block;background:light-dark(" + lightMark + "," + darkMark + ")}\n")
	b.WriteString("@media print{.chroma .hl{border-inline-start:2pt solid}}\n")
	return b.String()
})
