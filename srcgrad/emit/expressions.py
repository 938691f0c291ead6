"""IR expressions -> text, with as few parentheses as precedence allows."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable

from ..frontend import classes
from ..frontend.joiners import GET, is_joiner
from ..frontend.operators import PREFIXES, SYMBOLS
from ..frontend.several_classes import Tagged
from ..ir import nodes as ir
from ..ir.helpers import INSTANCE, LINKED, RECORD
from ..syntax import parsed_expression

ATOM = 20
LOOSEST = 0


class Writer:
    """`spell(op)` gives the text of a library operation in this module, and notes what must be imported."""

    def __init__(self, spell: Callable[[str], str]) -> None:
        self.spell = spell

    def __call__(self, e: ir.Expr, strength: int = LOOSEST) -> str:
        text, own = self.write(e)
        return f"({text})" if own < strength else text

    def write(self, e: ir.Expr) -> tuple[str, int]:
        match e:
            case ir.Name(name):
                return name, ATOM
            case ir.Const(value):
                return constant(value)
            case ir.Call("srcgrad.runtime.held", (value,)):
                return self.write(value)
            case ir.Call(op, args, keywords):
                return self.call(op, args, keywords)
            case ir.Apply(func, args, keywords):
                return f"{self(func, ATOM)}({self.arguments(args, keywords)})", ATOM
            case ir.Index(base, ir.Const(ir.Field() as name)) if not hasattr(dict, name):
                return f"{self.receiver(base)}.{name}", ATOM
            case ir.Index(base, index):
                return f"{self(base, ATOM)}[{self.index(index)}]", ATOM
            case ir.Slice(lower, upper, step):  # as a value; within brackets see `index`
                shown = [self(p, 1) if p is not None else "None" for p in (lower, upper, step)]
                return f"slice({', '.join(shown if step is not None else shown[:2])})", ATOM
            case ir.Attribute(base, name):
                return f"{self.receiver(base)}.{name}", ATOM
            case ir.Display(kind, items):
                return self.display(kind, items), ATOM
            case ir.Mapping(keys, values, cls) if cls is not None:
                fields = tuple((str(key.value), v) for key, v in zip(keys, values, strict=True))  # type: ignore[union-attr]
                if isinstance(cls, Tagged):
                    return f"{self.spell(INSTANCE)}({self.arguments((ir.Const(cls.name),), fields)})", ATOM
                if cls is classes.LINKED:
                    return f"{self.spell(LINKED)}({self.arguments((), fields)})", ATOM
                return f"{self.spell(RECORD)}({self.arguments((), fields)})", ATOM
            case ir.Mapping(keys, values, ordered=True):
                plain = (ir.Mapping(keys, values),) if keys else ()
                return self.call("collections.OrderedDict", plain, ())
            case ir.Mapping(keys, values):
                pairs = [f"{self(key)}: {self(v)}" if key is not None else f"**{self(v, 7)}"
                         for key, v in zip(keys, values, strict=True)]  # fmt: skip
                return "{" + ", ".join(pairs) + "}", ATOM
            case ir.Star(value):
                return f"*{self(value, 7)}", LOOSEST
            case ir.Select(test, then, other):
                return f"{self(then, 3)} if {self(test, 3)} else {self(other, 2)}", 2
            case ir.BoolOp(op, values):
                own = 4 if op == "and" else 3
                return f" {op} ".join(self(v, own + 1) for v in values), own
            case ir.Compare(first, ops, rest):
                tail = "".join(f" {op} {self(r, 7)}" for op, r in zip(ops, rest, strict=True))
                return self(first, 7) + tail, 6
            case ir.Walrus(name, value):
                return f"{name} := {self(value, 1)}", LOOSEST
            case ir.Lambda(params, body):
                head = self.params(params)
                return f"lambda{' ' + head if head else ''}: {self(body, 1)}", 1
            case ir.Comprehension():
                return self.comprehension(e), ATOM
            case ir.Text(code, _):
                return code, ATOM
        raise AssertionError(f"not an expression: {e!r}")

    def call(self, op: str, args: tuple[ir.Expr, ...], keywords: tuple[tuple[str, ir.Expr], ...]) -> tuple[str, int]:
        if op in SYMBOLS and len(args) == 2 and not keywords:
            return self.operator(op, args[0], args[1])
        if op in PREFIXES and len(args) == 1:
            symbol, own = PREFIXES[op]
            return symbol + self(args[0], own), own
        if op.startswith("."):
            return f"{self.receiver(args[0])}{op}({self.arguments(args[1:], keywords)})", ATOM
        if is_joiner(op):
            joined = args[0] if len(args) == 1 else ir.Display("tuple", args)
            return f"{self.spell(op.removesuffix(GET))}[{self.index(joined)}]", ATOM
        return f"{self.spell(op)}({self.arguments(args, keywords)})", ATOM

    def receiver(self, e: ir.Expr) -> str:
        text = self(e, ATOM)
        return f"({text})" if isinstance(e, ir.Const) else text

    def operator(self, op: str, a: ir.Expr, b: ir.Expr) -> tuple[str, int]:
        symbol, own = SYMBOLS[op]
        if op == "operator.pow":
            space = "" if is_simple_operand(a) and is_simple_operand(b) else " "
            return f"{self(a, own + 1)}{space}**{space}{self(b, 13)}", own
        return f"{self(a, own)} {symbol} {self(b, own + 1)}", own

    def arguments(self, args: tuple[ir.Expr, ...], keywords: tuple[tuple[str | None, ir.Expr], ...]) -> str:
        parts = [self(a, 1) if not isinstance(a, ir.Star) else self(a) for a in args]
        parts += [f"{n}={self(v, 1)}" if n is not None else f"**{self(v, 7)}" for n, v in keywords]
        return ", ".join(parts)

    def index(self, e: ir.Expr) -> str:
        if isinstance(e, ir.Display) and e.kind == "tuple" and e.items:
            text = ", ".join(self.slice(i) if isinstance(i, ir.Slice) else self(i) for i in e.items)
            return text + "," if len(e.items) == 1 else text
        return self.slice(e) if isinstance(e, ir.Slice) else self(e)

    def slice(self, e: ir.Slice) -> str:
        """Between longer bounds a colon has a space on the sides where there is something."""
        lower, upper = (self.slice_part(p) for p in (e.lower, e.upper))
        longer = any(p is not None and not is_simple_operand(p) for p in (e.lower, e.upper, e.step))
        before, after = (" " if longer and part else "" for part in (lower, upper))
        step = f"{after}:{' ' if longer else ''}{self(e.step, 1)}" if e.step is not None else ""
        return f"{lower}{before}:{after}{upper}{step}"

    def slice_part(self, e: ir.Expr | None) -> str:
        return self(e, 1) if e is not None else ""

    def display(self, kind: str, items: tuple[ir.Expr, ...]) -> str:
        inner = ", ".join(self(i, 1) if not isinstance(i, ir.Star) else self(i) for i in items)
        if kind == "list":
            return f"[{inner}]"
        if kind == "set":
            return f"{{{inner}}}" if items else "set()"
        return f"({inner},)" if len(items) == 1 else f"({inner})"

    def comprehension(self, e: ir.Comprehension) -> str:
        element = self(e.element, 1)
        if e.key is not None:
            element = f"{self(e.key, 1)}: {element}"
        for c in e.clauses:
            target = self(c.target)
            if isinstance(c.target, ir.Display):
                target = target[1:-1]
            element += f" for {target} in {self(c.iterable, 3)}" + "".join(f" if {self(t, 3)}" for t in c.conditions)
        brackets = {"list": "[]", "set": "{}", "dict": "{}", "generator": "()"}[e.kind]
        return brackets[0] + element + brackets[1]

    def params(self, params: tuple[ir.Param, ...]) -> str:
        """Parameters as in a `def`, annotations included."""
        parts: list[str] = []
        kinds = [p.kind for p in params]
        for n, p in enumerate(params):
            if p.kind == "keyword" and "star" not in kinds and "keyword" not in kinds[:n]:
                parts.append("*")
            note = f": {p.annotation}" if p.annotation and not names_in(p.annotation) - KNOWN else ""
            equals = " = " if note else "="
            default = f"{equals}{self(p.default, 1)}" if p.default is not None else ""
            parts.append({"star": "*", "double_star": "**"}.get(p.kind, "") + p.name + note + default)
            if p.kind == "positional_only" and "positional_only" not in kinds[n + 1 :]:
                parts.append("/")
        return ", ".join(parts)


KNOWN = frozenset({*dir(builtins), "np"})


def names_in(note: str) -> set[str]:
    """Names of a module that an annotation needs, which may be imported for nothing else."""
    try:
        tree = parsed_expression(note)
    except SyntaxError:
        return {note}
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}


def is_simple_operand(e: ir.Expr) -> bool:
    """What a formatter sets `**` and `:` close around: names, numbers, attributes, negated ones."""
    match e:
        case ir.Name() | ir.Const():
            return True
        case ir.Attribute(base, _):
            return is_simple_operand(base)
        case ir.Call("operator.neg", (ir.Const() | ir.Name(),)):
            return True
    return False


def constant(value: object) -> tuple[str, int]:
    if value is ...:
        return "...", ATOM
    if isinstance(value, str):
        text = repr(value)
        if text.startswith("'") and '"' not in text:
            text = '"' + text[1:-1].replace("\\'", "'") + '"'
        return text, ATOM
    text = repr(value)
    return text, 13 if text.startswith("-") else ATOM
