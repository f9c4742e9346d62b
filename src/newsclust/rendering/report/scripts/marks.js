// Hits are marked where they stand, without a change to the page: as ranges of the browser's own highlights.
const MARKABLE = "h3, .lead, .keywords button, .headlines dd, .headline, .origin, .sources bdi, .snippet";

function rangesIn(root, terms) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const ranges = [];
  while (walker.nextNode()) {
    for (const [start, end] of hitsIn(walker.currentNode.data, terms)) {
      const range = new Range();
      range.setStart(walker.currentNode, start);
      range.setEnd(walker.currentNode, end);
      ranges.push(range);
    }
  }
  return ranges;
}

function mark(name, parts, terms) {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete(name);
  const ranges = terms.length ? parts.flatMap((part) => rangesIn(part, terms)) : [];
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
}

const MOST_MARKED = 100;

// What is shown of cards and single articles; the inside of a closed story is not.
function markHits(terms) {
  const shown = [...byId("cards").children, ...document.querySelectorAll("li.alone")].filter((part) => !part.hidden).slice(0, terms.length ? MOST_MARKED : 0);
  const parts = shown.flatMap((part) => [...part.querySelectorAll(MARKABLE)]);
  mark("hit", parts.filter((part) => !part.closest("details:not([open])")), terms);
}
