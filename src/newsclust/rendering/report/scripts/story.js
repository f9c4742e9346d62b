// What is drawn inside a story once it is opened.
function drawStory(story) {
  if (story.drawn) return;
  story.drawn = true;
  const part = (name) => story.details.querySelector(name);
  part("[data-export]").append(...exports(story));
  if (part(".timeline")) drawTimeline(part(".timeline"), story);
  if (part(".near")) part(".near").append(...story.near.map((number) => nearStory(stories[number])));
  if (part(".heat")) drawHeat(part(".heat"), story);
}

function nearStory(story) {
  const title = story.card.querySelector("h3");
  const link = element("a", { href: `#${story.id}`, ...inLanguage(title.lang || "und") }, title.textContent);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    revealStory(story);
  });
  return element("li", {}, link, element("span", { class: "soft" }, ` ${story.members.length} articles`));
}

const PRINTED_NUMBERS = 14;

// A table, not a drawing: screen readers walk it cell by cell, and each row names its article.
function drawHeat(holder, story) {
  const size = story.rows.length;
  const probability = (row, column) => {
    const [a, b] = row < column ? [row, column] : [column, row];
    const place = a * size - (a * (a + 1)) / 2 + (b - a - 1);
    return Number(story.matrix.slice(2 * place, 2 * place + 2)) / 100;
  };
  const table = element("table", { class: size > PRINTED_NUMBERS ? "dense" : "" });
  table.append(element("caption", { class: "vh" }, "Probability that each pair of articles tells one story"));
  const head = element("tr", {}, element("td", {}));
  story.rows.forEach((_, column) => head.append(element("th", { scope: "col" }, String(column + 1))));
  table.append(element("thead", {}, head));
  const body = element("tbody");
  story.rows.forEach((number, row) => {
    const article = articles[number];
    const name = element("a", { href: `#a${number}`, "data-open": number, title: article.title, ...inLanguage(article.language) }, article.title);
    const line = element("tr", {}, element("th", { scope: "row" }, element("span", { class: "place" }, String(row + 1)), element("span", { class: "code" }, article.language), name));
    story.rows.forEach((_, column) => line.append(row === column ? element("td", { class: "self" }, "·") : heatCell(probability(row, column))));
    body.append(line);
  });
  table.append(body);
  // Focusable, as it scrolls sideways where it is wider than the page.
  setAttributes(holder, { tabindex: "0", role: "region", "aria-label": "Pairs of articles" });
  const readout = element("p", { class: "hint readout", "aria-hidden": "true" }, "Point at a cell to see which two articles it is about.");
  table.addEventListener("pointerover", (event) => {
    const cell = event.target.closest("td.pair");
    if (!cell) return;
    const titles = [cell.parentNode.rowIndex - 1, cell.cellIndex - 1].map((place) => articles[story.rows[place]].title);
    readout.replaceChildren(element("b", {}, cell.textContent), " ", element("bdi", {}, titles[0]), " – ", element("bdi", {}, titles[1]));
  });
  holder.append(table);
  holder.after(readout);
  new ResizeObserver(() => fitNames(holder, table, size)).observe(holder);
}

// Headlines take the room that the cells leave, within reason.
function fitNames(holder, table, size) {
  const cell = size > PRINTED_NUMBERS ? 19 : 35;
  const room = holder.clientWidth - size * cell - 4;
  table.style.setProperty("--name", `${Math.max(holder.clientWidth < 480 ? 130 : 190, Math.min(400, room))}px`);
}

function heatCell(value) {
  const text = value >= 0.99 ? ".99" : value.toFixed(2).slice(1);
  return element("td", { class: `pair v${Math.round(value * 20)}` }, element("span", {}, text));
}
