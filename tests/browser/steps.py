"""Steps of a case that several journeys take, by pointer and by keyboard."""

import re


def open_page(somebody, path: str) -> None:
    assert somebody.go(path) == 200
    assert somebody.fits(), path


def take_step(somebody, case: str, word: str) -> None:
    open_page(somebody, case)
    with somebody.page.expect_navigation():
        somebody.page.locator("main .actions").get_by_role("link", name=word, exact=True).click()
    assert somebody.fits(), word


def send(somebody, case: str) -> None:
    somebody.page.locator("main form button.go").first.click()
    somebody.page.wait_for_url(re.compile(f"{case}\\?done=yes$"))


def tap(somebody, question: str, word: str) -> None:
    somebody.page.locator("fieldset", has_text=question).get_by_text(word, exact=True).click()


def declared(cadre, home: str) -> str:
    open_page(cadre, f"/cases/declare/{home}/")
    tap(cadre, "线索从哪里来", "农户申报")
    cadre.page.fill("textarea", "在外打工的儿子失业回家，一家人只有地里的收入。")
    cadre.page.locator("main form button.go").click()
    cadre.page.wait_for_url(re.compile(r"/cases/\d+/"))
    found = re.search(r"/cases/\d+/", cadre.page.url)
    assert found
    return found[0]


def sent(officer, case: str) -> None:
    take_step(officer, case, "派人")
    officer.page.fill("[name=village]", "李驻村")
    officer.page.fill("[name=township]", "赵乡镇")
    send(officer, case)
