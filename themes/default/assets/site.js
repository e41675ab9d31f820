// What a page gains from a script. Every page reads well without it, and
// everything that needs it is added here.
(function () {
	'use strict';
	const doc = document, root = doc.documentElement, me = doc.currentScript;
	const all = (selector, from) => Array.from((from || doc).querySelectorAll(selector));
	const make = (tag, props, ...inside) => {
		const e = Object.assign(doc.createElement(tag), props);
		e.append(...inside);
		return e;
	};

	// Storage may be off or full; then nothing is remembered.
	const kept = {
		get(key) { try { return localStorage.getItem(key); } catch (e) { return null; } },
		set(key, value) {
			try {
				if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, value);
			} catch (e) { /* not remembered */ }
		},
	};

	function themeSwitch() {
		const themes = ['auto', 'light', 'dark'];
		const button = make('button', { type: 'button' });
		const show = () => { button.textContent = 'Theme: ' + (root.dataset.theme || 'auto'); };
		button.addEventListener('click', () => {
			const next = themes[(themes.indexOf(root.dataset.theme || 'auto') + 1) % 3];
			if (next === 'auto') delete root.dataset.theme; else root.dataset.theme = next;
			kept.set('debrief.theme', next === 'auto' ? null : next);
			show();
		});
		show();
		all('.top').forEach(top => top.append(button));
	}

	// Later is a function that fetches a script of the theme before its first
	// call.
	const scripts = {};
	const later = (file, call) => (...args) => {
		scripts[file] = scripts[file] || new Promise((done, failed) => doc.head.append(
			make('script', { src: new URL(file, me.src), onload: done, onerror: failed })));
		scripts[file].then(() => call(...args), () => { delete scripts[file]; });
	};

	let openSearch, gone; // gone ends what listens to more than the page's own elements

	// The search is left out where debrief was built without it.
	function search() {
		if (!('search' in me.dataset)) return;
		const button = make('button', { type: 'button', className: 'find' }, 'Search', make('kbd', { textContent: '/' }));
		button.lastChild.setAttribute('aria-hidden', 'true');
		openSearch = later('search.js', () => debriefSearch.open());
		button.addEventListener('click', openSearch);
		addEventListener('keydown', e => {
			const typing = e.target.closest && e.target.closest('input, textarea, select, [contenteditable]');
			const slash = e.key === '/' && !typing && !e.ctrlKey && !e.metaKey && !e.altKey && kept.get('debrief.slash') !== 'off';
			if (!slash && !(e.key === 'k' && (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey)) return;
			e.preventDefault();
			openSearch();
		}, { signal: gone.signal });
		all('.top').forEach(top => top.append(button));
	}

	// A link to another page says what is there, to the mouse and the keyboard.
	function hovers() {
		const rest = later('hover.js', link => debriefHover(link));
		const look = e => {
			const link = e.target.closest('a[href]:not(.fact, .anchor)');
			if (link && link.protocol === location.protocol && link.pathname !== location.pathname && (e.type !== 'focusin' || link.matches(':focus-visible'))) rest(link);
		};
		const text = doc.querySelector('.text');
		if (!text) return;
		text.addEventListener('focusin', look);
		if (matchMedia('(hover: hover)').matches) text.addEventListener('mouseover', look);
	}

	// On a phone what one looks for lies under the thumb: the menu and the
	// contents come up from below, the search and the next page are one tap.
	function thumb() {
		const bar = make('nav', { className: 'thumb' });
		bar.setAttribute('aria-label', 'Quick');
		const sheet = (label, nav) => {
			if (!nav) return;
			const button = make('button', { type: 'button', textContent: label }), home = nav.parentElement;
			const close = make('button', { type: 'button', textContent: 'Close' });
			const box = make('dialog', { className: 'sheet' }, close);
			box.setAttribute('aria-label', label);
			button.addEventListener('click', () => { box.prepend(nav); box.showModal(); });
			close.addEventListener('click', () => box.close());
			box.addEventListener('click', e => { if (e.target === box || e.target.closest('a')) box.close(); });
			box.addEventListener('close', () => { home.append(nav); button.focus(); });
			bar.append(button);
			doc.body.append(box);
		};
		sheet('Menu', doc.querySelector('.menu nav'));
		if (openSearch) {
			const button = make('button', { type: 'button', textContent: 'Search' });
			button.addEventListener('click', openSearch);
			bar.append(button);
		}
		sheet('Contents', doc.querySelector('.contents ul'));
		const next = doc.querySelector('.along .next a');
		if (next) bar.append(make('a', { href: next.href, textContent: 'Next', title: next.textContent }));
		doc.body.append(bar);
	}

	function interviewDay() {
		const ready = doc.querySelector('.is-round .ready');
		if (!ready) return;
		const open = later('day.js', () => debriefDay.open());
		const button = make('button', { type: 'button', className: 'day-open', textContent: 'Interview day' });
		const look = () => { if (location.hash === '#day') open(); };
		button.addEventListener('click', () => { location.hash = 'day'; });
		addEventListener('hashchange', look, { signal: gone.signal });
		ready.append(button);
		look();
	}

	// On wide screens the menu and the contents always show; opening them
	// tells browsers so that cannot style what is closed.
	function menus() {
		for (const [selector, width] of [['.menu', '50rem'], ['.contents details', '74rem']]) {
			const wide = matchMedia('(min-width: ' + width + ')');
			const fit = () => all(selector).forEach(e => { e.open = wide.matches; });
			fit();
			wide.addEventListener('change', fit, { signal: gone.signal });
		}
		const here = doc.querySelector('.menu [aria-current]'), nav = here && here.closest('nav');
		if (nav && nav.scrollHeight > nav.clientHeight) nav.scrollTop = here.offsetTop - nav.clientHeight / 2;
	}

	// The contents mark the heading that is being read.
	function whereAmI() {
		const links = new Map();
		all('.contents a').forEach(a => {
			const heading = doc.getElementById(decodeURIComponent(a.hash.slice(1)));
			if (heading) links.set(heading, a);
		});
		if (!links.size || !('IntersectionObserver' in window)) return;
		const headings = Array.from(links.keys());
		let current;
		const mark = () => {
			let at = headings[0];
			for (const h of headings) if (h.getBoundingClientRect().top < 120) at = h;
			if (at === current) return;
			if (current) links.get(current).removeAttribute('aria-current');
			links.get(at).setAttribute('aria-current', 'true');
			current = at;
		};
		const watch = new IntersectionObserver(mark, { rootMargin: '-100px 0px -60% 0px' });
		headings.forEach(h => watch.observe(h));
		gone.signal.addEventListener('abort', () => watch.disconnect());
	}

	// Ticks are kept by handbook, page and item, those alone that differ from
	// the note. An item that has moved below another heading keeps its own.
	function checklists() {
		const boxes = all('input[data-task]');
		if (!boxes.length) return;
		const words = box => (box.closest('label') || box.parentElement).textContent.replace(/\s+/g, ' ').trim();
		const page = location.pathname.replace(/\/$/, '/index.html').slice(new URL('..', me.src).pathname.length);
		const key = 'debrief.ticks/' + doc.querySelector('.brand').textContent + '/' + page;
		let ticks = {};
		try { ticks = JSON.parse(kept.get(key)) || ticks; } catch (e) { /* not ours */ }
		const here = new Set(boxes.map(box => box.dataset.task));
		boxes.forEach(box => {
			const id = box.dataset.task, moved = Object.keys(ticks).find(old => !here.has(old) && ticks[old][1] === words(box));
			if (!ticks[id] && moved) {
				ticks[id] = ticks[moved];
				delete ticks[moved];
			}
		});

		const done = make('span', { className: 'muted small num' });
		const reset = make('button', { type: 'button', textContent: 'Clear', title: 'Clear the ticks on this page' });
		const copy = make('button', { type: 'button' });
		const changed = () => {
			kept.set(key, Object.keys(ticks).length ? JSON.stringify(ticks) : null);
			done.textContent = boxes.filter(b => b.checked).length + ' of ' + boxes.length + ' done';
			reset.style.visibility = boxes.some(b => b.checked !== b.defaultChecked) ? '' : 'hidden'; // its room is kept
		};
		boxes.forEach(box => {
			const id = box.dataset.task;
			box.disabled = false;
			if (ticks[id]) box.checked = ticks[id][0] === 1;
			box.addEventListener('change', () => {
				if (box.checked === box.defaultChecked) delete ticks[id]; else ticks[id] = [+box.checked, words(box)];
				changed();
			});
		});
		reset.addEventListener('click', () => {
			boxes.forEach(box => { box.checked = box.defaultChecked; delete ticks[box.dataset.task]; });
			changed();
			boxes[0].focus();
		});
		copies(copy, 'Copy list', () => boxes.map(b => '- [' + (b.checked ? 'x' : ' ') + '] ' + words(b) + '\n').join(''));
		let last = boxes[boxes.length - 1].parentElement, list = last;
		while ((list = list.parentElement.closest('ul, ol, dl, table'))) last = list;
		let tally = all('.tally').find(place => last.compareDocumentPosition(place) === Node.DOCUMENT_POSITION_FOLLOWING);
		if (!tally) last.after(tally = make('p', { className: 'tally' }));
		tally.append(done, copy, reset);
		changed();
	}

	// Copies makes a button that copies a text and says whether it did.
	function copies(button, label, text) {
		button.textContent = label;
		button.hidden = !navigator.clipboard;
		button.setAttribute('aria-live', 'polite');
		button.addEventListener('click', () => {
			navigator.clipboard.writeText(text()).then(
				() => { button.textContent = 'Copied'; },
				() => { button.textContent = 'Not copied'; });
			setTimeout(() => { button.textContent = label; }, 2000);
		});
	}

	function copyButtons() {
		all('figure.code').forEach(figure => {
			const button = make('button', { type: 'button' });
			copies(button, 'Copy', () => figure.querySelector('code').textContent);
			figure.append(button);
		});
	}

	// Pages say nothing that depends on today; the reader's clock does.
	function countdowns() {
		const now = new Date(), midnight = d => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
		all('[data-day]').forEach(e => {
			const day = /^\d{4}-\d\d-\d\d$/.test(e.dataset.day) ? new Date(e.dataset.day + 'T00:00') : new Date(e.dataset.day);
			const days = Math.round((midnight(day) - midnight(now)) / 864e5);
			if (isNaN(days)) return;
			e.textContent = days === 0 ? 'today' : days === 1 ? 'tomorrow' : days === -1 ? 'yesterday' :
				days > 0 ? 'in ' + days + ' days' : -days + ' days ago';
			e.classList.add(days < 0 ? 'past' : days <= 7 ? 'soon' : 'later');
		});
		all('[data-today]').forEach(g => {
			const [first, last] = g.dataset.today.split('/').map(d => midnight(new Date(d + 'T00:00')));
			const share = (midnight(now) - first) / (last - first);
			if (!(share >= 0 && share <= 1)) return;
			const x = +g.dataset.from + share * (g.dataset.to - g.dataset.from) + '%', [line, word] = g.children;
			line.setAttribute('x1', x), line.setAttribute('x2', x), word.setAttribute('x', x);
			word.setAttribute('text-anchor', share > .5 ? 'end' : 'start');
			g.classList.add('on');
		});
	}

	function lists() {
		const words = new Intl.Collator(root.lang || undefined, { numeric: true, sensitivity: 'base' });
		all('table[data-list]').forEach(table => {
			const body = table.tBodies[0], rows = Array.from(body.rows);
			if (rows.length < 3) return;
			const heads = Array.from(table.tHead.rows[0].cells);
			const valueOf = (row, i) => {
				const cell = row.cells[i];
				return cell.hasAttribute('data-sort') ? cell.dataset.sort : cell.textContent.trim();
			};
			heads.forEach((head, i) => {
				const arrow = make('span', { textContent: '↕' });
				arrow.setAttribute('aria-hidden', 'true');
				const button = make('button', { type: 'button', className: 'sort' }, ...head.childNodes, arrow);
				button.addEventListener('click', () => {
					const down = head.getAttribute('aria-sort') === 'ascending';
					heads.forEach(h => { h.removeAttribute('aria-sort'); h.querySelector('.sort span').textContent = '↕'; });
					head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
					arrow.textContent = down ? '▼' : '▲';
					const order = rows.slice().sort((a, b) => {
						const x = valueOf(a, i), y = valueOf(b, i);
						if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1); // the unknown comes last
						return (down ? -1 : 1) * words.compare(x, y);
					});
					body.append(...order);
				});
				head.append(button);
			});
			if (rows.length < 6) return;
			const input = make('input', { type: 'search', autocomplete: 'off', spellcheck: false });
			const count = make('span', { className: 'muted small' });
			count.setAttribute('role', 'status');
			const text = rows.map(r => r.textContent.toLocaleLowerCase());
			input.addEventListener('input', () => {
				const wanted = input.value.toLocaleLowerCase().split(/\s+/);
				let n = 0;
				rows.forEach((row, i) => {
					const fits = wanted.every(w => text[i].includes(w));
					row.hidden = !fits;
					if (fits) n++;
				});
				count.textContent = n === rows.length ? '' : n + ' of ' + rows.length;
			});
			const box = table.closest('.table') || table;
			const before = box.previousElementSibling, ready = before && before.classList.contains('filter');
			const filter = ready ? before : make('div', { className: 'filter' });
			filter.append(make('label', { className: 'filter-label' }, 'Narrow down ', input), count);
			if (!ready) box.before(filter);
		});
	}

	// Paper shows what is folded, also where styles alone cannot open it.
	function printing() {
		let opened = [];
		addEventListener('beforeprint', () => {
			opened = all('main details:not([open])');
			opened.forEach(e => { e.open = true; });
		}, { signal: gone.signal });
		addEventListener('afterprint', () => opened.forEach(e => { e.open = false; }), { signal: gone.signal });
	}

	function begin() {
		gone = new AbortController();
		[search, themeSwitch, hovers, thumb, interviewDay, menus, whereAmI, checklists, copyButtons, countdowns, lists, printing].forEach(part => part());
	}
	begin();
	// A preview has put a newer page in the place of this one: what the scripts
	// of later had made is gone as well.
	addEventListener('debrief:patched', () => {
		gone.abort();
		Object.keys(scripts).forEach(file => delete scripts[file]);
		begin();
	});
})();
