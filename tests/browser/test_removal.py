"""The whole life of a household in the office, from the village committee to the county that calls the risk gone.

The clock of the site is moved; all else happens on its pages.
"""

from datetime import date

import pytest

from shouwang.cli.demo_office import TODAY
from tests.browser.steps import declared, open_page, send, sent, take_step, tap

pytestmark = pytest.mark.browser

DECIDED = date(2020, 7, 13)
"""The notice of the first day has hung its five full days."""
HALF_A_YEAR = date(2021, 1, 18)
REMOVED = date(2021, 1, 25)
POOR, ENOUGH = "6000", "90000"
"""元 a year: what the household has in July, and what it earns in January."""
SURE = {"expected_spending": "0", "fed_and_clothed": "yes", "water_safe": "yes", "housing_grade": "A"}
"""What else somebody goes to see before a removal; `net_income_before` comes last."""


@pytest.fixture(scope="module")
def days(site):
    """Moves the site to a day; afterwards it stands again where the demo stands."""
    yield site.move_to
    site.move_to(TODAY)


@pytest.fixture
def people(visitor):
    """The cadre with a phone, the township, the county, the auditor: who has to do with one household."""
    return (
        visitor("village", phone=True),
        visitor("township"),
        visitor("decider", second_factor=True),
        visitor("auditor"),
    )


def test_household_is_included_helped_for_half_a_year_and_removed(people, days):
    """Long, since it is one life: every line is a step somebody takes."""
    cadre, officer, decider, auditor = people
    home = _home_that_can_work(cadre)
    _write(cadre, home, "net_income", POOR)
    case = declared(cadre, home)
    sent(officer, case)
    _visited(cadre, case)
    _press(cadre, case, "完成信息比对")
    _reviewed(cadre, case, level="1")
    _posted(cadre, case)

    days(DECIDED)
    _audited(officer, case)
    _press(decider, case, "同意纳入")
    _planned(cadre, case)
    assert _no_button(cadre, case, "到 2021-01-13 满")

    days(HALF_A_YEAR)
    assert _no_button(cadre, case, "仍触发：返贫致贫")
    _write(cadre, home, "net_income", ENOUGH)
    for fact, value in SURE.items():
        _write(cadre, home, fact, value)
    assert _no_button(cadre, case, "缺：上年同期家庭纯收入")
    _write(cadre, home, "net_income_before", POOR)
    _looked_at(cadre, case)
    _press(cadre, case, "提出消除")
    take_step(cadre, case, "记录入户")
    send(cadre, case)
    _reviewed(cadre, case)
    _posted(cadre, case)
    open_page(officer, case)
    assert "公示到 2021-01-23 才满" in officer.text()

    days(REMOVED)
    _audited(officer, case)
    _removed(decider, case)
    _told_as_removed(cadre, home)
    _decisions_are_on_record(auditor, home)


def test_household_without_labour_is_not_removed(people, days):
    cadre, *_others = people
    days(REMOVED)
    open_page(cadre, "/cases/?state=in-help")
    case = str(
        cadre.page.locator("#rows a[href^='/cases/'], main table a[href^='/cases/']").first.get_attribute("href")
    )
    open_page(cadre, case)
    home = str(cadre.page.locator("main h1 a[href^='/households/']").get_attribute("href")).strip("/").split("/")[1]
    _write(cadre, home, "labour_units", "0")
    assert _no_button(cadre, case, "整户无劳动力，暂不标注风险消除，落实保障后继续跟踪")
    assert "整户无劳动力：暂不标注消除，继续帮扶和跟踪" in cadre.text()


def _press(somebody, case: str, word: str) -> None:
    """Open the case, take the step of this word, and send its form as it is."""
    take_step(somebody, case, word)
    send(somebody, case)


def _home_that_can_work(cadre) -> str:
    """One of the village without a case, where somebody has full labour, and of which no income is known."""
    open_page(cadre, "/households/?state=all")
    links = [str(link.get_attribute("href")) for link in cadre.page.locator("#rows a[href^='/households/']").all()]
    for link in dict.fromkeys(links):
        open_page(cadre, link)
        is_free = cadre.page.get_by_role("link", name="登记线索", exact=True).count() == 1
        before = cadre.page.locator("main tr", has_text="上年同期家庭纯收入").first.inner_text()
        if is_free and "普通劳动力" in cadre.text() and "未知" in before:
            return link.strip("/").split("/")[1]
    raise AssertionError("no such household in the village: seed and size of the demo have changed")


def _write(cadre, home: str, fact: str, value: str) -> None:
    """A value the cadre has seen proof of, by the page of the fact."""
    open_page(cadre, f"/registry/{home}/facts/{fact}/correct/")
    taps = cadre.page.locator(f"input[type=radio][value='{value}']")
    if taps.count():
        taps.check(force=True)
    else:
        cadre.page.fill("[name=value]", value)
    cadre.page.fill("[name=source]", "工资单和现场")
    with cadre.page.expect_navigation():
        cadre.page.locator("main form button.go").click()
    assert cadre.page.url.endswith(f"/registry/{home}/facts/{fact}/")


def _visited(cadre, case: str) -> None:
    take_step(cadre, case, "记录入户")
    for signed in cadre.page.get_by_text("已签授权", exact=True).all():
        signed.click()
    send(cadre, case)


def _reviewed(cadre, case: str, *, level: str = "") -> None:
    take_step(cadre, case, "记录民主评议")
    for field, typed in {
        "chair": "村支书",
        "present": "12",
        "votes_for": "11",
        "votes_against": "0",
        "abstained": "1",
        "minutes": "逐户评议。",
    }.items():
        cadre.page.fill(f"[name={field}]", typed)
    if level:
        cadre.page.locator(f"[name=proposed_level][value='{level}']").check(force=True)
    send(cadre, case)


def _posted(cadre, case: str) -> None:
    take_step(cadre, case, "张贴公示")
    cadre.page.fill("[name=place]", "村务公开栏")
    cadre.page.fill("[name=objections_to]", "村委会")
    send(cadre, case)


def _audited(officer, case: str) -> None:
    take_step(officer, case, "审核通过")
    officer.page.fill("[name=opinion]", "材料齐全，公示无异议。")
    send(officer, case)


def _planned(cadre, case: str) -> None:
    """A measure against every rule, and every measure begun."""
    take_step(cadre, case, "开始帮扶")
    for rule in cadre.page.locator("main form section fieldset").all():
        rule.locator("input[type=checkbox]").first.check()
    cadre.page.fill("[name=cadre]", "孙联户")
    cadre.page.fill("[name=organisation]", "镇人民政府")
    with cadre.page.expect_navigation():
        cadre.page.locator("main form button.go").click()
    open_page(cadre, _help(case))
    links = [str(link.get_attribute("href")) for link in cadre.page.locator("main table a").all()]
    assert links
    for link in links:
        open_page(cadre, link)
        tap(cadre, "进度", "开始实施")
        with cadre.page.expect_navigation():
            cadre.page.get_by_role("button", name="更新", exact=True).click()
        assert "实施中" in cadre.text()


def _help(case: str) -> str:
    return case.replace("/cases/", "/cases/help/")


def _no_button(cadre, case: str, said: str) -> bool:
    """Whether the page says this of the criteria, and offers nothing to propose a removal with."""
    take_step(cadre, case, "提出消除")
    offered = cadre.page.get_by_role("button", name="提出消除", exact=True).count()
    return said in cadre.text() and not offered


def _looked_at(cadre, case: str) -> None:
    """The looks at three and at six months, both taken now; what the rules read stands beside what it was."""
    for months in ("3", "6"):
        open_page(cadre, _help(case))
        with cadre.page.expect_navigation():
            cadre.page.get_by_role("button", name="看效果", exact=True).click()
        assert cadre.page.locator("p", has_text=f"{months} 个月").get_by_text("有效").count()
    cadre.page.get_by_text("效果：纳入时和现在").click()
    income = cadre.page.locator("main tr", has_text="家庭纯收入").first.inner_text()
    assert "6,000" in income
    assert "90,000" in income


def _removed(decider, case: str) -> None:
    """The county sees the criteria, says how the risk went, and decides."""
    take_step(decider, case, "同意消除")
    assert decider.page.locator("main .tag.good").count() == 8
    decider.page.locator("[name=way]").first.check(force=True)
    send(decider, case)


def _told_as_removed(cadre, home: str) -> None:
    open_page(cadre, f"/households/{home}/")
    shown = cadre.text()
    assert "2021-01-25 结案：风险消除" in shown
    assert "风险消除后继续跟踪" in shown
    assert "同意消除" in shown
    assert cadre.page.get_by_role("link", name="登记线索", exact=True).count() == 1


def _decisions_are_on_record(auditor, home: str) -> None:
    auditor.go(f"/audit/?household={home}&verb=decided")
    rows = auditor.page.locator("main tbody tr").filter(has=auditor.page.get_by_text("决定", exact=True))
    decided = rows.filter(has_text="办理")  # a visit decides contradictions too
    assert decided.count() == 2
    decided.first.locator("a").first.click()
    auditor.page.wait_for_url("**/audit/events/*/")
    assert "同意消除" in auditor.text()
    assert "已消除" in auditor.text()
