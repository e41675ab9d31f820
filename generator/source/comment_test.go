package source

import "testing"

func TestUncommented(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "",
		"nothing":                  "nothing",
		"a %% b %% c":              "a c",
		"%% b %% c":                " c",
		"a %% b %%":                "a",
		"a<!-- b -->c":             "ac",
		"a <!-- b --> c %%d%%":     "a c",
		"100%% sure":               "100%% sure",
		"a <!-- b":                 "a <!-- b",
		"a --> b %%c%% d %%e":      "a --> b d %%e",
		"%%a%%%%b%%":               "",
		"x %% y <!-- z %% w --> v": "x %% y v",
	} {
		if got := Uncommented(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
