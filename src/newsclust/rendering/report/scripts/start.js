// Everything begins here.
const [firstMoment, lastMoment] = d3.extent(dated, (article) => article.at);
const SHORT = 3 * DAY;
if (lastMoment - firstMoment < SHORT) for (const id of ["from", "to"]) byId(id).type = "datetime-local";
if (matchMedia("(max-width: 60rem)").matches) byId("overview").open = false;

fillHeadlineMenu();
drawSparks();
startDialog();

let waiting;
byId("filters").addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("input", (event) => {
  if (!Object.values(FIELDS).includes(event.target.id)) return;
  if (event.target.id === "headlines") remember(event.target.value);
  clearTimeout(waiting);
  waiting = setTimeout(() => change(fieldValues()), event.target.id === "search" ? 120 : 0);
});
byId("reset").addEventListener("click", clearFilters);
byId("more-alone")?.addEventListener("click", showAllAlone);
document.addEventListener("click", (event) => {
  const picked = event.target.closest("[data-facet]");
  if (picked) togglePicked(picked.dataset.facet, picked.dataset.value);
});

for (const story of stories) {
  story.details.addEventListener("toggle", () => {
    if (story.details.open) drawStory(story);
    if (story.details.open) view = { ...view, story: story.id };
    else if (view.story === story.id) view = { ...view, story: "" };
    keepInAddress();
    markHits(termsOf(view.q));
  });
  story.card.querySelector("[data-unfold]").addEventListener("click", (event) => {
    event.preventDefault();
    story.details.open = !story.details.open;
  });
}

// An address names a view with a story in it, or a place of the page, or a story by its id alone.
function openAddress(otherwise) {
  const asked = viewOf(location.hash);
  if (asked ?? otherwise) show(asked ?? otherwise);
  const named = asked?.story || new URLSearchParams(`id=${location.hash.slice(1).replaceAll("+", "%2B")}`).get("id");
  const story = stories.find(({ id }) => id === named);
  if (story) revealStory(story);
}
openAddress(HOME());
addEventListener("hashchange", () => openAddress(null));
keepDrawn(byId("axis"), () => (apply(), [...byId("axis").children]));
unpackTexts().then(() => view.q && apply());
