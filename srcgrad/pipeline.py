"""From a located function to the text of its derivative: one line per pass, top to bottom."""

from __future__ import annotations

import hashlib
import symtable
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from .analysis import kinds as k
from .analysis.activation import note_aliases
from .analysis.hidden import refuse_hidden_changes
from .analysis.inline import Inline, holds_maker
from .analysis.interpret import Instance, Interpreter
from .analysis.passed import has_place
from .analysis.reality import real_operands
from .analysis.resolve import Resolve
from .analysis.split import Split
from .diagnostics import SrcgradError, diagnose, error
from .emit.module import Imports, Text, function_text, module_text
from .frontend.hoist import Hoist, Unresolved
from .frontend.located import Located
from .frontend.lower import Names as Fresh
from .frontend.nesting import deeply
from .frontend.scope import Library, WithImports
from .ir import nodes as ir
from .ir.check import check_function, check_stacks
from .ir.program import Function
from .ir.walk import reads, substitute
from .optimise import optimised
from .options import Options
from .parts import activate_part
from .program import Program, ReliedOn
from .rules.declare import HOMES
from .transform.forward_functions import ForwardModule
from .transform.functions import Emitted, ReverseModule
from .transform.gradient import Evaluation
from .transform.private import copy_changed
from .transform.private import guards as private_guards


@dataclass(frozen=True, eq=False)
class Module:
    """An emitted module: its text, the name of its main function, and what the text relies on.

    `values` are the names of user values the text reads, each with the scope to find it in; `externals` are values
    whose kinds the text relies on.
    """

    text: str
    entry: str
    result: k.Kind
    helpers: frozenset[str]
    values: dict[tuple[str, str], tuple[Any, tuple[str, ...]]]
    externals: dict[Any, Any]
    injected: tuple[tuple[str, str], ...] = ()
    wrt: tuple[str, ...] = ()
    seed: str = "d_out"
    directions: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    connected: tuple[str, ...] = ()
    relied_on: ReliedOn = field(default_factory=ReliedOn)

    @property
    def is_pair(self) -> bool:
        """Whether the main function is a pair of halves, the last two functions of the module."""
        return self.entry.endswith("_bwd")


def derive(located: Located, kinds: Mapping[str, k.Kind], wrt: tuple[str, ...], options: Options) -> Module:
    """The derivative of a function whose arguments are of these kinds, with respect to the parameters `wrt`."""
    return guarded(located, lambda: _derive(located, kinds, wrt, options))


def guarded(located: Located, work: Callable[[], Module]) -> Module:
    """Run the passes with room on the stack; what none of them is prepared for is a located refusal."""
    try:
        return deeply(located.source.depth, work)
    except SrcgradError:
        raise
    except Exception as e:
        hint = f"This is a gap in srcgrad ({str(e)[:200] or type(e).__name__}); please report it with the function."
        message = f"`{located.name}` combines constructs that cannot be differentiated together yet"
        raise error(diagnose("SG390", message, located.source.span, located.source, hint)) from e


def _derive(located: Located, kinds: Mapping[str, k.Kind], wrt: tuple[str, ...], options: Options) -> Module:
    program = Program()
    function = program.add(located)
    program.collector.raise_all()
    interpreter, instance = analyse(program, function, activated(kinds, wrt, options.parts))
    program.collector.raise_all()
    return finish(program, interpreter, instance, wrt, options, [])


def finish(
    program: Program,
    interpreter: Interpreter,
    instance: Instance,
    wrt: tuple[str, ...],
    options: Options,
    guards: list[ir.Stmt],
) -> Module:
    """From kinds to text; `guards` are put at the top of the main function."""
    guards = guards + real_operands(interpreter, instance, Evaluation(interpreter), diagnoser(program))
    program.collector.raise_all()
    for _ in range(10):
        emitted, again, connected = transform(program, interpreter, instance, wrt, options)
        program.collector.raise_all()
        if not again:
            break
        settle(program, interpreter, instance.function, dict(instance.params), again)
    if options.check:
        check(emitted)
    if options.optimise:
        emitted = [optimised(f) for f in emitted]
        if options.check:
            check(emitted)
    guards = [*guards, *private_guards(instance)]
    if guards:
        main = -2 if options.mode == "pullback" else -1
        emitted[main] = replace(emitted[main], parts=[("", guards, False), *emitted[main].parts])
    return replace(write(program, interpreter, instance, emitted, wrt), connected=connected)


def check(emitted: list[Emitted]) -> None:
    for f in emitted:
        check_function(f.name, f.statements(), [p.name for p in f.params], f.made)
    check_stacks(f.statements() for f in emitted)


def activated(
    kinds: Mapping[str, k.Kind], wrt: tuple[str, ...], parts: tuple[tuple[str, tuple[Any, ...]], ...] = ()
) -> dict[str, k.Kind]:
    whole = set(wrt) - {n for n, _ in parts}
    found = {n: k.activate(v) if n in whole else v for n, v in kinds.items()}
    for n, steps in parts:
        found[n] = activate_part(found[n], steps)
    return found


def analyse(program: Program, function: Function, kinds: dict[str, k.Kind]) -> tuple[Interpreter, Instance]:
    """Kinds everywhere; what must be a statement of its own is moved out, until nothing moves any more."""

    def prepare(f: Function) -> tuple[ir.Block, str]:
        found = program.prepare(f)
        return found.body, found.result

    interpreter = Interpreter(prepare, diagnoser(program), program)
    kinds = {n: interpreter.evaluator.argument_kind(v, n) for n, v in kinds.items()}
    run_kinds(interpreter, function, kinds)
    return interpreter, settle(program, interpreter, function, kinds, {})


def run_kinds(interpreter: Interpreter, function: Function, kinds: Any) -> None:
    """Kinds and aliases; an array into which something active is stored is active from its creation."""
    interpreter.run(function, kinds)
    while note_aliases(interpreter):
        interpreter.forget()
        interpreter.run(function, kinds)


def settle(program: Program, interpreter: Interpreter, function: Function, kinds: Any, kept: Kept) -> Instance:
    """Move out what must be a statement, and find the kinds again, until nothing moves."""
    for n in range(ROUNDS):
        if program.collector:
            return interpreter.instance(function, kinds)
        entry = interpreter.instance(function, kinds)
        if not hoist(program, interpreter, kept, n > ROUNDS - 5) and not copy_changed(entry):
            if not program.collector:
                check_settled(interpreter)
                refuse_hidden_changes(interpreter, diagnoser(program))
            return interpreter.instance(function, kinds)
        interpreter.forget()
        run_kinds(interpreter, function, kinds)
    raise AssertionError("the statements of this program do not settle")


def check_settled(interpreter: Interpreter) -> None:
    """A value nothing is known of would pass for a constant."""
    for instance in interpreter.instances.values():
        if instance.params or not instance.function.params:
            unknown = [n for n, kind in (instance.params | instance.names).items() if k.is_open(kind)]
            assert not unknown, f"`{unknown[0]}` in `{instance.function.name}` has no value that could be found"


Kept = dict[int, set[ir.Expr]]
ROUNDS = 30


def hoist(program: Program, interpreter: Interpreter, kept: Kept, late: bool) -> bool:
    """Closures are written out before anything is decided by kinds, which are not known until then."""
    if write_closures_out(program, interpreter, late):
        return True
    evaluate = Evaluation(interpreter)
    if split_choices(program, interpreter, evaluate):
        return True
    changed = False
    for instance in list(interpreter.instances.values()):
        names = Fresh(set(taken_names(program, instance)))
        pass_ = Hoist(
            lambda s, e, at=instance: evaluate(at, s, e).active,  # type: ignore[misc]
            lambda e, at=instance: id(e) in at.calls and has_place(at.calls[id(e)].instance),  # type: ignore[misc]
            names,
            kept,
            Resolve(instance, lambda s, e, at=instance: evaluate(at, s, e), diagnoser(program)),  # type: ignore[misc]
        )
        body = pass_.block(instance.body)
        if pass_.changed:
            instance.body, changed = body, True
            instance.extra_names |= names.taken
    return changed


def write_closures_out(program: Program, interpreter: Interpreter, late: bool) -> bool:
    """Move calls that make closures into statements of their own, and write those out; whether there were any.

    `late`: so many rounds have passed that there would be no end to it.
    """
    changed = False
    for instance in list(interpreter.instances.values()):
        if not instance.makers:
            continue
        names = Fresh(set(taken_names(program, instance)))
        inline = Inline(instance, program.prepare, names, diagnoser(program))
        if late:
            inline.refuse_rest()
            continue
        body = inline.block(instance.body)
        if not inline.changed:
            move = Hoist(
                lambda s, e, at=instance: holds_maker(e, at.makers),  # type: ignore[misc]
                lambda e, at=instance: id(e) in at.makers, names, {}, Unresolved(),  # type: ignore[misc]
            )  # fmt: skip
            body = move.block(instance.body)
            if not move.changed:
                inline.refuse_rest()
                continue
        instance.body, changed = body, True
        instance.extra_names |= names.taken
    return changed


def split_choices(program: Program, interpreter: Interpreter, evaluate: Evaluation) -> bool:
    """Write the uses of functions that are chosen at run time once for each choice; whether there were any."""
    changed = False
    for instance in list(interpreter.instances.values()):
        if instance.mixed:
            kind = lambda s, e, at=instance: evaluate(at, s, e)  # noqa: E731
            names = Fresh(set(taken_names(program, instance)))
            split = Split(instance, kind, names, diagnoser(program))
            body = split.block(instance.body)
            if not split.changed:
                body, split.changed = opened(instance, names)
            instance.extra_names |= names.taken
            if split.changed:
                instance.body, changed = body, True
            else:
                split.refuse_rest()
    return changed


def opened(instance: Instance, names: Fresh) -> tuple[ir.Block, bool]:
    """Comprehensions that call functions which differ from item to item, as loops."""

    def differs(s: ir.Stmt, e: ir.Expr) -> bool:
        return isinstance(e, ir.Comprehension) and holds_maker(e, instance.mixed)

    move = Hoist(differs, lambda e: False, names, {}, Unresolved())
    return move.block(instance.body), move.changed


def taken_names(program: Program, instance: Instance) -> set[str]:
    return set(program.prepare(instance.function).taken) | instance.extra_names | set(instance.params)


def diagnoser(program: Program) -> Any:
    """Where an expression stands in the source, for its refusal."""
    from .frontend.read import WHERE

    def diagnose(code: str, message: str, at: Instance, s: ir.Stmt | None, e: ir.Expr | None, hint: str) -> None:
        source = at.function.source
        found = WHERE.get(at.function, {}).get(id(e))
        node = found[1] if found is not None else s.origin.node if s is not None and s.origin is not None else None
        program.collector.add(code, message, source.span_of(node) if node is not None else source.span, source, hint)

    return diagnose


def transform(
    program: Program, interpreter: Interpreter, instance: Instance, wrt: tuple[str, ...], options: Options
) -> tuple[list[Emitted], Kept, tuple[str, ...]]:
    """The emitted functions; values they would compute twice; the part of `wrt` that matters."""
    name = instance.function.name.strip("<>").rstrip("_") or "function"

    def taken(at: Instance) -> set[str]:
        return taken_names(program, at)

    if options.mode == "forward":
        docstring = f"Return `{name}(...)` and its derivative along {listed([f't_{n}' for n in wrt])}."
        return ForwardModule(interpreter, taken, set()).emit(instance, list(wrt), f"{name}_jvp", docstring), {}, wrt
    module = ReverseModule(interpreter, taken, {f"{name}_grad"}, reusable=options.mode == "pullback")
    if options.mode == "pullback":
        return module.pair(instance, list(wrt)), module.heavy, wrt
    docstring = f"Return `{call_shown(instance)}` and its derivatives with respect to {listed(wrt)}."
    functions = module.joint(instance, list(wrt), f"{name}_grad", docstring)
    return functions, module.heavy, module.connected


def call_shown(instance: Instance) -> str:
    marks = {"star": "*", "double_star": "**"}
    args = ", ".join(marks.get(p.kind, "") + p.name for p in instance.function.params)
    name = instance.function.name.strip("<>")
    return f"{name}({args})" if len(args) < 40 else f"{name}(...)"


def listed(names: Any) -> str:
    found = list(names)
    if len(found) == 2:
        return f"{found[0]} and {found[1]}"
    return ", ".join(found) if found else "nothing"


# ----- writing -----


def write(
    program: Program, interpreter: Interpreter, instance: Instance, emitted: list[Emitted], wrt: tuple[str, ...]
) -> Module:
    imports = Imports(
        taken={n for f in emitted for n in taken_names(program, f.instance)},
        hidden={n for f in emitted for n in f.instance.function.locals},
    )
    for f in emitted:
        reserve(imports, f.instance.function)
    values: dict[tuple[str, str], tuple[Any, tuple[str, ...]]] = {}
    local = {f.name for f in emitted}
    texts = []
    holders = Holders(imports)
    for f in emitted:
        scope = f.instance.function.scope
        params = tuple(with_default(p, holders, scope, values) for p in f.params)
        shown = Text(f.name, params, f.docstring, f.parts, f.result)
        free = outside(function_text(shown, imports.spell)) - local - imports.helpers - imports.homes
        wanted = note_names(sorted(free - holders.used), user_names(f.instance.function), scope, imports)
        opening: list[ir.Stmt] = []
        for n in wanted:
            alias = holders.alias(scope)
            values[alias, n] = (scope, (n,))
            opening.append(ir.Assign((n,), (ir.Attribute(ir.Name(alias), n),)))
        if opening:
            shown.parts = [("", opening, False), *shown.parts]
        texts.append(function_text(shown, imports.spell))
    entry = emitted[-1]
    lines = imports.lines()
    helpers = frozenset(imports.helpers)
    if helpers:
        lines.append(f"from srcgrad.runtime import {', '.join(sorted(helpers))}")
    lines += holders.lines()
    injected = holders.injected()
    text = module_text(header(program, instance, entry), lines, texts)
    return Module(
        text, entry.name, instance.result, helpers, values, interpreter.evaluator.externals, injected, wrt,
        entry.seed, entry.directions, tuple(f.name for f in emitted), relied_on=program.relied_on(),
    )  # fmt: skip


def with_default(p: ir.Param, holders: Holders, scope: Any, values: Any) -> ir.Param:
    """A default that names values of the user's module reads them there."""
    if p.default is None or isinstance(p.default, ir.Const):
        return p
    swaps: dict[str, ir.Expr] = {}
    for n in reads(p.default):
        if not isinstance(scope.binding((n,)), Library):
            alias = holders.alias(scope)
            values[alias, n] = (scope, (n,))
            swaps[n] = ir.Attribute(ir.Name(alias), n)
    return replace(p, default=substitute(p.default, swaps))


class Holders:
    """The modules whose values emitted functions read, each under a name that clashes with nothing."""

    def __init__(self, imports: Imports) -> None:
        self.imports = imports
        self.aliases: dict[int, tuple[str, str]] = {}

    @property
    def used(self) -> set[str]:
        return {alias for alias, _ in self.aliases.values()}

    def alias(self, scope: Any) -> str:
        if id(scope) not in self.aliases:
            module = str(getattr(scope, "module_name", "") or "user")
            name = module.rpartition(".")[2].strip("_") or "user"
            while name in self.imports.taken or name in self.imports.aliases or name in self.used:
                name += "_module" if not name.endswith("_") else "_"
            self.aliases[id(scope)] = (name, module)
            self.imports.taken.add(name)
        return self.aliases[id(scope)][0]

    def lines(self) -> list[str]:
        return [self.line(alias, module) for alias, module in sorted(self.aliases.values())]

    @staticmethod
    def line(alias: str, module: str) -> str:
        return f"import {module}" if alias == module else f"import {module} as {alias}"

    def injected(self) -> tuple[tuple[str, str], ...]:
        """(name, the line that imports it), for running in memory, where the values are given directly."""
        return tuple((alias, self.line(alias, module)) for alias, module in self.aliases.values())


@lru_cache(maxsize=64)
def outside(text: str) -> frozenset[str]:
    """Names that the text of a function takes from its module."""
    found: set[str] = set()
    tables = [symtable.symtable(text, "<emitted>", "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        if table.get_type() == "function":
            found |= {s.get_name() for s in table.get_symbols() if s.is_global()}
    return frozenset(found)


def user_names(function: Function) -> frozenset[str]:
    """Names that the user's own text takes from its module, or imports inside the function."""
    inside = function.scope.imports if isinstance(function.scope, WithImports) else ()
    return outside(function.source.parsed_text).union(inside)


def reserve(imports: Imports, function: Function) -> None:
    """What the user's own text calls something stays the name of that, and of nothing the emitted code adds."""
    for n in sorted(user_names(function)):
        match function.scope.binding((n,)):
            case Library(name, _) if name == f"builtins.{n}":
                pass
            case Library(name, _):
                imports.alias(n, name)
                imports.hidden.add(n)
            case None:
                pass
            case _:
                imports.taken.add(n)
                imports.hidden.add(n)


def note_names(names: list[str], own: frozenset[str], scope: Any, imports: Imports) -> list[str]:
    """Note the imports that names stand for; returns those that are values of the user's module."""
    wanted = []
    for n in names:
        found = scope.binding((n,)) if n in own else None
        match found:
            case Library(name, _) if name in HOMES:
                wanted.append(n)
            case Library(name, _) if name == f"builtins.{n}":
                continue
            case Library(name, _):
                imports.aliases[n] = name
                imports.used[n] = name
            case None:
                if n in ("np", "math"):  # a constant in a rule: np.pi
                    imports.module({"np": "numpy"}.get(n, n))
            case _:
                wanted.append(n)
    return wanted


def header(program: Program, instance: Instance, entry: Emitted) -> str:
    source = instance.function.source
    digest = hashlib.sha256(source.text.encode()).hexdigest()[:12]
    return f"Derivative of `{instance.function.qualname}`, written by srcgrad (sha256:{digest})."
