// Keeps an open page in step with the notes, and says when it cannot.
// It is in no built site: `debrief serve` adds it to what it shows.
(() => {
  "use strict";
  if (!window.EventSource) return;

  // Which version of itself this page is stands in a header of its answer.
  const timing = performance.getEntriesByType("navigation")[0];
  const own = timing && timing.serverTiming && timing.serverTiming.find((t) => t.name === "page");
  let version = own ? own.description : "";
  let look = ""; // of the styles, scripts and pictures that the page is shown with

  // --- what a newer page must not lose ---

  const memory = (key, value) => {
    try {
      if (value === undefined) return JSON.parse(sessionStorage.getItem("debrief." + key));
      sessionStorage.setItem("debrief." + key, JSON.stringify(value));
    } catch { /* storage may be switched off */ }
    return null;
  };

  // Elements by what they say; the same words again get a number.
  const named = (selector, wordsOf) => {
    const seen = {};
    return [...document.querySelectorAll(selector)].map((element) => {
      const words = element.tagName + " " + (element.id || (wordsOf(element) ?? "").trim().replace(/\s+/g, " "));
      seen[words] = (seen[words] ?? 0) + 1;
      return { element, key: words + "#" + seen[words] };
    });
  };
  const folds = () => named("details", (e) => e.querySelector("summary")?.textContent);
  const fields = () => named("input:not([type=checkbox], [type=radio]), textarea", (e) => e.closest("label")?.textContent ?? e.name);
  const stops = () => named("a[href], button, input, textarea, summary, [tabindex]", (e) => e.closest("label")?.textContent ?? e.textContent);

  const place = () => ({
    page: location.pathname,
    x: scrollX,
    y: scrollY,
    open: Object.fromEntries(folds().map(({ element, key }) => [key, element.open])),
    typed: Object.fromEntries(fields().filter(({ element }) => element.value !== element.defaultValue).map(({ element, key }) => [key, element.value])),
    focus: stops().find(({ element }) => element === document.activeElement)?.key ?? "",
    at: document.activeElement?.selectionStart ?? null,
  });

  const back = (kept) => {
    if (!kept || kept.page !== location.pathname) return;
    for (const { element, key } of folds()) {
      if (key in kept.open) element.open = kept.open[key];
    }
    for (const { element, key } of fields()) {
      if (!(key in kept.typed)) continue;
      element.value = kept.typed[key];
      element.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (kept.focus) {
      const stop = stops().find(({ key }) => key === kept.focus)?.element;
      stop?.focus({ preventScroll: true });
      if (kept.at !== null) stop?.setSelectionRange?.(kept.at, kept.at);
    }
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  };

  const restore = () => {
    const kept = memory("kept");
    memory("kept", null);
    back(kept);
    if (kept) addEventListener("load", () => back(kept), { once: true }); // pictures have made the page longer
  };

  const reload = (to) => {
    if (memory("asked") === to) { // a page that cannot become what is asked for
      version = to;
      return;
    }
    memory("asked", to);
    memory("kept", place());
    location.reload();
  };

  const versionIn = (answer) => /page;desc="([^"]*)"/.exec(answer.headers.get("Server-Timing") ?? "")?.[1];

  // patch puts the newer page in the place of this one without leaving it. The
  // theme's scripts are told, since what they had added is gone.
  const patch = async (to) => {
    const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.redirected || !next.body) throw new Error("not a page");
    const kept = place();
    const root = document.documentElement;
    document.title = next.title;
    for (const name of ["lang", "dir"]) root.setAttribute(name, next.documentElement.getAttribute(name) ?? "");
    document.body.className = next.body.className;
    next.body.querySelectorAll("script").forEach((script) => script.remove()); // this one, which is at work
    document.body.replaceChildren(...document.adoptNode(next.body).childNodes);
    version = versionIn(answer) ?? to;
    dispatchEvent(new Event("debrief:patched"));
    back(kept);
  };

  // update brings the newer page: in place when only it has changed, anew when
  // what it is shown with has, later while somebody is in a dialog.
  let updating = false;
  const update = async (now) => {
    const dialog = document.querySelector("dialog[open]");
    if (dialog) {
      dialog.addEventListener("close", () => !document.hidden && newest && see(newest), { once: true });
      return;
    }
    if (now.look !== look) return reload(now.version);
    updating = true;
    try {
      await patch(now.version);
    } catch {
      reload(now.version);
    }
    updating = false;
    if (newest.version !== version) see(newest);
  };

  // --- what is said over the page ---

  const host = document.createElement("debrief-preview");
  const shadow = host.attachShadow({ mode: "open" }); // the theme's styles end here
  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };
  const styles = make("link");
  styles.rel = "stylesheet";
  styles.href = "/_debrief/preview.css";
  const gone = make("p", "gone", "debrief serve is not there; trying again …");
  gone.hidden = true;
  const board = make("div", "board");
  board.setAttribute("role", "status");
  board.hidden = true;
  shadow.append(styles, board, gone);
  document.documentElement.append(host);

  const count = (n, one) => n + " " + one + (n === 1 ? "" : "s");

  const placeButton = (place) => {
    const button = make("button", "place", place);
    button.type = "button";
    button.title = "copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(place);
        button.textContent = "copied";
      } catch {
        getSelection().selectAllChildren(button);
        return;
      }
      setTimeout(() => { button.textContent = place; }, 1000);
    });
    return button;
  };

  const counts = ({ errors, warnings }, where) => {
    const parts = [];
    if (errors) parts.push(count(errors, "error"));
    if (warnings) parts.push(count(warnings, "warning"));
    return parts.length ? [parts.join(", ") + " in " + where] : [];
  };

  const listOf = ({ list = [], more = 0 }) => {
    const all = make("ul");
    for (const f of list) {
      const item = make("li");
      item.append(placeButton(f.place), " ", make("b", f.severity, f.severity), " ", f.message, " ", make("span", "rule", "[" + f.rule + "]"));
      all.append(item);
    }
    if (more) all.append(make("li", "", "and " + more + " more: `debrief check` lists them"));
    return all;
  };

  const say = ({ failure, here, elsewhere }) => {
    const found = [...counts(here, "this note"), ...counts(elsewhere, "other notes")].join("; ");
    board.replaceChildren();
    board.hidden = !failure && !found;
    if (board.hidden) return;
    board.classList.toggle("calm", !failure && here.errors + elsewhere.errors === 0);
    const fold = make("details");
    fold.open = failure ? true : memory("open") === true;
    fold.addEventListener("toggle", () => { if (!failure) memory("open", fold.open); });
    fold.append(make("summary", "", failure ? "not built: this is the last good page" : found));
    if (failure) fold.append(make("pre", "", failure));
    for (const part of [here, elsewhere]) {
      if (part.list) fold.append(listOf(part));
    }
    board.append(fold);
  };

  // --- the stream ---

  // The page as the server calls it: names of files may hold spaces, or be in
  // any script.
  let here = location.pathname;
  try {
    here = decodeURIComponent(here);
  } catch { /* an address that nobody wrote here */ }

  let stream = null;
  let again = 0;
  let newest = null;

  // follow goes to a note that was saved while this page was open, or on the
  // way here from the one before.
  let followed = null;
  let leaving = false;
  const follow = ({ saved }) => {
    const at = saved?.at ?? 0;
    if (followed === null) {
      followed = memory("followed") ?? at;
      memory("followed", null);
    }
    if (at < followed) followed = at; // another server
    if (leaving || followed === at || document.querySelector("dialog[open]")) return leaving;
    followed = at;
    const to = "/" + saved.page.split("/").map(encodeURIComponent).join("/");
    if (to === location.pathname.replace(/\/$/, "/index.html")) return false;
    memory("followed", at);
    leaving = true;
    location.assign(to);
    return true;
  };

  const see = (now) => {
    newest = now;
    if (follow(now)) return;
    if (!version) version = now.version;
    if (!look && now.version === version) look = now.look;
    say(now);
    if (now.version === version) memory("asked", null);
    else if (!updating) update(now);
  };

  // Browsers allow six connections to one server. So one tab holds the stream,
  // and tells the others when to look. Without locks each has its own.
  const channel = new BroadcastChannel("debrief");
  let waiting = null;
  let release = null;

  const told = (isGone) => {
    gone.hidden = !isGone;
    if (stream) channel.postMessage(isGone ? "gone" : "look");
  };

  const ask = async () => {
    try {
      const answer = await fetch("/_debrief/state?page=" + encodeURIComponent(here));
      see(await answer.json());
      gone.hidden = true;
    } catch {
      gone.hidden = false;
    }
  };

  const open = () => {
    clearTimeout(again);
    if (stream || document.hidden) return;
    stream = new EventSource("/_debrief/events?page=" + encodeURIComponent(here));
    stream.addEventListener("state", (event) => {
      told(false);
      see(JSON.parse(event.data));
    });
    stream.addEventListener("error", () => {
      told(true);
      if (stream && stream.readyState === EventSource.CLOSED) { // refused: it would not try again
        end();
        again = setTimeout(open, 2000);
      }
    });
  };

  const end = () => {
    clearTimeout(again);
    if (stream) stream.close();
    stream = null;
  };

  const join = () => {
    if (document.hidden || waiting) return;
    if (!navigator.locks) return open();
    waiting = new AbortController();
    navigator.locks.request("debrief.stream", { signal: waiting.signal }, () => new Promise((done) => {
      release = done;
      open();
    })).catch(() => {});
    ask();
  };

  const leave = () => {
    waiting?.abort();
    release?.();
    waiting = release = null;
    end();
  };

  channel.addEventListener("message", ({ data }) => {
    if (stream || document.hidden) return;
    if (data === "look") ask();
    else gone.hidden = false;
  });

  // Tabs that nobody sees let go, and catch up when they are seen again.
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : join()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", join);

  restore();
  join();
})();
