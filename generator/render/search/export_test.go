package search

// Scanned is what scan tells of a page, if it can, beside what tokenize tells.
func Scanned(page []byte, texts bool) (scanned, tokenized []Part, ok bool) {
	got, want := newReader(texts), newReader(texts)
	if !scan(page, got) {
		return nil, nil, false
	}
	tokenize(page, want)
	got.end()
	want.end()
	return got.parts, want.parts, true
}
