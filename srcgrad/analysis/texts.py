"""What the methods of text give: more text, numbers that are constants, or lists of text.

    "a,b".upper()       text            "a,b".count(",")        int
    "a,b".split(",")    list of text    "a,b".startswith("a")   bool
"""

from __future__ import annotations

from . import kinds as k

NUMBERS = frozenset({".count", ".find", ".rfind", ".index", ".rindex"})
LISTS = frozenset({".split", ".rsplit", ".splitlines"})
TUPLES = frozenset({".partition", ".rpartition"})
TEXTS = frozenset({
    ".capitalize", ".casefold", ".center", ".decode", ".encode", ".expandtabs", ".format", ".format_map", ".hex",
    ".join", ".ljust", ".lower", ".lstrip", ".removeprefix", ".removesuffix", ".replace", ".rjust", ".rstrip",
    ".strip", ".swapcase", ".title", ".translate", ".upper", ".zfill",
})  # fmt: skip


def is_text(kind: k.Kind) -> bool:
    return isinstance(kind, k.Known) and (kind == k.TEXT or isinstance(kind.value, str | bytes))


def text_method(op: str) -> k.Kind:
    """The kind of `text.method(...)`; what is done with text carries no derivative."""
    if op in TEXTS:
        return k.TEXT
    if op in NUMBERS:
        return k.Num("python", "int", ())
    if op.startswith((".is", ".startswith", ".endswith")):
        return k.Num("python", "bool", ())
    if op in LISTS:
        return k.Seq("list", None, k.TEXT)
    return k.Seq("tuple", (k.TEXT,) * 3) if op in TUPLES else k.Unknown()
