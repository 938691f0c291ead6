"""The pages in docs/: the one that is generated is current, and what the others show is true."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from srcgrad.diagnostics import CODES
from srcgrad.review.error_page import PAGE, error_page

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_of_errors_is_current() -> None:
    """To write it again: `python -m srcgrad.review.error_page`."""
    assert PAGE.read_text(encoding="utf-8") == error_page()


def test_the_page_of_errors_has_every_code_once_in_order() -> None:
    assert re.findall(r"^### (SG\d+)", error_page(), re.MULTILINE) == sorted(CODES)


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda p: p.stem)
def test_examples_are_true(path: Path) -> None:
    found = doctest.testfile(str(path), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.failed == 0
    assert found.attempted > 0 or path.stem != "conventions"


def test_links_between_pages() -> None:
    for path in (*DOCS.glob("*.md"), DOCS.parent / "README.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
