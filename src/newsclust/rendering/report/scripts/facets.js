// Facets: what stories and articles can be filtered by with a click, each value with a bar and a count.
const OF_ARTICLES = { language: (article) => article.language, source: (article) => article.origin };
const facetLists = [...document.querySelectorAll("[data-facet-list]")];
const facetName = new Map(facetLists.map((list) => [list.dataset.facetList, list.querySelector("h2").textContent]));
const shownNames = new Map(Array.from(document.querySelectorAll(".keywords [data-facet]"), (one) => [`${one.dataset.facet} ${one.dataset.value}`, one.textContent]));
const valueName = (facet, value) => (facet === "language" ? languageName(value) : shownNames.get(`${facet} ${value}`) ?? value);

// The values of a story for the facets that belong to stories: those of its buttons.
const storyValues = stories.map(({ card }) =>
  d3.rollup([...card.querySelectorAll("[data-facet]")], (buttons) => new Set(buttons.map((one) => one.dataset.value)), (one) => one.dataset.facet),
);

const articleHasValue = (article, [facet, value]) => OF_ARTICLES[facet]?.(article) === value;
const storyHasValue = (story, picked) => picked[0] in OF_ARTICLES
  ? story.members.some((article) => articleHasValue(article, picked))
  : storyValues[story.number].get(picked[0])?.has(picked[1]) ?? false;

const FEW = 8;
const unfoldedFacets = new Set();

// How many there are of each value among what is shown: articles for languages and sources, stories else.
function countsOf(facet, shownStories, shownAlone) {
  const values = facet in OF_ARTICLES
    ? [...shownStories.flatMap((story) => story.members), ...shownAlone].map(OF_ARTICLES[facet])
    : shownStories.flatMap((story) => [...(storyValues[story.number].get(facet) ?? [])]);
  return d3.sort(d3.rollups(values, (group) => group.length, (value) => value), (a, b) => b[1] - a[1] || d3.ascending(a[0], b[0]));
}

function facetRow(facet, value, count, most) {
  const pressed = view.picked.some(([f, v]) => f === facet && v === value);
  const colour = facet === "language" ? colourClass(value) : "";
  const bar = drawn("svg", { class: `share ${colour}`, viewBox: "0 0 100 1", preserveAspectRatio: "none", "aria-hidden": "true" }, drawn("rect", { width: (100 * count) / most, height: 1 }));
  return element("li", {}, element("button", { type: "button", "data-facet": facet, "data-value": value, "aria-pressed": pressed }, element("bdi", {}, valueName(facet, value)), element("span", { class: "number" }, String(count)), bar));
}

function drawFacets(shownStories, shownAlone) {
  const { facet: last, value: lastValue } = document.activeElement?.closest("[data-facet-list] button")?.dataset ?? {};
  for (const list of facetLists) {
    const facet = list.dataset.facetList;
    const counts = countsOf(facet, shownStories, shownAlone);
    list.hidden = !counts.length;
    const shown = unfoldedFacets.has(facet) ? counts : counts.slice(0, FEW);
    const rows = element("ul", {}, ...shown.map(([value, count]) => facetRow(facet, value, count, counts[0][1])));
    list.replaceChildren(list.querySelector("h2"), rows);
    if (counts.length <= FEW) continue;
    const open = unfoldedFacets.has(facet);
    list.append(button(open ? "Fewer" : `${counts.length - FEW} more`, () => {
      unfoldedFacets[open ? "delete" : "add"](facet);
      drawFacets(shownStories, shownAlone);
    }));
  }
  // Who walks with the keyboard stays where they were.
  const again = (one) => one.dataset.facet === last && one.dataset.value === lastValue;
  if (last) [...document.querySelectorAll("[data-facet-list] button")].find(again)?.focus({ preventScroll: true });
}
