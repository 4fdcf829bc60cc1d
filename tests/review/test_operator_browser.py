"""In a real browser: an operator lets somebody in, samples are checked by key, the board renews itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.test import override_settings

from jeopsu.flows import sampling
from jeopsu.flows.settings import Settings
from jeopsu.storage import accounts, audit, records, samples
from tests.review import axe, browsers, builders
from tests.review.test_browser import _and_see, _known, page, site  # noqa: F401  (fixtures)

pytestmark = browsers.needed
_NEW = "quite-another-1"


def _add(name: str, *roles: str) -> None:
    def add() -> None:
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):
            accounts.add(name, roles, password=builders.PASSWORD)

    _known(add)


def _draw(given: Settings) -> None:
    _known(lambda: sampling.draw_share("P-1", given.model_copy(update={"sample_share": 1.0})))


def test_an_operator_lets_somebody_in_and_out_again(page: Any, site: str) -> None:  # noqa: F811
    _add("ops", "operator")
    _and_see(page, "ops", "Tab", builders.PASSWORD, "Enter")
    page.goto(f"{site}/accounts/")
    page.fill("[name=name]", "new")
    page.check("[name=role][value=reviewer]")
    page.check(f"[name=call][value='{builders.CALL}']")
    page.click("main .stack button.primary")
    secret = page.locator(".secret").inner_text()

    other = browsers.watched(page.context.browser.new_context(locale="en-US", viewport={"width": 1400, "height": 900}))
    other.goto(f"{site}/login")
    assert other.get_attribute("html", "lang") == "ko"  # whatever the browser says
    _and_see(other, "new", "Tab", secret, "Enter")
    assert other.url == f"{site}/password"
    other.fill("[name=old]", secret)
    other.fill("[name=new]", _NEW)
    other.click("main button.primary")
    other.wait_for_url(f"{site}/")
    other.click("header button[lang=en]")
    other.wait_for_load_state()
    assert other.get_attribute("html", "lang") == "en" and "P-1" in other.inner_text("main")

    page.goto(f"{site}/accounts/")
    page.click("a.title:text-is('new')")
    page.click("button[value=lock]")
    page.wait_for_load_state()
    assert "잠김" in page.inner_text("main")
    other.goto(f"{site}/proposals/P-1/")
    assert "/login" in other.url
    for one in (page, other):
        assert all(url.startswith(site) for url in one.asked), "a request left the machine"
        assert one.troubles == []
    assert not _known(audit.verify)[1]


def test_samples_are_checked_one_after_the_other_by_key(page: Any, site: str, given: Settings) -> None:  # noqa: F811
    _draw(given)
    _and_see(page, "kim", "Tab", builders.PASSWORD, "Enter")
    page.goto(f"{site}/statistics/")
    page.click("main a.primary")
    assert "/samples/" in page.url and page.locator("svg[data-picture] .box.now").is_visible()
    first = page.url
    _and_see(page, "c")  # right: on to the next
    assert "/samples/" in page.url and page.url != first
    (told,) = _known(lambda: [one for one in samples.of("P-1") if one.agreed is not None])
    assert told.agreed and told.by == "kim"
    assert [d.kind for d in _known(lambda: records.decisions("P-1"))] == ["confirm"]
    page.goto(f"{site}/statistics/")
    assert page.locator("svg.dots circle").count() == page.locator("figure tbody tr").count() == 1
    assert page.troubles == []


def test_the_board_renews_itself_and_keeps_what_is_ticked(page: Any, site: str) -> None:  # noqa: F811
    _and_see(page, "kim", "Tab", builders.PASSWORD, "Enter")
    page.goto(f"{site}/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    _known(lambda: records.request_run("P-1", "rerun", event=records.RERUN, by="lee"))
    page.evaluate("htmx.ajax('GET', '/', {target: 'tbody[data-live]', swap: 'innerHTML'})")
    page.locator("tbody .tag.queued").wait_for()
    assert page.locator("tbody input:checked").count() == 1
    assert page.locator("tbody tr[aria-selected=true]").count() == 1
    _and_see(page, "Enter")
    assert page.url == f"{site}/proposals/P-1/" and page.troubles == []


def test_no_new_page_has_serious_barriers(page: Any, site: str, given: Settings, tmp_path: Path) -> None:  # noqa: F811
    library = axe.source(tmp_path)
    _add("all", "operator", "lead_reviewer", "auditor", "reviewer")
    _draw(given)
    sample = next(one.id for one in _known(lambda: samples.of("P-1")) if one.field)
    staff = _known(lambda: next(f for f in records.report("P-1").findings if f.staff and f.needs_person))  # type: ignore[union-attr]
    addresses = ["/", "/accounts/", "/accounts/1/", "/doors/", "/statistics/", "/audit/", "/proposals/P-1/"]
    addresses += [f"/samples/{sample}/", f"/proposals/P-1/points/{records.finding_key(staff)}/"]
    found = []
    for scheme in ("light", "dark"):
        for width in (1440, 390):
            context = page.context.browser.new_context(
                color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
            )
            one = browsers.watched(context)
            one.goto(f"{site}/login")
            _and_see(one, "all", "Tab", builders.PASSWORD, "Enter")
            if (scheme, width) == ("light", 1440):  # so that the chart is there
                one.goto(f"{site}/samples/{sample}/")
                _and_see(one, "c")
            for address in addresses:
                one.goto(f"{site}{address}")
                found += [f"{address} {scheme} {width}: {w}" for w in axe.serious(one, library)]
            context.close()
    assert found == []
