package render

import (
	"strings"

	"debrief/generator/page"
	"debrief/generator/render/search"
)

const previewsFile = AssetDir + "/previews.js"

// previews are what hover.js shows beside a link: of each page that says what
// it is about its title, its kind with its day, and that.
func previews(s *page.Site) ([]byte, error) {
	all := make(map[string][3]string)
	for _, p := range s.Pages {
		if p.Description == "" {
			continue
		}
		kind := strings.Trim(p.Kicker+" · "+p.When().Text, " ·")
		all[p.File] = [3]string{p.Title, kind, p.Description}
	}
	return search.Script("debriefPreviews", all)
}
