"""The helpers a module needs, copied into it, so that it runs where srcgrad is not installed."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from ..syntax import parsed


@cache
def helper_texts() -> dict[str, str]:
    """The source of every helper by name, without annotations and examples."""
    found: dict[str, str] = {}
    folder = Path(__file__).parent.parent / "runtime"
    for path in sorted(folder.glob("[a-z]*.py")):
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        for node in parsed(text).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[node.name] = plain("\n".join(lines[node.lineno - 1 : node.end_lineno]))
    return found


def plain(text: str) -> str:
    """A helper without annotations, and without the examples in its docstring."""
    text = re.sub(r"\) -> [^\n]*:\n", "):\n", text)
    text = re.sub(r"(\*{0,2}\w+): (?:Any|bool|int|float|str)(?=[,)=\n]| =)", r"\1", text)
    text = re.sub(r'\n\n    >>> .*?"""', '"""', text, count=1, flags=re.DOTALL)
    text = re.sub(r"^( +\w+): (?:Any|(?:list|dict|tuple|set)\[[^\n=]*\]) = ", r"\1 = ", text, flags=re.MULTILINE)
    head, _, body = text.partition("\n")
    return re.sub(r"(\w+) = (?=[^,()]+[,)])", r"\1=", head) + "\n" + body


def needed(names: frozenset[str]) -> list[str]:
    """The helpers and all they use themselves, each after what it uses, but for two that call each other."""
    order: list[str] = []
    met: set[str] = set()

    def visit(name: str) -> None:
        if name in met:
            return
        met.add(name)
        for other in used_by(name):
            visit(other)
        order.append(name)

    for name in sorted(names):
        visit(name)
    return order


@cache
def used_by(name: str) -> tuple[str, ...]:
    """The helpers that one calls, or asks whether something is of."""
    texts = helper_texts()
    words = {*re.findall(r"(?<![\w.])(\w+)\(", texts[name]), *re.findall(r"isinstance\([^()]*, (\w+)\)", texts[name])}
    return tuple(other for other in texts if other in words - {name})


def with_helpers(text: str, helpers: frozenset[str]) -> str:
    """The module with the import of helpers replaced by their source."""
    if not helpers:
        return text
    texts = helper_texts()
    lines = text.splitlines()
    position = next(n for n, row in enumerate(lines) if row.startswith("from srcgrad.runtime import"))
    names = needed(helpers)
    own = renamed("\n\n\n".join(texts[n] for n in names), names, text)
    end = position
    while "(" in lines[position] and ")" not in lines[end]:
        end += 1
    before, after = lines[:position], lines[end + 1 :]
    if not any(row == "import numpy as np" for row in before):
        before = [*before, "import numpy as np"]
    return (
        "\n".join([*before, *after[: first_definition(after)]]).rstrip()
        + f"\n\n\n{own}\n\n\n"
        + "\n".join(after[first_definition(after) :]).lstrip("\n")
        + "\n"
    )


def renamed(own: str, names: list[str], text: str) -> str:
    """The source of helpers, under other names where the module binds theirs to something else."""
    taken: set[str] = set()
    given: dict[str, str] = {}
    for node in ast.walk(parsed(text)):
        match node:
            case ast.ImportFrom("srcgrad.runtime", aliases):
                given |= {a.name: a.asname for a in aliases if a.asname}
            case ast.Import(aliases) | ast.ImportFrom(_, aliases):
                taken |= {a.asname or a.name.partition(".")[0] for a in aliases}
            case ast.FunctionDef(name):
                taken.add(name)
            case ast.Name(name, ast.Store()):
                taken.add(name)
    for name in names:
        new = given.get(name, name)
        while name not in given and new in taken:
            new += "_"
        if new != name:
            called, defined, asked = rf"(?<![\w.]){name}(?=\()", rf"(?<=class ){name}(?=:)", rf"(?<=, ){name}(?=\))"
            own = re.sub(f"{called}|{defined}|{asked}", new, own)
    return own


def first_definition(lines: list[str]) -> int:
    return next((n for n, row in enumerate(lines) if row.startswith(("def ", "@"))), len(lines))
