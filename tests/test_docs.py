"""The pages in docs/: the one that is generated is current, and what the others show is true."""

from __future__ import annotations

import doctest
import re
import sys
import types
from pathlib import Path

import pytest

from srcgrad.diagnostics import CODES
from srcgrad.review.error_page import PAGE, error_page
from srcgrad.rules.declare import HOMES, OBJECTS, TABLE
from srcgrad.rules.registry import lookup

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_of_errors_is_current() -> None:
    """To write it again: `python -m srcgrad.review.error_page`."""
    assert PAGE.read_text(encoding="utf-8") == error_page()


def test_the_page_of_errors_has_every_code_once_in_order() -> None:
    assert re.findall(r"^### (SG\d+)", error_page(), re.MULTILINE) == sorted(CODES)


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda p: p.stem)
def test_examples_are_true(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is a module of its own, since a rule is for a function that emitted code can import."""
    module = types.ModuleType(f"page_{path.stem}")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    page = doctest.DocTestParser().get_doctest(path.read_text(encoding="utf-8"), {}, path.name, str(path), 0)
    page.globs = vars(module)
    lookup("numpy.sin")  # the tables load when they are first needed
    before = [dict(t) for t in (TABLE, HOMES, OBJECTS)]
    try:
        found = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(page, clear_globs=False)
    finally:
        for table, old in zip((TABLE, HOMES, OBJECTS), before, strict=True):
            table.clear()
            table.update(old)  # type: ignore[arg-type]
    assert found.failed == 0
    assert found.attempted > 0 or path.stem not in ("conventions", "rules")


def test_links_between_pages() -> None:
    for path in (*DOCS.glob("*.md"), DOCS.parent / "README.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
