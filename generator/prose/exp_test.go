package prose
import ("testing";"time";"strings";"math/rand/v2";"os";"strconv";"sort";"fmt"; "github.com/alecthomas/chroma/v2/lexers"; "github.com/alecthomas/chroma/v2"; "sync")
func TestExp(t *testing.T){
 if os.Getenv("EXP")=="" {t.Skip()}
 size,_ := strconv.Atoi(os.Getenv("EXP"))
 pct,_ := strconv.Atoi(os.Getenv("PCT"))
 alph := []string{"a","ab","'","\"","`","@","$","\\","/","*","<","(","[","{","#","%","-","=",".",":","0","A_"," ","\n","\t",
  "'\"", "/*", "<!", "$(", "${", "a ", "a(", "\" ", "' ", "a:", "ab =", "- :", "()", "<>", "[]", "{}", "(a", "\\n", "a\n ", "@ a","\"\\", "=\n", "ab01_", "abcdefghij ", "{{%}}", "/ \n*"}
 type res struct{ name, alph string; d time.Duration }
 var out []res
 var mu sync.Mutex
 var wg sync.WaitGroup
 ch := make(chan chroma.Lexer)
 for range 2 { wg.Add(1); go func(){ defer wg.Done(); for l := range ch {
  for _, a := range alph {
   rng := rand.New(rand.NewPCG(1,2))
   var b strings.Builder
   line := 0
   for b.Len() < size { c := a[rng.IntN(len(a))]; if rng.IntN(100) < pct { c = "abcdefghijklmnopqrstuvwxyz0123456789_.,;"[rng.IntN(40)] }; if c=='\n' {line=0} ; b.WriteByte(c); line++; if line>=maxCodeLine-1 { b.WriteByte('\n'); line=0 } }
   code := b.String()
   if !highlightable(code) { continue }
   s := time.Now()
   func(){ defer func(){recover()}()
   it, err := l.Tokenise(&rootState, code)
   if err != nil { return }
   for k := it(); k != chroma.EOF; k = it() { if time.Since(s) > 3*time.Second {break} }
   }()
   d := time.Since(s)
   if d > 150*time.Millisecond { mu.Lock(); out = append(out, res{l.Config().Name, a, d}); mu.Unlock() }
   if d > 3*time.Second {break}
  }
 }}() }
 if only := os.Getenv("ONLY"); only != "" { for _, n := range strings.Split(only, ",") { if l := lexers.Get(n); l != nil { ch <- l } else { fmt.Println("no", n) } } } else {
 for _, l := range lexers.GlobalLexerRegistry.Lexers { ch <- l } }
 close(ch); wg.Wait()
 sort.Slice(out, func(i,j int) bool { return out[i].d > out[j].d })
 for _, r := range out { fmt.Printf("%8v %s %q\n", r.d.Round(time.Millisecond), r.name, r.alph) }
}
