"""Where to look for text that Python itself does not keep: passed with `-c`, redirected into stdin, typed at a prompt.

Each candidate is only a guess; `locate` compiles it and takes it if it gives the very code that is loaded.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from types import CodeType
from typing import Any

from ..syntax import parsed, without_warnings
from .text import ModuleText

LONGEST = 1_000  # lines of one statement at a prompt
MARKS = {"<lambda>": "lambda", "<module>": ""}  # what stands in the first line, where it is not the name


def candidates(code: CodeType) -> Iterator[ModuleText]:
    """Texts that may hold the function, the most likely first."""
    name = code.co_filename
    if name == "<string>":
        yield from (ModuleText(name, text) for text in command_line())
    if name == "<stdin>":
        yield from (ModuleText(name, text) for text in redirected())
    if name in ("<stdin>", "<console>", "<input>"):
        yield from statements(name, history(), code)
    if name.startswith("<"):
        yield from (ModuleText(name, text) for text in notebook_cells(code))


def command_line() -> list[str]:
    """The program of `python -c PROGRAM`."""
    words = sys.orig_argv
    return [words[words.index("-c") + 1] + "\n"] if "-c" in words[:-1] else []


def redirected() -> list[str]:
    """The program of `python < FILE`, read again without moving the place Python reads at."""
    try:
        handle = sys.__stdin__.fileno() if sys.__stdin__ is not None else -1
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return []
        return [os.pread(handle, status.st_size, 0).decode().replace("\r\n", "\n") + "\n"]
    except (OSError, ValueError, AttributeError):  # no stdin, not UTF-8, or a system without pread
        return []


def history() -> list[str]:
    """The lines typed at the prompt of Python, as far as readline knows them, or those redirected into it."""
    readline: Any = sys.modules.get("readline")
    count = readline.get_current_history_length() if readline is not None else 0
    typed = [readline.get_history_item(n + 1) or "" for n in range(count)]
    return typed or [line for text in redirected() for line in text.split("\n")]


def statements(filename: str, lines: list[str], code: CodeType) -> Iterator[ModuleText]:
    """The latest statements first: at a prompt each is a text of its own, whose lines count from one."""
    mark = MARKS.get(code.co_name, code.co_name)
    for number in range(len(lines) - 1, -1, -1):
        first = number - code.co_firstlineno + 1
        if first >= 0 and could_start(lines[number], mark):
            text = statement(lines[first : first + LONGEST])
            if text:
                yield ModuleText(filename, text)


def could_start(line: str, mark: str) -> bool:
    return mark in line or line.lstrip().startswith("@")


def statement(lines: list[str]) -> str:
    """The first statement of some lines; "" if there is none."""
    for end in range(1, len(lines) + 1):
        following = lines[end] if end < len(lines) else ""
        if following[:1] in (" ", "\t", ")", "]", "}") or following.startswith(("else", "elif", "except", "finally")):
            continue
        text = "\n".join(lines[:end]) + "\n"
        try:
            with without_warnings():
                parsed(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return text
    return ""


def notebook_cells(code: CodeType) -> Iterator[str]:
    """Cells of IPython that a magic such as `%%time` has run under a name of its own."""
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    cells = list(shell.history_manager.input_hist_raw) if shell is not None else []
    mark = MARKS.get(code.co_name, code.co_name)
    for cell in reversed(cells):
        head, _, rest = cell.partition("\n")
        if mark in cell and head.startswith("%%"):
            yield rest + "\n"
        elif mark in cell and head.startswith("%"):
            yield head.partition(" ")[2] + "\n" + rest
