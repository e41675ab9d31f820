package generator_test

import (
	"io/fs"
	"os"
	"path"
	"testing"

	"debrief/generator"
	"debrief/generator/chart/charttest"
)

// TestEveryChartCanBeRead reads each chart of the example and of a folder of
// hostile incidents at the widths people read at: nothing covers anything or
// is cut off, and each chart says what its table says.
func TestEveryChartCanBeRead(t *testing.T) {
	for name, content := range map[string]fs.FS{"example": example(), "hostile": os.DirFS("testdata/hostile-charts")} {
		_, site := build(t, &generator.Builder{Content: content})
		drawn := 0
		for file, data := range site {
			if path.Ext(file) != ".html" {
				continue
			}
			faults, charts := charttest.Faults(data)
			drawn += charts
			for _, f := range faults {
				t.Errorf("%s: %s: %s", name, file, f)
			}
		}
		if drawn == 0 {
			t.Errorf("%s: no page has a chart", name)
		}
	}
}
