"""The statements of a `with` block as the text of a function of the names they need.

    with GradientTape() as tape:            def tape_block(x, w, y_shift):
        tape.watch(x)                           pass
        y = x * x                    ->         y = x * x; y = y + y_shift
        if y > w:                               if y > w:
            break                                   return z
        z = y * w                               z = y * w
                                                return z

The lines stay where they are, so that whatever is said of them can be said of the file.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
LOOPS = (ast.For, ast.AsyncFor, ast.While)
LEFT = 'raise RuntimeError("the block was left")'
SUSPENDED = (ast.Yield, ast.YieldFrom, ast.Await, ast.AsyncFor, ast.AsyncWith)


class Line(NamedTuple):
    """A line of a function made of a block, and where it stands in the file; columns move by `shift`."""

    text: str
    number: int
    shift: int = 0


@dataclass(frozen=True)
class Edit:
    """New text for a piece of the block; from `start` to `end`, columns in bytes."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


def of_node(node: Any, text: str) -> Edit:
    return Edit((node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset), text)


def after(node: Any, text: str) -> Edit:
    end = (node.end_lineno, node.end_col_offset)
    return Edit(end, end, text)


# ----- the text -----


def function_lines(
    name: str, params: list[str], body: list[ast.stmt], lines: list[str], edits: list[Edit], result: str
) -> list[Line]:
    """The function with these statements, edited, that gives `result` at its end; `lines` are those of the file."""
    first, last = first_line(body[0]), body[-1].end_lineno or 0
    found = [Line(lines[number - 1], number) for number in range(first, last + 1)]
    start = body[0].col_offset
    before = found[0].text.encode()[:start]
    if before.strip() and body[0].lineno == first:  # the block stands on the line of its header
        found[0] = Line("    " + found[0].text.encode()[start:].decode(), first, 4 - start)
    for e in sorted(edits, key=lambda e: (e.start, e.end), reverse=True):
        found = edited(found, e)
    margin = found[0].text[: len(found[0].text) - len(found[0].text.lstrip())]
    header = Line(f"def {name}({', '.join(params)}):", max(first - 1, 1))
    return [header, *found, Line(f"{margin}{result}", last)]


def first_line(s: Any) -> int:
    return min([s.lineno, *(d.lineno for d in getattr(s, "decorator_list", ()))])


def edited(lines: list[Line], e: Edit) -> list[Line]:
    """The lines with one edit; those that a piece spans become one, and new lines are those of the text."""
    numbers = [line.number for line in lines]
    a = numbers.index(e.start[0])
    b = numbers.index(e.end[0])  # edits run from behind: what stands before this place is in the first such line
    before = lines[a].text.encode()[: e.start[1] + lines[a].shift].decode()
    behind = lines[b].text.encode()[e.end[1] + lines[b].shift :].decode()
    text, *more = e.text.split("\n")
    if more:
        new = [Line(before + text, lines[a].number, lines[a].shift), *(Line(t, lines[b].number) for t in more)]
        new[-1] = replace_text(new[-1], new[-1].text + behind)
        return [*lines[:a], *new, *lines[b + 1 :]]
    return [*lines[:a], Line(before + text + behind, lines[a].number, lines[a].shift), *lines[b + 1 :]]


def replace_text(line: Line, text: str) -> Line:
    return Line(text, line.number, line.shift)


def without_inner(edits: list[Edit]) -> list[Edit]:
    """The edits without those inside of others, which replace them, and one alone for each piece."""
    whole = list({(e.start, e.end): e for e in edits if e.end > e.start}.values())
    edits = [*whole, *(e for e in edits if e.end == e.start)]
    return [e for e in edits if not any(o is not e and covers(o, e) for o in whole)]


def covers(outer: Edit, inner: Edit) -> bool:
    larger = (outer.start, outer.end) != (inner.start, inner.end)
    return outer.start <= inner.start and inner.end <= outer.end and larger


# ----- what is in a block -----


def own_nodes(nodes: Any) -> Iterator[Any]:
    """The nodes of some statements, without the bodies of functions that are defined in them."""
    todo = list(nodes) if isinstance(nodes, list) else [nodes]
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, FUNCTIONS):
            todo.extend(ast.iter_child_nodes(node))


def suspended(body: list[ast.stmt]) -> Any:
    """A `yield` or `await` in a block, if there is one."""
    return next((n for n in own_nodes(body) if isinstance(n, SUSPENDED)), None)


def exits(body: list[ast.stmt], in_loop: bool = False) -> Iterator[Any]:
    """The statements that leave a block other than at its end."""
    for s in body:
        match s:
            case ast.Return():
                yield s
            case ast.Break() | ast.Continue() if not in_loop:
                yield s
            case _ if isinstance(s, FUNCTIONS):
                pass
            case _ if isinstance(s, LOOPS):
                yield from exits(s.body, True)
                yield from exits(s.orelse, in_loop)
            case _:
                for inner in suites(s):
                    yield from exits(inner, in_loop)


def suites(s: Any) -> Iterator[list[Any]]:
    """The blocks inside a statement."""
    for field in ("body", "orelse", "finalbody"):
        if isinstance(getattr(s, field, None), list):
            yield getattr(s, field)
    for part in (*getattr(s, "handlers", ()), *getattr(s, "cases", ())):
        yield part.body


def statements_of(body: list[Any]) -> Iterator[Any]:
    """All statements of a block, outer ones first, without those of functions that are defined in it."""
    for s in body:
        yield s
        if not isinstance(s, FUNCTIONS):
            for inner in suites(s):
                yield from statements_of(inner)


def statement_of(body: list[Any], node: Any) -> tuple[Any, bool] | None:
    """The innermost statement that a node stands in, and whether that is in a loop of the block."""

    def find(block: list[Any], in_loop: bool) -> tuple[Any, bool] | None:
        for s in block:
            if any(n is node for n in ast.walk(s)):
                for inner in suites(s) if not isinstance(s, FUNCTIONS) else ():
                    found = find(inner, in_loop or isinstance(s, LOOPS))
                    if found is not None:
                        return found
                return s, in_loop or isinstance(s, FUNCTIONS)
        return None

    return find(body, False)


class Test(ast.Expr):
    """The test of a branch that was taken."""


def path_to(body: list[Any], node: Any) -> list[Any]:
    """The statements that run before the one with a node: those above it, and in the branches it stands in."""
    found: list[Any] = []
    for s in body:
        if not any(n is node for n in ast.walk(s)):
            found.append(s)
            continue
        if isinstance(s, ast.If) and not any(n is node for n in ast.walk(s.test)):
            found.append(ast.copy_location(Test(s.test), s.test))
            return found + path_to(taken(s, node), node)
        if isinstance(s, ast.With):
            found += [ast.copy_location(Test(i.context_expr), i.context_expr) for i in s.items]
            return found + path_to(s.body, node)
        return found
    return found


def taken(s: ast.If, node: Any) -> list[Any]:
    return s.body if any(n is node for x in s.body for n in ast.walk(x)) else s.orelse


def beside(body: list[Any], node: Any) -> list[Edit]:
    """Edits that take out what does not run before a node in a round: what is behind it, and in branches not taken."""
    for at, s in enumerate(body):
        if any(n is node for n in ast.walk(s)):
            found = [of_node(x, "pass") for x in body[at + 1 :]]
            if isinstance(s, ast.If) and not any(n is node for n in ast.walk(s.test)):
                own = taken(s, node)
                other = s.orelse if own is s.body else s.body
                found += [of_node(x, LEFT if x is other[0] else "pass") for x in other]
                found += beside(own, node)
            found += [of_node(x, "pass") for x in s.orelse] if isinstance(s, LOOPS) else []
            return found + (beside(s.body, node) if isinstance(s, ast.With | ast.For | ast.While) else [])
    return []


# ----- names -----


def names_in(node: Any, kind: type = ast.Load) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, kind)}


def needed(body: list[ast.stmt]) -> list[str]:
    """Names that a block may read before it binds them, in the order in which they occur."""
    found: dict[str, None] = {}
    walk_names(body, set(), found)
    return list(found)


def walk_names(body: list[Any], bound: set[str], found: dict[str, None]) -> None:
    """Add to `found` what is read, and to `bound` what is certainly bound."""
    for s in body:
        match s:
            case ast.Expr(ast.Call(ast.Attribute(_, "watch"))):
                pass  # says what is watched, and reads nothing
            case ast.Assign() | ast.AnnAssign():
                note([s.value], bound, found)
                targets = s.targets if isinstance(s, ast.Assign) else [s.target]
                note(targets, bound, found)
                if s.value is not None:
                    bound |= {n for t in targets for n in names_in(t, ast.Store)}
            case ast.AugAssign():
                note([s.value, s.target], bound, found)
                found.update(dict.fromkeys(sorted(names_in(s.target, ast.Store) - bound)))
            case ast.With():
                note(s.items, bound, found)
                bound |= {n for i in s.items for n in names_in(i, ast.Store)}
                walk_names(s.body, bound, found)
            case ast.If():
                note([s.test], bound, found)
                sides = [set(bound), set(bound)]
                walk_names(s.body, sides[0], found)
                walk_names(s.orelse, sides[1], found)
                bound |= sides[0] & sides[1]
            case ast.For():
                note([s.iter, s.target], bound, found)
                walk_names(s.body, bound | names_in(s.target, ast.Store), found)
                walk_names(s.orelse, set(bound), found)
            case ast.FunctionDef():
                note([s], bound | {s.name}, found)
                bound.add(s.name)
            case ast.Import() | ast.ImportFrom():
                bound |= {a.asname or a.name.partition(".")[0] for a in s.names}
            case _:
                note([s], bound, found)


def note(nodes: list[Any], bound: set[str], found: dict[str, None]) -> None:
    for node in nodes:
        if node is not None:
            names = [n for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load | ast.Del)]
            names.sort(key=lambda n: (n.lineno, n.col_offset))
            found.update(dict.fromkeys(n.id for n in names if n.id not in bound))


def binds(s: Any, name: str) -> bool:
    """Whether a statement binds a name, or changes what it holds by an assignment to a part of it."""
    for n in own_nodes(s):
        if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store):
            return True
        if isinstance(n, ast.Subscript | ast.Attribute) and isinstance(n.ctx, ast.Store) and root(n) == name:
            return True
        if isinstance(n, ast.FunctionDef) and n.name == name:
            return True
    return False


def root(node: Any) -> str:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def last_binding(body: list[Any], name: str) -> tuple[Any, Any] | None:
    """The statement after which a name has its last value, and what reads it where that cannot be told from it.

    A simple statement ends with it.  In a loop or branch the value is the last one only if nothing but the
    statements that bind the name reads it, since those read the value before.
    """
    places = [n for n, s in enumerate(body) if binds(s, name)]
    if not places:
        return None
    s = body[places[-1]]
    if isinstance(s, ast.With):
        return last_binding(s.body, name)
    if not list(suites(s)):
        return s, next((n for n in own_nodes(s) if isinstance(n, ast.NamedExpr)), None)
    return s, next((r for p in body[: places[-1] + 1] for r in readers(p, name)), None)


def readers(s: Any, name: str) -> Iterator[Any]:
    """Where a statement reads a name, apart from tests and from the statements that bind it."""
    if isinstance(s, ast.If | ast.While):
        inner: Any = [*s.body, *s.orelse]
    elif list(suites(s)) and not isinstance(s, FUNCTIONS):
        inner = [x for suite in suites(s) for x in suite]
        yield from (n for x in (getattr(s, "iter", None), *getattr(s, "items", ())) if x for n in reading(x, name))
    else:
        if not binds(s, name) or any(isinstance(n, ast.NamedExpr) for n in own_nodes(s)):
            yield from reading(s, name)
        return
    for x in inner:
        yield from readers(x, name)


def reading(node: Any, name: str) -> Iterator[Any]:
    return (n for n in ast.walk(node) if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load))

