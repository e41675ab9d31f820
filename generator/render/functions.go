package render

import (
	"html/template"
	"math"
	"strconv"
	"strings"
	"time"

	"debrief/generator/measure"
)

// functions are what templates may call beside the methods of View. They
// compute nothing but looks: no files, no environment, no clock.
var functions = template.FuncMap{
	"duration": measure.FormatDuration,
	"join":     strings.Join,
	"lower":    strings.ToLower,
	"upper":    strings.ToUpper,
	"day":      func(t time.Time) string { return t.Format("2 January 2006") },
	"clock":    func(t time.Time) string { return t.Format("15:04:05") },
	"instant":  func(t time.Time) string { return t.Format(time.RFC3339) },
	"pt":       func(f float64) string { return strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64) },
	"iso":      func(t time.Time) string { return t.Format(time.DateOnly) },
	"add":      func(a, b int) int { return a + b },
}
