package page

import "testing"

func TestStepsKeepKeysAsTheyAreWritten(t *testing.T) {
	for message, want := range map[string]string{
		`the image "a.png" is not there`:        `The image "a.png" is not there`,
		`sent_at: "yesterday" is not a time`:    `sent_at: "yesterday" is not a time`,
		`length: "150" is not a duration`:       `length: "150" is not a duration`,
		`error_rate[1].ratio: "12" has no unit`: `error_rate[1].ratio: "12" has no unit`,
		``:                                      ``,
	} {
		if got := asSentence(message); got != want {
			t.Errorf("%q became %q, want %q", message, got, want)
		}
	}
}
