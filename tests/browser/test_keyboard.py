"""A cadre and the county's decider do a piece of work each without a pointer, and always see where they are."""

import re

import pytest

from tests.browser.conftest import PASSWORD
from tests.browser.steps import declared, open_page, sent

pytestmark = pytest.mark.browser

MOST = 120
"""Presses of Tab on the way to one thing: more is a trap, or a place nobody finds."""
FOCUS = """
() => {
  const on = document.activeElement;
  if (!on || on === document.body) return "nothing";
  // A tap is drawn by its label; the text of a page is gone to by the skip link, and has no ring.
  const drawn = on.closest(".taps label") || on;
  const place = drawn.getBoundingClientRect(), style = getComputedStyle(drawn);
  const wide = parseFloat(style.outlineWidth), ring = wide + parseFloat(style.outlineOffset);
  if (on.id !== "content" && (style.outlineStyle === "none" || !wide)) return "no ring";
  const isBeside = place.right <= 0 || place.left >= innerWidth;
  if (isBeside || place.bottom <= 0 || place.top >= innerHeight) return "off screen";
  for (let around = drawn.parentElement; around !== document.body; around = around.parentElement) {
    if (getComputedStyle(around).overflowX === "visible") continue;
    const edge = around.getBoundingClientRect();
    if (place.top - ring < edge.top - 1 || place.bottom + ring > edge.bottom + 1) return "ring cut off";
  }
  const x = (Math.max(place.left, 0) + Math.min(place.right, innerWidth)) / 2;
  const y = (Math.max(place.top, 0) + Math.min(place.bottom, innerHeight)) / 2;
  const above = document.elementFromPoint(x, y);
  return above && (drawn.contains(above) || above.contains(drawn)) ? "" : "covered";
}
"""
"""What keeps somebody from seeing where the focus is; empty where they see it."""


class Hands:
    """Somebody with a keyboard and no pointer."""

    def __init__(self, somebody) -> None:
        self.page, self.site, self.faults = somebody.page, somebody.site, somebody.faults

    def is_on(self, selector: str) -> bool:
        """Whether the focus is on this, and is seen."""
        self.page.wait_for_load_state()
        unseen = self.page.evaluate(FOCUS)
        where = self.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert unseen in ("", "nothing"), f"{unseen}: {where}"
        return bool(self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector))

    def to(self, selector: str) -> "Hands":
        """Tab on until it has the focus."""
        for _ in range(MOST):
            if self.is_on(selector):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached")

    def press(self, key: str) -> "Hands":
        self.page.keyboard.press(key)
        return self

    def follow(self) -> "Hands":
        """Enter on a link or a button that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def type(self, text: str) -> "Hands":
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        return self

    def sign_in(self, username: str) -> "Hands":
        """The page opens with the focus on the name."""
        self.page.goto(f"{self.site.address}/in/")
        assert self.is_on("[name=username]")
        self.type(username).press("Tab").type(PASSWORD)
        return self.follow()


@pytest.fixture
def case(visitor) -> str:
    """A household of the village has told of its trouble, and the township has sent the cadre."""
    cadre = visitor("village")
    open_page(cadre, "/households/?state=all")
    homes = [str(link.get_attribute("href")) for link in cadre.page.locator("#rows a[href^='/households/']").all()]
    for home in reversed(homes):
        open_page(cadre, home)
        if cadre.page.get_by_role("link", name="登记线索", exact=True).count():
            found = declared(cadre, home.strip("/").split("/")[1])
            sent(visitor("township"), found)
            return found
    raise AssertionError("every household of the village has a case")


def test_cadre_records_a_visit_that_is_due(case, visitor):
    cadre = Hands(visitor()).sign_in("village")
    cadre.to(".skip").press("Enter")
    assert cadre.is_on("main")
    cadre.to(f"main a.btn[href='{case}']").follow()
    cadre.to("main a.go").follow()
    cadre.to("fieldset:has(legend) input[type=radio]").press("Space")
    cadre.to("[name=note]").type("屋顶漏雨，已拍照。")
    cadre.to("main form button.go").follow()
    assert cadre.is_on("[role=alert]"), "what is wrong has the focus"
    cadre.faults.clear()  # the browser tells of the 422 itself
    unsigned = [str(link.get_attribute("href")) for link in cadre.page.locator("[role=alert] a").all()]
    cadre.to(f"[role=alert] a[href='{unsigned[0]}']").press("Enter")
    for one in unsigned:
        cadre.to(one).press("Space")
    cadre.to("main form button.go").follow()
    cadre.page.wait_for_url(re.compile(f"{case}\\?done=yes$"))
    assert cadre.page.locator(".steps .now").inner_text() == "已入户"


def test_decider_refuses_a_batch_with_the_second_factor_and_a_reason(visitor, site):
    decider = Hands(visitor()).sign_in("decider")
    assert decider.is_on("[name=code]"), "the second factor is asked for, with the focus on it"
    decider.type(site.digits("decider")).follow()
    decider.to("nav a[href='/cases/decisions/']").follow()
    chosen = decider.page.locator("[name=chosen]:enabled").count()
    assert chosen
    decider.to("[data-all]").press("Space")
    decider.to("[name=chosen]").press("Enter")
    assert decider.page.locator("[role=alert]").count() == 0, "Enter on a box sends nothing"
    decider.to("details:has([value=refuse]) summary").press("Enter")
    decider.to("[name=code]").press("ArrowDown")
    decider.to("[name=text]").type("住院费已由大病保险报销，收入核过高于监测线。")
    decider.to("[value=refuse]").follow()
    told = f"已办 {chosen} 户。"
    decider.page.locator("[data-live]", has_text=told).wait_for(state="attached")
    assert told in decider.page.inner_text("main")
    assert decider.page.locator("[name=chosen]:enabled").count() == 0


def test_lists_and_menus_leave_the_focus_where_it_was(visitor):
    cadre = Hands(visitor()).sign_in("village")
    cadre.to("nav a[href='/households/']").follow()
    cadre.to("select[name=state]").press("ArrowDown")
    assert "state=" not in cadre.page.url, "an arrow in a list of choices asks for nothing yet"
    cadre.to("form[method=get] button").follow()
    assert "state=confirmed" in cadre.page.url
    assert cadre.is_on("form[method=get] button")
    cadre.page.goto(cadre.page.url)
    cadre.to(".me summary").press("Enter")
    cadre.to(".me [name=language]").press("Escape")
    assert cadre.is_on(".me summary")
    assert not cadre.page.locator(".me .menu").is_visible()
