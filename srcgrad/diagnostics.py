"""What a refusal says: code, place, source line with carets, and a way out; and the exceptions that carry it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn

from .ir.origin import Span

WIDTH = 110  # longer source lines are cut around the carets


class SrcgradError(Exception):
    """Base class of all refusals; the attributes are those of the first diagnostic, named as in `SyntaxError`."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        assert diagnostics, "a refusal needs something to say"
        self.diagnostics = diagnostics
        first = diagnostics[0]
        self.code, self.hint, self.filename = first.code, first.hint, first.filename
        self.text = first.source_lines[0] if first.source_lines else None
        span = first.span
        self.lineno = span.line if span else None
        self.offset = span.column + 1 if span else None
        self.end_lineno = span.end_line if span else None
        self.end_offset = span.end_column + 1 if span else None
        super().__init__("\n".join(d.render() for d in diagnostics))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.diagnostics


class SrcgradSyntaxError(SrcgradError, ValueError):
    """The text is not Python, or Python outside the supported subset."""


class SrcgradTypeError(SrcgradError, TypeError):
    """An object of a kind that has no derivative."""


class SrcgradValueError(SrcgradError, ValueError):
    """An argument or option with a value that means nothing here."""


class SrcgradLookupError(SrcgradError, LookupError):
    """A source, a function or a rule that does not exist."""


class SrcgradRuntimeError(SrcgradError, RuntimeError):
    """Something is no longer as it was, or not yet as it must be."""


class Code(NamedTuple):
    title: str
    error: type[SrcgradError]
    explanation: str


CODES: dict[str, Code] = {
    # ----- SG1xx: source and syntax -----
    "SG101": Code(
        "source not found", SrcgradLookupError,
        "srcgrad reads the Python text of a function. Built-in functions, functions of compiled extensions and text "
        "that was passed to `exec` or piped into Python have none. Save the function in a file, or declare a rule "
        "for it.",
    ),
    "SG102": Code(
        "source changed since import", SrcgradRuntimeError,
        "The text that was found is compiled and compared with the function that is loaded. They differ, so the "
        "derivative would be one of another function. Reload the module, or restart the session.",
    ),
    "SG103": Code(
        "unknown decorator", SrcgradSyntaxError,
        "A file is not run, and its text does not say what the decorator makes of the function. Looked through are "
        "staticmethod, classmethod, property, functools.cache, lru_cache, cached_property and wraps, "
        "abc.abstractmethod, the markers of typing, numba.jit and njit, the decorators of srcgrad, and functions and "
        "classes of the user that give a function back and keep nothing from one call to the next.",
    ),
    "SG104": Code(
        "ambiguous lambda", SrcgradLookupError,
        "Several lambdas on one line compile to the same code and cannot be told apart, or the text of the lambda "
        "cannot be cut out of its line. Use `def`.",
    ),
    "SG105": Code(
        "syntax error", SrcgradSyntaxError,
        "The text is not valid for the running Python; the message and the place are CPython's own.",
    ),
    "SG106": Code(
        "nested too deeply", SrcgradSyntaxError,
        "Expressions and blocks nested very deeply would overflow the stack of a parser. Split the statement in two.",
    ),
    "SG107": Code(
        "not a readable text file", SrcgradSyntaxError,
        "The file is a directory, empty, binary, not encoded as it says, or may not be read.",
    ),
    "SG108": Code(
        "no such function", SrcgradLookupError,
        "The file does not define a function of that name, or defines it in a way that only running it could tell.",
    ),
    "SG109": Code(
        "not a function", SrcgradTypeError,
        "Only something that can be called, and that is not a class, has a derivative.",
    ),
    "SG110": Code(
        "not made by srcgrad", SrcgradValueError,
        "The first line of an emitted file names its source and the command that made it. `srcgrad check` runs that "
        "command again; it does so only for a line as srcgrad writes it, with a source inside the same project.",
    ),
    "SG111": Code(
        "no module to read from", SrcgradLookupError,
        "What is emitted reads global values where they stand. Text from standard input belongs to no module that "
        "could be imported.",
    ),
    # ----- SG2xx: Python outside the supported subset -----
    "SG201": Code("unsupported syntax", SrcgradSyntaxError, "This construct has no derivative in srcgrad."),
    "SG202": Code("asynchronous code", SrcgradSyntaxError, "Only synchronous code is differentiated."),
    "SG203": Code("generator function", SrcgradSyntaxError, "A function that yields has no single result."),
    "SG204": Code("class inside a function", SrcgradSyntaxError, "Classes are defined at module level."),
    "SG205": Code("global written", SrcgradSyntaxError, "A function that writes a global has a hidden result."),
    "SG206": Code("nonlocal", SrcgradSyntaxError, "A function that writes a name of another one has a hidden result."),
    "SG207": Code("del", SrcgradSyntaxError, "The reverse sweep reads names again that `del` removes."),
    "SG208": Code("try", SrcgradSyntaxError, "Which statements ran before an exception is not recorded."),
    "SG209": Code("with", SrcgradSyntaxError, "What a context manager does to the values is not known."),
    "SG210": Code("match", SrcgradSyntaxError, "Patterns are not differentiated."),
    "SG211": Code("unpacking into a place", SrcgradSyntaxError, "Tuples are unpacked into names."),
    "SG212": Code("in-place update of a name", SrcgradSyntaxError, "`a += b` changes an array for every name of it."),
    "SG213": Code("in-place change", SrcgradSyntaxError, "Arrays, containers and objects are not changed in place."),
    "SG214": Code("call for its effect", SrcgradSyntaxError, "What the call does to its arguments is not known."),
    "SG215": Code("code as data", SrcgradSyntaxError, "What `exec` and its like do is not in the source."),
    "SG216": Code("comprehension", SrcgradSyntaxError, "Not every comprehension over active values is built."),
    "SG217": Code("unknown iteration", SrcgradTypeError, "Items with derivatives are taken from sequences."),
    "SG218": Code("active value in an integer array", SrcgradTypeError, "Storing cuts the value to the array's dtype."),
    "SG219": Code("shared memory", SrcgradSyntaxError, "Which memory two names share must be known when it changes."),
    "SG220": Code("hidden change", SrcgradSyntaxError, "Memory is changed by statements, which are walked back."),
    "SG221": Code(
        "memory that outlives the call", SrcgradSyntaxError,
        "What a function leaves in memory of its module, or in a default, depends on the calls before: a hidden "
        "argument and a hidden result.",
    ),
    "SG222": Code("iterator kept", SrcgradSyntaxError, "The items of an iterator are worked out late, and only once."),
    "SG223": Code("active key", SrcgradTypeError, "Keys and members of sets are compared, not differentiated."),
    "SG224": Code("checkpoint", SrcgradSyntaxError, "`checkpoint` marks the steps of a loop or its condition."),
    "SG225": Code("effect in a checkpointed loop", SrcgradSyntaxError, "Steps that run again only work out values."),
    "SG226": Code(
        "state of a checkpointed loop", SrcgradSyntaxError,
        "A snapshot copies each array that a step starts from; containers that change, and two names for one changing "
        "array, it cannot keep.",
    ),
    # ----- SG3xx: rules -----
    "SG301": Code("no rule", SrcgradLookupError, "No derivative rule is declared for the operation."),
    "SG302": Code("option without a rule", SrcgradLookupError, "The rule does not cover this argument or keyword."),
    "SG303": Code("unknown function", SrcgradLookupError, "Which function is called here cannot be known."),
    "SG304": Code("unknown arguments", SrcgradTypeError, "How many arguments are passed here cannot be known."),
    "SG305": Code("call does not fit", SrcgradTypeError, "The arguments do not fit the parameters of the function."),
    "SG306": Code("function with values", SrcgradTypeError, "What a function carries must be in reach of its call."),
    "SG307": Code("no result", SrcgradValueError, "The function returns nothing on some path."),
    "SG308": Code("function that carries itself", SrcgradTypeError, "Nested functions with values call each other."),
    "SG309": Code("early default", SrcgradTypeError, "A default was worked out earlier, and is not in reach here."),
    "SG310": Code("object", SrcgradTypeError, "An object is followed as the dict of its attributes, if it is that."),
    "SG311": Code("malformed rule", SrcgradValueError, "The declaration of a rule says something that cannot be used."),
    "SG312": Code("rule declared twice", SrcgradValueError, "Which of two rules for one function holds is not known."),
    "SG313": Code("rule that is no text", SrcgradTypeError, "Signatures and partial derivatives are given as text."),
    "SG390": Code("not supported yet", SrcgradRuntimeError, "srcgrad has no way to differentiate this combination."),
    # ----- SG4xx: arguments of the functions of srcgrad -----
    "SG401": Code("not callable", SrcgradTypeError, "Derivatives are taken of functions."),
    "SG402": Code("not a parameter", SrcgradTypeError, "A parameter is given by its position or its name."),
    "SG403": Code("unknown parameter", SrcgradValueError, "The function has no parameter of that name or position."),
    "SG404": Code("unsupported argument", SrcgradTypeError, "Numbers, arrays and containers of them are."),
    "SG405": Code("constant argument", SrcgradTypeError, "Integers, strings and the like have no derivative."),
    "SG406": Code("no result", SrcgradValueError, "A function without a result has no gradient."),
    "SG407": Code("result is no scalar", SrcgradTypeError, "A gradient is that of one number."),
    "SG408": Code("result is not real", SrcgradTypeError, "A gradient is that of a real number."),
    "SG409": Code("cotangent or tangent does not fit", SrcgradValueError, "It has the structure of the value."),
    "SG410": Code("not a derivative", SrcgradTypeError, "Only functions made by srcgrad have emitted source."),
    "SG411": Code("nothing emitted yet", SrcgradLookupError, "A derivative is emitted at the first call."),
    "SG412": Code("derivative check failed", SrcgradValueError, "The derivative does not agree with differences."),
    "SG413": Code("option without a meaning", SrcgradValueError, "The option has no such value."),
    "SG414": Code("tape used out of turn", SrcgradRuntimeError, "A tape records one block, and gives one gradient."),
    "SG415": Code("block with another value", SrcgradRuntimeError, "The block gives another value when it runs again."),
    "SG416": Code("not on the tape", SrcgradValueError, "It cannot be told where the value comes from."),
    "SG417": Code("watching a constant", SrcgradValueError, "Numbers and arrays of floats are watched."),
    "SG418": Code("no target", SrcgradTypeError, "A gradient is that of numbers."),
    "SG419": Code("equation of a solver", SrcgradValueError, "It takes the solution, and what the solver takes."),
    "SG420": Code("underived solution", SrcgradValueError, "Its derivative does not follow from its equation."),
    "SG421": Code("memory that is there twice", SrcgradValueError, "A changed argument shares no memory with another."),
    # ----- SG5xx: targets -----
    "SG501": Code("no equal in numba", SrcgradLookupError, "numba does not have this operation, or cannot read this."),
    "SG502": Code("numba cannot compile", SrcgradTypeError, "numba wants every name to have one type and rank."),
}  # fmt: skip


@dataclass(frozen=True)
class Diagnostic:
    """One refusal; `source_lines` are the lines of the span, of which the first is shown."""

    code: str
    message: str
    span: Span | None = None
    filename: str | None = None
    source_lines: tuple[str, ...] = ()
    hint: str = ""

    def render(self) -> str:
        """The text a user sees: place, code and message; source line and carets; hint."""
        lines = [f"{self.place()}{self.code} {visible(self.message)}"]
        if self.span is not None and self.source_lines:
            lines += self.excerpt(self.span)
        lines += [f"    {visible(line)}" for line in self.hint.splitlines()]
        return "\n".join(lines)

    def place(self) -> str:
        if self.filename is None:
            return ""
        where = f":{self.span.line}:{self.span.column + 1}" if self.span is not None else ""
        return f"{visible(self.filename)}{where}: "

    def excerpt(self, span: Span) -> list[str]:
        line = self.source_lines[0].rstrip()
        indent = len(line) - len(line.lstrip())
        start = max(span.column, indent)
        end = span.end_column if span.end_line == span.line else len(line)
        before, marked, after = line[indent:start], line[start : max(end, start)], line[max(end, start) :]
        return shorten(visible(before), visible(marked), visible(after))


def shorten(before: str, marked: str, after: str) -> list[str]:
    """The source line and its carets, cut to `WIDTH` around the marked part."""
    if width(before) > WIDTH // 2:
        before = "..." + before[-WIDTH // 2 :]
    marked = marked if width(marked) <= WIDTH // 2 else marked[: WIDTH // 2] + "..."
    rest = max(WIDTH - width(before) - width(marked), 0)
    after = after if width(after) <= rest else after[:rest] + "..."
    carets = " " * width(before) + "^" * max(width(marked), 1)
    return [f"    {before}{marked}{after}".rstrip(), f"    {carets}"]


def visible(text: str) -> str:
    """Text as it may go to a terminal: control, bidirectional and unpaired characters as escapes, tabs as spaces."""
    return "".join(map(visible_character, text))


def visible_character(c: str) -> str:
    if c == "\t":
        return "    "
    if c.isprintable() or c == " ":
        return c
    if unicodedata.category(c) == "Zs":
        return " "
    return c.encode("unicode_escape").decode("ascii")


def width(text: str) -> int:
    """Columns on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def diagnose(code: str, message: str, span: Span | None = None, source: Any = None, hint: str = "") -> Diagnostic:
    """A diagnostic; `source` is what has `.filename` and `.line(number)`, or a file name, or None."""
    assert code in CODES, f"{code} is missing from the table of codes"
    if source is None or isinstance(source, str):
        return Diagnostic(code, message, span, source, (), hint)
    lines = tuple(source.line(n) for n in range(span.line, span.end_line + 1)) if span is not None else ()
    return Diagnostic(code, message, span, source.filename, lines, hint)


def error(*diagnostics: Diagnostic) -> SrcgradError:
    """The exception for these diagnostics; its class is the one of the first code."""
    return CODES[diagnostics[0].code].error(*diagnostics)


def refuse(code: str, message: str, span: Span | None = None, source: Any = None, hint: str = "") -> NoReturn:
    """Raise the exception that belongs to `code`."""
    raise error(diagnose(code, message, span, source, hint))


class Collector:
    """Gathers the refusals of a file, so that all of them are shown at once."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.following: list[Diagnostic] = []
        self.located: Callable[[list[Diagnostic]], list[Diagnostic]] = list

    def add(
        self, code: str, message: str, span: Span | None = None, source: Any = None, hint: str = "",
        follows: bool = False,
    ) -> Diagnostic:  # fmt: skip
        """Note a refusal; one that `follows` from others is shown only where there are no others."""
        found = diagnose(code, message, span, source, hint)
        kept = self.following if follows else self.diagnostics
        if found not in kept:
            kept.append(found)
        return found

    def drop(self, found: Iterable[Diagnostic]) -> None:
        """Forget refusals that have turned out to be premature."""
        for d in found:
            for kept in (self.diagnostics, self.following):
                if d in kept:
                    kept.remove(d)

    def take(self, found: Iterable[Diagnostic]) -> None:
        """Refusals that another collector has located."""
        self.diagnostics += [d for d in found if d not in self.diagnostics]

    def __bool__(self) -> bool:
        return bool(self.diagnostics or self.following)

    def in_order(self) -> list[Diagnostic]:
        """By file, in order of first appearance, and by place in the file."""
        shown = self.located(self.diagnostics or self.following)
        files = list(dict.fromkeys(d.filename for d in shown))
        return sorted(shown, key=lambda d: (files.index(d.filename), position(d)))

    def raise_all(self) -> None:
        """Raise everything that was gathered as one exception; nothing was gathered: return."""
        if self:
            raise error(*self.in_order())


def position(d: Diagnostic) -> tuple[int, int]:
    return (d.span.line, d.span.column) if d.span is not None else (0, 0)
