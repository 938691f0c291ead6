"""From a located function to the text of its derivative: one line per pass, top to bottom."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .analysis import kinds as k
from .analysis.carried import received_names
from .analysis.globals_read import memory_read
from .analysis.instance import Instance
from .analysis.interpret import Interpreter
from .analysis.reality import real_operands
from .analysis.steady import refuse_run_again
from .analysis.tape_sources import refuse_replaced_parts
from .diagnostics import SrcgradError, diagnose, error
from .emit.module import Imports, Text, function_text, module_text
from .frontend.deque_class import deque
from .frontend.locate import locate_file, locate_itself
from .frontend.located import Located
from .frontend.lookups import noting
from .frontend.nesting import MAX_DEPTH, deeply
from .frontend.quiet import without_shown
from .included import Included
from .ir import nodes as ir
from .ir.check import check_function, check_stacks
from .ir.program import Function
from .links import or_linked
from .optimise import optimised
from .optimise.twins import without_twins
from .options import Options
from .parts import activate_part
from .program import Program, ReliedOn
from .settling import Kept, diagnoser, run_kinds, settle, taken_names
from .transform.directions import OneByOne
from .transform.emitted import Emitted
from .transform.forward_functions import ForwardModule
from .transform.functions import ReverseModule
from .transform.gradient import Evaluation
from .transform.private import guards as private_guards
from .writing import Holders, note_names, outside, reserve, user_names, with_default


@dataclass(frozen=True, eq=False)
class Module:
    """An emitted module: its text, the name of its main function, and what the text relies on.

    `values` are the names of user values the text reads, each with the scope to find it in; `externals` are values
    whose kinds the text relies on; `changed` are names of the user's modules that it may change, if that is asked.
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
    changed: frozenset[str] = frozenset()
    copied: frozenset[str] = frozenset()  # parameters of which the caller's memory stays as it is
    relied_on: ReliedOn = field(default_factory=ReliedOn)

    @property
    def is_pair(self) -> bool:
        """Whether the main function is a pair of halves, the last two functions of the module."""
        return self.entry.endswith("_bwd")


def derive(located: Located, kinds: Mapping[str, k.Kind], wrt: tuple[str, ...], options: Options) -> Module:
    """The derivative of a function whose arguments are of these kinds, with respect to the parameters `wrt`."""
    return guarded(located, lambda: _derive(located, kinds, wrt, options))


def result_kind(f: Any, kinds: Mapping[str, k.Kind]) -> k.Kind:
    """What a function gives for arguments of these kinds, read off its source, whatever marks it as a solver."""
    program = Program()
    function = program.add(locate_itself(f) if not isinstance(f, tuple) else locate_file(":".join(f), marked=True))
    _, instance = analyse(program, function, {n: kind for n, kind in kinds.items() if n in function.param_names})
    program.collector.raise_all()
    return instance.result


def derive_function(
    function: Function, kinds: Mapping[str, k.Kind], wrt: tuple[str, ...], quiet: bool = False, mode: str = "reverse",
    again: bool = False,
) -> Module:
    """The derivative of a function that has been read, as part of a program of its own; has it run `again` there?"""

    def work(program: Program) -> Module:
        with noting(program.places):
            interpreter, instance = analyse(program, function, activated(kinds, wrt), mode)
            if again:
                evaluate = Evaluation(interpreter)
                refuse_run_again(interpreter, evaluate, diagnoser(program))
                refuse_replaced_parts(interpreter, evaluate, instance.function, wrt, diagnoser(program))
            program.collector.raise_all()
            return finish(program, interpreter, instance, wrt, Options(mode), [])

    return guarded(function, lambda: or_linked(lambda: Program(quiet), work))


def guarded(located: Located | Function, work: Callable[[], Module]) -> Module:
    """Run the passes with room on the stack; what none of them is prepared for is a located refusal."""
    try:
        return with_room(located.source.depth, work)
    except (SrcgradError, OneByOne):
        raise
    except Exception as e:
        hint = f"This is a gap in srcgrad ({str(e)[:200] or type(e).__name__}); please report it with the function."
        message = f"`{located.name}` combines constructs that cannot be differentiated together yet"
        raise error(diagnose("SG390", message, located.source.span, located.source, hint)) from e


def with_room(depth: int, work: Callable[[], Module]) -> Module:
    try:
        return deeply(depth, work)
    except RecursionError:  # more functions call one another than the text of one is deep
        return deeply(MAX_DEPTH, work)


def _derive(located: Located, kinds: Mapping[str, k.Kind], wrt: tuple[str, ...], options: Options) -> Module:
    def work(program: Program) -> Module:
        with noting(program.places):
            return derive_in(program, program.add(located), located, kinds, wrt, options)

    return or_linked(lambda: Program(options.quiet), work)


def derive_in(
    program: Program, function: Function, located: Located, kinds: Mapping[str, k.Kind], wrt: tuple[str, ...],
    options: Options,
) -> Module:
    refuse_generator(program, function, located)
    program.collector.raise_all()
    interpreter, instance = analyse(program, function, activated(kinds, wrt, options.parts), options.mode)
    program.collector.raise_all()
    return finish(program, interpreter, instance, wrt, options, [])


def refuse_generator(program: Program, function: Function, located: Located) -> None:
    if function.yields:
        hint = "Differentiate a function that takes its items and returns a value."
        message = "a generator function has no single result"
        program.collector.add("SG203", message, located.source.span, located.source, hint)


def refuse_deque(program: Program, instance: Instance) -> None:
    """What is returned must be what the function returns, and deques are followed as objects of another class."""
    found = (instance.result, *k.inside(instance.result))
    if any(k.is_record(kind) and getattr(kind.cls, "value", None) is deque for kind in found):  # type: ignore[union-attr]
        source = instance.function.source
        hint = "Return `list(...)` of it, or the numbers in it."
        program.collector.add("SG310", f"`{instance.function.name}` returns a deque", source.span, source, hint)


def finish(
    program: Program,
    interpreter: Interpreter,
    instance: Instance,
    wrt: tuple[str, ...],
    options: Options,
    guards: list[ir.Stmt],
    border: Callable[[Emitted], Emitted] = lambda f: f,
) -> Module:
    """From kinds to text; `guards` are put at the top of the main function, which `border` may change in the end."""
    refuse_deque(program, instance)
    guards = guards + real_operands(interpreter, instance, Evaluation(interpreter), diagnoser(program))
    program.collector.raise_all()
    for _ in range(10):
        try:
            emitted, again, connected = transform(program, interpreter, instance, wrt, options)
        except Exception:
            program.collector.raise_all()  # what is refused need not make sense
            raise
        program.collector.raise_all()
        if not again:
            break
        settle(program, interpreter, instance.function, dict(instance.params), again)
    if options.check:
        check(emitted)
    if options.optimise:
        emitted = without_twins([optimised(f) for f in emitted])
        if options.check:
            check(emitted)
    read = memory_read(interpreter, instance) if instance.copied else {}
    instance.shared_names |= read.keys()
    guards = [*guards, *private_guards(instance, read)]
    if guards:
        main = -2 if options.mode == "pullback" else -1
        emitted[main] = replace(emitted[main], parts=[("", guards, False), *emitted[main].parts])
    emitted[-1] = border(emitted[-1])
    changed = frozenset(program.changed)
    module = write(program, interpreter, instance, emitted, wrt)
    return replace(module, connected=connected, changed=changed, copied=instance.copied)


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


def analyse(
    program: Program, function: Function, kinds: dict[str, k.Kind], mode: str = "reverse"
) -> tuple[Interpreter, Instance]:
    """Kinds everywhere; what must be a statement of its own is moved out, until nothing moves any more."""

    def prepare(f: Function) -> tuple[ir.Block, str]:
        found = program.prepare(f)
        if program.quiet:
            own = f.locals | frozenset(f.captures)
            return without_shown(found.body, f.scope, own, program.changed), found.result
        return found.body, found.result

    interpreter = Interpreter(prepare, diagnoser(program), program, mode)
    kinds = {n: interpreter.evaluator.argument_kind(v, n) for n, v in kinds.items()}
    try:
        run_kinds(interpreter, function, kinds)
        return interpreter, settle(program, interpreter, function, kinds, {})
    except Exception:
        program.collector.raise_all()  # what is refused already need not make sense any further
        raise


def transform(
    program: Program, interpreter: Interpreter, instance: Instance, wrt: tuple[str, ...], options: Options
) -> tuple[list[Emitted], Kept, tuple[str, ...]]:
    """The emitted functions; values they would compute twice; the part of `wrt` that matters."""
    name = instance.function.name.strip("<>").rstrip("_") or "function"

    def taken(at: Instance) -> set[str]:
        return taken_names(program, at)

    called = {n for at in interpreter.reached() for n in user_names(at.function) if n.endswith(ENDINGS)}
    if options.mode == "forward":
        docstring = f"Return `{name}(...)` and its derivative along {listed([f't_{n}' for n in wrt])}."
        forward = ForwardModule(interpreter, taken, called, options.directions)
        return forward.emit(instance, list(wrt), entry_name(name, ("jvp", "tangent"), called), docstring), {}, wrt
    entry = entry_name(name, ("grad", "gradient"), called)
    module = ReverseModule(interpreter, taken, called | {entry}, reusable=options.mode == "pullback")
    if options.mode == "pullback":
        return module.pair(instance, list(wrt)), module.heavy, wrt
    docstring = f"Return `{call_shown(instance)}` and its derivatives with respect to {listed(wrt)}."
    functions = module.joint(instance, list(wrt), entry, docstring)
    return functions, module.heavy, module.connected


ENDINGS = ("_grad", "_gradient", "_jvp", "_tangent", "_fwd", "_bwd")


def entry_name(name: str, endings: tuple[str, ...], called: set[str]) -> str:
    """`f_grad`; another name where the program has that of its own and calls it."""
    found = next((f"{name}_{e}" for e in endings if f"{name}_{e}" not in called), f"{name}_{endings[-1]}_")
    while found in called:
        found += "_"
    return found


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
    included = Included(imports, instance.function.source)
    for f in emitted:
        scope = f.instance.function.scope
        params = tuple(with_default(p, holders, scope, values) for p in f.params)
        shown = Text(f.name, params, f.docstring, f.parts, f.result)
        own = user_names(f.instance.function) | f.instance.class_names | f.instance.shared_names
        free = outside(function_text(shown, imports.spell)) - local - imports.helper_names() - imports.homes
        carried = (received_names(n, kind) for n, kind in f.instance.params.items())
        known = f.instance.function.locals.union(f.instance.foreign, *carried)
        wanted = note_names(sorted(free - holders.used), own, known, scope, imports)
        opening: list[ir.Stmt] = []
        wanted = [n for n in wanted if not included.take(scope, n)]
        places = {n: (scope, n) for n in wanted} | {n: at for n, at in f.instance.foreign.items() if n in free}
        for n, (home, own_name) in places.items():
            if included.take(home, own_name):
                opening += [ir.Assign((n,), (ir.Name(own_name),))] if n != own_name else []
                continue
            alias = holders.alias(home)
            values[alias, own_name] = (home, (own_name,))
            opening.append(ir.Assign((n,), (ir.Attribute(ir.Name(alias), own_name),)))
        if opening:
            shown.parts = [("", opening, False), *shown.parts]
        texts.append(function_text(shown, imports.spell))
    entry = emitted[-1]
    injected = holders.injected()
    lines = imports.lines()
    helpers = frozenset(imports.helpers)
    if helpers:
        lines.append(imports.helper_line())
    lines += [line for line in holders.lines() if line not in included.lines.values()]
    lines += included.lines.values()
    included.check({*local, *imports.used, *(holders.used - included.lines.keys())})
    texts = [*included.texts, *texts]
    text = module_text(header(program, instance, entry), lines, texts)
    return Module(
        text, entry.name, instance.result, helpers, values, interpreter.evaluator.externals, injected, wrt,
        entry.seed, entry.directions, tuple(f.name for f in emitted), relied_on=program.relied_on(),
    )  # fmt: skip


def header(program: Program, instance: Instance, entry: Emitted) -> str:
    source = instance.function.source
    digest = hashlib.sha256(source.text.encode()).hexdigest()[:12]
    return f"Derivative of `{instance.function.qualname}`, written by srcgrad (sha256:{digest})."
