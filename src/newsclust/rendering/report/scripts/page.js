// The page as the other scripts know it: its numbers from the JSON, its words from its own lines.
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const MINUTE = 60000;
const DAY = 24 * 60 * MINUTE;

const articles = data.articles.map(([language, minutes, story, confidence, copyOf, event], number) => {
  const line = byId(`a${number}`);
  return {
    number, language, story, confidence, copyOf, event, line,
    at: minutes === null ? null : minutes * MINUTE,
    title: line?.querySelector(".headline").textContent ?? "",
    origin: line?.querySelector(".origin").textContent ?? "",
    link: line?.querySelector("a.out")?.href ?? null,
  };
});

const membersOf = d3.group(articles, (article) => article.story);
const cards = [...document.querySelectorAll(".story")];
const stories = data.stories.map((row, number) => {
  const card = cards[number];
  const members = membersOf.get(number) ?? [];
  const moments = members.map((article) => article.at).filter((at) => at !== null);
  return {
    ...row, number, card, members,
    id: card.id,
    details: card.querySelector("details.inside"),
    newest: Math.max(-Infinity, ...moments),
    languages: new Set(members.map((article) => article.language)).size,
    sources: Number(card.dataset.sources),
    cohesion: Number(card.dataset.cohesion),
    keywords: [...card.querySelectorAll("[data-facet=keyword]")].map((button) => button.dataset.value),
    headline: () => card.querySelector("h3").textContent,
  };
});
const alone = membersOf.get(-1) ?? [];

const languageName = (code) => data.languages[code] ?? code;
const countOf = (number, one, many) => `${number} ${number === 1 ? one : many}`;
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const isoMinute = (at) => new Date(at).toISOString().slice(0, 16);
const momentText = (at) => dayFormat.format(at) + (at % DAY ? `, ${isoMinute(at).slice(11)}` : "");

// The languages of most articles have colours of their own, the same in every picture.
const COLOURED = 8;
const byCount = d3.sort(d3.rollups(articles, (group) => group.length, (article) => article.language), (a, b) => b[1] - a[1] || d3.ascending(a[0], b[0]));
const colourOf = new Map(byCount.slice(0, COLOURED).map(([code], place) => [code, place]));
const colourClass = (code) => `c${colourOf.get(code) ?? "-rest"}`;

function setAttributes(made, attributes) {
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  return made;
}

function element(name, attributes = {}, ...content) {
  const made = setAttributes(document.createElement(name), attributes);
  made.append(...content);
  return made;
}

function drawn(name, attributes = {}, ...content) {
  const made = setAttributes(document.createElementNS("http://www.w3.org/2000/svg", name), attributes);
  made.append(...content);
  return made;
}

// A text of a known or unknown language.
const inLanguage = (code) => ({ dir: "auto", lang: code === "und" ? null : code });

// What was done, for the eye and for a screen reader.
let saying;
function say(text) {
  byId("said").textContent = text;
  byId("said").hidden = false;
  clearTimeout(saying);
  saying = setTimeout(() => (byId("said").hidden = true), 2500);
}

// Draw into `holder` now, and again whenever its width changes.
function keepDrawn(holder, draw) {
  let width = 0;
  const redraw = () => {
    const now = Math.floor(holder.clientWidth);
    if (now < 40 || now === width) return;
    width = now;
    holder.replaceChildren(...[draw(now)].flat());
  };
  redraw();
  new ResizeObserver(redraw).observe(holder);
}
