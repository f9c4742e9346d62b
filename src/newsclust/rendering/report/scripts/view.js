// The view: what is asked for, in the address, so that it can be sent; and the stories and articles that fit.
const FIELDS = { q: "search", sort: "sort", headlines: "headlines", min: "min", from: "from", to: "to" };
const PICKABLE = new Set(facetName.keys());
const EMPTY = { q: "", sort: "size", headlines: ORIGINAL, min: "", from: "", to: "", story: "", picked: [] };
const HOME = () => ({ ...EMPTY, headlines: firstLanguage() });
let view = EMPTY;

function addressOf(asked) {
  const pairs = Object.keys(FIELDS).filter((name) => asked[name] && asked[name] !== EMPTY[name]).map((name) => [name, asked[name]]);
  if (asked.story) pairs.push(["story", asked.story]);
  return `#${new URLSearchParams([...pairs, ...asked.picked])}`;
}

const MOMENTS = { date: /^\d{4}-\d\d-\d\d$/, "datetime-local": /^\d{4}-\d\d-\d\dT\d\d:\d\d$/ };

// Whether a field can hold what an address says of it.
function holds(name, value) {
  if (name === "min") return /^\d{1,6}$/.test(value);
  return !["from", "to"].includes(name) || MOMENTS[byId(name).type].test(value);
}

// The view that an address names; one without a view in it names none.
function viewOf(hash) {
  if (!hash.includes("=")) return null;
  const asked = { ...EMPTY, picked: [] };
  for (const [name, value] of new URLSearchParams(hash.slice(1))) {
    if (PICKABLE.has(name)) asked.picked.push([name, value]);
    else if (Object.hasOwn(EMPTY, name) && name !== "picked" && holds(name, value)) asked[name] = value;
  }
  return asked;
}

// Moments compare as text, so that a day, a month or a minute are asked for in the same way.
const inTime = (article, { from, to }) => {
  if (!from && !to) return true;
  if (article.at === null) return false;
  const at = isoMinute(article.at);
  return (!from || at >= from) && (!to || at.slice(0, to.length) <= to);
};

// A story fits when it has all that is picked and all terms, and a member within the time.
function storyFits(story, asked, terms) {
  return story.members.length >= Number(asked.min)
    && story.members.some((article) => inTime(article, asked))
    && asked.picked.every((picked) => storyHasValue(story, picked))
    && terms.every((term) => storyHas(story, term));
}

const aloneFits = (article, asked, terms) => Number(asked.min) <= 1 && inTime(article, asked)
  && asked.picked.every((picked) => articleHasValue(article, picked)) && terms.every((term) => articleHas(article, term));

const ORDERS = {
  size: (story) => -story.members.length,
  newest: (story) => -story.newest,
  languages: (story) => -story.languages,
  sources: (story) => -story.sources,
  cohesion: (story) => -story.cohesion,
};

let allAlone = false;
let shownStories = [];
let redrawOverview = () => {};
const FIRST_ALONE = 30;

function apply() {
  const terms = termsOf(view.q);
  showHeadlines(view.headlines);
  const order = Object.hasOwn(ORDERS, view.sort) ? ORDERS[view.sort] : ORDERS.size;
  const fitting = stories.filter((story) => storyFits(story, view, terms));
  const shown = d3.sort(fitting, order, (story) => story.number);
  for (const story of stories) story.card.hidden = true;
  shown.forEach((story, place) => {
    story.card.hidden = false;
    showSnippet(story, place < MOST_MARKED ? terms : []);
  });
  byId("cards").append(...shown.map((story) => story.card));
  const single = alone.filter((article) => aloneFits(article, view, terms));
  showAlone(single);
  drawFacets(shown, single);
  shownStories = shown;
  redrawOverview();
  tell(shown.length, single.length);
  markHits(terms);
}

function showSnippet(story, terms) {
  const part = story.card.querySelector(".snippet");
  const snippet = terms.length ? snippetFor(story, terms) : null;
  part.hidden = !snippet;
  if (!snippet) return;
  part.replaceChildren(element("bdi", { class: "soft" }, `${snippet.article.origin}: `), snippet.text);
  if (snippet.article.language !== "und") part.lang = snippet.article.language;
}

const aloneLines = [...(byId("alone")?.children ?? [])];

// The nearest first, and no more than a screen or two of them unless asked for.
function showAlone(single) {
  const fits = new Set(single.map((article) => article.line));
  const fitting = aloneLines.filter((line) => fits.has(line));
  const shown = new Set(allAlone ? fitting : fitting.slice(0, FIRST_ALONE));
  for (const line of aloneLines) line.hidden = !shown.has(line);
  const more = byId("more-alone");
  if (!more) return;
  more.hidden = shown.size === fitting.length;
  more.textContent = `Show all ${fitting.length}`;
}

function showAllAlone() {
  allAlone = true;
  apply();
}

// The line above the list: how much is shown, and by what it is filtered.
function tell(shown, single) {
  const filtered = Object.keys(EMPTY).some((name) => !["sort", "headlines", "story", "picked"].includes(name) && view[name]) || view.picked.length;
  byId("reset").hidden = !filtered;
  byId("shown").textContent = filtered
    ? `${shown} of ${countOf(stories.length, "story", "stories")}${alone.length ? `, ${single} of ${alone.length} unclustered` : ""}`
    : countOf(stories.length, "story", "stories");
  const chips = view.picked.map(([facet, value]) => element("li", {}, element("button", { type: "button", "data-facet": facet, "data-value": value, "aria-pressed": "true" }, element("bdi", {}, valueName(facet, value)), " ×")));
  byId("picked").replaceChildren(...chips);
  for (const part of document.querySelectorAll(".keywords button, .badge")) {
    part.setAttribute("aria-pressed", view.picked.some(([facet, value]) => facet === part.dataset.facet && value === part.dataset.value));
  }
}

function show(wanted) {
  view = wanted;
  for (const [name, id] of Object.entries(FIELDS)) if (byId(id).value !== view[name]) byId(id).value = view[name];
  apply();
}

// What the fields say, which may be more than the view has heard of.
const fieldValues = () => Object.fromEntries(Object.entries(FIELDS).map(([name, id]) => [name, byId(id).value]));

const keepInAddress = () => history.replaceState(null, "", addressOf(view));

function change(wanted) {
  show({ ...view, ...wanted });
  keepInAddress();
}

function togglePicked(facet, value) {
  const without = view.picked.filter(([f, v]) => f !== facet || v !== value);
  change({ picked: without.length < view.picked.length ? without : [...without, [facet, value]] });
}

// A bar's moments; a click on the one that is asked for takes it back.
function pickTime(start, end) {
  const length = start % DAY || end % DAY || byId("from").type !== "date" ? 16 : 10;
  const [from, to] = [start, end - MINUTE].map((at) => isoMinute(at).slice(0, length));
  change(view.from === from && view.to === to ? { from: "", to: "" } : { from, to });
}

const clearFilters = () => change({ ...EMPTY, sort: view.sort, headlines: view.headlines });
