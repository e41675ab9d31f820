package search

// Scanned is what scan tells of a page, if it can, beside what tokenize tells.
func Scanned(page []byte, texts bool) (scanned, tokenized []Part, ok bool) {
	got, want := new(reader), new(reader)
	got.begin(texts)
	want.begin(texts)
	if !scan(page, got) {
		return nil, nil, false
	}
	tokenize(page, want)
	return got.end(), want.end(), true
}
