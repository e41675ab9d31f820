package page

// overviews is every generated page in the order the reader meets them. A
// new page is one file beside this one, one line here, and one template. New
// returns nil when the page would be empty; then it is left out, and so are
// the links to it. (A function, since the pages refer back to the plan.)
func overviews() []Overview {
	return []Overview{
		{"index.html", "home", "Home", "", homeData},
		{"coverage.html", "coverage", "Coverage", "Prepare", coverageData},
		{"preparation.html", "preparation", "Preparation", "Prepare", preparationData},
		{"process.html", "process", "Process", "Prepare", processData},
		{"faq.html", "faq", "FAQ", "Prepare", faqData},
		{"levels.html", "levels", "Levels", "Prepare", levelsData},
		{"offers.html", "offers", "Offers", "Prepare", offersData},
		{"red-signals.html", "red-signals", "Red signals", "Tell", redSignalsData},
		{"figures.html", "figures", "Figures", "Tell", figuresData},
		{"decisions.html", "decisions", "Decisions", "Act", decisionsData},
		{"raci.html", "raci", "RACI and DORA", "Act", raciData},
		{"cheat-sheet.html", "cheat-sheet", "Cheat sheet", "Print", cheatSheetData},
		{"tags/index.html", "tags", "Tags", "Notes", tagsData},
		{"404.html", "404", "Not found", "", notFoundData},
	}
}
