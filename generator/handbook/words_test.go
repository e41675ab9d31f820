package handbook

import (
	"reflect"
	"testing"
)

func TestOwnWordsAreWellFormed(t *testing.T) {
	words, faults := ownWords()
	for _, f := range faults {
		t.Errorf("words.yaml:%d: %s", f.Line, f.Message)
	}
	v := reflect.ValueOf(words)
	for i := range v.NumField() {
		if v.Field(i).Len() == 0 {
			t.Errorf("words.yaml has no %s", v.Type().Field(i).Name)
		}
	}
}

// TestAPackReplacesAList holds that a list of a pack wins, and that those it
// leaves out are debrief's own.
func TestAPackReplacesAList(t *testing.T) {
	w := Words{Vague: []string{"besser"}}
	own, _ := ownWords()
	w.take(own, false)
	if len(w.Vague) != 1 || w.Vague[0] != "besser" || len(w.Tools) != len(own.Tools) {
		t.Errorf("the lists are %v", w)
	}
}
