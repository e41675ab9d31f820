package render

import (
	"reflect"

	"debrief/generator/note"
	"debrief/generator/page"
	"debrief/generator/render/quick"
)

// known are the methods that templates call most.
var known = quick.Known{Funcs: functions, Methods: map[reflect.Type]map[string]quick.Method{
	reflect.TypeFor[*View](): {
		"Asset": func(v any, args []any) (any, bool, error) {
			name, ok := one[string](args)
			if !ok {
				return nil, false, nil
			}
			return v.(*View).Asset(name), true, nil
		},
		"Body": func(v any, args []any) (any, bool, error) {
			n, ok := one[*note.Note](args)
			if !ok {
				return nil, false, nil
			}
			return v.(*View).Body(n), true, nil
		},
		"Current": func(v any, args []any) (any, bool, error) {
			to, ok := one[page.Link](args)
			if !ok {
				return nil, false, nil
			}
			return v.(*View).Current(to), true, nil
		},
		"Href": func(v any, args []any) (any, bool, error) {
			if len(args) != 1 {
				return nil, false, nil
			}
			href, err := v.(*View).Href(args[0])
			return href, true, err
		},
		"IsPublic": func(v any, args []any) (any, bool, error) { return v.(*View).IsPublic(), len(args) == 0, nil },
		"Link": func(v any, args []any) (any, bool, error) {
			if len(args) != 1 {
				return nil, false, nil
			}
			link, err := v.(*View).Link(args[0])
			return link, true, err
		},
		"With": func(v any, args []any) (any, bool, error) {
			if len(args) != 1 {
				return nil, false, nil
			}
			return v.(*View).With(args[0]), true, nil
		},
	},
}}

// one is the only argument, if it is of the type.
func one[T any](args []any) (arg T, ok bool) {
	if len(args) == 1 {
		arg, ok = args[0].(T)
	}
	return arg, ok
}
