// An article with its text, opened from a list or the heat map.
const dialog = byId("article");

function openArticle(number) {
  const article = articles[number];
  const facts = [languageName(article.language), article.at !== null && momentText(article.at)].filter(Boolean);
  byId("article-meta").replaceChildren(...facts.map((fact) => element("span", {}, fact)), element("bdi", { class: "origin" }, article.origin));
  byId("article-title").textContent = article.title;
  byId("article-text").textContent = texts[number];
  for (const part of [byId("article-title"), byId("article-text")]) part.lang = article.language === "und" ? "" : article.language;
  byId("article-actions").replaceChildren(...actions(article));
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  mark("hit-inside", [byId("article-title"), byId("article-text")], termsOf(view.q));
}

function actions(article) {
  const found = [];
  if (article.link) found.push(element("a", { href: article.link, target: "_blank" }, "Read the original"));
  found.push(button("Copy citation", () => copy(citation(article), "Citation")));
  const where = article.story < 0 ? "Show among the unclustered" : "Show in its story";
  found.push(button(where, () => {
    dialog.close();
    revealArticle(article);
  }));
  if (article.story >= 0) {
    const repeated = article.copyOf >= 0 ? "repeats another member" : `belongs with probability ${article.confidence.toFixed(2)}`;
    found.push(element("span", { class: "soft" }, repeated));
  }
  return found;
}

// Bring an article's line into view, opening what holds it and clearing filters that hide it.
function revealArticle(article) {
  const { line } = article;
  if (line.hidden) showAllAlone();
  if (line.closest("[hidden]")) clearFilters();
  for (let holder = line.parentElement; holder; holder = holder.parentElement) {
    if (holder.tagName === "DETAILS") holder.open = true;
  }
  setTimeout(() => {
    line.scrollIntoView({ block: "center" });
    line.querySelector("a.headline").focus({ preventScroll: true });
    line.classList.add("found");
    setTimeout(() => line.classList.remove("found"), 2500);
  });
}

function revealStory(story) {
  if (story.card.hidden) clearFilters();
  story.details.open = true;
  story.card.scrollIntoView({ block: "start" });
  story.card.querySelector("h3 a").focus({ preventScroll: true });
}

function startDialog() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openArticle(Number(opener.dataset.open));
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
