package page

// overviews is every generated page in the order the reader meets them. A
// new page is one file beside this one, one line here, and one template. (A
// function, since the pages refer back to the plan.)
func overviews() []Overview {
	return []Overview{
		{"index.html", "home", "Home", "", always, homeData},
		{"coverage.html", "coverage", "Coverage", "Prepare", hasCoverage, coverageData},
		{"preparation.html", "preparation", "Preparation", "Prepare", hasPreparation, preparationData},
		{"process.html", "process", "Process", "Prepare", hasProcess, processData},
		{"faq.html", "faq", "FAQ", "Prepare", hasFAQ, faqData},
		{"levels.html", "levels", "Levels", "Prepare", hasLevels, levelsData},
		{"offers.html", "offers", "Offers", "Prepare", nil, offersData},
		{"red-signals.html", "red-signals", "Red signals", "Tell", nil, redSignalsData},
		{"figures.html", "figures", "Figures", "Tell", hasFigures, figuresData},
		{"decisions.html", "decisions", "Decisions", "Act", hasDecisions, decisionsData},
		{"raci.html", "raci", "RACI and DORA", "Act", nil, raciData},
		{"cheat-sheet.html", "cheat-sheet", "Cheat sheet", "Print", hasCheatSheet, cheatSheetData},
		{"tags/index.html", "tags", "Tags", "Notes", hasTags, tagsData},
		{"404.html", "404", "Not found", "", always, notFoundData},
	}
}

func always(*Site) bool { return true }

// data gathers an overview's data when it is asked for; nil when there is no
// such page. Few pages are looked at after each edit of a note.
func (o Overview) data(s *Site) func() any {
	if o.There == nil {
		data := o.New(s)
		if data == nil {
			return nil
		}
		return func() any { return data }
	}
	if !o.There(s) {
		return nil
	}
	return func() any { return o.New(s) }
}
