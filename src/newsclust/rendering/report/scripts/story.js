// What is drawn inside a story, once it is opened.
function drawStory(details) {
  if (details.dataset.drawn) return;
  details.dataset.drawn = "yes";
  const story = Number(details.dataset.story);
  const timeline = details.querySelector("[data-chart=timeline]");
  if (timeline) drawTimeline(timeline, story);
  const heat = details.querySelector("[data-chart=heat]");
  if (heat) drawHeat(heat, data.stories[story]);
}

function drawTimeline(holder, story) {
  const members = articles.filter((article) => article.story === story && article.moment !== null);
  const events = data.stories[story].events;
  const dots = members.map((article) => ({ article, at: new Date(article.moment), event: String(article.event + 1) }));
  const [first, last] = d3.extent(dots, (dot) => dot.at);
  const room = Math.max((last - first) * 0.04, 6 * 3600e3);
  const rows = [...new Set(dots.map((dot) => dot.event))].sort((a, b) => a - b);
  const several = events.length > 1;
  const label = `Time line: ${countOf(dots.length, "dated article", "dated articles")} in ${countOf(rows.length, "event", "events")}, ${dayFormat.format(first)} to ${dayFormat.format(last)}`;
  keepDrawn(holder, (width) => {
    const radius = 4.5;
    const span = width - 50;
    // How many dots fall together decides how high a row must be.
    const together = d3.max(
      d3.rollups(dots, (group) => group.length, (dot) => `${dot.event} ${Math.round(((dot.at - first) / (last - first + 2 * room)) * (span / (2 * radius)))}`),
      (entry) => entry[1],
    );
    const row = Math.min(90, 20 + together * 2 * radius);
    return drawing(
      {
        width,
        height: rows.length * row + 28,
        marginLeft: several ? 26 : 8,
        marginRight: 16,
        marginTop: 4,
        marginBottom: 24,
        x: { type: "utc", domain: [+first - room, +last + room], label: null, ticks: Math.max(2, Math.floor(width / 110)), tickSize: 4 },
        y: { axis: null },
        fy: { domain: rows, label: null, axis: several ? "left" : null, tickSize: 0, padding: 0.1 },
        marks: [
          Plot.ruleY([0], { stroke: "var(--line)" }),
          Plot.dot(
            dots,
            Plot.dodgeY({
              x: "at",
              fy: "event",
              r: radius,
              anchor: "middle",
              padding: 1,
              fill: storyColour(story),
              title: (dot) => `${dot.article.title}\n${languageName(dot.article.language)}, ${dayFormat.format(dot.at)}`,
            }),
          ),
        ],
      },
      label,
    );
  });
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
    const name = element("a", { href: `#a${number}`, "data-open": number, dir: "auto", title: article.title }, article.title);
    const line = element("tr", {}, element("th", { scope: "row" }, element("span", { class: "place" }, String(row + 1)), element("span", { class: "code" }, article.language), name));
    story.rows.forEach((_, column) => line.append(row === column ? element("td", { class: "self" }, "·") : heatCell(probability(row, column))));
    body.append(line);
  });
  table.append(body);
  // Focusable, as it scrolls sideways where it is wider than the page.
  holder.setAttribute("tabindex", "0");
  holder.setAttribute("role", "region");
  holder.setAttribute("aria-label", "Pairs of articles");
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
