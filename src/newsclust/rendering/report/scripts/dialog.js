// An article, opened from the map, a list or the heat map.
const dialog = byId("article");

function openArticle(number) {
  const article = articles[number];
  hideTooltip();
  const facts = [languageName(article.language), article.day && dayText(article.day)].filter(Boolean);
  byId("article-meta").replaceChildren(...facts.map((fact) => element("span", {}, fact)), element("bdi", { class: "origin" }, article.origin));
  byId("article-title").textContent = article.title;
  if (article.language !== "und") byId("article-title").lang = byId("article-lead").lang = article.language;
  byId("article-lead").textContent = article.lead;
  byId("article-actions").replaceChildren(...actions(article));
  if (!dialog.open) dialog.showModal();
}

function actions(article) {
  const found = [];
  if (article.link) {
    found.push(element("a", { href: article.link, target: "_blank", rel: "noopener noreferrer nofollow" }, "Read the original"));
  }
  const where = element("button", { type: "button" }, article.story < 0 ? "Show among the unclustered" : "Show in its story");
  where.addEventListener("click", () => {
    dialog.close();
    reveal(article);
  });
  found.push(where);
  if (article.story >= 0) {
    const repeated = article.copyOf >= 0 ? "a copy of another member" : `belongs with probability ${article.confidence.toFixed(2)}`;
    found.push(element("span", { class: "soft" }, repeated));
  }
  return found;
}

// Bring an article's line into view, opening what holds it and clearing filters that hide it.
function reveal(article) {
  const line = byId(`a${article.number}`);
  if (!line) return;
  if (line.closest("[hidden]")) byId("reset").click();
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
