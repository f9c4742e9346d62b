// Headlines and leads in the reader's language, where the story has one in it.
const REMEMBERED = "newsclust-headlines";
const ORIGINAL = "original";

const toldIn = stories.map(({ card }) => {
  const told = new Map();
  for (const entry of card.querySelectorAll(".headlines > div")) {
    const [headline, lead] = [...entry.querySelectorAll("dd span")].map((part) => part.textContent);
    told.set(entry.dataset.language, { language: entry.dataset.language, headline, lead });
  }
  const title = card.querySelector("h3");
  const own = { language: title.lang || "und", headline: title.textContent, lead: card.querySelector(".lead").textContent };
  return { told, own };
});

function showHeadlines(language) {
  stories.forEach(({ card, number }) => {
    const { told, own } = toldIn[number];
    const { language: code, headline, lead } = told.get(language) ?? own;
    const title = card.querySelector("h3");
    title.querySelector("a").textContent = headline;
    card.querySelector(".lead").textContent = lead;
    for (const part of [title, card.querySelector(".lead")]) {
      if (code === "und") part.removeAttribute("lang");
      else part.lang = code;
    }
  });
}

// A page may be opened where nothing can be remembered.
function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function remember(language) {
  try {
    localStorage.setItem(REMEMBERED, language);
  } catch {
    // Then it is asked for again.
  }
}

function fillHeadlineMenu() {
  const codes = stories.flatMap(({ number }) => [...new Set([...toldIn[number].told.keys(), toldIn[number].own.language])]);
  const counts = d3.sort(d3.rollups(codes.filter((code) => code !== "und"), (group) => group.length, (code) => code), (a, b) => b[1] - a[1] || d3.ascending(a[0], b[0]));
  for (const [code, count] of counts) byId("headlines").append(element("option", { value: code }, `${languageName(code)} (${count})`));
}

// What was chosen before, else what the browser is set to, else as written.
function firstLanguage() {
  const offered = new Set([...byId("headlines").options].map((option) => option.value));
  const wished = [remembered(), ...navigator.languages.map((tag) => tag.split("-")[0])];
  return wished.find((code) => offered.has(code)) ?? ORIGINAL;
}
