package note

import (
	"debrief/generator/diag"
	"debrief/generator/front"
)

var page = &Kind{
	Name: "page", Dir: "", One: "Note", Many: "Notes",
	New: func() Fields { return new(Page) },
}

// A Page is any other note.
type Page struct {
	Template   string     `front:"template"`
	TOC        front.Bool `front:"toc"`
	CheatSheet front.Bool `front:"cheat_sheet"`
}

// Refs returns nothing: a page names others in its text.
func (p *Page) Refs() []Reference { return nil }

// Check has nothing to ask of a page.
func (p *Page) Check(*Note, func(diag.Finding)) {}
