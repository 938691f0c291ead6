"""Indentation in plain spaces, for text that CPython accepts and libcst does not (form feeds, unusual tabs).

def f(x):                   def f(x):
\\f<tab>y = x                   y = x
"""

from __future__ import annotations

import io
import tokenize

STEP = "    "
SILENT = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.NEWLINE, tokenize.ENDMARKER)


def reindent(text: str) -> tuple[str, dict[int, int]]:
    """The text with four spaces per level, and by how many columns each changed line moved to the right."""
    lines = text.split("\n")
    shifts: dict[int, int] = {}
    for number, level in statement_lines(text):
        old = lines[number - 1]
        new = STEP * level + old.lstrip(" \t\f")
        lines[number - 1] = new
        shifts[number] = len(new) - len(old)
    return "\n".join(lines), shifts


def statement_lines(text: str) -> list[tuple[int, int]]:
    """(line, level) of the first line of each statement."""
    found, level, fresh = [], 0, True
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.INDENT:
            level += 1
        elif token.type == tokenize.DEDENT:
            level -= 1
        elif token.type == tokenize.NEWLINE:
            fresh = True
        elif fresh and token.type not in SILENT:
            found.append((token.start[0], level))
            fresh = False
    return found
