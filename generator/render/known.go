package render

import (
	"html/template"
	"reflect"

	"debrief/generator/note"
	"debrief/generator/page"
	"debrief/generator/render/quick"
)

// known are the methods that templates call most.
var known = quick.Known{Funcs: functions, Methods: map[reflect.Type]map[string]quick.Method{
	reflect.TypeFor[*View](): {
		"Asset":    taking(func(v *View, name string) (string, error) { return v.Asset(name), nil }),
		"Body":     taking(func(v *View, n *note.Note) (template.HTML, error) { return v.Body(n), nil }),
		"Current":  taking(func(v *View, to page.Link) (string, error) { return v.Current(to), nil }),
		"Href":     taking((*View).Href),
		"IsPublic": func(v any, args []any) (any, bool, error) { return v.(*View).IsPublic(), len(args) == 0, nil },
		"Link":     taking((*View).Link),
		"With":     taking(func(v *View, data any) (*View, error) { return v.With(data), nil }),
	},
}}

// taking is a method of a view with one argument.
func taking[Arg, Result any](call func(v *View, arg Arg) (Result, error)) quick.Method {
	return func(v any, args []any) (any, bool, error) {
		if len(args) != 1 {
			return nil, false, nil
		}
		arg, ok := args[0].(Arg)
		if nothing := args[0] == nil && reflect.TypeFor[Arg]().Kind() == reflect.Interface; !ok && !nothing {
			return nil, false, nil
		}
		result, err := call(v.(*View), arg)
		return result, true, err
	}
}
