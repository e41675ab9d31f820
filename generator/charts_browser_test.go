package generator_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"testing"

	"github.com/chromedp/chromedp"

	"debrief/generator"
)

// readLabels holds the words of every drawing against each other as the
// browser set them. Boxes of two lines may touch; the letters in them do not.
const readLabels = `[...document.querySelectorAll(".chart svg")].flatMap(svg => {
	const faults = [], texts = [...svg.querySelectorAll("text")].filter(t => t.checkVisibility());
	const name = svg.querySelector("title").textContent, edge = svg.getBoundingClientRect();
	const boxes = texts.map(t => t.getBoundingClientRect());
	texts.forEach((t, i) => {
		const a = boxes[i];
		if (parseFloat(getComputedStyle(t).fontSize) < 11) faults.push(name + ": " + t.textContent + " is set under 11 px");
		if (a.left < edge.left - 1 || a.right > edge.right + 1) faults.push(name + ": " + t.textContent + " leaves the drawing by " + Math.max(edge.left - a.left, a.right - edge.right).toFixed(1) + " px");
		for (let k = 0; k < i; k++) {
			const b = boxes[k], across = Math.min(a.right, b.right) - Math.max(a.left, b.left), down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
			if (across > 1 && down > 4) faults.push(name + ": " + texts[k].textContent + " and " + t.textContent + " lie on each other, " + across.toFixed(1) + " × " + down.toFixed(1) + " px");
		}
	});
	return faults;
})`

// TestChartLabelsInABrowser checks what the layout estimated: with the fonts
// of a real browser no label of a chart meets another or is cut off.
func TestChartLabelsInABrowser(t *testing.T) {
	ctx := browser(t)
	for name, content := range map[string]fs.FS{"example": example(), "hostile": os.DirFS("testdata/hostile-charts")} {
		dir, r := onDisk(t, &generator.Builder{Content: content})
		for _, f := range r.Files {
			data, err := f.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			if path.Ext(f.Path) != ".html" || !bytes.Contains(data, []byte(`<figure class="chart`)) {
				continue
			}
			if err := chromedp.Do(ctx, chromedp.Navigate(address(dir, f.Path))); err != nil {
				t.Fatalf("%s: %v", f.Path, err)
			}
			for _, width := range []int64{320, 390, 1280} {
				if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)); err != nil {
					t.Fatalf("%s: %v", f.Path, err)
				}
				faults, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](readLabels))
				if err != nil {
					t.Fatalf("%s: %v", f.Path, err)
				}
				for _, fault := range faults {
					t.Errorf("%s: %s at %d px: %s", name, f.Path, width, fault)
				}
			}
		}
	}
}
