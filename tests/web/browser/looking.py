"""What is looked for on every page: what axe finds, what sticks out, what cannot be seen when it has the focus."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

__all__ = ["AS_LAID_OUT", "COLOURS", "found_by_axe", "on_paper", "sticking_out", "unseen_focus"]

Options = dict[str, Any]

COLOURS: Options = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What of a page depends on its theme."""
AS_LAID_OUT: Options = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
"""What of a page depends on the width of its window."""
_ALL: Options = {"rules": {"target-size": {"enabled": True}}}
"""Every rule, and that of WCAG 2.2 which axe leaves out by itself: nothing to click is smaller than 24 pixels."""
_RUN = """options => axe.run(document, options).then(found => found.violations.map(one =>
  [one.id, one.help, ...one.nodes.slice(0, 3).map(node => node.html.slice(0, 200))]))"""
_STICKING = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('main *, header *, footer *')].filter(e =>
    !e.closest('.scroll, .skip, .hidden, pre, svg, .swagger-ui') && getComputedStyle(e).display !== 'inline'
    && e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.outerHTML.slice(0, 160)).concat([`${document.documentElement.scrollWidth} of ${innerWidth}`])"""
# A focus that a script gives looks as if a key had given it while a key was what was used last.
_UNSEEN = """() => {
  const faults = [], fault = (what, e) => faults.push([what, e.outerHTML.slice(0, 160)]);
  const all = 'a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]';
  for (const e of document.querySelectorAll(all)) {
    if (e.matches('.skip, [tabindex="-1"]') || e.closest('.swagger-ui')) continue;
    if (!e.checkVisibility({ visibilityProperty: true })) continue;
    e.focus();
    const style = getComputedStyle(e), box = [...e.getClientRects()].find(r => r.width > 1 && r.height > 1);
    if (document.activeElement !== e || !box) { fault('takes no focus', e); continue; }
    if (!(parseFloat(style.outlineWidth) >= 2) || style.outlineStyle === 'none') fault('no ring', e);
    const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth, Math.max(box.left, 0) + 16)) / 2;
    const top = document.elementFromPoint(x, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2);
    if (!top || !(e.contains(top) || top.contains(e))) fault('not seen', e);
  }
  document.activeElement.blur();
  scrollTo(0, 0);
  return faults;
}"""
_OFFERED = """() => [...document.querySelectorAll('nav, form, button, input, select')]
  .filter(e => e.checkVisibility() && !e.closest('.swagger-ui')).map(e => e.outerHTML.slice(0, 120))"""


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def found_by_axe(page: Page, options: Options | None = None) -> list[Any]:
    """The rules that the page breaks, each with where. It is put into a page once, however often it is asked."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found: list[Any] = page.evaluate(_RUN, {**(options or _ALL), "resultTypes": ["violations"]})
    return found


def sticking_out(page: Page) -> list[Any]:
    """What makes the page wider than its window; nothing where it fits."""
    found: list[Any] = page.evaluate(_STICKING)
    return found


def unseen_focus(page: Page) -> list[Any]:
    """What Tab comes to and cannot be seen there: no ring, or something that lies over it (WCAG 2.4.7, 2.4.11)."""
    page.keyboard.press("Tab")
    found: list[Any] = page.evaluate(_UNSEEN)
    return found


def on_paper(page: Page) -> list[Any]:
    """What can only be clicked, and is printed all the same."""
    page.emulate_media(media="print")
    found: list[Any] = page.evaluate(_OFFERED)
    return found
