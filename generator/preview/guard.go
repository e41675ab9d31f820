package preview

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Hosts are the Host headers with which a browser on this machine reaches a
// server at addr.
func Hosts(addr net.Addr) []string {
	ip, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return nil
	}
	hosts := []string{"127.0.0.1", "localhost", "::1"}
	bound := net.ParseIP(ip)
	switch {
	case bound == nil:
	case bound.IsUnspecified():
		hosts = append(addressesHere(), hosts...)
	case !slices.Contains(hosts, ip):
		hosts = append([]string{ip}, hosts...)
	}
	for i, h := range hosts {
		hosts[i] = net.JoinHostPort(h, port)
	}
	if port == strconv.Itoa(80) { // browsers leave it out
		for _, h := range slices.Clone(hosts) {
			hosts = append(hosts, strings.TrimSuffix(h, ":80"))
		}
	}
	return hosts
}

// securityHeaders go with every answer, refusals included.
var securityHeaders = [][2]string{
	{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "no-referrer"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cache-Control", "no-store"},
}

// addressesHere are the addresses at which other machines reach this one.
func addressesHere() []string {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	var out []string
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && !n.IP.IsLoopback() && !n.IP.IsLinkLocalUnicast() {
			out = append(out, n.IP.String())
		}
	}
	return out
}

// refuse says why a request is not answered; status 0 is none.
//
// A page that has rebound its own name to this address has a Host and an
// Origin that agree with each other, so the Host comes first and is compared
// with a list. Origin and Sec-Fetch-Site then tell our pages from all others;
// a program that is no browser sends neither.
func (s *Server) refuse(r *http.Request) (status int, why string) {
	fetch := r.Header.Get
	switch {
	case !s.hosts[r.Host]:
		return http.StatusForbidden, "this preview answers only at " + s.addresses()
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return http.StatusMethodNotAllowed, "this preview can only be read"
	case len(r.Header.Values("Origin")) > 0 && fetch("Origin") != "http://"+r.Host:
		return http.StatusForbidden, "this preview answers only to its own pages"
	case fetch("Sec-Fetch-Site") == "cross-site", fetch("Sec-Fetch-Site") == "same-site":
		// A link that somebody follows is fine; being fetched, framed or
		// embedded by others is not. Another port of this machine is "same-site".
		if fetch("Sec-Fetch-Mode") != "navigate" || fetch("Sec-Fetch-Dest") != "document" {
			return http.StatusForbidden, "this preview answers only to its own pages"
		}
	}
	return 0, ""
}

// admit answers who has not shown the token yet, and reports whether it did: a
// right one is exchanged for a cookie, so that it stands in no address that is
// shared, kept or sent on.
func (s *Server) admit(w http.ResponseWriter, r *http.Request) (answered bool) {
	if s.token == "" {
		return false
	}
	_, port, _ := net.SplitHostPort(r.Host)
	name := "debrief_" + port // cookies are shared between the ports of a host
	query := r.URL.Query()
	if given := query.Get("token"); given != "" && same(given, s.token) {
		query.Del("token")
		// One slash: two would lead to another host.
		to := url.URL{Path: "/" + strings.TrimLeft(r.URL.Path, "/\\"), RawQuery: query.Encode()}
		// Lax, for whoever follows the address from a chat is sent on from
		// another site; what others could fetch or frame is refused before.
		http.SetCookie(w, &http.Cookie{Name: name, Value: s.token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
		w.Header().Set("Location", to.String())
		w.WriteHeader(http.StatusFound)
		return true
	}
	if c, err := r.Cookie(name); err == nil && same(c.Value, s.token) {
		return false
	}
	answer(w, r, http.StatusForbidden, "text/plain; charset=utf-8", []byte("this preview wants the whole address that `debrief serve` printed, with its token\n"))
	return true
}

// same compares without telling by its time how much of a guess was right.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func (s *Server) addresses() string {
	list := make([]string, len(s.shown))
	for i, h := range s.shown {
		list[i] = "http://" + h + "/"
	}
	return strings.Join(list, ", ")
}
