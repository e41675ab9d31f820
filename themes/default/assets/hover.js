// What a link leads to, beside it: for the mouse that rests on it and for the
// keyboard that stops at it. site.js loads it with the first such link.
(function () {
	'use strict';
	const doc = document, here = doc.currentScript.src, root = new URL('..', here).href;
	const data = new Promise((done, failed) => {
		window.debriefPreviews = done;
		doc.head.append(Object.assign(doc.createElement('script'), { src: new URL('previews.js', here), onerror: failed }));
	});
	const card = Object.assign(doc.createElement('div'), { className: 'preview', id: 'part.preview', hidden: true });
	card.setAttribute('role', 'tooltip');
	const parts = ['b', 'span', 'p'].map(tag => card.appendChild(doc.createElement(tag)));
	doc.querySelector('main').append(card);
	let of, timer; // the link it is about

	function hide() {
		clearTimeout(timer);
		if (of) of.removeAttribute('aria-describedby');
		card.hidden = true;
		of = null;
	}

	function show(link, texts) {
		texts.forEach((text, i) => { parts[i].textContent = text; parts[i].hidden = !text; });
		card.hidden = false;
		const at = link.getClientRects()[0], size = card.getBoundingClientRect();
		const below = at.bottom + size.height + 8 < innerHeight;
		card.style.left = Math.max(8, Math.min(at.left, innerWidth - size.width - 8)) + scrollX + 'px';
		card.style.top = (below ? at.bottom + 6 : Math.max(0, at.top - size.height - 6)) + scrollY + 'px';
		link.setAttribute('aria-describedby', card.id);
		of = link;
	}

	function rest(link) {
		if (link === of) return clearTimeout(timer);
		hide();
		timer = setTimeout(() => data.then(all => {
			const file = link.href.startsWith(root) && decodeURIComponent(link.href.slice(root.length).split('#')[0]);
			if (Object.hasOwn(all, file) && (link.matches(':hover') || link === doc.activeElement)) show(link, all[file]);
		}, () => {}), 300);
	}

	// On the way from the link to the card nothing closes.
	const leave = e => {
		if (e.relatedTarget && (card.contains(e.relatedTarget) || of && of.contains(e.relatedTarget))) return;
		clearTimeout(timer);
		timer = setTimeout(hide, 200);
	};
	card.addEventListener('mouseenter', () => clearTimeout(timer));
	card.addEventListener('mouseleave', leave);
	const gone = new AbortController(), until = { signal: gone.signal }; // a preview has put a newer page here
	addEventListener('debrief:patched', () => gone.abort(), until);
	doc.addEventListener('mouseout', e => { if (e.target.closest('a')) leave(e); }, until);
	doc.addEventListener('focusout', hide, until);
	doc.addEventListener('keydown', e => { if (e.key === 'Escape') hide(); }, until);
	window.debriefHover = rest;
})();
