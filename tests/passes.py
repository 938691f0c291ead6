"""The pipeline up to a named pass, on a source text, printed: a before and an after for each pass.

The last function of a source text is the one that is differentiated.  What is printed is the IR itself: what headers
bind on their own stands written out, and nothing is taken from the user's text.
"""

from __future__ import annotations

import ast
import builtins
import itertools
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import libcst as cst

from srcgrad.analysis import kinds as k
from srcgrad.analysis.instance import Instance
from srcgrad.analysis.interpret import Interpreter
from srcgrad.analysis.saves import Plan
from srcgrad.analysis.scopes import arm_key
from srcgrad.diagnostics import SrcgradError
from srcgrad.emit.expressions import Writer
from srcgrad.emit.module import Imports
from srcgrad.emit.statements import StatementWriter
from srcgrad.frontend.arrays import with_arrays
from srcgrad.frontend.bindings import MISSING, Library, UserFunction, Value
from srcgrad.frontend.decorators import dotted
from srcgrad.frontend.facts import argument_kinds, guards
from srcgrad.frontend.locate_file import locate_file
from srcgrad.frontend.located import Located
from srcgrad.frontend.lower import Names as Fresh, lower
from srcgrad.frontend.prepare import steady_block
from srcgrad.frontend.read_statements import StatementReader
from srcgrad.frontend.scope import RuleScope
from srcgrad.ir import nodes as ir
from srcgrad.ir.program import Function
from srcgrad.ir.walk import statements
from srcgrad.optimise import optimised as all_passes
from srcgrad.options import Options
from srcgrad.pipeline import Module, activated, analyse, finish, transform
from srcgrad.program import Program
from srcgrad.rules.template import formula, runtime_helpers
from srcgrad.settling import settle, taken_names
from srcgrad.transform.emitted import Emitted
from srcgrad.transform.functions import ReverseModule
from srcgrad.transform.gradient import Gradient
from srcgrad.transform.names import Names, Temporaries
from srcgrad.transform.reverse_node import Node
from srcgrad.transform.sharing import share

FOLDER = TemporaryDirectory()
COUNT = itertools.count()
HEADER = "import math\nimport numpy as np\n\n\n"


def becomes(stage: Stage, before: str, after: str, **options: Any) -> None:
    """A source text, and what is there after a pass, as literals of any indentation."""
    found = stage(textwrap.dedent(before).strip() + "\n", **options)
    wanted = textwrap.dedent(after).strip()
    assert found == wanted, f"\n{found}\n-- instead of --\n{wanted}"


Stage = Callable[..., str]


# ----- printing -----


class Printer(StatementWriter):
    """Statements of the IR; those that are only kept as text from their text."""

    def is_primal(self, s: ir.Stmt) -> bool:
        return False

    def simple(self, s: ir.Stmt) -> str:
        if isinstance(s, ir.Opaque):
            return s.origin.code if s.origin is not None else s.kind
        if isinstance(s, ir.Define):
            return f"def {s.name}({self.write.params(s.function.params)}): ..."
        return super().simple(s)

    def comment(self, s: ir.Comment, depth: int, first: bool) -> None:
        self.line(f"# {s.origin.code if s.origin is not None else s.text}", depth)


def spell(op: str) -> str:
    """Library operations under their usual names."""
    return Imports(aliases={"np": "numpy"}).spell(op)


def printed(block: Iterable[ir.Stmt], depth: int = 0) -> str:
    printer = Printer(Writer(spell), "out")
    for s in block:
        printer.statement(s, depth, reverse=True, first=False)
    return "\n".join(line for line in printer.lines if line)


def shown(e: ir.Expr | None) -> str:
    return Writer(spell)(e) if e is not None else "None"


def expression(text: str) -> ir.Expr:
    """An expression over `np`, `math`, the built-ins and the runtime helpers."""
    return formula(text)


def lines(text: str) -> list[ir.Stmt]:
    """Statements over the same names."""

    def refuse(code: str, message: str, node: Any, hint: str = "") -> None:
        raise AssertionError(f"{code} {message}")

    text = textwrap.dedent(text).strip() + "\n"
    names = frozenset(n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name)) - {"np", "math"}
    local = frozenset(n for n in names if n not in runtime_helpers() and not hasattr(builtins, n))
    reader = StatementReader(RuleScope(runtime_helpers()), local, refuse, None, None)
    return list(reader.block(cst.parse_module(text)))


def shared(text: str) -> str:
    return printed(share(lines(text), Temporaries(Names(set())), "y"))


def table(rows: Iterable[tuple[str, Any]]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in rows)


def kind(found: k.Kind) -> str:
    """A kind on one line; an active one ends in `'`."""
    mark = "'" if found.active else ""
    match found:
        case k.Num(form, dtype, dims, _, value):
            sizes = f"[{', '.join(map(size, dims))}]" if isinstance(dims, tuple) else f"[like {dims}]" if dims else ""
            known = f" = {value}" if value is not k.UNSET and not isinstance(value, k.Sym) else ""
            return f"{form} {dtype}{sizes if dims != () or form == 'array' else ''}{known}{mark}"
        case k.Seq(form, items, element):
            return f"{form} of ({', '.join(map(kind, items))})" if items is not None else f"{form} of {kind(element)}"  # type: ignore[arg-type]
        case k.Dict(pairs, element):
            inside = ", ".join(f"{key}: {kind(v)}" for key, v in pairs or ()) if pairs is not None else kind(element)  # type: ignore[arg-type]
            return f"dict of {{{inside}}}"
        case k.Known(value):
            return "text" if value is k.UNSET else f"constant {value!r}"
        case k.Func(target, held):
            name = target if isinstance(target, str) else target.name
            return f"function {name}" + (f" with {', '.join(h.role for h in held)}" if held else "") + mark
    return type(found).__name__.lower() + mark


def size(d: k.Dim) -> str:
    if isinstance(d, int):
        return str(d)
    return f"{d.name}{d.offset:+d}" if d.offset else d.name


# ----- frontend -----


def located(source: str) -> Located:
    """The last function of the text, in a file of its own."""
    names = [line.split("(")[0].split()[-1] for line in source.splitlines() if line.startswith(("def ", "async def "))]
    folder = Path(FOLDER.name) / str(next(COUNT))
    folder.mkdir()
    (folder / "model.py").write_text(HEADER + source, encoding="utf-8")
    return locate_file(f"{folder / 'model.py'}:{names[-1]}")


def loaded(source: str) -> tuple[Program, Function]:
    program = Program()
    function = program.add(located(source))
    program.collector.raise_all()
    return program, function


def read(source: str) -> str:
    return printed(loaded(source)[1].body)


def arguments(source: str) -> str:
    """The kinds of the parameters, as far as the source tells."""
    program, function = loaded(source)
    return table((n, kind(v)) for n, v in argument_kinds(function, program.prepare(function).body).items())


def guarded(source: str, wrt: str | None = None) -> str:
    program, function = loaded(source)
    kinds = argument_kinds(function, program.prepare(function).body)
    chosen = tuple(wrt.split()) if wrt is not None else tuple(n for n, v in kinds.items() if k.activate(v).active)
    return printed(guards(kinds, chosen))


def arrays(source: str, wanted: str = "x y") -> str:
    """The kinds of the parameters, with those that are used as arrays."""
    program, function = loaded(source)
    body = program.prepare(function).body
    found = with_arrays(argument_kinds(function, body), body, set(wanted.split()))
    return table((n, kind(v)) for n, v in found.items())


def meanings(source: str) -> str:
    """What each free name of the function means, with what is behind it as far as the scope sees through it."""
    function = loaded(source)[1]
    chains: dict[tuple[str, ...], None] = {}
    for node in ast.walk(function.source.tree):
        chain = dotted(node)
        if chain and chain[0] not in function.locals:
            chains[tuple(chain)] = None
    longest = [c for c in chains if not any(o[: len(c)] == c and o != c for o in chains)]
    return table((".".join(c), meaning(function.scope.binding(c))) for c in longest)


def meaning(found: Any) -> str:
    match found:
        case Library(name, value):
            return f"{'module' if isinstance(value, ModuleType) else 'library'} {name}"
        case UserFunction((_, name)):
            return f"function {name}"
        case Value(value):
            return f"value {'known when it runs' if value is MISSING else repr(value)}"
    return "nothing"


def refused(source: str, **options: Any) -> str:
    """The messages of a refusal, each as it is shown."""
    try:
        optimised(source, **options)
    except SrcgradError as e:
        return "\n".join(f"{d.code} {d.message}" for d in e.diagnostics)
    return "not refused"


def lowered(source: str) -> str:
    function = loaded(source)[1]
    return printed(lower(function.body, "out", Fresh(set(function.locals) | {"out"})))


def steady(source: str) -> str:
    function = loaded(source)[1]
    return printed(steady_block(function.body, Fresh(set(function.locals))))


def prepared(source: str) -> str:
    program, function = loaded(source)
    return printed(program.prepare(function).body)


# ----- analysis -----


@dataclass
class Analysed:
    """`wrt` are the parameters with a derivative; without a choice, all that can have one."""

    program: Program
    interpreter: Interpreter
    instance: Instance
    wrt: tuple[str, ...]


def analysed(source: str, wrt: str | None = None, kinds: dict[str, k.Kind] | None = None) -> Analysed:
    program, function = loaded(source)
    known = {**argument_kinds(function, program.prepare(function).body), **(kinds or {})}
    chosen = tuple(wrt.split()) if wrt is not None else tuple(n for n, v in known.items() if k.activate(v).active)
    interpreter, instance = analyse(program, function, activated(known, chosen))
    program.collector.raise_all()
    return Analysed(program, interpreter, instance, chosen)


def hoisted(source: str, **options: Any) -> str:
    return printed(analysed(source, **options).instance.body)


def interpreted(source: str, **options: Any) -> str:
    """The kinds of all names, and of the result."""
    at = analysed(source, **options).instance
    names = {n: v for n, v in {**at.params, **at.names}.items() if n != at.result_name}
    return table([*((n, kind(v)) for n, v in names.items()), ("->", kind(at.result))])


# ----- transform -----


def gradient(found: Analysed) -> tuple[Gradient, list[Node], dict[int, Node]]:
    """The gradient of the entry after everything has settled, and its reverse nodes."""
    at, wrt = found.instance, list(found.wrt)
    for _ in range(10):
        module = ReverseModule(found.interpreter, lambda i: taken_names(found.program, i), set())
        module.waiting.append(at)
        built = module.walked(wrt)[0].gradient
        if not module.heavy:
            break
        at = found.instance = settle(found.program, found.interpreter, at.function, dict(at.params), module.heavy)
    found.program.collector.raise_all()
    return built, built.nodes, built.by_id


def reversed_nodes(source: str, **options: Any) -> str:
    """The adjoint of each statement, under the statement; nothing is saved or restored yet."""
    return "\n".join(node_lines(gradient(analysed(source, **options))[1], 0))


def node_lines(nodes: list[Node], depth: int) -> list[str]:
    found = []
    indent = "    " * depth
    for node in nodes:
        s = node.stmt
        found += [printed(node.first, depth)] * bool(node.first)
        head = printed([s], depth).splitlines()[0].strip()
        found.append(f"{indent}<- {head}")
        found += [printed(node.lines, depth)] * bool(node.lines)
        found += node_lines(node.body, depth + 1)
        found += [printed(node.last, depth + 1)] * bool(node.last)
        if node.orelse or node.last_else:
            found.append(f"{indent}<- else:")
            found += node_lines(node.orelse, depth + 1)
            found += [printed(node.last_else, depth + 1)] * bool(node.last_else)
    return found


def recorded(source: str, **options: Any) -> str:
    """What is saved, by statement, in the order of the program."""
    built, _, _ = gradient(analysed(source, **options))
    plan = built.recorder.plan
    rows = [row for s in statements(built.instance.body) for row in saved_at(plan, s)]
    return "\n".join([*rows, *(f"at the start: {n} = None" for n in plan.unset)]) or "nothing"


def saved_at(plan: Plan, s: ir.Stmt) -> list[str]:
    head = printed([s]).splitlines()[0].rstrip(":")
    scopes: dict[Any, str] = {id(s): f"`{head}`"}
    if isinstance(s, ir.If):
        scopes |= {arm_key(s, True): f"one side of `{head}`", arm_key(s, False): f"the other of `{head}`"}
    again = {key: [n for a in plan.again.get(key, []) for n in a.names] for key in scopes}
    rows = {
        f"before `{head}`": plan.before.get(id(s), []),
        f"contents, before `{head}`": [shown(p) for p in plan.contents.get(id(s), [])],
        f"the condition of `{head}`": ["yes"] if id(s) in plan.conditions else [],
    }
    for key, scope in scopes.items():
        rows[f"at the end of {scope}"] = [n for n in plan.end.get(key, []) if n not in again[key]]
        rows[f"again in {scope}"] = again[key]
    return [f"{where}: {', '.join(what)}" for where, what in rows.items() if what]


def transformed(source: str, mode: str = "reverse", **options: Any) -> str:
    """The functions of the module as the transforms leave them."""
    return functions(emitted(analysed(source, **options), mode))


def optimised(source: str, mode: str = "reverse", **options: Any) -> str:
    return functions([all_passes(f) for f in emitted(analysed(source, **options), mode)])


def tangents(source: str, **options: Any) -> str:
    return transformed(source, "forward", **options)


def emitted(found: Analysed, mode: str) -> list[Emitted]:
    for _ in range(10):
        made, again, _ = transform(found.program, found.interpreter, found.instance, found.wrt, Options(mode))
        if not again:
            break
        at = found.instance
        found.instance = settle(found.program, found.interpreter, at.function, dict(at.params), again)
    found.program.collector.raise_all()
    return made


def functions(made: list[Emitted]) -> str:
    rows = []
    for f in made:
        rows.append(f"def {f.name}({Writer(spell).params(f.params)}):")
        for banner, block, _ in f.parts:
            rows += [f"    # {banner}"] * (banner == "reverse sweep")
            rows += [printed(block, 1)] * bool(block)
    return "\n".join(rows)


def module(source: str, mode: str = "reverse", optimise: bool = True, **options: Any) -> str:
    """The text of the module, without its header, as it is written to a file."""
    return written(source, mode, optimise, **options).text.split("\n", 2)[2].strip()


def written(source: str, mode: str = "reverse", optimise: bool = True, **options: Any) -> Module:
    found = analysed(source, **options)
    wanted = Options(mode, optimise)
    return finish(found.program, found.interpreter, found.instance, found.wrt, wanted, [])
