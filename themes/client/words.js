// Splits what is typed as generator/render/search/words.go splits what is
// read; testdata/words.json there holds both to the same cases.

const units = {
	s: 's', sec: 's', second: 's', seconds: 's',
	min: 'min', mins: 'min', minute: 'min', minutes: 'min',
	h: 'h', hr: 'h', hrs: 'h', hour: 'h', hours: 'h',
	ms: 'ms', millisecond: 'ms', milliseconds: 'ms',
	d: 'd', day: 'd', days: 'd', week: 'wk', weeks: 'wk',
	percent: '%', points: 'pp', point: 'pp', pp: 'pp',
	million: 'm', billion: 'bn', k: 'k', kb: 'kb', mb: 'mb', gb: 'gb', tb: 'tb',
	x: 'x', times: 'x',
};

const token = /(\p{N}+(?:[.,:]\p{N}+)*)(%|\p{L}[\p{L}\p{N}]*)?|([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|\p{L}[\p{L}\p{N}]*)/gu;

const folded = text => text.normalize('NFKD').toLowerCase().replace(/[\p{Mn}\u00ad]/gu, '').replaceAll('ς', 'σ').normalize('NFC');

// Tokens of a text in order: a figure, a word, or a figure with what is
// written onto it. A word behind a hyphen knows the one before it.
function tokens(text) {
	text = folded(text);
	let before = '', end = -2;
	return Array.from(text.matchAll(token), m => {
		const [all, figure, onto, word] = m;
		const hyphened = word && before && m.index === end + 1 && text[end] === '-' ? before : '';
		before = word || '';
		end = m.index + all.length;
		return { figure: figure && figure.replaceAll(',', ''), word: onto || word, hyphened };
	});
}

const unitOf = word => Object.hasOwn(units, word) ? units[word] : '';

// Indexed are the words that a text is found by.
export function indexed(text) {
	const out = [];
	let number = '';
	for (const { figure, word, hyphened } of tokens(text)) {
		if (hyphened) out.push(hyphened + word);
		if (figure) out.push(figure);
		if (figure && word) out.push(figure + (unitOf(word) || word));
		else if (word && number && unitOf(word)) out.push(number + unitOf(word), word);
		else if (word) out.push(word);
		number = word ? '' : figure;
	}
	return out;
}

// Typed are the words that a page must hold to be a hit: of a figure with its
// unit only both together.
export function typed(text) {
	const out = [];
	let number = '';
	for (const { figure, word } of tokens(text)) {
		if (!figure && number && unitOf(word)) out.push(number + unitOf(word));
		else {
			if (number) out.push(number);
			if (word) out.push(figure ? figure + (unitOf(word) || word) : word);
		}
		number = word ? '' : figure;
	}
	if (number) out.push(number);
	return out;
}
