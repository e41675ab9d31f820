package check

// denials turn a phrase around: "nobody followed the run-book", "never wait
// for the recruiter", "rather than".
var denials = set("not", "no", "never", "nobody", "none", "nothing", "without", "nor", "neither", "hardly", "barely", "cannot", "can't", "don't", "didn't",
	"doesn't", "wasn't", "weren't", "isn't", "aren't", "won't", "wouldn't", "couldn't", "hadn't", "haven't", "hasn't", "instead", "rather", "avoid", "stop", "if", "unless")

// intends are words before a verb that make it a wish, not a claim.
var intends = set("to", "will", "would", "could", "should", "might", "may", "can", "must", "shall", "i'll", "we'll", "i'd", "we'd", "it'll", "let's", "want", "wants", "wanted", "need", "needs", "needed", "plan", "hope", "expect", "expected", "whether", "if", "unless", "how")

// denied reports whether the few words before token i turn it around.
func (b *block) denied(s sentence, i int) bool { return b.between(s, i-4, i, denials) }

// wished reports whether the words before token i make it a wish or a guess.
func (b *block) wished(s sentence, i int) bool {
	return b.between(s, i-3, i, intends) || b.between(s, i-8, i-3, hedges)
}

var hedges = set("would", "could", "should", "might", "hope", "hoped", "hopefully", "i'd", "we'd", "aim", "aimed", "goal", "plan", "planned", "todo")

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
