"""Decorated functions of a file, as functions without decorators: the text of what the decorators make of them.

    def scaled(factor):                             def drag(v, c=0.5):
        def decorate(f):                                factor = 2.5
            @wraps(f)                                   return factor * f(v, c)
            def wrapper(*args, **kwargs):
                return factor * f(*args, **kwargs)      where `f` is drag as it stands below `@scaled(2.5)`
            return wrapper
        return decorate
"""

from __future__ import annotations

import ast
import builtins
from typing import Any

from ..diagnostics import error
from ..syntax import parsed
from .bindings import Binding, UserFunction
from .decorator_values import State, Text, Unclear, Undecorated
from .decorators import TRANSPARENT, dotted, is_accessor, refusal, resolve_in_text, solver_in_a_file
from .decorators_applied import Made, Object, applied
from .locate_file import UNDECORATED, locate_file
from .located import Located
from .passed_on import passed_on
from .tables import ALTERING
from .written import REACHED, write


def without_decorators(located: Located, handle: Any, scope: Any) -> Any:
    """The handle of what a function of a file is once its decorators are applied; its own where they change nothing."""
    source = located.source
    written = decorators(located)
    if not written:
        return handle
    bottom = (located.filename, f"{located.qualname}.{UNDECORATED}")
    below = Undecorated(bottom, located.name, source.tree.args)
    steps: list[str] = []
    for decorator in written:
        try:
            made = applied(decorator, scope, below)
            if made is not below:
                below = Wrapper(made, below).undecorated()
                steps.append(way_below(made))
        except Unclear as why:
            raise error(refusal(decorator, source, str(why))) from None
    if all(steps):
        REACHED[bottom] = ".".join([located.qualname, *reversed(steps)])
    return below.handle


def way_below(made: Any) -> str:
    """The attribute under which a wrapper has the function it is made of; "" if it has none."""
    return made.below if isinstance(made, Made) else ""


def decorators(located: Located) -> list[ast.expr]:
    """Those that may compute something, the lowest first; what stands above one of srcgrad's own is no concern."""
    found = []
    resolve = resolve_in_text(located.module_ast)
    for d in reversed(getattr(located.source.tree, "decorator_list", [])):
        name = resolve(d.func if isinstance(d, ast.Call) else d)
        if name == "srcgrad.implicit":
            raise error(solver_in_a_file(d, located.source))
        if name is not None and name.partition(".")[0] == "srcgrad":
            break
        if name not in TRANSPARENT and not (name is None and is_accessor(d, located.source)):
            found.append(d)
    return found


class Wrapper:
    """The text of a function that a decorator has made."""

    def __init__(self, made: Any, below: Undecorated) -> None:
        self.below = below
        self.given: dict[str, Binding] = {}
        self.lines: dict[str, str] = {}
        self.opening: list[ast.stmt] = []
        if isinstance(made, Object):
            node = next((s for s in made.node.body if getattr(s, "name", "") == "__call__"), None)
            if not isinstance(node, ast.FunctionDef) or node.decorator_list or not node.args.args:
                raise Unclear(f"class `{made.node.name}` has no plain `__call__`")
            receiver = node.args.args[0].arg
            made = Made(without_first(node), made.scope, {receiver: made})
        if not isinstance(made, Made):
            raise Unclear("what it makes is no function whose text could be found")
        self.made, self.scope = made, made.scope

    def undecorated(self) -> Undecorated:
        node = self.function()
        receivers = {n: v for n, v in self.made.around.items() if isinstance(v, Object)}
        for name, me in receivers.items():
            self.refuse_changes(node, name)
            node = Attributes(name, me).visit(node)
            self.made.around = {**self.made.around, **{attribute(name, n): v for n, v in me.attributes.items()}}
            del self.made.around[name]
        own = bound_in(node)
        names = dict.fromkeys(n.id for n in ast.walk(node) if isinstance(n, ast.Name))
        for name in names:
            if name in own:
                continue
            if name in self.made.around:
                self.refuse_changes(node, name)
                self.bind(name, self.made.around[name])
            else:
                self.take(name, self.scope)
        functions = {n for n, b in self.given.items() if isinstance(b, UserFunction) and b.handle == self.below.handle}
        node = passed_on(Names(self.made.around).visit(node), functions, self.below.parameters)
        node.body = [*self.opening, *node.body]
        text = "\n".join([*self.lines.values(), "", "", ast.unparse(ast.fix_missing_locations(node)), ""])
        handle = write(self.scope.path, node.name, text, self.given, of_user=True)
        return Undecorated(handle, node.name, node.args)

    def function(self) -> ast.FunctionDef:
        """A copy of the function under the name of the one below."""
        node = parsed(ast.unparse(self.made.node)).body[0]
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Lambda):
            body: list[ast.stmt] = [ast.Return(node.value.body)]
            node = ast.FunctionDef(self.below.name, node.value.args, body, [], type_params=[])  # type: ignore[call-arg]
        assert isinstance(node, ast.FunctionDef)
        node.name, node.decorator_list, node.returns = self.below.name, [], None
        refuse_shared(node)
        return node

    def refuse_changes(self, node: ast.AST, name: str) -> None:
        """What a decorator binds once has to stay as it is."""
        for n in ast.walk(node):
            match n:
                case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                    changed = root(n) == name
                case ast.Call(ast.Attribute(base, method)) if method in ALTERING:
                    changed = root(base) == name
                case _:
                    continue
            if changed:
                raise Unclear(f"`{name}` is changed from call to call")

    def bind(self, name: str, found: Any) -> None:
        match found:
            case Undecorated(handle):
                self.given[name] = UserFunction(handle)
            case Text(node, scope):
                self.opening.append(ast.Assign([ast.Name(name, ast.Store())], node))
                for n in ast.walk(node):
                    if isinstance(n, ast.Name):
                        self.take(n.id, scope)
            case Made(ast.FunctionDef() as inner, scope) if inner is not self.made.node and not inner.decorator_list:
                self.copy(inner, found.around, scope)
            case State():
                raise Unclear(f"`{found.name}` lasts from one call to the next")
            case _:
                raise Unclear(f"`{name}` is used as a value")

    def copy(self, inner: ast.FunctionDef, around: dict[str, Any], scope: Any) -> None:
        """A helper that the decorator defines, as one of the function itself."""
        refuse_shared(inner)
        self.opening.append(parsed(ast.unparse(inner)).body[0])
        for name in sorted({n.id for n in ast.walk(inner) if isinstance(n, ast.Name)} - bound_in(inner)):
            self.refuse_changes(inner, name)
            if name in around:
                self.bind(name, around[name])
            else:
                self.take(name, scope)

    def take(self, name: str, scope: Any) -> None:
        """Have a name mean what it means in its module."""
        if name in scope.definitions:
            found = scope.binding((name,))
            if isinstance(found, UserFunction):
                self.note(self.given, name, found)
            else:
                self.note(self.lines, name, f"from {scope.module_name} import {name}")
        elif name in scope.imports:
            dotted_name = scope.imports[name]
            home, _, last = dotted_name.rpartition(".")
            if not is_whole(name, scope.tree):
                line = f"from {home or '.'} import {last}" + (f" as {name}" if name != last else "")
            else:
                line = f"import {dotted_name}" + (f" as {name}" if name != dotted_name else "")
            self.note(self.lines, name, line)
        elif not hasattr(builtins, name):
            raise Unclear(f"`{name}` is not known")

    @staticmethod
    def note(table: dict[str, Any], name: str, found: Any) -> None:
        if table.setdefault(name, found) != found:
            raise Unclear(f"`{name}` means something else in another module")


def refuse_shared(node: ast.AST) -> None:
    if any(isinstance(n, ast.Nonlocal | ast.Global) for n in ast.walk(node)):
        raise Unclear("it counts or keeps something from one call to the next")


def without_first(node: ast.FunctionDef) -> ast.FunctionDef:
    found: Any = parsed(ast.unparse(node)).body[0]
    found.args.args = found.args.args[1:]
    return found  # type: ignore[no-any-return]


def is_whole(name: str, tree: ast.Module) -> bool:
    """Whether a name is imported by `import`, as a module."""
    made = [a for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    return any((a.asname or a.name.partition(".")[0]) == name for a in made)


def bound_in(node: ast.AST) -> set[str]:
    own = {a.arg for a in ast.walk(node) if isinstance(a, ast.arg)}
    return own | {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}


def root(e: ast.expr) -> str:
    while isinstance(e, ast.Attribute | ast.Subscript):
        e = e.value
    return e.id if isinstance(e, ast.Name) else ""


def attribute(receiver: str, name: str) -> str:
    return f"{receiver}_{name}"


class Attributes(ast.NodeTransformer):
    """What an object of a decorator holds, by names."""

    def __init__(self, receiver: str, me: Object) -> None:
        self.receiver, self.me = receiver, me

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if isinstance(node.value, ast.Name) and node.value.id == self.receiver:
            if node.attr not in self.me.attributes:
                raise Unclear(f"`{self.receiver}.{node.attr}` is not bound in its `__init__`")
            return ast.Name(attribute(self.receiver, node.attr), node.ctx)
        node.value = self.visit(node.value)
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id == self.receiver:
            raise Unclear(f"`{self.receiver}` is used as a value")
        return node


class Names(ast.NodeTransformer):
    """`f.__name__` as the text it is."""

    def __init__(self, around: dict[str, Any]) -> None:
        self.around = around

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        chain = dotted(node)
        if chain is not None and len(chain) == 2 and isinstance(found := self.around.get(chain[0]), Undecorated):
            if chain[1] in ("__name__", "__qualname__"):
                return ast.Constant(found.name)
            raise Unclear(f"it reads `{ast.unparse(node)}`")
        node.value = self.visit(node.value)
        return node


def main_form(located: Located, scope: Any) -> Located:
    """A decorated function as what it is, with parameters that have names."""
    handle = without_decorators(located, None, scope)
    if handle is None:
        return located
    found = locate_file(":".join(handle), marked=True)
    a = found.source.tree.args
    if a.vararg is None and a.kwarg is None:
        return found
    own = located.source.tree.args
    names = [p.arg for p in (*own.posonlyargs, *own.args)]
    if own.vararg or own.kwarg or own.kwonlyargs or own.defaults:
        top = located.source.tree.decorator_list[0]
        why = "it tells arguments that are given from those that are left to their defaults"
        raise error(refusal(top, located.source, why))
    name = located.name
    text = f"def {name}({', '.join(names)}):\n    return function({', '.join(names)})\n"
    handle = write(located.filename, name, text, {"function": UserFunction(handle)}, of_user=True)
    return locate_file(":".join(handle), marked=True)
