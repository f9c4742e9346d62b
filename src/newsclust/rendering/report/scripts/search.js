// Search in whole texts. A term is a word, or a phrase in quotes; letters match without their marks.
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/gu;
const folded = (text) => text.normalize("NFKD").replace(MARKS, "").toLowerCase().replaceAll("ı", "i").replace(/\s/g, " ");

// The terms of what was typed; an open quote ends with the line.
function termsOf(typed) {
  const found = typed.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)/g);
  const terms = Array.from(found, ([, phrase, word]) => folded(phrase ?? word).replace(/ +/g, " ").trim());
  return [...new Set(terms.filter(Boolean))];
}

// A text as it is searched, and the place in the text of each letter there.
function foldedWithPlaces(text) {
  let plain = "";
  const places = [];
  let place = 0;
  for (const letter of text) {
    const now = folded(letter);
    for (let n = 0; n < now.length; n++) places.push(place);
    plain += now;
    place += letter.length;
  }
  places.push(place);
  return { plain, places };
}

// Where terms stand in a text: pairs of start and end, in the order of the text.
function hitsIn(text, terms) {
  const { plain, places } = foldedWithPlaces(text);
  const hits = [];
  for (const term of terms) {
    for (let at = plain.indexOf(term); at >= 0; at = plain.indexOf(term, at + term.length)) {
      hits.push([places[at], places[at + term.length]]);
    }
  }
  return hits.sort((a, b) => a[0] - b[0]);
}

let texts = articles.map(() => "");
let searched = null;

// What the search reads of each article, made when it is first needed.
function searchedTexts() {
  searched ??= articles.map((article) => folded([article.title, article.origin, texts[article.number]].join("\n")));
  return searched;
}

const storyWords = stories.map((story) => folded([...story.card.querySelectorAll("h3, .keywords, h5 bdi")].map((part) => part.textContent).join("\n")));

// Whole texts come gzipped; a browser that cannot unpack them searches headlines and sources.
async function unpackTexts() {
  if (!("DecompressionStream" in globalThis)) return;
  const bytes = Uint8Array.from(atob(byId("texts").textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  texts = JSON.parse(await new Response(stream).text());
  searched = null;
}

const articleHas = (article, term) => searchedTexts()[article.number].includes(term);
const storyHas = (story, term) => storyWords[story.number].includes(term) || story.members.some((article) => articleHas(article, term));

const AROUND = 90;

// The first place in a story's texts where a term stands that its card does not show: around it, and whose text it is.
function snippetFor(story, terms) {
  const shown = folded(story.card.querySelector("h3").textContent + story.card.querySelector(".lead").textContent);
  const term = terms.find((one) => !shown.includes(one));
  for (const article of term ? story.members.filter((member) => articleHas(member, term)) : []) {
    const text = texts[article.number].replace(/\s+/g, " ");
    const [hit] = hitsIn(text, [term]);
    if (hit) return { article, text: around(text, hit) };
  }
  return null;
}

function around(text, hit) {
  const from = Math.max(0, hit[0] - AROUND);
  const to = Math.min(text.length, hit[1] + AROUND);
  return `${from ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`;
}
