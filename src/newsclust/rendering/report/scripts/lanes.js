// Pictures of time. One scale and one kind of lane serve the overview, the spark lines and the time line of a story.
const svgOf = (width, height, attributes, ...content) => drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}`, ...attributes }, ...content);

const RADIUS = 3;
const EDGE = 10;
const LEAST_SPAN = 10 * MINUTE;

// From the first to the last moment, with room for a dot on either side; null where no moment is known.
function timeScale(shown, width) {
  const [first, last] = d3.extent(shown.map((article) => article.at).filter((at) => at !== null));
  if (first === undefined) return null;
  const room = Math.max(0, LEAST_SPAN - (last - first)) / 2;
  return d3.scaleUtc().domain([first - room, last + room]).range([EDGE, width - EDGE]);
}

// A tick's own part of its moment: the time within a day, the day within a month or two, else the month or the year.
function tickText(tick, step) {
  if (step < DAY && (tick.getUTCHours() || tick.getUTCMinutes())) return d3.utcFormat("%H:%M")(tick);
  if (step < 28 * DAY) return d3.utcFormat("%-d %b")(tick);
  return d3.utcFormat(step < 360 * DAY && tick.getUTCMonth() ? "%b" : "%Y")(tick);
}

function axis(scale, width) {
  const ticks = scale.ticks(Math.max(2, Math.floor(width / 90)));
  const format = (tick) => tickText(tick, ticks.length > 1 ? ticks[1] - ticks[0] : DAY);
  const marks = ticks.map((tick) => {
    const x = Math.max(18, Math.min(width - 18, scale(tick)));
    return drawn("text", { x, y: 12, "text-anchor": "middle" }, format(tick));
  });
  return svgOf(width, 16, { class: "axis", "aria-hidden": "true" }, ...marks);
}

// Articles that fall on one spot are one dot, the larger the more there are, in the colour of their commonest language.
function lane(shown, scale, width, height) {
  const spot = 2 * RADIUS;
  const spots = d3.group(shown.filter((article) => article.at !== null), (article) => Math.round(scale(article.at) / spot));
  const dots = [...spots].map(([place, group]) => {
    const [language] = d3.greatest(d3.rollups(group, (part) => part.length, (article) => article.language), (entry) => entry[1]);
    const r = Math.min(height / 2 - 1, RADIUS * Math.sqrt(group.length));
    return drawn("circle", { cx: place * spot, cy: height / 2, r: r.toFixed(1), class: colourClass(language) });
  });
  const line = drawn("line", { x1: 0, x2: width, y1: height / 2, y2: height / 2 });
  return svgOf(width, height, { "aria-hidden": "true" }, line, ...dots);
}

const BARS = 40;

// Bars of all articles by a step of time that people use; a click on one asks for its moments.
function histogram(shown, scale, width, pick) {
  const step = d3.utcTickInterval(...scale.domain(), BARS) ?? d3.utcDay;
  const counts = d3.rollups(shown, (group) => group.length, (article) => +step.floor(new Date(article.at)));
  const most = d3.max(counts, (entry) => entry[1]);
  const height = 44;
  const bars = d3.sort(counts, (entry) => entry[0]).map(([start, count]) => {
    const end = +step.offset(new Date(start), 1);
    const left = Math.max(0, scale(start));
    const tall = Math.max(2, (count / most) * height);
    const right = Math.max(left + 2, Math.min(width, scale(end)) - 1);
    const bar = drawn("rect", { x: left, width: right - left, y: height - tall, height: tall }, drawn("title", {}, `${momentText(start)}: ${countOf(count, "article", "articles")}`));
    bar.addEventListener("click", () => pick(start, end));
    return bar;
  });
  const peak = d3.greatest(counts, (entry) => entry[1]);
  const label = `Articles over time; most, ${peak[1]}, from ${momentText(peak[0])}`;
  return svgOf(width, height, { role: "img", "aria-label": label, class: "histogram" }, ...bars);
}

const dated = articles.filter((article) => article.at !== null);
const SPARK = [96, 22];

function drawSparks() {
  const scale = timeScale(dated, SPARK[0]);
  if (!scale) return;
  for (const { card, members } of stories) {
    card.querySelector(".spark").append(lane(members, scale, ...SPARK));
  }
}

const MOST_LANES = 12;

function laneRow(text, language, shown, scale, width, open) {
  const name = element(open ? "button" : "span", { ...inLanguage(language), class: "lane-name", type: open ? "button" : null, title: text }, text);
  if (open) name.addEventListener("click", open);
  return element("li", {}, name, lane(shown, scale, width, 16));
}

// The first of the stories that are shown, on the scale of all articles.
function drawOverview(shown, pick, open) {
  const holder = byId("lanes");
  const scale = timeScale(dated, holder.clientWidth);
  byId("times").hidden = !scale;
  if (!scale || holder.clientWidth < 40) return;
  const width = holder.clientWidth;
  byId("histogram").replaceChildren(histogram(dated, scale, width, pick));
  byId("axis").replaceChildren(axis(scale, width));
  const rows = shown.slice(0, MOST_LANES).map((story) => {
    const title = story.card.querySelector("h3");
    return laneRow(title.textContent, title.lang || "und", story.members, scale, width, () => open(story));
  });
  holder.replaceChildren(...rows);
}

const MOST_PARTS = 6;

// A story's lanes: its events, or its languages where it has one event. More than fit are one lane, so its height is bounded.
function partsOf(story) {
  const several = story.events.length > 1;
  const groups = d3.groups(story.members.filter((article) => article.at !== null), (article) => (several ? article.event : article.language));
  const parts = groups.map(([key, group]) => ({
    name: several ? `${key + 1} ${story.events[key]}` : languageName(key),
    language: several ? group[0].language : "en",
    order: several ? key : d3.min(group, (article) => article.at),
    group,
  }));
  const largest = d3.sort(parts, (part) => -part.group.length, (part) => part.order);
  const shown = d3.sort(largest.length > MOST_PARTS ? largest.slice(0, MOST_PARTS - 1) : largest, (part) => part.order);
  const rest = largest.slice(shown.length);
  if (!rest.length) return shown;
  const name = `${rest.length} more ${several ? "events" : "languages"}`;
  return [...shown, { name, language: "en", group: rest.flatMap((part) => part.group) }];
}

function drawTimeline(holder, story) {
  keepDrawn(holder, (width) => {
    const scale = timeScale(story.members, width);
    const rows = partsOf(story).map((part) => laneRow(part.name, part.language, part.group, scale, width, null));
    return [element("ol", { class: "lanes" }, ...rows), axis(scale, width)];
  });
}
