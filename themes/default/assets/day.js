// Interview-day mode: the run-sheet of one round in huge type, its clock, and
// nothing else. site.js loads it when it is asked for.
(function () {
	'use strict';
	const doc = document, root = doc.documentElement, main = doc.querySelector('main');
	const make = (tag, props, ...inside) => {
		const e = Object.assign(doc.createElement(tag), props);
		e.append(...inside);
		return e;
	};
	const time = make('p', { className: 'day-time' }), now = make('p', { className: 'day-now' }), next = make('p', { className: 'day-next' });
	const start = make('button', { type: 'button' }), leave = make('button', { type: 'button', textContent: 'Leave' });
	const bar = make('div', { className: 'day-bar' }, time, now, next), keys = make('p', { className: 'day-keys' }, start, leave);
	time.setAttribute('role', 'timer');
	now.setAttribute('role', 'status');

	const scheduled = Date.parse(([...doc.querySelectorAll('.ready [data-day]')].find(e => e.dataset.day.includes('T')) || { dataset: {} }).dataset.day);
	// When somebody said that it begins now: on a page that a preview has brought,
	// as it was said on the one before.
	let began = window.debriefDay ? debriefDay.began() : NaN, ticking, wake;

	// The minutes of the round, as the page has read them, and the table that
	// says so: the first with that first column.
	const steps = (() => {
		const plan = JSON.parse(doc.querySelector('.ready').dataset.clock || '[]');
		for (const table of main.querySelectorAll('table')) {
			const rows = [...table.tBodies].flatMap(body => [...body.rows]);
			if (rows.length !== plan.length || rows.some((row, i) => row.cells[0].textContent.trim() !== plan[i][0])) continue;
			return plan.map(([, to], i) => ({ row: rows[i], to: to === null ? Infinity : to, what: rows[i].cells[1].textContent.trim() })).filter(step => step.to !== undefined);
		}
		return [];
	})();
	const length = steps.length && isFinite(steps[steps.length - 1].to) ? steps[steps.length - 1].to : NaN;

	const two = n => String(n).padStart(2, '0');
	const span = seconds => {
		const h = Math.floor(seconds / 3600), m = Math.floor(seconds / 60) % 60, s = seconds % 60;
		return h >= 48 ? Math.floor(h / 24) + ' days' : h ? h + ' h ' + two(m) + ' min' : m + ':' + two(s);
	};
	// What is read out is set only when it changes.
	const say = (e, text) => { if (e.textContent !== text) e.textContent = text; };

	function tick() {
		const from = isNaN(began) ? scheduled : began, seconds = Math.floor((Date.now() - from) / 1000), minute = seconds / 60;
		const at = seconds < 0 ? -1 : steps.findIndex(step => minute < step.to);
		steps.forEach((step, i) => { if (i === at) step.row.setAttribute('aria-current', 'step'); else step.row.removeAttribute('aria-current'); });
		const step = steps[at], after = steps[at + 1];
		say(time, isNaN(seconds) ? 'No time is set' : seconds < 0 ? 'in ' + span(-seconds) :
			minute < length || isNaN(length) ? span(seconds) + (isNaN(length) ? '' : ', ' + span(length * 60 - seconds) + ' left') : 'Over');
		say(now, step ? step.what + (isFinite(step.to) ? ', until minute ' + step.to : '') : '');
		say(next, step && after ? 'Next: ' + after.what : seconds < 0 && steps[0] ? 'First: ' + steps[0].what : '');
		say(start, isNaN(began) ? 'Start the clock now' : 'Start again');
	}

	async function stayAwake() {
		try { wake = await navigator.wakeLock.request('screen'); } catch (e) { /* the screen may go dark */ }
	}
	const shown = () => { if (doc.visibilityState === 'visible' && ticking) { tick(); stayAwake(); } };
	const escape = e => { if (e.key === 'Escape' && !e.target.closest('dialog')) close(); };
	const back = () => { if (!location.hash) close(); };

	function open() {
		if (ticking) return;
		root.classList.add('day');
		main.prepend(bar, keys);
		tick();
		ticking = setInterval(tick, 1000);
		stayAwake();
		doc.addEventListener('visibilitychange', shown);
		doc.addEventListener('keydown', escape);
		addEventListener('hashchange', back);
		main.focus();
		scrollTo(0, 0);
	}

	function stop() {
		clearInterval(ticking);
		ticking = 0;
		if (wake) wake.release();
		doc.removeEventListener('visibilitychange', shown);
		doc.removeEventListener('keydown', escape);
		removeEventListener('hashchange', back);
	}

	function close() {
		stop();
		root.classList.remove('day');
		bar.remove();
		keys.remove();
		history.replaceState(null, '', location.pathname + location.search);
		doc.querySelector('.day-open').focus();
	}

	addEventListener('debrief:patched', stop, { once: true }); // by a preview; it begins anew on the newer page
	start.addEventListener('click', () => { began = Date.now(); tick(); });
	leave.addEventListener('click', close);

	const style = make('link', { rel: 'stylesheet', href: new URL('day.css', doc.currentScript.src) });
	const styled = new Promise(done => { style.onload = style.onerror = done; });
	doc.head.append(style);
	window.debriefDay = { open: () => styled.then(open), began: () => began };
})();
