"""What any page is looked at for: that it is in reach of everybody, and fits its screen."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

SERIOUS = {"serious", "critical"}
OF_COLOURS = ("color-contrast", "link-in-text-block")  # axe's rules


def visit(browser: Browser, width: int = 1280, **options: object) -> BrowserContext:
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    return context


def faults(page: Page, *rules: str) -> list[str]:
    """The serious and critical ones that axe finds, each with the first place where it is; by all its rules, or by these."""
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{fault['id']} at {fault['nodes'][0]['target'][0]}" for fault in found if fault["impact"] in SERIOUS]


def expect_in_reach(page: Page, place: str) -> None:
    """In both schemes. They differ in colours alone, so that in the dark only what hangs on colours is looked at again."""
    for scheme, rules in (("light", ()), ("dark", OF_COLOURS)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert (place, scheme, faults(page, *rules), is_too_wide(page)) == (place, scheme, [], False)


def is_too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def photo(folder: Path, name: str) -> Path:
    """A picture in the colour that its name says."""
    Image.new("RGB", (40, 30), name.partition(".")[0]).save(folder / name)
    return folder / name
