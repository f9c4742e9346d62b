// What leaves the page: citations and addresses to the clipboard, a story as a file.
async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} copied`);
  } catch {
    prompt(`${what}, to be copied`, text); // where the browser keeps the clipboard to itself
  }
}

function citation(article) {
  const parts = [article.origin, `“${article.title}”`, article.at === null ? "" : dayFormat.format(article.at), article.link ?? ""];
  return `${parts.filter(Boolean).join(", ")}`;
}

const COLUMNS = ["story", "story_title", "event", "title", "language", "published", "url", "source", "confidence", "duplicate_of"];

// A cell that a spreadsheet would run as a formula gets a leading quote.
function csvCell(value) {
  const text = String(value ?? "");
  const safe = /^[\s\p{C}]*[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function storyAsCsv(story) {
  const rows = story.members.map((article) => [
    story.id, toldIn[story.number].own.headline, story.events[article.event], article.title, article.language,
    article.at === null ? "" : `${isoMinute(article.at)}:00Z`, article.link, article.origin, article.confidence,
    article.copyOf < 0 ? "" : articles[article.copyOf].title,
  ]);
  return [COLUMNS, ...rows].map((row) => row.map(csvCell).join(",")).join("\n") + "\n";
}

const markdownText = (text) => text.replace(/[\\`*_[\]<>#|]/g, "\\$&");

function storyAsMarkdown(story) {
  const lines = story.members.map((article) => {
    const title = markdownText(article.title);
    const named = article.link ? `[${title}](<${article.link.replaceAll(">", "%3E")}>)` : title;
    const facts = [markdownText(article.origin), languageName(article.language), article.at === null ? "" : momentText(article.at)];
    return `- ${named} – ${facts.filter(Boolean).join(", ")}`;
  });
  const lead = story.card.querySelector(".lead").textContent;
  return [`## ${markdownText(story.headline())}`, markdownText(lead), lines.join("\n")].filter(Boolean).join("\n\n") + "\n";
}

function download(name, type, text) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function button(text, act) {
  const made = element("button", { type: "button" }, text);
  made.addEventListener("click", act);
  return made;
}

function exports(story) {
  const name = story.id.replace(/[^\w-]/g, "_");
  return [
    button("Copy link", () => copy(location.href.split("#")[0] + addressOf({ ...view, story: story.id }), "Link")),
    button("Copy as Markdown", () => copy(storyAsMarkdown(story), "Story")),
    button("Save Markdown", () => download(`${name}.md`, "text/markdown", storyAsMarkdown(story))),
    button("Save CSV", () => download(`${name}.csv`, "text/csv", `\ufeff${storyAsCsv(story)}`)),
  ];
}
