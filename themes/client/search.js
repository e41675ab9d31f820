// The search of a handbook. site.js loads it when somebody wants to search,
// and calls debriefSearch.open.
import { opened, receive } from './index.js';
import { best, excerpt } from './excerpt.js';

const base = document.currentScript.src;
const pagesShown = 12, partsShown = 3;

const make = (tag, props, ...inside) => {
	const e = Object.assign(document.createElement(tag), props);
	e.append(...inside);
	return e;
};

// The dialog is made once and keeps what was typed.
function dialog() {
	const input = make('input', { type: 'search', autocomplete: 'off', spellcheck: false, enterKeyHint: 'search', autofocus: true });
	input.setAttribute('autocapitalize', 'off');
	const kind = make('select'), principle = make('select');
	const status = make('p', { className: 'status' });
	status.setAttribute('role', 'status');
	const hits = make('ol', { className: 'hits' });
	const close = make('button', { type: 'button', textContent: 'Close' });
	const slash = make('input', { type: 'checkbox' });
	const box = make('dialog', { className: 'search' },
		make('search', {},
			make('div', { className: 'ask' }, make('label', {}, 'Search the handbook', input), close),
			make('div', { className: 'by' }, make('label', {}, 'Kind ', kind), make('label', {}, 'Principle ', principle))),
		status, hits,
		make('p', { className: 'keys' }, make('label', {}, slash, ' The key / opens the search'), make('span', {}, 'Ctrl-K always does')));
	box.setAttribute('aria-label', 'Search');
	close.addEventListener('click', () => box.close());
	box.addEventListener('click', e => { if (e.target === box) box.close(); }); // beside it
	return { box, input, kind, principle, status, hits, slash };
}

function fill(select, every, names) {
	select.append(make('option', { value: '', textContent: every }), ...names.map(name => make('option', { value: name, textContent: name })));
	select.parentElement.hidden = !names.length;
}

// Remembered is whether / opens the search; storage may be off.
const key = 'debrief.slash';
const remembered = {
	get on() { try { return localStorage.getItem(key) !== 'off'; } catch { return true; } },
	set on(on) { try { if (on) localStorage.removeItem(key); else localStorage.setItem(key, 'off'); } catch { /* until the page is left */ } },
};

const ui = dialog();
const ready = opened(base);
let asked = 0; // questions so far: an answer that comes late is dropped
let shown = pagesShown;

async function answer() {
	const mine = ++asked;
	ui.hits.ariaBusy = 'true';
	try {
		await list(await ready, () => mine === asked);
	} catch (e) {
		say('The search cannot be used: ' + e.message + '.');
	}
	if (mine === asked) ui.hits.ariaBusy = 'false';
}

// List shows the pages found, and what they say as soon as it is there.
async function list(index, current) {
	const { kind, principle } = ui, query = ui.input.value.trim();
	if (!current()) return;
	if (!query && !kind.value && !principle.value) {
		ui.hits.replaceChildren();
		say('Words, or a figure like 38 min or $3.2M.');
		return;
	}
	const { hits, all } = index.found(query, page =>
		(!kind.value || page.kind === kind.value) && (!principle.value || page.principles.includes(principle.value)));
	const rows = hits.slice(0, shown).map(row);
	ui.hits.replaceChildren(...rows.map(r => r.item));
	if (hits.length > shown) ui.hits.append(make('li', {}, more()));
	say(count(hits.length, query) + (all ? '' : ' None holds every word.'));
	await Promise.all(rows.map(async ({ hit, said }) => {
		if (!hit.terms.length) return;
		const parts = await index.parts(hit.id);
		if (current()) said.replaceChildren(...best(parts, hit.terms, partsShown).map(part => passage(hit.page, part)));
	}));
}

const count = (n, query) => (n === 0 ? 'Nothing' : n === 1 ? 'One page' : n + ' pages') + (query ? ' for ' + query + '.' : '.');

// Say is read out when nobody has typed for a moment.
let saying;
function say(text) {
	clearTimeout(saying);
	saying = setTimeout(() => { if (ui.status.textContent !== text) ui.status.textContent = text; }, 250);
}

const address = (page, id) => {
	const url = new URL('../' + page.file.split('/').map(encodeURIComponent).join('/'), base);
	if (id) url.hash = id;
	return url.href;
};

// Row is a page found: its title, the way down to it, room for what it says.
function row(hit) {
	const said = make('ul');
	return { hit, said, item: make('li', {},
		make('a', { href: address(hit.page), className: 'hit', textContent: hit.page.title }),
		make('span', { className: 'trail', textContent: hit.page.trail || hit.page.kind }), said) };
}

function passage(page, part) {
	const text = make('span', { className: 'said' }, ...excerpt(part.text, part.places));
	return part.id ? make('li', {}, make('a', { href: address(page, part.id), textContent: part.heading }), text) : make('li', {}, text);
}

function more() {
	const button = make('button', { type: 'button', textContent: 'More pages' });
	button.addEventListener('click', async () => {
		const at = shown;
		shown += pagesShown;
		await answer();
		ui.hits.children[at]?.querySelector('a').focus();
	});
	return button;
}

// Arrows walk through the hits and back to what was typed; Enter opens the
// first.
function keys(e) {
	const links = Array.from(ui.hits.querySelectorAll('a')), at = links.indexOf(document.activeElement);
	if (e.isComposing) return;
	if (e.key === 'Escape') {
		ui.box.close(); // a search field would only empty itself
	} else if (e.key === 'Enter' && e.target === ui.input) {
		links[0]?.click();
	} else if (e.key === 'ArrowDown' && (at >= 0 || e.target === ui.input)) {
		links[Math.min(at + 1, links.length - 1)]?.focus();
	} else if (e.key === 'ArrowUp' && at >= 0) {
		(links[at - 1] || ui.input).focus();
	} else {
		return;
	}
	e.preventDefault();
}

ui.box.addEventListener('keydown', keys);
ui.input.addEventListener('input', () => { shown = pagesShown; answer(); });
ui.kind.addEventListener('change', answer);
ui.principle.addEventListener('change', answer);
ui.hits.addEventListener('click', e => { if (e.target.closest('a')) ui.box.close(); }); // also when it leads to this page
ui.slash.checked = remembered.on;
ui.slash.addEventListener('change', () => { remembered.on = ui.slash.checked; });
ready.then(index => {
	fill(ui.kind, 'Every kind', index.kinds);
	fill(ui.principle, 'Every principle', index.principles);
}).catch(() => {});

// Without its style the dialog would jump.
const style = make('link', { rel: 'stylesheet', href: new URL('search.css', base) });
const styled = new Promise(done => { style.onload = style.onerror = done; });
document.head.append(style);
document.body.append(ui.box);

globalThis.debriefSearch = {
	...receive,
	async open() {
		await styled;
		if (!ui.box.open) ui.box.showModal();
		ui.input.select();
		answer();
	},
};
