"""Derivative modules as files: emitted from source text alone, without importing it."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from .analysis import kinds as k
from .border import Border
from .diagnostics import refuse
from .emit.standalone import with_helpers
from .frontend.arrays import with_arrays
from .frontend.assumed import Assumed, first_accepted
from .frontend.decorated import main_form
from .frontend.facts import argument_kinds, as_numbers, bound_anew, guards, list_guards
from .frontend.given import Given
from .frontend.given_forms import holds_records
from .frontend.guarded import not_checked_yet
from .frontend.locate_file import locate_file
from .frontend.located import Located
from .frontend.written import write
from .ir.nodes import Param
from .ir.program import Function
from .links import or_linked
from .options import Options
from .pipeline import Module, activated, analyse, finish, guarded, refuse_generator
from .program import Program
from .version import __version__


@dataclass(frozen=True)
class Request:
    """What `srcgrad emit` was asked for: `where` is "path.py:name"; an empty `wrt` means everything it can be.

    Of `order` 2, it is the derivative, in `mode`, of the gradient that is emitted for it.
    """

    where: str
    wrt: tuple[str, ...] = ()
    mode: str = "reverse"
    use_runtime: bool = False
    optimise: bool = True
    target: str = "numpy"
    order: int = 1


STDIN = "<stdin>"
DEFAULT_MODES = {1: "reverse", 2: "forward"}  # of second order: forward over reverse


def emit_text(request: Request, output: Path | None = None, data: bytes | None = None) -> str:
    """The text of the derivative module.  Raises SrcgradError with every refusal of the function.

    `data` is the source where it does not stand in a file.
    """
    located = locate_file(request.where, data, marked=data is None)
    if request.order == 2:
        gradient, at = of_gradient(request, located)
        module = guarded(at, lambda: emitted(gradient, at))
    else:
        at, module = located, guarded(located, lambda: emitted(request, formed(located)))
    if data is not None and module.values:
        names = ", ".join(sorted({name for _, name in module.values}))
        message = f"the function reads {names}, and text from standard input is no module that could be imported"
        refuse("SG111", message, located.source.span, located.source, "Name the file, or pass the values as arguments.")
    if request.target == "numba":
        text = for_numba(module, request, at)
    else:
        text = module.text if request.use_runtime else with_helpers(module.text, module.helpers)
    return header(request, located.source.text, output) + text


def of_gradient(request: Request, located: Located) -> tuple[Request, Located]:
    """The request for the derivative of the gradient, whose text is in no file."""
    first = replace(request, mode="reverse", order=1)
    module = guarded(located, lambda: emitted(first, formed(located)))
    text = module.text if request.use_runtime else with_helpers(module.text, module.helpers)
    path, name = write(located.filename, module.entry, text)
    found = replace(request, where=f"{path}:{name}", wrt=module.wrt, order=1)
    return found, locate_file(found.where)


def formed(located: Located) -> Located:
    """The function as its decorators leave it."""
    return main_form(located, Program().file_scope(located))


def for_numba(module: Module, request: Request, located: Located) -> str:
    from .backends.numba_text import compiled_text, with_numba

    text, helpers = compiled_text(module.text, module.entry, located.source, cache=True)
    return with_numba(text, helpers, copied=not request.use_runtime)


def emitted(request: Request, located: Located) -> Module:
    options = Options(request.mode, request.optimise, request.use_runtime)
    wrt = request.wrt
    for _ in range(2):
        program = Program()
        function = program.add(located)
        refuse_generator(program, function, located)
        program.collector.raise_all()
        prepared = program.prepare(function)
        kinds = argument_kinds(function, prepared.body)
        kinds |= as_numbers(function, prepared.body, request.wrt)
        kinds |= Given(function.scope, Program()).kinds(function, prepared.body, kinds)
        check_wrt(request.wrt, function, kinds)
        chosen = wrt or tuple(n for n, kind in kinds.items() if k.activate(kind).active)
        kinds = with_arrays(kinds, prepared.body, set(chosen))
        module = first_accepted(program, function, kinds, partial(with_kinds, located, chosen, options))
        if request.wrt or not module.connected or set(module.connected) == set(chosen):
            return module
        wrt = module.connected
    return module


def with_kinds(located: Located, wrt: tuple[str, ...], options: Options, assumed: Assumed) -> Module:
    """The module for arguments of these kinds; what they make impossible is refused, so that others are tried."""
    return guarded(located, lambda: or_linked(Program, partial(with_links, located, wrt, options, assumed)))


def with_links(
    located: Located, wrt: tuple[str, ...], options: Options, assumed: Assumed, program: Program
) -> Module:
    function = program.add(located)
    interpreter, instance = analyse(program, function, activated(assumed.kinds, wrt), options.mode)
    program.collector.raise_all()
    rebound = bound_anew(instance.body)
    noted = frozenset(p.name for p in function.params if must_be_of_form(p, assumed.kinds[p.name], rebound))
    plain = {n: kind for n, kind in assumed.kinds.items() if not holds_records(kind)}
    checks = assumed.guards() + guards(plain, wrt, noted)
    checks = list_guards({n: kind for n, kind in plain.items() if n in instance.copied}, wrt) + checks
    border = Border(function, assumed.kinds, instance.result, wrt, options.mode == "forward", instance.class_names)
    return finish(program, interpreter, instance, wrt, options, not_checked_yet(checks, instance.body), border)


def must_be_of_form(p: Param, kind: k.Kind, rebound: set[str]) -> bool:
    """Whether an argument has to be the container it is taken for, and nothing that it is used for would tell."""
    if p.annotation is not None or p.kind in ("star", "double_star"):
        return p.annotation is not None  # a star makes the container
    return isinstance(kind, k.Seq) and kind.kind == "list" or isinstance(kind, k.Dict) and p.name in rebound


def check_wrt(wrt: tuple[str, ...], function: Function, kinds: dict[str, k.Kind]) -> None:
    for n in wrt:
        if n not in kinds:
            message = f"`{function.name}` has no parameter `{n}`; it has {', '.join(kinds) or 'none'}"
            refuse("SG403", message, function.source.span, function.source)
        if not k.activate(kinds[n]).active:
            message = f"argument `{n}` of `{function.name}` is a constant here, so it has no derivative"
            refuse("SG405", message, function.source.span, function.source)


# ----- the first line -----


def header(request: Request, source: str, output: Path | None) -> str:
    """The first line: where the module comes from and how to make it again."""
    path, _, name = request.where.rpartition(":")
    folder = output.parent if output is not None else Path()
    shown = path if path == STDIN else Path(os.path.relpath(path, folder)).as_posix()
    for part in (shown, output.name if output is not None else ""):
        if not part.isprintable():  # a line break would end the comment
            refuse("SG107", "the name has characters that cannot be printed", None, part, "Rename the file.")
    digest = hashlib.sha256(source.encode()).hexdigest()[:12]
    words = ["srcgrad", "emit", f"{shown}:{name}" if path != STDIN else f"-:{name}"]
    words += ["--wrt", ",".join(request.wrt)] if request.wrt else []
    words += ["--order", str(request.order)] if request.order != 1 else []
    words += ["--mode", request.mode] if request.mode != DEFAULT_MODES[request.order] else []
    words += ["--target", request.target] if request.target != "numpy" else []
    words += ["--use-runtime"] if request.use_runtime else []
    words += ["-o", output.name] if output is not None else []
    origin = f"{shown}:{name} (sha256:{digest})"
    return f"# Generated by srcgrad {__version__} from {origin}. Do not edit; run: {shlex.join(words)}\n"


HEADER = re.compile(r"# Generated by srcgrad (\S+) from (.*):(\S+) \(sha256:(\w{12})\)\. Do not edit; run: (.*)")


def parse_header(line: str, path: Path) -> Request:
    """The request that a committed file was made from; the line is data, and may come from anybody."""
    found = HEADER.fullmatch(line)
    if found is None:
        refuse("SG110", "the first line is not one that srcgrad writes", None, str(path), ADVICE)
    source, name, command = found[2], found[3], found[5]
    if source == STDIN:
        refuse("SG110", "it was made from standard input, so there is nothing to compare it with", None, str(path))
    request = Request(f"{path.parent / source}:{name}", mode="")
    try:
        tool, action, _, *rest = shlex.split(command)
        if (tool, action) != ("srcgrad", "emit"):
            raise ValueError
        words = iter(rest)
        for word in words:
            match word:
                case "--wrt":
                    request = replace(request, wrt=tuple(next(words).split(",")))
                case "--order":
                    request = replace(request, order=int(next(words)))
                case "--mode":
                    request = replace(request, mode=next(words))
                case "--target":
                    request = replace(request, target=next(words))
                case "--use-runtime":
                    request = replace(request, use_runtime=True)
                case "-o":
                    next(words)
                case _:
                    raise ValueError
    except (ValueError, StopIteration):
        refuse("SG110", "its command is not one that srcgrad writes", None, str(path), ADVICE)
    if not request.mode:
        request = replace(request, mode=DEFAULT_MODES.get(request.order, "reverse"))
    known = request.order in DEFAULT_MODES and request.mode in ("reverse", "forward")
    if not known or request.target not in ("numpy", "numba"):
        refuse("SG110", "its command is not one that srcgrad writes", None, str(path), ADVICE)
    if os.path.isabs(source) or not within(path, source):
        refuse("SG110", f"its source {source} is outside the project", None, str(path), ADVICE)
    return request


ADVICE = "Write it again with `srcgrad emit`."


def within(path: Path, source: str) -> bool:
    """Whether a source stands in the same project as the file made from it."""
    here = path.resolve().parent
    marks = ("pyproject.toml", ".git")
    top = next((p for p in (here, *here.parents) if any((p / m).exists() for m in marks)), here.parent)
    return (path.parent / source).resolve().is_relative_to(top)


def why_different(old: str, new: str) -> str:
    """Why a committed file differs from what would be written now, from both first lines."""
    a, b = HEADER.fullmatch(old), HEADER.fullmatch(new)
    assert a is not None and b is not None, "both lines were made by `header`"
    if a[4] != b[4]:
        return f"is stale: {b[2]}:{b[3]} has changed since"
    if a[1] != b[1]:
        return f"was written by srcgrad {a[1]}, and this is {b[1]}"
    return "differs from what srcgrad writes: it was edited by hand, or what it calls has changed"


def write_atomically(path: Path, text: str) -> None:
    """Old file or new file, never a part of one: a temporary file beside it, synced, then moved into place."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as f:
            f.write(text)
            f.flush()
            os.fsync(f.fileno())
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~current_umask())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
