"""The HTML report in a real browser. Run by `make test-browser`; pictures of it are left in out/browser."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_reports import PICTURES, Opened, Opener, Report
from playwright.sync_api import Locator, Page, expect

from newsclust.stories import ClusterResult
from newsclust.text.display import printable

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")


def embassy_story(result: ClusterResult) -> int:
    return next(n for n, story in enumerate(result.stories) if {"id", "en", "de"} <= set(story.languages))


def shown_stories(page: Page) -> list[str]:
    return [id_ for id_ in page.locator("details.story:visible").evaluate_all("all => all.map(one => one.id)")]


def unfolded(opened: Opened, number: int) -> Locator:
    story = opened.page.locator("details.story").nth(number)
    story.locator("> summary").click()
    return story


def matching(result: ClusterResult, fits: Any) -> list[str]:
    return [story.id for story in result.stories if any(fits(member.article) for member in story.members)]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_sample_opens_without_a_complaint_or_a_request(
    show: Opener, sample: Report, width: int, scheme: str
) -> None:
    opened = show(sample, width=width, scheme=scheme)
    expect(opened.page.locator("#map-chart circle")).to_have_count(len(sample.result.articles))
    PICTURES.mkdir(parents=True, exist_ok=True)
    opened.page.screenshot(path=PICTURES / f"report-{width}-{scheme}.png")
    unfolded(opened, embassy_story(sample.result))
    opened.page.screenshot(path=PICTURES / f"report-{width}-{scheme}-story.png", full_page=True)
    # What is wider than the page would be cut off on a phone.
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["id", "de", "zh", "ar"])
def test_the_language_filter_leaves_the_stories_told_in_it(show: Opener, sample: Report, language: str) -> None:
    page = show(sample).page
    page.locator("#language").select_option(language)
    wanted = matching(sample.result, lambda article: article.language == language)
    assert shown_stories(page) == wanted
    assert 0 < len(wanted) < len(sample.result.stories)
    alone = [entry for entry in sample.result.unclustered if entry.article.language == language]
    expect(page.locator("li.alone:visible")).to_have_count(len(alone))
    expect(page.locator("#shown")).to_contain_text(f"{len(wanted)} of {len(sample.result.stories)}")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("details.story:visible")).to_have_count(len(sample.result.stories))


def test_search_finds_the_istanbul_story_by_an_indonesian_word(show: Opener, sample: Report) -> None:
    page = show(sample).page
    page.get_by_role("searchbox").fill("PERUNDINGAN")
    number = embassy_story(sample.result)
    assert sample.result.stories[number].id in shown_stories(page)
    assert len(shown_stories(page)) < len(sample.result.stories)
    page.get_by_role("searchbox").fill("kein wort davon steht irgendwo")
    assert shown_stories(page) == []


def test_search_takes_letters_without_their_marks(show: Opener, sample: Report) -> None:
    page = show(sample).page
    page.get_by_role("searchbox").fill("istanbul bayram")  # written İstanbul in Turkish
    assert shown_stories(page)


def test_the_date_filter_leaves_the_stories_of_those_days(show: Opener, sample: Report) -> None:
    page = show(sample).page
    page.get_by_label("From", exact=True).fill("2025-04-01")
    page.get_by_label("To", exact=True).fill("2025-04-30")
    fits = lambda article: article.published and "2025-04-01" <= article.published.date().isoformat() <= "2025-04-30"  # noqa: E731
    wanted = matching(sample.result, fits)
    assert shown_stories(page) == wanted
    assert 0 < len(wanted) < len(sample.result.stories)


def test_a_click_on_the_map_opens_the_article_and_leads_to_its_story(show: Opener, sample: Report) -> None:
    page = show(sample).page
    number = len(sample.result.stories[0].members)  # the first member of the second story
    article = sample.result.articles[number]
    page.locator(f"#map-chart circle[data-a='{number}']").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(printable(article.headline))
    dialog.get_by_role("button", name="Show in its story").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(f"#a{number}")).to_be_in_viewport()
    assert page.locator(f"details.story[open] #a{number}").count() == 1


def test_the_map_names_the_article_under_the_pointer(show: Opener, sample: Report) -> None:
    page = show(sample).page
    page.locator("#map-chart circle[data-a='0']").hover()
    expect(page.locator("#tooltip")).to_contain_text(printable(sample.result.articles[0].headline)[:100])


def test_the_map_is_walked_with_the_keyboard(show: Opener, sample: Report) -> None:
    page = show(sample).page
    box = page.get_by_role("listbox")
    box.focus()
    first = box.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    second = box.get_attribute("aria-activedescendant")
    assert first is not None
    assert second is not None
    assert first != second
    page.keyboard.press("Enter")
    number = int(second.removeprefix("dot"))
    expect(page.locator("#article-title")).to_have_text(printable(sample.result.articles[number].headline))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_story_is_opened_and_its_articles_reached_with_the_keyboard(show: Opener, sample: Report) -> None:
    page = show(sample).page
    page.locator("details.story > summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()


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
        dated = [member for member in story.members if member.article.published]
        expect(shown.locator(".timeline circle")).to_have_count(len(dated))


def test_only_addresses_of_the_web_become_links(show: Opener, sample: Report) -> None:
    page = show(sample).page
    linked = {printable(a.url) for a in sample.result.articles if a.url}
    assert set(page.locator("a.out").evaluate_all("all => all.map(one => one.getAttribute('href'))")) == linked


def test_right_to_left_headlines_run_from_right_to_left(show: Opener, sample: Report) -> None:
    page = show(sample).page
    number = next(n for n, article in enumerate(sample.result.articles) if article.language == "ar")
    headline = page.locator(f"#a{number} a.headline").first
    assert headline.evaluate("one => getComputedStyle(one).direction") == "rtl"


def test_what_is_shown_is_printed_open_and_closed_again(show: Opener, sample: Report) -> None:
    page = show(sample).page
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.locator("#language").select_option("id")
    page.pdf(path=PICTURES / "report.pdf", format="A4", print_background=False)
    assert page.locator("details.story[open]").count() == 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.story[open]").count() == len(shown_stories(page))
    page.emulate_media(media="print")
    expect(page.locator("#filters")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.story[open]").count() == 0


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_serious_violation(show: Opener, sample: Report, width: int, scheme: str) -> None:
    opened = show(sample, width=width, scheme=scheme)
    for number in range(3):
        unfolded(opened, number)
    opened.page.mouse.move(0, 0)
    opened.page.wait_for_timeout(300)  # colours fade for 150 ms
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
    page.locator("#map-chart circle").first.hover()
    page.locator("#map-chart circle").first.click()
    expect(page.locator("#article-title")).to_have_text(printable(hostile.result.articles[0].headline))
    page.mouse.move(200, 200)
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
    expect(page.locator("#map-chart circle")).to_have_count(2000)
    page.get_by_role("searchbox").fill("1999")
    expect(page.locator("details.story:visible")).to_have_count(1, timeout=3000)
