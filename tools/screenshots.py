"""Save every screen of a running demo as a picture: two widths, two themes, two languages.

    python tools/screenshots.py --into /tmp/pictures [--studio http://127.0.0.1:8001] [--public http://127.0.0.1:8000]
        [--sign-in var/run/sign-in.txt] [--role admin] [--only leads,today] [--looks 1440-light-pl,390-dark-en] [--quick]

`--quick` takes one picture of each screen (English, light, 1440 px); `--role` is who looks ("sales rep", "manager", …).
Also fails when a page answers 500.
"""

import argparse
import itertools
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

WIDTHS = (1440, 390)
THEMES = ("light", "dark")
LANGUAGES = ("en", "pl")
HEIGHT = {1440: 900, 390: 844}
CHROMIUM = os.environ.get("LEADSTONE_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update", "--disable-sync"]

STUDIO = {
    "today": "/",
    "leads": "/leads/",
    "leads-search": "/leads/?q=nobody-at-all",
    "lead-add": "/leads/new",
    "board": "/board/",
    "deal-add": "/board/new",
    "stages": "/board/stages",
    "forecast": "/forecast/",
    "wins-and-losses": "/forecast/wins-and-losses",
    "deals-list": "/forecast/deals",
    "goals": "/forecast/goals",
    "tasks": "/activities/",
    "calendar": "/activities/calendar",
    "companies": "/companies/",
    "company-lead-add": "/companies/leads/new",
    "assignment": "/assignment/",
    "assignment-rule-add": "/assignment/rules/new",
    "open-queue": "/assignment/queue",
    "availability": "/assignment/availability",
    "checklist": "/qualification/points",
    "results": "/results/",
    "proof": "/results/proof/",
    "proof-by-channel": "/results/proof/?by=channel",
    "proof-by-campaign": "/results/proof/?by=campaign",
    "proof-by-post": "/results/proof/?by=post",
    "proof-by-supplier": "/results/proof/?by=supplier",
    "cohorts": "/results/cohorts/",
    "time-to-buy": "/results/time/",
    "credit": "/results/credit/",
    "source-map": "/results/sources/",
    "experiments": "/experiments/",
    "experiment-new": "/experiments/new",
    "kiosks": "/kiosks/",
    "kiosk-new": "/kiosks/new",
    "own-pages": "/ways-in/pages",
    "suppliers": "/suppliers/",
    "supplier-add": "/suppliers/new",
    "people-to-tell": "/suppliers/people",
    "ways-in": "/ways-in/",
    "way-in-new": "/ways-in/new",
    "campaigns": "/campaigns/",
    "posts": "/posts/",
    "post-new": "/posts/new",
    "post-card": "/posts/1",
    "post-figures": "/posts/figures",
    "campaign-new": "/campaigns/new",
    "campaign-words": "/campaigns/words",
    "address-builder": "/campaigns/address",
    "magnets": "/magnets/",
    "mailbox": "/mailbox/",
    "settings": "/settings/",
    "people": "/settings/people",
    "teams": "/settings/teams",
    "rights": "/settings/rights",
    "audit": "/settings/audit",
    "account": "/settings/account",
    "second-factor": "/settings/account/second-factor",
    "quarantine": "/quarantine",
    "design": "/design",
    "missing": "/nowhere",
}
# The first link that a page shows to something of this shape is a screen of its own.
FOLLOWED = {
    "way-in": ("/ways-in/", r"/ways-in/\d+$"),
    "campaign": ("/campaigns/", r"/campaigns/\d+$"),
    "experiment": ("/experiments/", r"/experiments/\d+$"),
    "kiosk": ("/kiosks/", r"/kiosks/\d+$"),
    "proof-rows": ("/results/proof/", r"/results/proof/rows$"),
    "lead": ("/leads/", r"/leads/\d+$"),
    "qualification": ("/leads/?status=new", r"/leads/\d+$"),
    "deal": ("/board/", r"/board/\d+$"),
    "stage": ("/board/stages", r"/board/stages/\d+$"),
    "activity": ("/activities/", r"/activities/\d+$"),
    "company-card": ("/companies/", r"/companies/\d+$"),
    "contact-card": ("/companies/", r"/companies/people/\d+$"),
    "assignment-rule": ("/assignment/", r"/assignment/rules/\d+$"),
    "simulation": ("/assignment/", r"/assignment/rules/\d+/simulation$"),
    "supplier": ("/suppliers/", r"/suppliers/\d+$"),
    "supplier-change": ("/suppliers/1", r"/suppliers/\d+/change$"),
    "delivery": ("/suppliers/1", r"/suppliers/\d+/deliver$"),
    "person": ("/settings/people", r"/settings/people/\d+$"),
    "result": ("/results/", r"/results/\d+$"),
    "magnet": ("/magnets/", r"/magnets/\d+/$"),
    "mail": ("/mailbox/", r"/mailbox/[^/?#]+$"),
}


@dataclass(frozen=True)
class Look:
    """One way in which a screen is looked at."""

    width: int
    theme: str
    language: str

    @property
    def name(self) -> str:
        return f"{self.width}-{self.theme}-{self.language}"


def looks(names: set[str], *, quick: bool) -> Iterator[Look]:
    everything = itertools.starmap(Look, itertools.product(WIDTHS, THEMES, LANGUAGES))
    wanted = (look for look in everything if not names or look.name in names)
    yield from itertools.islice(wanted, 1) if quick else wanted


def credentials(file: Path, *, role: str) -> tuple[str, str]:
    """The address of the account with `role`, and the password, from what `leadstone seed` wrote down."""
    text = file.read_text(encoding="utf-8")
    address = re.search(rf"(\S+@\S+)\s+\({role}\)", text)
    password = re.search(r"^Password\s+(\S+)", text, re.M)
    if not address or not password:
        raise SystemExit(f"{file} names no account with the role {role}; is this the demo?")
    return address[1], password[1]


def context(browser: Browser, look: Look) -> BrowserContext:
    return browser.new_context(
        viewport={"width": look.width, "height": HEIGHT[look.width]},
        color_scheme="dark" if look.theme == "dark" else "light",
        locale="pl-PL" if look.language == "pl" else "en-GB",
        timezone_id="Europe/Warsaw",
        has_touch=look.width < 800,
    )


def sign_in(page: Page, studio: str, *, email: str, password: str) -> None:
    page.goto(f"{studio}/sign-in")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def choose(page: Page, studio: str, look: Look) -> None:
    """Language and theme as the account keeps them: by the very forms that people use."""
    for action, name, value in (("/language", "language", look.language), ("/theme", "theme", look.theme)):
        page.goto(f"{studio}/")
        with page.expect_response(f"{studio}{action}"):
            page.eval_on_selector(
                f"form[action$='{action}'] button[name={name}][value='{value}']", "button => button.form.requestSubmit(button)"
            )


def screens(page: Page, studio: str, *, only: set[str]) -> Iterator[tuple[str, str]]:
    for name, path in STUDIO.items():
        yield name, studio + path
    for name, (where, shape) in FOLLOWED.items():
        if only and name not in only:
            continue
        page.goto(studio + where)
        links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        found = next((link for link in links if re.search(shape, link.partition("?")[0])), None)
        if found:
            yield name, found


def public_screens(page: Page, public: str) -> Iterator[tuple[str, str]]:
    yield "public-index", f"{public}/"
    page.goto(f"{public}/")
    links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    for number, link in enumerate(dict.fromkeys(link for link in links if "/m/" in link)):
        yield f"public-magnet-{number}", link


def take(page: Page, *, name: str, url: str, into: Path, look: Look) -> bool:
    answer = page.goto(url, wait_until="networkidle")
    page.screenshot(path=into / f"{name}-{look.name}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    status = answer.status if answer else 0
    trouble = ("scrolls sideways " if wide else "") + (f"answers {status}" if status >= 500 else "")
    print(f"  {name}-{look.name}.png {trouble}", flush=True)
    return not trouble


def main() -> int:
    reader = argparse.ArgumentParser(description="Save every screen of a running demo as a picture.")
    reader.add_argument("--into", type=Path, required=True)
    reader.add_argument("--studio", default="http://127.0.0.1:8001")
    reader.add_argument("--public", default="")
    reader.add_argument("--sign-in", type=Path, default=Path("var/run/sign-in.txt"))
    reader.add_argument("--role", default="admin")
    reader.add_argument("--only", default="", help="names of screens, separated by commas")
    reader.add_argument("--looks", default="", help="widths, themes and languages, as in 1440-light-pl,390-dark-en")
    reader.add_argument("--quick", action="store_true")
    given = reader.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    email, password = credentials(given.sign_in, role=given.role)
    only, ways = (set(filter(None, each.split(","))) for each in (given.only, given.looks))
    fine = True
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        session = context(browser, Look(1440, "light", "en"))
        sign_in(session.new_page(), given.studio, email=email, password=password)
        for look in looks(ways, quick=given.quick):
            with context(browser, look) as signed_in:
                signed_in.add_cookies(session.cookies())  # one sign-in, or the rate limit would stop us
                page = signed_in.new_page()
                choose(page, given.studio, look)
                wanted = list(screens(page, given.studio, only=only))
                if given.public:
                    wanted += list(public_screens(page, given.public))
                for name, url in wanted:
                    if not only or name in only:
                        fine &= take(page, name=name, url=url, into=given.into, look=look)
        browser.close()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
