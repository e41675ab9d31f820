// What of a page is shown for a hit: its best parts, and in each the words
// that answer.
import { indexed } from './words.js';

const alone = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}]'; // no space parts these into words
const piece = new RegExp(`${alone}|(?:(?!${alone})[\\p{L}\\p{N}\\p{M}])+(?:[.,:]\\p{N}+)*%?`, 'gu');

// Matches are the places in a text, [from, to], where one of the terms stands:
// alone, or in two pieces, as a figure and its unit or around a hyphen. What
// touches is one place.
function matches(text, terms) {
	const out = [], known = new Map(); // texts say the same words again and again
	const stands = words => {
		if (!known.has(words)) known.set(words, indexed(words).some(word => terms.has(word)));
		return known.get(words);
	};
	let before = { to: -2 };
	for (const m of text.matchAll(piece)) {
		const here = { from: m.index, to: m.index + m[0].length, marked: true, figure: /\p{N}$/u.test(m[0]) };
		const together = here.from === before.to + 1 && !before.marked && (before.figure || text[before.to] === '-');
		const last = out[out.length - 1];
		if (stands(m[0])) {
			if (last && last[1] === here.from) last[1] = here.to;
			else out.push([here.from, here.to]);
		}
		else if (together && stands(text.slice(before.from, here.to))) out.push([before.from, here.to]);
		else here.marked = false;
		before = here;
	}
	return out;
}

const around = 60, length = 180;

// Whole moves a place out of the middle of a letter.
const whole = (text, at) => /[\udc00-\udfff]/.test(text[at] || '') ? at - 1 : at;

// Excerpt is the stretch of a text that holds most of the matches, as nodes
// with <mark>.
export function excerpt(text, places) {
	if (!text) return [];
	let best = 0, most = 0;
	places.forEach(([from], i) => {
		const n = places.filter(([f, t]) => f >= from && t <= from + length - around).length;
		if (n > most) [best, most] = [i, n];
	});
	// It begins and ends at a space, where there is one; not all scripts have them.
	const [first, last] = places[best] || [0, 0];
	let from = whole(text, Math.max(first - around, 0)), to = whole(text, Math.min(text.length, Math.max(from + length, last)));
	const before = text.indexOf(' ', from) + 1, after = text.lastIndexOf(' ', to);
	if (from && before && before <= first) from = before;
	if (to < text.length && after >= Math.max(last, from + around)) to = after;
	const nodes = [from ? '… ' : ''];
	let at = from;
	for (const [f, t] of places) {
		if (f < at || t > to) continue;
		const mark = document.createElement('mark');
		mark.textContent = text.slice(f, t);
		nodes.push(text.slice(at, f), mark);
		at = t;
	}
	nodes.push(text.slice(at, to), to < text.length ? ' …' : '');
	return nodes;
}

// Best are the n parts of a page that answer best, in the page's order. The
// part before the first heading is only taken when no other answers.
export function best(parts, terms, n) {
	const wanted = new Set(terms);
	const answering = parts.map(([id, heading, text], i) => {
		const places = matches(text, wanted), inHeading = matches(heading, wanted);
		return { i, id, heading, text, places, inHeading, score: 3 * inHeading.length + Math.min(places.length, 5) + distinct(text, places) };
	}).filter(part => part.score > 0);
	const headed = answering.filter(part => part.id);
	return (headed.length ? headed : answering).sort((a, b) => b.score - a.score || a.i - b.i).slice(0, n).sort((a, b) => a.i - b.i);
}

const distinct = (text, places) => 2 * new Set(places.map(([f, t]) => indexed(text.slice(f, t)).join(' '))).size;
