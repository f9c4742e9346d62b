"""The HTML report in a real browser. Run by `make test-browser`; pictures of it are left in out/browser."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from datetime import UTC
from urllib.parse import unquote_plus

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_reports import PICTURES, Opened, Opener, Report
from playwright.sync_api import Locator, Page, expect

from newsclust.articles import Article
from newsclust.rendering.html_data import day_text
from newsclust.rendering.html_story import sources_of
from newsclust.stories import ClusterResult, Story
from newsclust.text.display import printable

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")


def embassy_story(result: ClusterResult) -> int:
    return next(n for n, story in enumerate(result.stories) if {"id", "en", "de"} <= set(story.languages))


def shown_stories(page: Page) -> list[str]:
    return [id_ for id_ in page.locator("article.story:visible").evaluate_all("all => all.map(one => one.id)")]


def card(page: Page, story: Story) -> Locator:
    return page.locator(f"article.story[id='{story.id}']")


def unfolded(opened: Opened, number: int) -> Locator:
    found = card(opened.page, opened.result.stories[number])
    found.locator("details.inside > summary").click()
    return found


def matching(result: ClusterResult, fits: Callable[[Article], object]) -> list[str]:
    return [story.id for story in result.stories if any(fits(member.article) for member in story.members)]


def search(page: Page, text: str) -> None:
    page.get_by_role("searchbox").fill(text)
    page.wait_for_timeout(200)  # the page waits for a pause in typing


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_sample_opens_without_a_complaint_or_a_request(
    show: Opener, sample: Report, width: int, scheme: str
) -> None:
    opened = show(sample, width=width, scheme=scheme)
    expect(opened.page.locator("article.story:visible")).to_have_count(len(sample.result.stories))
    PICTURES.mkdir(parents=True, exist_ok=True)
    opened.page.screenshot(path=PICTURES / f"report-{width}-{scheme}.png")
    unfolded(opened, embassy_story(sample.result))
    opened.page.screenshot(path=PICTURES / f"report-{width}-{scheme}-story.png", full_page=True)
    # What is wider than the page would be cut off on a phone.
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["hour", "remembered"])
def test_pages_of_other_kinds_open_as_well(
    show: Opener, request: pytest.FixtureRequest, name: str, width: int, scheme: str
) -> None:
    page = show(request.getfixturevalue(name), width=width, scheme=scheme).page
    expect(page.locator("article.story h3").first).to_be_in_viewport()
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("article.story details.inside > summary").first.click()
    page.locator("#overview").evaluate("one => { one.open = true }")
    page.get_by_label("At least").fill("8" if name == "hour" else "2")  # a few of each kind tell as much as all
    page.wait_for_timeout(50)
    assert serious(page) == []


def test_what_grew_since_the_last_run_is_filtered_by_a_click(show: Opener, remembered: Report) -> None:
    page = show(remembered).page
    page.locator("[data-facet-list=change] button[data-value=grown]").click()
    expect(page.locator("article.story:visible .badge.grown").first).to_be_visible()
    assert page.locator("article.story:visible:not(:has(.badge.grown))").count() == 0
    expect(page.locator("li.added").first).to_be_attached()


def test_on_a_phone_the_first_story_is_on_the_first_screen(show: Opener, sample: Report) -> None:
    page = show(sample, width=390).page
    expect(page.locator("article.story h3").first).to_be_in_viewport()
    page.get_by_text("Overview and filters").click()
    expect(page.locator("#picture li").first).to_be_visible()


@pytest.mark.parametrize("language", ["id", "de", "zh", "ar"])
def test_a_click_on_a_language_leaves_the_stories_told_in_it(show: Opener, sample: Report, language: str) -> None:
    page = show(sample).page
    more = page.locator("[data-facet-list=language] > button")
    if more.count():
        more.click()
    page.locator(f"[data-facet-list=language] button[data-value={language}]").click()
    wanted = matching(sample.result, lambda article: article.language == language)
    assert shown_stories(page) == wanted
    assert 0 < len(wanted) < len(sample.result.stories)
    alone = [entry for entry in sample.result.unclustered if entry.article.language == language]
    expect(page.locator("li.alone:visible")).to_have_count(len(alone))
    expect(page.locator("#shown")).to_contain_text(f"{len(wanted)} of {len(sample.result.stories)}")
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator("article.story:visible")).to_have_count(len(sample.result.stories))


def test_a_click_on_a_keyword_leaves_the_stories_with_it_and_another_takes_it_back(
    show: Opener, sample: Report
) -> None:
    page = show(sample).page
    button = page.locator(".keywords button.keyword:visible").first
    word = button.get_attribute("data-value") or ""
    button.click()
    assert shown_stories(page) == [one.id for one in sample.result.stories if word in one.keywords]
    assert f"keyword={word}" in unquote_plus(page.evaluate("location.hash"))
    page.locator("#picked button").click()
    assert len(shown_stories(page)) == len(sample.result.stories)


@pytest.mark.parametrize("facet", ["country", "person", "place"])
def test_a_click_on_a_name_leaves_the_stories_that_name_it(show: Opener, sample: Report, facet: str) -> None:
    page = show(sample).page
    button = page.locator(f"[data-facet-list={facet}] li button").first
    value, count = button.get_attribute("data-value"), button.locator(".number").text_content()
    button.click()
    names = {"country": "countries", "person": "people", "place": "places"}
    wanted = [story.id for story in sample.result.stories if value in getattr(story, names[facet])]
    assert shown_stories(page) == wanted
    assert count == str(len(wanted))
    assert f"{facet}={value}" in unquote_plus(page.evaluate("location.hash"))


def test_what_is_typed_last_is_not_lost_to_another_choice(show: Opener, sample: Report) -> None:
    page = show(sample).page
    page.get_by_role("searchbox").fill("istanbul")
    page.get_by_label("Sort by").select_option("newest")
    page.wait_for_timeout(200)
    assert page.evaluate("location.hash").startswith("#q=istanbul&sort=newest")


def test_an_address_with_nonsense_in_it_shows_what_it_can(show: Opener, sample: Report) -> None:
    page = show(sample).page
    page.goto("about:blank")
    page.goto(f"{sample.path.as_uri()}#sort=constructor&min=0x&from=x&headlines=zz&picked=1&__proto__=2&q=istanbul")
    assert 0 < len(shown_stories(page)) < len(sample.result.stories)


def test_search_finds_the_istanbul_story_by_an_indonesian_word(show: Opener, sample: Report) -> None:
    page = show(sample).page
    search(page, "PERUNDINGAN")
    number = embassy_story(sample.result)
    assert sample.result.stories[number].id in shown_stories(page)
    assert len(shown_stories(page)) < len(sample.result.stories)
    search(page, "kein wort davon steht irgendwo")
    assert shown_stories(page) == []


def test_search_takes_letters_without_their_marks(show: Opener, sample: Report) -> None:
    page = show(sample).page
    search(page, "istanbul bayram")  # written İstanbul in Turkish
    assert shown_stories(page)


def late_words(article: Article) -> list[str]:
    return article.text[600:].split(" ")[5:8]


def test_search_reads_whole_texts_takes_phrases_and_marks_hits(show: Opener, sample: Report) -> None:
    page = show(sample).page
    story = max(sample.result.stories, key=lambda story: len(story.members[0].article.text))
    words = late_words(story.members[0].article)
    search(page, f'"{" ".join(words)}"')
    assert story.id in shown_stories(page)
    expect(card(page, story).locator(".snippet")).to_contain_text(" ".join(words))
    assert page.evaluate("[...CSS.highlights.get('hit')].map(String)[0]") == " ".join(words)
    search(page, f'"{" ".join(reversed(words))}"')
    assert shown_stories(page) == []
    search(page, " ".join(reversed(words)))
    assert story.id in shown_stories(page)


def test_the_date_filter_leaves_the_stories_of_those_days(show: Opener, sample: Report) -> None:
    page = show(sample).page
    page.get_by_label("From", exact=True).fill("2025-04-01")
    page.get_by_label("To", exact=True).fill("2025-04-30")
    page.wait_for_timeout(50)
    wanted = matching(
        sample.result,
        lambda a: a.published and "2025-04-01" <= a.published.astimezone(UTC).date().isoformat() <= "2025-04-30",
    )
    assert shown_stories(page) == wanted
    assert 0 < len(wanted) < len(sample.result.stories)


def test_a_click_on_a_bar_leaves_the_articles_of_its_time(show: Opener, sample: Report) -> None:
    page = show(sample).page
    page.locator(".histogram rect").first.click()
    first = min(a.published.astimezone(UTC) for a in sample.result.articles if a.published)
    assert page.get_by_label("From", exact=True).input_value() <= first.date().isoformat()
    left = shown_stories(page)
    assert set(left) <= {story.id for story in sample.result.stories}
    assert len(left) < len(sample.result.stories)


def test_the_least_size_leaves_larger_stories(show: Opener, sample: Report) -> None:
    page = show(sample).page
    least = len(sample.result.stories[0].members)
    page.get_by_label("At least").fill(str(least))
    page.wait_for_timeout(50)
    assert shown_stories(page) == [story.id for story in sample.result.stories if len(story.members) >= least]


ORDERS: dict[str, Callable[[Story], float]] = {
    "size": lambda story: -len(story.members),
    "newest": lambda story: -(story.last_seen.timestamp() if story.last_seen else -math.inf),
    "languages": lambda story: -len(story.languages),
    "sources": lambda story: -len(sources_of(story)),
    "cohesion": lambda story: -story.cohesion,
}


@pytest.mark.parametrize("order", ORDERS)
def test_stories_are_sorted_as_asked(show: Opener, sample: Report, order: str) -> None:
    page = show(sample).page
    page.get_by_label("Sort by").select_option(order)
    page.wait_for_timeout(50)
    assert shown_stories(page) == [story.id for story in sorted(sample.result.stories, key=ORDERS[order])]


def test_headlines_come_in_the_language_asked_for_and_it_is_remembered(show: Opener, sample: Report) -> None:
    page = show(sample).page
    story = sample.result.stories[embassy_story(sample.result)]
    for language in ("de", "id"):
        page.get_by_label("Headlines in").select_option(language)
        expect(card(page, story).locator("h3")).to_have_text(printable(story.headlines[language]))
        expect(card(page, story).locator("h3")).to_have_attribute("lang", language)
    page.goto("about:blank")
    page.goto(sample.path.as_uri())
    expect(card(page, story).locator("h3")).to_have_text(printable(story.headlines["id"]))
    page.get_by_label("Headlines in").select_option("original")
    expect(card(page, story).locator("h3")).to_have_text(printable(story.title))


def test_an_address_holds_the_whole_view(show: Opener, sample: Report) -> None:
    page = show(sample).page
    page.get_by_label("Headlines in").select_option("de")
    page.get_by_label("Sort by").select_option("newest")
    page.locator("[data-facet-list=language] button[data-value=de]").click()
    search(page, "istanbul")
    left = shown_stories(page)
    card(page, sample.result.stories[embassy_story(sample.result)]).locator("h3 a").click()
    address = page.evaluate("location.href")
    other = show(sample).page
    other.goto("about:blank")
    other.goto(address)
    other.wait_for_timeout(200)
    assert shown_stories(other) == left
    assert 0 < len(left) < len(sample.result.stories)
    expect(other.locator("details.inside[open]")).to_have_count(1)
    expect(other.get_by_role("searchbox")).to_have_value("istanbul")
    expect(other.get_by_label("Headlines in")).to_have_value("de")


def test_a_link_within_the_page_keeps_the_filters(show: Opener, sample: Report) -> None:
    page = show(sample).page
    search(page, "istanbul")
    left = shown_stories(page)
    page.get_by_role("navigation").get_by_role("link", name="Unclustered").click()
    page.wait_for_timeout(50)
    assert shown_stories(page) == left


def test_a_lane_leads_to_its_story(show: Opener, sample: Report) -> None:
    page = show(sample).page
    page.locator("#picture button").nth(1).click()
    opened = page.locator("article.story", has=page.locator("details.inside[open]"))
    expect(opened).to_have_attribute("id", sample.result.stories[1].id)


def test_an_article_is_opened_with_its_text_and_leads_to_its_story(show: Opener, sample: Report) -> None:
    opened = show(sample)
    page = opened.page
    number = len(sample.result.stories[0].members)  # the first member of the second story
    article = sample.result.articles[number]
    unfolded(opened, 1).locator(f"#a{number} a.headline").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(printable(article.headline))
    expect(dialog).to_contain_text(printable(article.text)[-80:])
    dialog.get_by_role("button", name="Show in its story").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(f"#a{number}")).to_be_in_viewport()


def test_a_single_article_that_is_filtered_out_is_shown_again_when_led_to(show: Opener, sample: Report) -> None:
    page = show(sample).page
    number = len(sample.result.articles) - 1
    page.locator(f"#a{number} a.headline").click()
    page.get_by_role("dialog").evaluate("one => one.querySelector('.actions')")
    page.evaluate("document.querySelector('#search').value = 'qqq'")
    page.locator("#search").evaluate("one => one.dispatchEvent(new Event('input', { bubbles: true }))")
    page.wait_for_timeout(200)
    expect(page.locator(f"#a{number}")).to_be_hidden()
    page.get_by_role("dialog").get_by_role("button", name="Show among").click()
    expect(page.locator(f"#a{number}")).to_be_in_viewport()


def test_a_citation_is_copied(show: Opener, sample: Report) -> None:
    opened = show(sample)
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    number, article = next((n, a) for n, a in enumerate(sample.result.articles) if a.url and a.published)
    opened.page.evaluate(f"document.querySelector('#a{number} a.headline').click()")
    opened.page.get_by_role("button", name="Copy citation").click()
    expect(opened.page.locator("#said")).to_have_text("Citation copied")
    copied = opened.page.evaluate("navigator.clipboard.readText()")
    assert f"“{printable(article.headline)}”" in copied
    assert article.url in copied
    assert day_text(article.published) in copied


def test_a_story_is_saved_as_csv_and_as_markdown(show: Opener, hostile: Report) -> None:
    opened = show(hostile)
    shown = unfolded(opened, 0)
    members = hostile.result.stories[0].members
    with opened.page.expect_download() as download:
        shown.get_by_role("button", name="Save CSV").click()
    header, *rows = csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig")))
    assert [row[header.index("title")].lstrip("'") for row in rows] == [printable(m.article.headline) for m in members]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    with opened.page.expect_download() as download:
        shown.get_by_role("button", name="Save Markdown").click()
    lines = [line for line in download.value.path().read_text("utf-8").splitlines() if line.startswith("- ")]
    assert len(lines) == len(members)
    assert not [line for line in lines if "<script" in line.replace("\\<", "")]


def test_a_story_is_opened_and_its_articles_reached_with_the_keyboard(show: Opener, sample: Report) -> None:
    page = show(sample).page
    page.locator("article.story h3 a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.inside[open]")).to_have_count(1)
    page.locator("details.inside[open] a.headline").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_who_walks_a_list_of_filters_with_the_keyboard_stays_in_it(show: Opener, sample: Report) -> None:
    page = show(sample).page
    page.locator("[data-facet-list=language] button[data-value=de]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.value") == "de"
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"


def test_every_story_has_a_heat_map_with_a_row_per_member_named_by_its_headline(show: Opener, sample: Report) -> None:
    opened = show(sample)
    for number, story in enumerate(sample.result.stories):
        rows = unfolded(opened, number).locator(".heat tbody tr")
        expect(rows).to_have_count(len(story.members))
        for row, member in zip(rows.all(), story.members, strict=True):
            expect(row.get_by_role("rowheader")).to_contain_text(printable(member.article.headline))
            expect(row.get_by_role("cell")).to_have_count(len(story.members))


def test_a_story_lists_its_events_articles_and_folded_copies(show: Opener, sample: Report) -> None:
    opened = show(sample)
    for number, story in enumerate(sample.result.stories):
        shown = unfolded(opened, number)
        expect(shown.locator("h5")).to_have_count(len(story.events) if len(story.events) > 1 else 0)
        copies = [member for member in story.members if member.duplicate_of]
        expect(shown.locator(".members > li")).to_have_count(len(story.members) - len(copies))
        expect(shown.locator(".copies li")).to_have_count(len(copies))


def test_a_time_line_is_no_higher_for_fifty_events_than_for_seven(show: Opener, events: Report) -> None:
    opened = show(events)
    seven, fifty = (unfolded(opened, number).locator(".timeline") for number in (1, 0))
    assert len(events.result.stories[0].events) == 50
    assert seven.bounding_box()["height"] == fifty.bounding_box()["height"]  # type: ignore[index]
    expect(fifty.locator("li").last).to_contain_text("45 more events")
    expect(fifty.locator("li").first).to_contain_text(printable(events.result.stories[0].events[0].title))


# The facts that begin a line do so where their dots are clipped.
LINE_STARTS = """() => [...document.querySelectorAll("article.story .facts")].map((row) => {
  const { left } = row.getBoundingClientRect();
  const boxes = [...row.children].filter((one) => !one.matches(".vh")).map((one) => one.getBoundingClientRect());
  const starts = boxes.filter((box, n) => !n || box.top > boxes[n - 1].top);
  return { lines: starts.length, clipped: starts.every((box) => Math.abs(box.left - left) < 1) };
})"""


def test_no_dot_between_facts_begins_or_ends_a_line(show: Opener, sample: Report) -> None:
    rows = show(sample, width=390).page.evaluate(LINE_STARTS)
    assert any(row["lines"] > 1 for row in rows)
    assert all(row["clipped"] for row in rows)


def test_near_stories_lead_to_each_other(show: Opener, hostile: Report) -> None:
    opened = show(hostile)
    link = unfolded(opened, 1).locator(".near a")
    expect(link).to_have_text(printable(hostile.result.stories[0].title))
    link.click()
    expect(card(opened.page, hostile.result.stories[0]).locator("details.inside[open]")).to_have_count(1)


def test_only_addresses_of_the_web_become_links(show: Opener, sample: Report) -> None:
    page = show(sample).page
    linked = {printable(a.url) for a in sample.result.articles if a.url}
    assert set(page.locator("a.out").evaluate_all("all => all.map(one => one.getAttribute('href'))")) == linked


def test_right_to_left_headlines_run_from_right_to_left(show: Opener, sample: Report) -> None:
    page = show(sample).page
    number = next(n for n, article in enumerate(sample.result.articles) if article.language == "ar")
    headline = page.locator(f"#a{number} a.headline").first
    assert headline.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert "Arabic" in headline.evaluate("one => getComputedStyle(one).fontFamily")


def test_paper_gets_a_briefing(show: Opener, sample: Report) -> None:
    page = show(sample).page
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.pdf(path=PICTURES / "report.pdf", format="A4", print_background=False)
    page.emulate_media(media="print")
    for hidden in ("#filters", "#overview", "#alone", ".keywords >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in ("h1", "article.story h3 >> nth=0", ".lead >> nth=0", ".sources >> nth=0", "#unclustered h2"):
        expect(page.locator(shown)).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_serious_violation(show: Opener, sample: Report, width: int, scheme: str) -> None:
    opened = show(sample, width=width, scheme=scheme)
    for number in range(3):
        unfolded(opened, number)
    search(opened.page, "istanbul")
    opened.page.locator("#overview").evaluate("one => { one.open = true }")
    opened.page.mouse.move(0, 0)
    assert serious(opened.page) == []
    opened.page.locator("a.headline:visible").first.click()
    assert serious(opened.page) == []


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_texts_are_shown_and_nothing_runs(show: Opener, hostile: Report, width: int) -> None:
    opened = show(hostile, width=width)
    page = opened.page
    for number in range(len(hostile.result.stories)):
        unfolded(opened, number)
    for number, article in enumerate(hostile.result.stories[0].members):
        headline = page.locator(f"#a{number} a.headline").first
        assert headline.text_content() == printable(article.article.headline)
    page.locator("#a0 a.headline").click()
    expect(page.locator("#article-title")).to_have_text(printable(hostile.result.articles[0].headline))
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    addresses = page.locator("a").evaluate_all("all => all.map(one => one.href)")
    assert {address.split(":")[0] for address in addresses} <= {"file", "https"}
    page.keyboard.press("Escape")
    page.screenshot(path=PICTURES / f"hostile-{width}.png")


INTRUSION = """async () => {
  const blocked = [];
  addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
  const add = (name, values) => document.body.appendChild(Object.assign(document.createElement(name), values));
  add("img", { src: "https://böse.example/x.png" });
  add("script", { textContent: "window.ran = 1" });
  add("div", { innerHTML: "<button onclick='window.ran = 2'>x</button>" }).firstChild.click();
  setTimeout("window.ran = 3");
  await fetch("https://böse.example/").catch(() => {});
  await new Promise((done) => setTimeout(done, 200));
  return blocked;
}"""


def test_the_policy_lets_nothing_from_outside_in(show: Opener, sample: Report) -> None:
    opened = show(sample)
    blocked = opened.page.evaluate(INTRUSION)
    assert {"img-src", "connect-src"} <= set(blocked)
    assert {directive for directive in blocked if directive.startswith("script-src")} != set()
    assert opened.page.evaluate("window.ran") is None
    opened.said.clear()  # the browser names what it blocked
    opened.asked.clear()  # and counts it as asked for


def test_two_thousand_articles_open_and_filter_in_seconds(show: Opener, large: Report) -> None:
    assert large.path.stat().st_size < 6_000_000
    page = show(large, width=390).page
    expect(page.locator("article.story:visible")).to_have_count(len(large.result.stories))
    page.get_by_role("searchbox").fill("1999")
    expect(page.locator("article.story:visible")).to_have_count(1, timeout=3000)
