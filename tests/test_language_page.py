"""The page of the language says what is true: every line of it is found again."""

from __future__ import annotations

from tests.language.page import PAGE, page, sections


def test_page_is_current() -> None:
    """To write it again after reading what changed: `python -m tests.language.page`."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_nothing_is_wrong() -> None:
    assert "wrong" not in PAGE.read_text(encoding="utf-8").partition("## Plain NumPy")[0]


def test_every_row_of_the_list_is_there() -> None:
    rows = {row.partition("|")[0].strip() for found in sections().values() for row in found}
    assert {str(n) for n in range(1, 52)} <= rows
    assert {f"P{n}" for n in range(1, 19)} <= rows
