package prose

import (
	"bytes"
	"testing"

	"github.com/yuin/goldmark/text"

	"debrief/generator/prose/prosetest"
)

// TestLightBodiesStayBelowTheLimits holds that what is not weighed would not
// have been refused, even if all of it were one block.
func TestLightBodiesStayBelowTheLimits(t *testing.T) {
	light := 0
	for _, s := range prosetest.Shapes {
		for _, size := range []int{100, 1000, 3000, 10_000, 100_000} {
			body := []byte(s.Times(size / len(s.Motif)))
			if !isLight(body) {
				continue
			}
			light++
			r := &reading{src: body}
			var lines text.Segments
			at := 0
			for line := range bytes.Lines(body) {
				lines.Append(text.NewSegment(at, at+len(line)))
				at += len(line)
			}
			if marks, work := r.weigh(&lines); marks > maxMarks || work > maxWork*1e6 {
				t.Errorf("%s, %d bytes: %d marks, %d ns of work, and it counts as light", s.Name(), len(body), marks, work)
			}
		}
	}
	if light == 0 {
		t.Error("nothing is light")
	}
}
