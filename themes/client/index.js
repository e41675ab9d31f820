// The index of all pages and their texts, as generator/render/search writes
// them: scripts that call debriefSearch.index and debriefSearch.texts, because
// a page opened from a disk may load a script and nothing else.
import MiniSearch from 'minisearch';
import { typed } from './words.js';

const fields = ['title', 'headings', 'text'];

// Weights prefer where a thing happened and is told to what only lists it.
const weights = { Incident: 2, Story: 1.4, Playbook: 1.2, Overview: .6, Tag: .4 };

// Waiting are those who asked for a file that has not come yet.
const waiting = new Map();
const arrived = (name, value) => waiting.get(name)?.resolve(value);

export const receive = {
	index: data => arrived('index', data),
	texts: ({ n, texts }) => arrived('texts-' + n, texts),
};

// fetched loads a file once; base is where this script lies.
function fetched(base, name) {
	if (!waiting.has(name)) {
		const file = {};
		file.promise = new Promise((resolve, reject) => Object.assign(file, { resolve, reject }));
		waiting.set(name, file);
		const script = document.createElement('script');
		script.src = new URL('search-' + name + '.js', base);
		script.onerror = () => {
			waiting.delete(name);
			file.reject(new Error('search-' + name + '.js cannot be loaded'));
		};
		document.head.append(script);
	}
	return waiting.get(name).promise;
}

// Opened returns the index, ready to be asked.
export async function opened(base) {
	const data = await fetched(base, 'index');
	const pages = data.pages.map(([file, title, kind, trail, principles]) => ({
		file, title, kind: data.kinds[kind], trail: data.trails[trail], principles: principles.map(p => data.principles[p]),
	}));
	const mini = await MiniSearch.loadJSAsync(unpacked(data), { fields, processTerm: word => word });
	return {
		kinds: data.kinds.filter(Boolean).sort(),
		principles: data.principles,
		// Found are pages, best first, each with the words of it that answer; all
		// says whether they answer every word of the query. No word finds all.
		found(query, keep) {
			const words = typed(query);
			const options = {
				tokenize: () => words,
				boost: { title: 5, headings: 2 },
				prefix: (word, i) => i === words.length - 1 || word.length > 3,
				fuzzy: word => word.length > 3 && !/\p{N}/u.test(word) && .2,
				weights: { prefix: .6, fuzzy: .2 },
				combineWith: 'AND',
				boostDocument: id => weights[pages[id].kind] || 1,
				filter: hit => keep(pages[hit.id]),
			};
			if (!words.length) return { all: true, hits: Array.from(pages, (page, id) => ({ page, id, terms: [] })).filter(hit => keep(hit.page)) };
			let hits = mini.search(query, options), all = true;
			if (!hits.length && words.length > 1) {
				hits = mini.search(query, { ...options, combineWith: 'OR' });
				all = false;
			}
			return { all, hits: hits.map(hit => ({ page: pages[hit.id], id: hit.id, terms: hit.terms })) };
		},
		// Parts are a page's texts by heading: [id, heading, text].
		parts: id => fetched(base, 'texts-' + Math.floor(id / data.perTexts)).then(texts => texts[id % data.perTexts]),
	};
}

// Unpacked is the index as MiniSearch keeps it between sessions.
function unpacked({ pages, lengths, words, where }) {
	const index = words.map((word, i) => {
		const list = where[i], by = {};
		for (let at = 0; at < list.length;) {
			const counts = by[list[at++]] = {};
			let page = 0;
			for (let n = list[at++]; n > 0; n--) {
				const step = list[at++];
				page += step < 0 ? -step - 1 : step;
				counts[page] = step < 0 ? list[at++] : 1;
			}
		}
		return [word, by];
	});
	const each = value => Object.fromEntries(pages.map((_, i) => [i, value(i)]));
	return {
		index, serializationVersion: 2, dirtCount: 0, documentCount: pages.length, nextId: pages.length,
		documentIds: each(i => i), storedFields: {},
		fieldIds: Object.fromEntries(fields.map((name, i) => [name, i])),
		fieldLength: each(i => Object.fromEntries(lengths[i].map((n, field) => [field, n]))),
		averageFieldLength: fields.map((_, field) => lengths.reduce((sum, l) => sum + l[field], 0) / (pages.length || 1)),
	};
}
