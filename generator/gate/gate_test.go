package gate_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"
	"unicode/utf16"

	"debrief/generator/cover"
	"debrief/generator/gate"
	"debrief/generator/output"
	"debrief/generator/page"
	"debrief/generator/sheet"
	"debrief/generator/sheet/pdf"
)

func file(path, content string) output.File {
	return output.File{Path: path, Draw: func() ([]byte, error) { return []byte(content), nil }}
}

func rules(t testing.TB) gate.Rules {
	t.Helper()
	names, err := cover.New([]cover.Name{
		{Original: "Contoso Ltd", Cover: "a retailer", Slug: "a-retailer", Entry: "cover_names 1"},
		{Original: "Meta", Cover: "a network", Slug: "a-network", Entry: "cover_names 2"},
		{Original: "Müller & Söhne", Cover: "a bank", Slug: "a-bank", Entry: "cover_names 3"},
	}, []cover.Pattern{{Text: `INC-\d+`, Entry: "redact 1"}, {Text: "Project Falcon", Entry: "redact 2"}})
	if err != nil {
		t.Fatal(err)
	}
	return gate.Rules{Names: names, Canary: "qx7canary"}
}

func TestForms(t *testing.T) {
	for _, c := range []struct {
		name, path, content string
		want                string // form of the leak, "" for none
	}{
		{"plain", "a.html", "<p>At Contoso Ltd I was on call.</p>", "as written"},
		{"in another case", "a.html", "<p>CONTOSO LTD</p>", "as written"},
		{"in an attribute", "a.html", `<img src="x.png" alt="Contoso Ltd">`, "as written"},
		{"in a comment", "a.html", "<!-- contoso ltd -->", "as written"},
		{"as entities", "a.html", "<p>&#67;ontoso&nbsp;Ltd</p>", "as written"},
		{"an ampersand", "a.html", "<p>M&uuml;ller &amp; S&#246;hne</p>", "as written"},
		{"split by tags", "a.html", "<p>Con<b>toso</b> Ltd</p>", "as text"},
		{"in two paragraphs", "a.html", "<p>… me</p><p>ta …</p>", ""},
		{"split by a line", "a.html", "<p>Contoso\n   Ltd</p>", "as written"},
		{"split by soft hyphens", "a.html", "<p>Con\u00adtoso Ltd</p>", "as written"},
		{"split by zero width", "a.html", "<p>Con\u200btoso Ltd</p>", "as written"},
		{"decomposed", "a.html", "<p>Mu\u0308ller & So\u0308hne</p>", "as written"},
		{"full width", "a.html", "<p>Ｃontoso Ltd</p>", "as written"},
		{"in a slug", "a.html", `<a href="../contoso-ltd.html#x">x</a>`, "as written"},
		{"in percents", "a.html", `<a href="?q=%43ontoso%20Ltd">x</a>`, "as written"},
		{"in percents twice", "a.html", `<a href="?q=%2543ontoso%20Ltd">x</a>`, "in escapes"},
		{"in an SVG", "a.svg", "<svg><title>Contoso Ltd</title></svg>", "as written"},
		{"in an SVG, split", "a.svg", "<svg><text><tspan>Con</tspan><tspan>toso</tspan> Ltd</text></svg>", "as text"},
		{"in a script", "search.js", `var notes = ["Contoso Ltd"]`, "as written"},
		{"in a script, escaped", "search.js", `var notes = ["\u0043on\x74oso Ltd"]`, "as written"},
		{"in a script, joined", "search.js", `var notes = "Con" + "toso Ltd"`, "in escapes"},
		{"in base64", "search.js", `atob("` + base64.StdEncoding.EncodeToString([]byte("at Contoso Ltd, late")) + `")`, "in base64"},
		{"in base64 for addresses", "a.html", `<img src="data:text/plain;base64,` + base64.RawURLEncoding.EncodeToString([]byte("<<Contoso Ltd>>??")) + `">`, "in base64"},
		{"in a picture in base64", "a.html", `<img src="data:image/png;base64,` + base64.StdEncoding.EncodeToString([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0btEXt\x00at Contoso Ltd\x00\xff")) + `">`, "in base64"},
		{"in a compressed file in base64", "a.js", base64.StdEncoding.EncodeToString(gzipped("x at Contoso Ltd x")), "in base64"},
		{"in bytes in base64", "a.js", base64.StdEncoding.EncodeToString(append(make([]byte, 400), "x at Contoso Ltd x"...)), "in base64"},
		{"in base64, escaped", "a.js", base64.StdEncoding.EncodeToString([]byte(`\u0043ontoso Ltd`)), "in base64"},
		{"in the address", "notes/contoso-ltd-2024.html", "<p>x</p>", "in its name"},
		{"a pattern", "a.html", "<p>see inc-4711</p>", "as written"},
		{"a phrase", "a.html", "<p>Project <i>Falcon</i></p>", "as written"},
		{"the phrase in quotes", "a.html", `<abbr title="Project &quot;Falcon&quot;">x</abbr>`, "as written"},
		{"the phrase in quotes and tags", "a.html", "<p>Project <em>“Fal</em>con”</p>", "as text"},
		{"the phrase with a hyphen that does not break", "a.html", "<p>Project\u2011Falcon</p>", "as written"},
		{"a pattern with a hyphen that does not break", "a.html", "<p>INC\u20114711</p>", "as written"},
		{"a word broken by a hyphen", "a.html", "<p>Con\u2010toso Ltd</p>", "as written"},
		{"two sentences", "a.html", "<p>A project. Falcon flew.</p>", ""},
		{"two texts of a script", "debrief/previews.js", `debriefPreviews(["Project","Falcon"])` + "\n", ""},
		{"a text of a script", "debrief/previews.js", `debriefPreviews(["Project \"Falcon\""])` + "\n", "as written"},
		{"behind what a script of ours says", "debrief/previews.js", "debriefPreviews([1])\n// Project Falcon\n", "as written"},
		{"the phrase in the address", "assets/project-falcon.txt", "text", "in its name"},
		{"a short name", "a.html", "<p>Then I joined Meta.</p>", "as written"},
		{"a short name in the plural", "a.html", "<p>two Metas, Meta's</p>", "as written"},
		{"a short name inside a word", "a.html", `<html><head><meta name="x" content="metadata"></head><p>metal</p></html>`, ""},
		{"nothing", "a.html", "<p>a retailer, INC-, falcon</p>", ""},
		{"something hidden", "a.html", "<p>QX7canary</p>", "as written"},
		{"something hidden, encoded", "a.html", "<p>" + base64.StdEncoding.EncodeToString([]byte("qx7canary")) + "</p>", "in base64"},
	} {
		leaks, err := gate.Read(context.Background(), output.Files{file(c.path, c.content)}, rules(t))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(leaks) > 0 {
			got = leaks[0].Form
		}
		if len(leaks) > 1 || got != c.want {
			t.Errorf("%s: leaks %v, want one %q", c.name, leaks, c.want)
		}
		for _, l := range leaks {
			said := strings.ToLower(strings.TrimPrefix(l.String(), l.File))
			for _, term := range []string{"contoso", "falcon", "4711", "canary"} {
				if strings.Contains(said, term) {
					t.Errorf("%s: %q says what must not be said", c.name, l)
				}
			}
		}
	}
}

func gzipped(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	fmt.Fprint(w, text)
	w.Close()
	return b.Bytes()
}

// TestSecrets holds that what opens something never goes out, and that what
// only looks alike does.
func TestSecrets(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x1Y", n)[:n] }
	for _, secret := range []string{
		"-----BEGIN " + "RSA PRIVATE KEY-----", "-----BEGIN " + "OPENSSH PRIVATE KEY-----", "-----BEGIN " + "PGP PRIVATE KEY BLOCK-----",
		"AKIA" + "ABCDEFGHIJ234567", "ghp_" + x(36), "github_pat_" + x(60), "glpat-" + x(20), "xoxb-" + "123456789012-" + x(20),
		"https://hooks.slack.com/services/T0" + "/B0/" + x(24), "AIza" + x(35), "AccountKey=" + x(86) + "==", "sk_live_" + x(24), "npm_" + x(36),
		"pypi-AgE" + x(60), "sk-ant-" + x(40), "sk-" + x(48), "hf_" + x(34), "SG." + x(22) + "." + x(43), "GOCSPX-" + x(28), "dop_v1_" + strings.Repeat("0af9", 16),
		"aws_secret_access_key = " + x(40), "AWS_SECRET_ACCESS_KEY=\"" + x(40), `"SecretAccessKey": "` + x(40), "postgres://kim:hunter2" + "@db.example.com/x",
		"redis://:hunter2" + "@10.0.0.1", "https://kim:pass" + "@example.com", "Authorization: Basic " + "a2ltOmh1bnRlcjI=", "authorization: bearer " + x(30),
		"hvs." + x(24), "dckr_pat_" + x(27), "glsa_" + x(32), "dapi" + strings.Repeat("0af9", 8), "NRAK-" + strings.ToUpper(x(27)), "AGE-SECRET-KEY-1" + strings.ToUpper(x(58)), "eyJhbGciOi" + "JIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0." + x(43),
	} {
		for form, text := range map[string]string{
			"plain": secret, "escaped": strings.ReplaceAll(secret, "-", `\u002d`), "in base64": base64.StdEncoding.EncodeToString([]byte("key: " + secret)),
		} {
			leaks, err := gate.Read(context.Background(), output.Files{file("a.html", "<pre>"+text+"</pre>")}, gate.Rules{})
			if err != nil || len(leaks) == 0 {
				t.Errorf("%s…, %s: let through (%v)", secret[:10], form, err)
			}
		}
	}
	fine := "<p>aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY, postgres://USER:PASSWORD@host, redis://:$PASS@host, amqp://kim:***@host, " +
		"http://example.com:8080/@kim, https://[::1]:80/a@b, Authorization: Basic credentials, Authorization: Bearer YOUR_ACCESS_TOKEN_HERE, sk-learn, sk-toggleable__control, SG. Then. x, " +
		"ftp://kim:‹redacted›@host, AKIAIOSFODNN7EXAMPLE, a BEGIN CERTIFICATE, risk-based, task-ant-hill, disk-pressure, eyJ.eyJ, sk-1, ghp_short, INC-12</p>"
	if leaks, _ := gate.Read(context.Background(), output.Files{file("a.html", fine)}, gate.Rules{}); len(leaks) > 0 {
		t.Errorf("no secret is called one: %v", leaks)
	}
}

// TestBinaryFiles holds that a file of which nobody knows what it holds is
// refused unless allowed by name, and read even then.
func TestBinaryFiles(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	var squeezed bytes.Buffer
	z := zlib.NewWriter(&squeezed)
	fmt.Fprint(z, "BT (at Contoso Ltd) Tj ET")
	z.Close()
	var office bytes.Buffer
	w := zip.NewWriter(&office)
	part, _ := w.Create("word/document.xml")
	fmt.Fprint(part, "<w:p><w:r><w:t>Con</w:t></w:r><w:r><w:t>toso Ltd</w:t></w:r></w:p>")
	w.Close()
	wide := func(s string) string {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune(s)) {
			b.WriteByte(byte(u >> 8))
			b.WriteByte(byte(u))
		}
		return b.String()
	}
	for _, c := range []struct {
		name, path, content string
		allowed             bool
		want                string // what is said, "" for nothing
	}{
		{"a clean picture", "a.png", picture.String(), false, ""},
		{"a picture with something behind it", "a.png", picture.String() + "\x00 GPS", false, "allow_attachments"},
		{"a file of unknown insides", "a.mp4", "\x00\x00 ftyp", false, "allow_attachments"},
		{"the same, allowed", "a.mp4", "\x00\x00 ftyp", true, ""},
		{"allowed, with a name in its metadata", "a.mp4", "\x00\x00 ftyp \x00Contoso Ltd\x00", true, "cover_names 1"},
		{"allowed, with a name in UTF-16", "a.mp4", "\x00\x00\x00" + wide("Contoso Ltd") + "\x00\x00", true, "cover_names 1"},
		{"allowed, with a name in Latin-1", "a.mp4", "\x00\x00\x00 M\xfcller & S\xf6hne \x00", true, "cover_names 3"},
		{"allowed, with a name in UTF-8", "a.mp4", "\x00\x00\x00 Müller & Söhne \x00", true, "cover_names 3"},
		{"a PDF with a name in a stream", "a.pdf", "%PDF-1.4\n\x80\nstream\r\n" + squeezed.String() + "\nendstream", true, "cover_names 1"},
		{"an office file with a name in two runs", "a.docx", office.String(), true, "cover_names 1"},
	} {
		r := rules(t)
		r.Allowed = func(path string) bool { return path == c.path && c.allowed }
		leaks, err := gate.Read(context.Background(), output.Files{file(c.path, c.content)}, r)
		if err != nil {
			t.Fatal(err)
		}
		if said := fmt.Sprint(leaks); (len(leaks) > 0) != (c.want != "") || !strings.Contains(said, c.want) {
			t.Errorf("%s: leaks %s, want %q", c.name, said, c.want)
		}
	}
}

// TestPagesOfAPDF holds that text is read that stands in a PDF as numbers of
// glyphs, as in our own sheet.
func TestPagesOfAPDF(t *testing.T) {
	for text, want := range map[string]string{"At Contoso Ltd it was INC-7": "[cover_names 1 redact 1]", "At a retailer": "[]"} {
		layout := sheet.Solve(&page.Sheet{Title: "Kim's loop", Cards: []page.Card{{
			Name: "incident", Title: "Down", Place: page.OnTop, Must: true, Priority: 200,
			Full: []page.Block{{Kind: page.Item, Text: []page.Span{{Text: text}}}},
		}}}, sheet.A4, false)
		r := rules(t)
		r.Allowed = func(string) bool { return true }
		leaks, err := gate.Read(context.Background(), output.Files{file("sheet.pdf", string(pdf.Write(layout, pdf.About{Title: "Sheet"})))}, r)
		var entries []string
		for _, l := range leaks {
			entries = append(entries, l.Entry)
		}
		if err != nil || fmt.Sprint(entries) != want {
			t.Errorf("%q: %v (%v), want %s", text, leaks, err, want)
		}
	}
	allowing := rules(t)
	allowing.Allowed = func(string) bool { return true }
	titled := string(pdf.Write(sheet.Solve(&page.Sheet{Title: "x"}, sheet.A4, false), pdf.About{Title: "The Contoso Ltd years"}))
	if leaks, err := gate.Read(context.Background(), output.Files{file("sheet.pdf", titled)}, allowing); err != nil || !strings.Contains(fmt.Sprint(leaks), "cover_names 1") {
		t.Errorf("the title of a PDF is not read: %v (%v)", leaks, err)
	}
}
