"""The page of error codes, from the table in `srcgrad.diagnostics`: `python -m srcgrad.review.error_page`."""

from __future__ import annotations

from pathlib import Path

from ..diagnostics import CODES, SrcgradError

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
BANNERS = {
    "1": "Source and syntax",
    "2": "Python outside the supported subset",
    "3": "Rules and calls",
    "4": "Arguments of the functions of srcgrad",
    "5": "Targets",
}
HEAD = """\
# Errors

What srcgrad cannot do right it refuses, with file, line, column, the reason and a way out:

    model.py:31:16: SG301 `numpy.fft.rfft` has no derivative rule
        spectrum = np.fft.rfft(x)
                   ^^^^^^^^^^^^^^
        Declare a rule for it.

All refusals of a function come in one exception, `srcgrad.SrcgradError`, in the order of the source. Its `diagnostics`
has them all; `code`, `filename`, `lineno`, `offset`, `end_lineno`, `end_offset` and `hint` are those of the first. It
is also an instance of the built-in exception named below, so that `except TypeError` works as in any Python code.
An exception that the differentiated function raises itself arrives unchanged.

This page is written by `python -m srcgrad.review.error_page` from the table in `srcgrad/diagnostics.py`.
"""


def error_page() -> str:
    """The page as Markdown."""
    parts = [HEAD]
    codes = sorted(CODES)
    for digit, banner in BANNERS.items():
        own = [code for code in codes if code[2] == digit]
        parts.append(f"\n## SG{digit}xx: {banner}\n")
        parts += [entry(code) for code in own]
    return "".join(parts)


def entry(code: str) -> str:
    found = CODES[code]
    return f"\n### {code}: {found.title}\n\n`{found.error.__name__}`, {builtin(found.error)}. {found.explanation}\n"


def builtin(error: type[SrcgradError]) -> str:
    names = [f"`{c.__name__}`" for c in error.__mro__ if c.__module__ == "builtins" and c.__base__ is not BaseException]
    return f"a {names[0]}" if names and names[0] != "`object`" else "an exception"


if __name__ == "__main__":
    PAGE.write_text(error_page(), encoding="utf-8")
