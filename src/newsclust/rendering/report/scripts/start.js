// Everything begins here.
if (byId("map-chart")) drawMap(byId("map-chart"));
drawDays(byId("days-chart"));
drawLanguages(byId("languages-chart"));
startFilters();
startDialog();
for (const story of storyElements) {
  story.addEventListener("toggle", () => {
    if (story.open) drawStory(story);
    showOnMap();
  });
}

function openNamedStory() {
  const name = new URLSearchParams(`id=${location.hash.slice(1).replaceAll("+", "%2B")}`).get("id");
  const named = byId(name ?? "");
  if (named?.matches("details.story")) named.open = true;
}
openNamedStory();
addEventListener("hashchange", openNamedStory);
addEventListener("scroll", hideTooltip, { passive: true });

// Paper has no disclosure triangles: what is shown is printed open, and closed again afterwards.
const MOST_PRINTED_OPEN = 60;
let openedForPrint = [];
addEventListener("beforeprint", () => {
  const shown = storyElements.filter((story) => !story.hidden);
  if (shown.length > MOST_PRINTED_OPEN) return;
  const folded = shown.flatMap((story) => [story, ...story.querySelectorAll("details.copies")]);
  openedForPrint = folded.filter((part) => !part.open);
  for (const part of openedForPrint) part.open = true;
  for (const story of shown) drawStory(story);
});
addEventListener("afterprint", () => {
  for (const part of openedForPrint) part.open = false;
  openedForPrint = [];
});
