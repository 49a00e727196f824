"""What every role comes to do, in a real browser on a served demo, in the order in which work passes on."""

import re

import pytest

pytestmark = pytest.mark.browser

COUNT = re.compile(r"\d+")
NEWCOMER = "new.colleague"


def _due_case(somebody) -> str:
    """The address of the first case on the page."""
    somebody.page.locator("main a[href^='/cases/']").first.wait_for()
    links = [str(link.get_attribute("href")) for link in somebody.page.locator("main a[href^='/cases/']").all()]
    return next(link for link in links if re.fullmatch(r"/cases/\d+/", link))


def _press(somebody, word: str) -> None:
    """Follow the link or press the button of this word."""
    somebody.page.locator("main").get_by_role("link", name=word, exact=True).or_(
        somebody.page.locator("main").get_by_role("button", name=word, exact=True)
    ).first.click()


def test_stranger_is_asked_to_sign_in(visitor):
    stranger = visitor()
    assert stranger.go("/households/") == 200
    assert stranger.page.url.endswith("/in/?next=/households/")


def test_village_records_a_visit_by_taps_on_a_phone(visitor):
    cadre = visitor("village", phone=True)
    assert "今天到期" in cadre.text()
    assert cadre.fits()
    case = _due_case(cadre)
    cadre.go(case)
    _press(cadre, "记录入户")
    assert cadre.fits()
    cadre.page.locator("fieldset", has_text="不愁吃穿").get_by_text("是", exact=True).click()
    for signed in cadre.page.get_by_text("已签授权", exact=True).all():
        signed.click()
    cadre.page.fill("[name=note]", "屋顶漏雨，已拍照。")
    _press(cadre, "签字并保存")
    assert case in cadre.page.url
    assert "已入户" in cadre.text()
    assert cadre.page.locator(".steps .now").inner_text() == "已入户"


def test_village_sees_one_household_whole_and_none_outside(visitor, site):
    cadre = visitor("village")
    cadre.go("/households/?state=all")
    cadre.page.locator("#rows a[href^='/households/']").first.click()
    assert "依据" in cadre.text()
    assert "家里人" in cadre.text()
    city = visitor("analyst")
    city.go("/households/?state=all&area=530103")
    foreign = str(city.page.locator("#rows a[href^='/households/']").first.get_attribute("href"))
    assert city.go(foreign) == 200
    cadre.faults.clear()
    assert cadre.go(foreign) == 404
    cadre.faults.clear()  # the browser tells of the 404 itself


def test_revealed_id_number_leaves_an_event(visitor):
    cadre = visitor("village")
    cadre.go("/households/?state=all")
    cadre.page.locator("#rows a[href^='/households/']").first.click()
    household = cadre.page.url.rstrip("/").rsplit("/", 1)[1]
    assert re.search(r"\d{6}\*+\d{3}[\dX]", cadre.text())
    cadre.page.locator("main").get_by_role("button", name="显示", exact=True).first.click()
    cadre.page.locator("main").get_by_text(re.compile(r"\d{17}[\dX]")).first.wait_for()
    auditor = visitor("auditor")
    auditor.go(f"/audit/?household={household}")
    assert "显示敏感信息" in auditor.text()


def test_township_sees_the_cases_of_its_town_and_none_outside(visitor):
    """What it does with them is in the journey of a removal."""
    officer, county = visitor("township"), visitor("decider", second_factor=True)
    ours, all_of_the_county = _cases(officer), _cases(county)
    assert ours
    assert ours < all_of_the_county
    assert officer.go(f"/cases/{min(all_of_the_county - ours)}/") == 404
    officer.faults.clear()  # the browser tells of the 404 itself


def _cases(somebody) -> set[int]:
    somebody.go("/cases/")
    links = [str(link.get_attribute("href")) for link in somebody.page.locator("main a[href^='/cases/']").all()]
    return {int(found[1]) for link in links if (found := re.fullmatch(r"/cases/(\d+)/", link))}


def test_county_includes_a_batch(visitor):
    """What it leaves is refused by keyboard."""
    decider = visitor("decider", second_factor=True)
    decider.go("/cases/decisions/")
    boxes = decider.page.locator("input[name=chosen]:enabled")
    before = boxes.count()
    assert before >= 3
    _of_the_village(decider, visitor).check()
    decider.page.locator("input[name=chosen]:enabled:not(:checked)").first.check()
    button = decider.page.get_by_role("button", name=re.compile("同意纳入"))
    assert COUNT.findall(button.inner_text()) == ["2"]
    button.click()
    decider.go("/cases/decisions/")
    assert decider.page.locator("input[name=chosen]:enabled").count() == before - 2


def _of_the_village(decider, visitor):
    """The box of the household of the demo's village that waits for the county."""
    cadre = visitor("village")
    cadre.go("/cases/?state=audited")
    case = _due_case(cadre).strip("/").rsplit("/", 1)[1]
    return decider.page.locator(f"input[name=chosen][value='{case}']")


def test_village_plans_help_and_the_household_page_shows_it(visitor):
    cadre = visitor("village")
    cadre.go("/cases/?state=included")
    case = _due_case(cadre)
    number = case.strip("/").rsplit("/", 1)[1]
    cadre.go(f"/cases/help/{number}/plan/")
    cadre.page.locator("main form input[type=checkbox]").first.check()
    for field in cadre.page.locator("main form input[required]:visible").all():
        if field.get_attribute("type") in (None, "text") and not field.input_value():
            field.fill("孙联户")
    cadre.page.locator("main form button.go").last.click()
    cadre.go(case)
    assert "帮扶中" in cadre.text()


def test_analyst_publishes_the_june_run_after_looking_at_it(visitor):
    analyst = visitor("analyst")
    analyst.go("/warnings/runs/")
    analyst.go("/warnings/runs/run-2020-06/")
    assert "发布预览" in analyst.text()
    assert "要入户" in analyst.text()
    _press(analyst, "发布…")
    analyst.page.locator("main form button.go").click()
    analyst.page.wait_for_url(re.compile("/warnings/$|/warnings/publications/"), timeout=120_000)
    assert "2020-06-30" in analyst.text()
    analyst.go("/warnings/runs/run-2020-06/publish/")
    assert "已经发布过" in analyst.text()


def test_county_analyst_looks_but_does_not_publish(visitor):
    analyst = visitor("analyst-county")
    analyst.go("/warnings/runs/run-2020-06/")
    assert analyst.page.get_by_role("link", name="发布…").count() == 0


def test_leader_sees_counts_and_a_map_and_no_household(visitor):
    leader = visitor("leader")
    assert leader.page.locator("svg.map").count() == 1
    assert leader.page.locator("main a[href^='/households/']").count() == 0
    leader.page.locator("svg.map a").first.click()
    assert "下级地区" in leader.text()
    leader.faults.clear()
    assert leader.go("/households/") == 403
    leader.faults.clear()  # the browser tells of the 403 itself


def test_liaison_hands_in_a_file_and_sees_its_faults(visitor, tmp_path):
    liaison = visitor("liaison")
    lying = tmp_path / "医保.xlsx"
    lying.write_bytes(b"\x89PNG\r\n\x1a\n no workbook at all")
    liaison.go("/deliveries/new/")
    liaison.page.set_input_files("input[type=file]", str(lying))
    liaison.page.locator("main form button.go").click()
    liaison.page.wait_for_url(re.compile(r"/deliveries/\d+/"), timeout=120_000)
    liaison.page.locator("main").get_by_text(re.compile("没有收下|退回")).first.wait_for(timeout=120_000)


def test_policy_officer_reads_the_policy_as_published(visitor):
    officer = visitor("policy")
    officer.go("/policies/kunming-2020/")
    assert "返贫致贫户" in officer.text()
    assert officer.page.locator(".manual table").count() > 3


def test_administrator_opens_an_account_and_gives_a_role(visitor):
    """The new one signs in with the password shown once, must change it, and has the two roles."""
    admin = visitor("admin", second_factor=True)
    assert admin.go("/households/") == 403
    admin.faults.clear()
    admin.go("/accounts/new/?area=5301")
    admin.page.fill("[name=username]", NEWCOMER)
    admin.page.fill("[name=display_name]", "钱新来")
    admin.page.select_option("[name=role]", "leader")
    admin.page.locator("main form button.go").click()
    password = admin.page.locator(".secret").first.inner_text()
    admin.go("/accounts/?area=5301")
    admin.page.get_by_role("link", name="钱新来").first.click()
    admin.page.select_option("[name=role]", "auditor")
    admin.page.fill("[name=area_code]", "5301")
    admin.page.get_by_role("button", name="给角色", exact=True).click()
    assert admin.page.get_by_role("row", name=re.compile("审计")).count() == 1

    colleague = visitor()
    colleague.go("/in/")
    colleague.page.fill("[name=username]", NEWCOMER)
    colleague.page.fill("[name=password]", password)
    colleague.page.click("main button.go")
    for field, typed in {"old": password, "new": "rain-on-the-roof-2020", "again": "rain-on-the-roof-2020"}.items():
        colleague.page.fill(f"[name={field}]", typed)
    with colleague.page.expect_navigation():
        colleague.page.locator("main form button.go").first.click()
    colleague.go("/in/role/")
    with colleague.page.expect_navigation():
        colleague.page.get_by_role("button", name=re.compile("审计")).click()
    assert colleague.go("/audit/") == 200


def test_session_that_ended_gives_the_typed_text_back(visitor):
    cadre = visitor("village", phone=True)
    cadre.go("/households/?state=all")
    cadre.page.locator("#rows a[href^='/households/']").first.click()
    household = cadre.page.url.rstrip("/").rsplit("/", 1)[1]
    cadre.go(f"/cases/declare/{household}/")
    cadre.page.locator("[name=origin]").first.check(force=True)
    cadre.page.fill("textarea", "家里老人住院，借了三万元。")
    cadre.page.context.clear_cookies()
    cadre.page.locator("main form button.go").click()
    assert "您填的内容还在" in cadre.text()
    cadre.page.fill("[name=username]", "village")
    cadre.page.fill("[name=password]", "shouwang-demo-2020")
    cadre.page.locator("main button.go").click()
    assert cadre.page.locator("textarea", has_text="借了三万元").count() == 1
    cadre.faults.clear()  # 401 and 403 are told by the browser itself


def test_language_is_switched_on_the_page(visitor):
    cadre = visitor("village")
    cadre.page.locator(".me summary").click()
    cadre.page.locator(".language button").click()
    assert cadre.page.locator("html").get_attribute("lang") == "en"
    assert "Today" in cadre.text()


def test_auditor_takes_the_chain_away_and_proves_it(visitor, site, tmp_path):
    auditor = visitor("auditor")
    auditor.go("/audit/")
    assert auditor.page.locator("main table tbody tr").count() > 5
    site.command("audit", "seal")
    chain = tmp_path / "chain.jsonl"
    site.command("audit", "export", str(chain))
    assert "链完好" in site.command("audit", "verify", str(chain))
