package prose
import ("testing";"os";"bytes";"fmt")
func TestScratch(t *testing.T){
 b,_ := os.ReadFile(os.Getenv("SCRATCH"))
 d, f := Parse(b, Options{})
 var w bytes.Buffer
 d.Write(&w, nil)
 fmt.Println(w.String())
 for _, x := range f { fmt.Printf("%+v\n", x) }
 fmt.Printf("%+v\n%+v\n%+v\n%+v\n%+v\n%+v\n", d.Outline, d.Sections, d.Callouts, d.Tasks, d.Tags, d.Ignores)
 for _, l := range d.Links { fmt.Printf("%+v\n", l) }
 fmt.Printf("%q %d %v\n", d.Description, d.Words, d.Title)
}
