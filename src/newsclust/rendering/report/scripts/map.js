// The map: a list of articles to a screen reader, walked with the arrow keys.
const MAP_MARGIN = 14;
const MANY = 300;
const tooltip = byId("tooltip");
let chosenDot = -1;

function showTooltip(article, dot) {
  const story = article.story < 0 ? "Unclustered" : null;
  const facts = [story, languageName(article.language), article.day && dayText(article.day), article.origin].filter(Boolean);
  tooltip.replaceChildren(
    element("strong", { dir: "auto" }, article.title.length > 160 ? `${article.title.slice(0, 160)}…` : article.title),
    element("span", {}, facts.join(" · ")),
  );
  tooltip.hidden = false;
  const at = dot.getBoundingClientRect();
  const box = tooltip.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left + at.width / 2 - box.width / 2, document.documentElement.clientWidth - box.width - 8));
  const above = at.top - box.height - 8;
  tooltip.style.left = `${left}px`;
  tooltip.style.top = `${above > 4 ? above : at.bottom + 8}px`;
}

const hideTooltip = () => (tooltip.hidden = true);

function mapDrawing(width) {
  const height = Math.min(width, articles.length > MANY ? 520 : 340);
  const inner = Math.min(width, height) / 2 - MAP_MARGIN;
  const radius = Math.max(1.6, Math.min(7, 0.46 * data.spacing * inner));
  const alone = (article) => article.story < 0;
  const svg = drawing(
    {
      width,
      height,
      margin: MAP_MARGIN,
      x: { axis: null, domain: [-width / height, width / height].map((edge) => (width > height ? edge : Math.sign(edge))) },
      y: { axis: null, domain: [-1, 1] },
      marks: [
        Plot.dot(articles, {
          x: "x",
          y: "y",
          r: (article) => (alone(article) ? radius * 0.85 : radius),
          sort: null,
          fill: (article) => (alone(article) ? "var(--card)" : storyColour(article.story)),
          stroke: (article) => (alone(article) ? "var(--alone)" : "var(--card)"),
          strokeWidth: Math.min(1.2, radius / 4),
          ariaLabel: (article) => `${article.title}, ${languageName(article.language)}`,
        }),
      ],
      r: { type: "identity" },
      color: { type: "identity" },
    },
    "Map of articles: alike ones lie close",
  );
  return asListbox(svg);
}

function asListbox(svg) {
  svg.setAttribute("role", "listbox");
  svg.setAttribute("tabindex", "0");
  const dots = [...svg.querySelectorAll("circle")];
  for (let group = dots[0]?.parentNode; group && group !== svg; group = group.parentNode) {
    group.setAttribute("role", "presentation");
  }
  dots.forEach((dot, place) => {
    dot.setAttribute("role", "option");
    dot.setAttribute("aria-selected", "false");
    dot.id = `dot${place}`;
    dot.dataset.a = place;
  });
  const dotOf = (event) => (event.target.dataset?.a === undefined ? null : event.target);
  svg.addEventListener("pointerover", (event) => {
    const dot = dotOf(event);
    if (dot) showTooltip(articles[dot.dataset.a], dot);
  });
  svg.addEventListener("pointerout", hideTooltip);
  svg.addEventListener("click", (event) => {
    const dot = dotOf(event);
    if (dot) openArticle(Number(dot.dataset.a));
  });
  svg.addEventListener("focus", () => choose(svg, dots, Math.max(chosenDot, 0)));
  svg.addEventListener("blur", () => {
    dots[chosenDot]?.classList.remove("chosen");
    hideTooltip();
  });
  svg.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (chosenDot >= 0) openArticle(chosenDot);
    } else if (event.key === "Escape") {
      hideTooltip();
    } else {
      const next = neighbour(chosenDot, event.key);
      if (next === null) return;
      event.preventDefault();
      choose(svg, dots, next);
    }
  });
  return svg;
}

function choose(svg, dots, place) {
  dots[chosenDot]?.classList.remove("chosen");
  dots[chosenDot]?.setAttribute("aria-selected", "false");
  chosenDot = place;
  const dot = dots[place];
  dot.classList.add("chosen");
  dot.setAttribute("aria-selected", "true");
  svg.setAttribute("aria-activedescendant", dot.id);
  showTooltip(articles[place], dot);
}

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// The nearest article within 45 degrees of the direction of the key; Home and End are the first and the last.
function neighbour(from, key) {
  if (key === "Home") return 0;
  if (key === "End") return articles.length - 1;
  const direction = DIRECTIONS[key];
  if (!direction) return null;
  const here = articles[Math.max(from, 0)];
  const near = articles.filter((there) => {
    const along = (there.x - here.x) * direction[0] + (there.y - here.y) * direction[1];
    const aside = Math.abs((there.x - here.x) * direction[1]) + Math.abs((there.y - here.y) * direction[0]);
    return along > 0 && aside <= along;
  });
  return (d3.least(near, (there) => Math.hypot(there.x - here.x, there.y - here.y)) ?? here).number;
}

// Dots of other stories step back while a story is open, or filtered out.
function markOnMap(isShown) {
  for (const dot of document.querySelectorAll("#map-chart circle")) {
    dot.classList.toggle("back", !isShown(articles[dot.dataset.a]));
  }
}

function drawMap(holder) {
  keepDrawn(holder, mapDrawing);
}
