// What every chart shares: the data, formats, and drawing to the width there is.
const data = JSON.parse(document.getElementById("data").textContent);
const articles = data.articles.map((row, number) => {
  const [title, language, day, moment, origin, link, story, x, y, lead, confidence, copyOf, event] = row;
  return { number, title, language, day, moment, origin, link, story, x, y, lead, confidence, copyOf, event };
});
const languageName = (code) => data.languages[code] ?? code;
const byId = (id) => document.getElementById(id);
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const dayText = (day) => dayFormat.format(new Date(`${day}T00:00:00Z`));
const STORY_COLOURS = 12;
const storyColour = (story) => (story < 0 ? "var(--alone)" : `var(--c${story % STORY_COLOURS})`);
const countOf = (number, one, many) => `${number} ${number === 1 ? one : many}`;

function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

// Plot.plot with what all drawings have in common; `label` is what a screen reader says of it.
function drawing(options, label) {
  const svg = Plot.plot({
    className: "chart-drawing",
    style: { background: "none", color: "var(--text)", fontSize: "12px", fontFamily: "inherit", overflow: "visible" },
    ...options,
  });
  // Names on groups without a role say nothing; the drawing's own says it all.
  for (const group of svg.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  return svg;
}

// Draw into `holder` now, and again whenever its width changes.
function keepDrawn(holder, draw) {
  let width = 0;
  const redraw = () => {
    const now = Math.floor(holder.clientWidth);
    if (now < 40 || now === width) return;
    width = now;
    holder.replaceChildren(draw(now));
  };
  redraw();
  new ResizeObserver(redraw).observe(holder);
}

function wholeNumbers(most) {
  return Array.from(new Set(d3.ticks(0, most, Math.min(most, 3)).filter(Number.isInteger)));
}

function drawDays(holder) {
  const dated = articles.filter((article) => article.day);
  if (!dated.length) {
    holder.append(element("p", { class: "empty" }, "No article has a known date."));
    return;
  }
  const dates = dated.map((article) => new Date(`${article.day}T00:00:00Z`));
  const [first, last] = d3.extent(dates);
  const days = d3.utcDay.count(first, last) + 1;
  const step = days <= 180 ? d3.utcDay : days <= 1200 ? d3.utcWeek : d3.utcMonth;
  const named = step === d3.utcDay ? "day" : step === d3.utcWeek ? "week" : "month";
  byId("days-title").textContent = `Articles by ${named}`;
  const counts = d3.rollups(dates, (group) => group.length, (date) => +step.floor(date));
  const bars = counts.map(([start, count]) => ({ start: new Date(start), end: step.offset(new Date(start), 1), count }));
  const peak = d3.greatest(bars, (bar) => bar.count);
  const from = d3.utcDay.offset(step.floor(first), days < 5 ? -2 : 0);
  const to = step.offset(step.floor(last), days < 5 ? 3 : 1);
  const label = `Articles by ${named} from ${dayFormat.format(first)} to ${dayFormat.format(last)}; most, ${peak.count}, on ${dayFormat.format(peak.start)}`;
  keepDrawn(holder, (width) =>
    drawing(
      {
        width,
        height: 112,
        marginLeft: 28,
        marginRight: 8,
        marginTop: 10,
        marginBottom: 24,
        x: { type: "utc", domain: [from, to], label: null, ticks: Math.max(2, Math.floor(width / 90)), tickSize: 0 },
        y: { label: null, ticks: wholeNumbers(peak.count), tickFormat: "d", tickSize: 0 },
        marks: [
          Plot.gridY(wholeNumbers(peak.count), { stroke: "var(--line)", strokeOpacity: 1 }),
          Plot.rectY(bars, {
            x1: "start",
            x2: "end",
            y: "count",
            insetLeft: 0.5,
            insetRight: 0.5,
            fill: "var(--bar)",
            title: (bar) => `${dayFormat.format(bar.start)}: ${countOf(bar.count, "article", "articles")}`,
          }),
          Plot.ruleY([0], { stroke: "var(--strong-line)" }),
        ],
      },
      label,
    ),
  );
}

const MOST_LANGUAGES = 12; // The language filter counts them all.

function drawLanguages(holder) {
  const counts = d3.rollups(articles, (group) => group.length, (article) => article.language);
  const sorted = d3.sort(counts, (a, b) => b[1] - a[1] || d3.ascending(a[0], b[0]));
  const rows = sorted.slice(0, MOST_LANGUAGES).map(([code, count]) => ({ name: languageName(code), count }));
  const rest = sorted.slice(MOST_LANGUAGES);
  byId("languages-rest").hidden = !rest.length;
  byId("languages-rest").textContent = `And ${countOf(d3.sum(rest, (row) => row[1]), "article", "articles")} in ${countOf(rest.length, "language", "languages")} more.`;
  if (!rows.length) {
    holder.append(element("p", { class: "empty" }, "There is no article."));
    return;
  }
  const label = `Articles by language: ${rows.map((row) => `${row.name} ${row.count}`).join(", ")}`;
  const longest = d3.max(rows, (row) => row.name.length);
  keepDrawn(holder, (width) =>
    drawing(
      {
        width,
        height: rows.length * 20 + 8,
        marginLeft: Math.min(150, 12 + longest * 6.8),
        marginRight: 36,
        marginTop: 4,
        marginBottom: 4,
        x: { axis: null },
        y: { domain: rows.map((row) => row.name), label: null, tickSize: 0, padding: 0.28 },
        marks: [
          Plot.barX(rows, { x: "count", y: "name", fill: "var(--bar)", rx: 2 }),
          Plot.text(rows, { x: "count", y: "name", text: (row) => String(row.count), textAnchor: "start", dx: 5, fill: "var(--soft)" }),
        ],
      },
      label,
    ),
  );
}
