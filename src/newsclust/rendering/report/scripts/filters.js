// Search and filters leave the stories and single articles that fit.
// Letters without their marks, so that "istanbul" finds "İstanbul".
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ı", "i");
const searchText = articles.map((article) => plain([article.title, article.lead, article.origin].join(" \n ")));
const storyElements = [...document.querySelectorAll("details.story")];
const storyText = storyElements.map((story) => plain([...story.querySelectorAll("h3, .keywords, .headlines dd, h5 bdi")].map((part) => part.textContent).join(" \n ")));
const aloneElements = [...document.querySelectorAll("li.alone")];
const membersOf = d3.group(articles, (article) => article.story);

function wanted() {
  const words = plain(byId("search").value).split(/\s+/).filter(Boolean);
  return { words, language: byId("language").value, from: byId("from").value, to: byId("to").value };
}

const inTime = (article, { from, to }) => (!from && !to) || (article.day !== null && (!from || article.day >= from) && (!to || article.day <= to));
const inLanguage = (article, { language }) => !language || article.language === language;

// A story fits when one member fits language and dates, and every word stands somewhere in the story.
function storyFits(number, asked) {
  const members = membersOf.get(number) ?? [];
  if (!members.some((article) => inLanguage(article, asked) && inTime(article, asked))) return false;
  return asked.words.every((word) => storyText[number].includes(word) || members.some((article) => searchText[article.number].includes(word)));
}

const aloneFits = (article, asked) => inLanguage(article, asked) && inTime(article, asked) && asked.words.every((word) => searchText[article.number].includes(word));

function applyFilters() {
  const asked = wanted();
  const shown = storyElements.map((story, number) => {
    const fits = storyFits(number, asked);
    story.hidden = !fits;
    return fits;
  });
  const single = new Map();
  for (const item of aloneElements) {
    const fits = aloneFits(articles[item.dataset.a], asked);
    item.hidden = !fits;
    single.set(Number(item.dataset.a), fits);
  }
  const stories = shown.filter(Boolean).length;
  const alone = [...single.values()].filter(Boolean).length;
  const filtered = asked.words.length || asked.language || asked.from || asked.to;
  byId("reset").hidden = !filtered;
  byId("shown").textContent = filtered
    ? `${stories} of ${countOf(storyElements.length, "story", "stories")}, ${alone} of ${aloneElements.length} unclustered`
    : storyElements.length > 1 ? "Largest first" : "";
  markShown = (article) => (article.story < 0 ? single.get(article.number) : shown[article.story]) ?? true;
  showOnMap();
}

let markShown = () => true;

// Open stories stand out on the map; with none open, what the filters leave.
function showOnMap() {
  const open = new Set(storyElements.filter((story) => story.open && !story.hidden).map((story) => Number(story.dataset.story)));
  markOnMap((article) => markShown(article) && (!open.size || open.has(article.story)));
}

function startFilters() {
  const form = byId("filters");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", applyFilters);
  form.addEventListener("reset", () => setTimeout(applyFilters));
  applyFilters();
}
