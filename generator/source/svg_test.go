package source

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"image/png"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// picturePNG is a picture as a drawing carries it.
var picturePNG = func() string {
	var b bytes.Buffer
	if err := png.Encode(&b, picture()); err != nil {
		panic(err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
}()

// TestScrubSVGCleansWhatItCarries holds that a picture in a drawing goes out as
// one that lies beside it: without what it tells of itself, or not at all.
func TestScrubSVGCleansWhatItCarries(t *testing.T) {
	data, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(picturePNG, "data:image/png;base64,"))
	if err != nil {
		t.Fatal(err)
	}
	told := slices.Concat(data[:33], []byte("\x00\x00\x00\x03tEXtKim\x00\x00\x00\x00"), data[33:], []byte("Kim"))
	coded := base64.StdEncoding.EncodeToString(told)
	for _, c := range []struct{ in, want string }{
		{`<image href="data:image/png;base64,` + coded + `"/>`, `<image href="` + picturePNG + `"></image>`},
		{`<image href="data:image/png;base64,` + coded[:40] + "\n  " + coded[40:] + `"/>`, `<image href="` + picturePNG + `"></image>`},
		{`<image href="data:image/png,` + url.PathEscape(string(told)) + `"/>`, `<image href="` + picturePNG + `"></image>`},
		{`<image href="DATA:image/PNG;x=y;base64,` + coded + `"/>`, `<image href="` + picturePNG + `"></image>`},
		{`<image href="data:image/jpeg;base64,` + coded + `"/>`, `<image></image>`},
		{`<image href="data:image/png;base64,!Kim"/>`, `<image></image>`},
		{`<path style="fill:url(data:image/png;base64,` + coded + `)"/>`, `<path style="fill:url(` + picturePNG + `)"></path>`},
		{`<path style="fill:url( 'data:image/png;base64,` + coded + `' )"/>`, `<path style="fill:url(` + picturePNG + `)"></path>`},
		{`<path style="fill:image-set('data:image/png;base64,` + coded + `' 1x)"/>`, `<path style="fill:none"></path>`},
		{`<style>a{fill:url(data:image/gif;base64,` + coded + `)}</style>`, `<style>a{fill:none}</style>`},
	} {
		got := string(scrubSVG([]byte(`<svg xmlns="http://www.w3.org/2000/svg">` + c.in + `</svg>`)))
		if want := `<svg xmlns="http://www.w3.org/2000/svg">` + c.want + "</svg>\n"; got != want {
			t.Errorf("%.60s…\n got %s\nwant %s", c.in, got, want)
		}
	}
}

// TestScrubSVGKeepsTheDrawing holds that what programs draw looks the same.
func TestScrubSVGKeepsTheDrawing(t *testing.T) {
	for name, c := range map[string]struct{ svg, want string }{
		"by hand": {
			`<?xml version="1.0" encoding="UTF-8"?><!-- by Kim --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A &amp; B</title><g fill="url(#g)" transform="translate(1 2)"><path d="M0 0L1 1"/></g></svg>`,
			`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A &amp; B</title><g fill="url(#g)" transform="translate(1 2)"><path d="M0 0L1 1"></path></g></svg>`,
		},
		"by Illustrator": {
			`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [ <!ENTITY ns_svg "http://www.w3.org/2000/svg"> ]><svg xmlns="&ns_svg;" xmlns:i="http://ns.adobe.com/i/" i:x="y"><metadata>Kim</metadata><i:pgf>Kim</i:pgf><rect width="3" height="4"/></svg>`,
			`<svg xmlns="http://www.w3.org/2000/svg"><rect width="3" height="4"></rect></svg>`,
		},
		"with links, pictures and text beside foreign content": {
			`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#a"/><image href="` + picturePNG + `"/><a href="https://example.com/"><switch><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject><text xml:space="preserve"> x </text></switch></a></svg>`,
			`<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"></use><image href="` + picturePNG + `"></image><a href="https://example.com/"><switch><text xml:space="preserve"> x </text></switch></a></svg>`,
		},
		"with styles": {
			`<svg xmlns="http://www.w3.org/2000/svg"><style>@font-face{src:url(data:font/woff2;base64,AA)} .a > .b{fill:url("#g");color:red}</style><path style="fill:#fff;clip-path:url(#c)"/></svg>`,
			`<svg xmlns="http://www.w3.org/2000/svg"><style>@font-face{src:url(data:font/woff2;base64,AA)} .a &gt; .b{fill:url(&#34;#g&#34;);color:red}</style><path style="fill:#fff;clip-path:url(#c)"></path></svg>`,
		},
		"in UTF-16": {"\xff\xfe<\x00s\x00v\x00g\x00/\x00>\x00", `<svg xmlns="http://www.w3.org/2000/svg"></svg>`},
	} {
		if got := string(scrubSVG([]byte(c.svg))); got != c.want+"\n" {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

// hostileSVG is what a drawing from a stranger may hold.
var hostileSVG = []string{
	`<script>x()</script>`, `<script href="//evil/x.js"/>`, `<s:script xmlns:s="http://www.w3.org/2000/svg">x()</s:script>`, `<script xmlns="http://www.w3.org/1999/xhtml">x()</script>`,
	`<scr<script></script>ipt>x()</script>`, `<SCRIPT>x()</SCRIPT>`, `<g onload="x()"/>`, `<g ONCLICK="x()"/>`, `<a href="javascript:x()"><text>x</text></a>`, `<a href="&#106;avascript:x()"/>`, `<a href=" javascript:x()"/>`,
	`<a href="java&#9;script:x()"/>`, `<a xlink:href="javascript:x()" xmlns:xlink="http://www.w3.org/1999/xlink"/>`, `<a xlink:href="javascript:x()"/>`, `<a href="data:text/html,x"/>`, `<a href="//evil"/>`,
	`<a><set attributeName="href" to="javascript:x()"/></a>`, `<a><animate attributeName="href" values="javascript:x()"/></a>`, `<set attributeName="onmouseover" to="x()"/>`,
	`<use href="data:image/svg+xml;base64,AA#x"/>`, `<use href="//evil/x.svg#y"/>`, `<image href="http://evil/pixel.png"/>`, `<image href="data:image/svg+xml,%3Csvg onload=x()%3E"/>`, `<feImage href="http://evil/"/>`,
	`<foreignObject><iframe src="javascript:x()"/></foreignObject>`, `<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="x()"/></foreignObject>`, `<iframe src="x"/>`, `<embed src="x"/>`, `<object data="x"/>`,
	`<style>@import "//evil/x.css";</style>`, `<style>@import url(//evil/x.css)</style>`, `<style>*{background:url(//evil/x)}</style>`, `<style>*{background:u\72l(//e/x)}</style>`, `<style>*{background:url("http://evil/`,
	`<style><![CDATA[@import "//evil/x.css";]]></style>`, `<path style="background:url(http://evil/x)"/>`, `<path fill="url(http://evil/x#y)"/>`, `<path fill="url('http://evil/x#y')"/>`, `<path cursor="image-set('http://evil/x' 1x)"/>`,
	`<style>@imp<!-- -->ort "//evil/x.css";</style>`, `<style>@imp<![CDATA[ort "//evil/x.css";]]></style>`, `<style>@im<foo/>port "//evil/x.css";</style>`, `<style>*{background:u<!-- -->rl(//evil/x)}</style>`, `<style>@im@import x;port "//e/x.css";</style>`,
	`<style>*{background:image-set("data:image/png,x" 2x, url(//evil/x) 1x)}</style>`, `<path style="background:image-set('data:image/png,x' 2x, url(//evil/x) 1x)"/>`,
	`<handler type="text/javascript">x()</handler>`, `<listener event="load"/>`, `<metadata>Kim</metadata>`, `<desc><script xmlns="http://www.w3.org/1999/xhtml">x()</script></desc>`, `<title><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="x()"/></title>`,
	`<discard/>`, `<audio src="//evil"/>`, `<video src="//evil"/>`, `<link rel="stylesheet" href="//evil"/>`, `<meta http-equiv="refresh"/>`, `<!-- Kim -->`, `<?xml-stylesheet href="//evil/x.css"?>`, `<g xml:base="//evil/"/>`,
}

// TestScrubSVGActsOnNothing holds that nothing in it acts or loads, whatever
// it was, and that what is left is XML.
func TestScrubSVGActsOnNothing(t *testing.T) {
	for _, part := range hostileSVG {
		for _, whole := range []string{
			`<svg xmlns="http://www.w3.org/2000/svg">` + part + `<rect/></svg>`,
			`<?xml-stylesheet href="//evil/x.css"?><!DOCTYPE svg [<!ENTITY e '` + strings.ReplaceAll(part, "'", `"`) + `'>]><svg xmlns="http://www.w3.org/2000/svg">&e;<rect/></svg>`,
			part, `<svg>` + part, part + `<svg/>`, `<svg/>` + part,
		} {
			got := string(scrubSVG([]byte(whole)))
			for _, bad := range []string{"script", "evil", "onload", "ONCLICK", "x()", "Kim", "import", "iframe", "foreignObject", "<set", "<animate", "base=", "<img", "url(//"} {
				if strings.Contains(strings.ToLower(got), strings.ToLower(bad)) {
					t.Errorf("%s holds %s: %s", whole, bad, got)
				}
			}
			d := xml.NewDecoder(strings.NewReader(got))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%s became %s: %v", whole, got, err)
				}
			}
			if twice := string(scrubSVG([]byte(got))); strings.TrimSpace(twice) != strings.TrimSpace(got) && got != emptySVG {
				t.Errorf("%s scrubbed again is %s", got, twice)
			}
		}
	}
}

// FuzzScrubSVG holds the same of anything.
func FuzzScrubSVG(f *testing.F) {
	for _, part := range hostileSVG {
		f.Add([]byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">` + part + `<rect/></svg>`))
	}
	still := func(element, address string) bool {
		is, ok := stillAddress(element, address)
		return ok && is == address
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d := xml.NewDecoder(strings.NewReader(string(scrubSVG(raw))))
		for {
			token, err := d.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatalf("%q: %v", raw, err)
			}
			switch e := token.(type) {
			case xml.ProcInst, xml.Directive, xml.Comment:
				t.Fatalf("%q kept %v", raw, e)
			case xml.StartElement:
				if !svgElements[e.Name.Local] {
					t.Fatalf("%q kept <%s>", raw, e.Name.Local)
				}
				for _, a := range e.Attr {
					if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || a.Name.Local == "href" && !still(e.Name.Local, a.Value) {
						t.Fatalf("%q kept %s=%q", raw, a.Name.Local, a.Value)
					}
				}
			}
		}
	})
}
