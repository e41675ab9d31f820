package handbook

import (
	"fmt"
	"testing"

	"debrief/generator/note"
)

// TestCoversThatCannotWorkAreFound holds that a faulty cover is told where it
// is written, before anything is shown to others.
func TestCoversThatCannotWorkAreFound(t *testing.T) {
	_, found := ReadSettings([]byte("cover_names:\n  Contoso: a retailer\n  Fabrikam: not Contoso\n  Tailspin: contoso-like\n  Empty:\nredact: [fine, 'INC-\\d+', '(open']\n"))
	found.Sort()
	var got []string
	for _, f := range found {
		got = append(got, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Rule))
	}
	want := "[3:13 bad-value 4:13 bad-value 6:27 bad-value]"
	if fmt.Sprint(got) != want {
		t.Errorf("found %v, want %s", got, want)
	}
}

// TestNamesAreCountedAsTheFileHasThem holds that "cover_names 2" is the second
// that its author wrote.
func TestNamesAreCountedAsTheFileHasThem(t *testing.T) {
	s, _ := ReadSettings([]byte("cover_names: {Tailspin: a, Contoso: b, Fabrikam: c}\n"))
	names, err := s.Names()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"Tailspin": "cover_names 1", "Contoso": "cover_names 2", "Fabrikam": "cover_names 3"} {
		if found := names.Find(text); len(found) != 1 || found[0].Entry != want {
			t.Errorf("%s is %v, want %s", text, found, want)
		}
	}
}

func TestCoarsenKnowsTwoKinds(t *testing.T) {
	s, found := ReadSettings([]byte("coarsen: {public: [money, cuonts], shared: [counts]}\n"))
	if len(found) != 1 || found[0].Column != 27 || found[0].Rule != "bad-value" {
		t.Errorf("found %v, want one at column 27", found)
	}
	if c := s.Coarse(note.Public); !c.Money || c.Counts {
		t.Errorf("public tells %+v in round numbers, want money", c)
	}
	if c := s.Coarse(note.Shared); c.Money || !c.Counts {
		t.Errorf("shared tells %+v in round numbers, want counts", c)
	}
	if c := s.Coarse(note.Private); c.Money || c.Counts {
		t.Error("the author's own build rounds figures")
	}
}
