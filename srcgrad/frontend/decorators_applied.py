"""What the decorators above a function of a file make of it, worked out from the text alone.

    def scaled(factor):                         @scaled(2.0)
        def decorate(f):                        def drag(v): ...
            def wrapper(*args):
                return factor * f(*args)        drag is `wrapper`, where `f` is the undecorated function
            return wrapper                      and `factor` is 2.0
        return decorate

Only functions and classes that bind plain values and give a function back are followed; anything else is `Unclear`.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

from ..syntax import parsed
from .bindings import Library, UserFunction, Value
from .classes import class_of
from .decorator_values import State, Text, Unclear, Undecorated, name_of, text
from .decorators import dotted
from .file_classes import FileClass
from .file_scope import FileScope

MUTABLE = (ast.Dict, ast.List, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp)
CONTAINERS = ("dict", "list", "set", "bytearray", "map", "filter", "zip", "enumerate", "reversed")
MARKS = ("functools.wraps", "functools.update_wrapper")


@dataclass(eq=False)
class Made:
    """A function of a decorator with the values of the names around it; `scope` is that of its module.

    `below`: the attribute that has the decorated function, "" if none is known to.
    """

    node: Any
    scope: Any
    around: dict[str, Any] = field(default_factory=dict)
    below: str = ""


@dataclass(eq=False)
class Object:
    """An object of a class of decorators, with what its attributes are bound to."""

    node: ast.ClassDef
    scope: Any
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class Partial:
    function: Any
    keywords: dict[str, Any]


def applied(decorator: ast.expr, scope: Any, below: Undecorated) -> Any:
    """What a decorator makes of the function below: that function again, a `Made`, or an `Object`."""
    return call(value(decorator, {}, scope), [below], {})


def value(e: ast.expr, env: dict[str, Any], scope: Any) -> Any:
    match e:
        case ast.Name(name) if name in env:
            return env[name]
        case ast.Name() | ast.Attribute():
            chain = dotted(e)
            if chain is not None and chain[0] not in env:
                return outside(e, tuple(chain), scope)
        case ast.Call(func, args, keywords) if not any(isinstance(a, ast.Starred) for a in args):
            return called(e, func, args, keywords, env, scope)
        case ast.Lambda():
            return Made(e, scope, env)
    return text(e, env, scope)


def outside(e: ast.expr, chain: tuple[str, ...], scope: Any) -> Any:
    found = scope.binding(chain)
    if isinstance(found, UserFunction) and isinstance(found.handle, tuple):
        return defined(found.handle)
    if isinstance(known := class_of(found.value) if isinstance(found, Value) else None, FileClass):
        return Object(known.node, known.scope)
    if len(chain) == 1 and isinstance(scope.definitions.get(chain[0]), ast.ClassDef):
        return Object(scope.definitions[chain[0]], scope)
    return found if isinstance(found, Library) else text(e, {}, scope)


def defined(handle: Any) -> Made:
    from .locate_file import locate_file

    located = locate_file(":".join(handle), marked=True)
    tree = located.source.tree
    if not isinstance(tree, ast.FunctionDef) or tree.decorator_list:
        raise Unclear(f"`{handle[1]}` is decorated itself")
    from ..program import find_beside, module_name

    path = located.filename
    return Made(tree, FileScope(located.module_ast, path, module_name(path), lambda d, r: find_beside(path, d, r)))


def called(e: ast.Call, func: ast.expr, args: Any, keywords: Any, env: dict[str, Any], scope: Any) -> Any:
    f = value(func, env, scope)
    if isinstance(f, Library) and f.name == "functools.wraps":
        return f
    given = [argument(a, env, scope) for a in args]
    words = {w.arg: argument(w.value, env, scope) for w in keywords}
    if None in words:
        raise Unclear("it is called with `**`")
    if isinstance(f, Library) and f.name == "functools.update_wrapper":
        return given[0]
    if isinstance(f, Library) and f.name == "functools.partial":
        return Partial(given[0], words)  # type: ignore[arg-type]
    if isinstance(f, Library | Text | Undecorated):
        return text(e, env, scope)
    return call(f, given, words)  # type: ignore[arg-type]


def argument(e: ast.expr, env: dict[str, Any], scope: Any) -> Any:
    found = value(e, env, scope)
    return text(e, env, scope) if isinstance(found, Library) else found


def call(f: Any, args: list[Any], words: dict[str, Any]) -> Any:
    match f:
        case Library(name) if name in MARKS:
            return args[0]
        case Library("numpy.vectorize", _) if len(args) == 1 and isinstance(args[0], Undecorated) and not words:
            return called_for_each(args[0])
        case Partial(inner, more):
            return call(inner, args, {**more, **words})
        case Made(ast.Lambda(parameters, body), scope, around):
            return value(body, {**around, **bound(parameters, args, words, scope)}, scope)
        case Made(node, scope, around):
            env = {**around, **bound(node.args, args, words, scope)}
            found = run(node.body, env, scope, node.name)
            if found is None:
                raise Unclear(f"`{node.name}` gives nothing back")
            return found
        case Object(node, scope, attributes) if attributes or not has(node, "__init__") and "made" in attributes:
            return in_class(f, "__call__", args, words)
        case Object(node, scope):
            return instance(node, scope, args, words)
    raise Unclear("what it makes is not known")


def called_for_each(below: Undecorated) -> Made:
    names = [p.arg for p in (*below.parameters.posonlyargs, *below.parameters.args)]
    free = next(n for n in ("function", "function_", "function__") if n not in names)
    text = f"import numpy as np\ndef g({', '.join(names)}):\n    return np.vectorize({free})({', '.join(names)})\n"
    tree = parsed(text)
    return Made(tree.body[1], FileScope(tree, below.handle[0], ""), {free: below}, "pyfunc")


def has(node: ast.ClassDef, name: str) -> bool:
    return any(isinstance(s, ast.FunctionDef) and s.name == name for s in node.body)


def method(node: ast.ClassDef, name: str) -> ast.FunctionDef:
    found = [s for s in node.body if isinstance(s, ast.FunctionDef) and s.name == name]
    if len(found) != 1 or found[0].decorator_list or node.bases or node.decorator_list:
        raise Unclear(f"class `{node.name}` is more than `__init__` and `__call__`")
    return found[0]


def instance(node: ast.ClassDef, scope: Any, args: list[Any], words: dict[str, Any]) -> Object:
    """An object whose `__init__` keeps what it is given."""
    init = method(node, "__init__")
    receiver = init.args.args[0].arg
    env = bound(init.args, [None, *args], words, scope)
    found = Object(node, scope)
    for s in init.body:
        match s:
            case ast.Expr(ast.Constant()):
                pass
            case ast.Expr(ast.Call(func, [ast.Name(own), *_])) if own == receiver and name_of(func, scope) in MARKS:
                pass
            case ast.Assign([ast.Attribute(ast.Name(own), attr)], e) if own == receiver:
                found.attributes[attr] = kept(f"{receiver}.{attr}", e, env, scope)
            case _:
                raise Unclear(f"`__init__` of class `{node.name}` does more than keep what it is given")
    found.attributes["made"] = None
    return found


def in_class(me: Object, name: str, args: list[Any], words: dict[str, Any]) -> Any:
    node = method(me.node, name)
    env = bound(node.args, [me, *args], words, me.scope)
    found = run(node.body, env, me.scope, node.name)
    if found is None:
        raise Unclear(f"`{node.name}` gives nothing back")
    return found


def bound(a: ast.arguments, args: list[Any], words: dict[str, Any], scope: Any) -> dict[str, Any]:
    """The parameters of a function in a call; a default is a value of its own."""
    own = [p.arg for p in (*a.posonlyargs, *a.args)]
    only = [p.arg for p in a.kwonlyargs]
    defaults = dict(zip(reversed(own), reversed(a.defaults), strict=False))
    defaults |= {n: e for n, e in zip(only, a.kw_defaults, strict=True) if e is not None}
    found = dict(zip(own, args, strict=False))
    rest = args[len(own) :]
    more = {n: v for n, v in words.items() if n not in (*own, *only)}
    if rest and a.vararg is None or more and a.kwarg is None:
        raise Unclear("the arguments do not fit")
    found |= {n: v for n, v in words.items() if n not in more}
    if a.kwarg is not None:
        found[a.kwarg.arg] = gathered(list(more.values()), scope, [ast.Constant(n) for n in more])
    if a.vararg is not None:
        found[a.vararg.arg] = gathered(rest, scope)
    for n, e in defaults.items():
        if n not in found:
            found[n] = text(e, {}, scope)
    if found.keys() < {*own, *only}:
        raise Unclear("the arguments do not fit")
    return found


def gathered(values: list[Any], scope: Any, keys: list[ast.expr | None] | None = None) -> Text:
    """What `*` or `**` takes."""
    if not all(isinstance(v, Text) for v in values):
        raise Unclear("it takes a function by `*`")
    items = [v.node for v in values]
    node = ast.Tuple(items, ast.Load()) if keys is None else ast.Dict(keys, items)
    return Text(node, values[0].scope if values else scope)


def run(body: list[ast.stmt], env: dict[str, Any], scope: Any, name: str) -> Any:
    """What the body of a decorator returns; binds what it binds in `env`."""
    for s in body:
        match s:
            case ast.Expr(ast.Constant()) | ast.Pass():
                pass
            case ast.FunctionDef():
                if not all(isinstance(d, ast.Call) and name_of(d.func, scope) in MARKS for d in s.decorator_list):
                    raise Unclear(f"`{s.name}` is decorated itself")
                env[s.name] = Made(s, scope, env, "__wrapped__" if s.decorator_list else "")
            case ast.Assign([ast.Name(target)], e) | ast.AnnAssign(ast.Name(target), _, ast.expr() as e):
                env[target] = kept(target, e, env, scope)
            case ast.Expr(ast.Call(func, [ast.Name(own), *_])) if own in env and name_of(func, scope) in MARKS:
                pass
            case ast.Assign([ast.Attribute(ast.Name(own), _)]) if isinstance(env.get(own), Made):
                pass  # who reads it again is refused there
            case ast.If(test, then, orelse):
                known = decided(test, env)
                if known is None and any(not isinstance(x, ast.Raise) for x in (*then, *orelse)):
                    raise Unclear(f"what `{name}` does depends on more than its text")
                found = run(then if known else orelse, env, scope, name) if known is not None else None
                if found is not None:
                    return found
            case ast.Assert() | ast.Expr():
                pass  # done when the module is imported
            case ast.Assign([ast.Subscript() as place]) | ast.AugAssign(ast.Subscript() as place):
                env |= {n.id: State(n.id) for n in ast.walk(place.value) if isinstance(n, ast.Name) and n.id in env}
            case ast.Return(ast.expr() as e):
                return value(e, env, scope)
            case _:
                raise Unclear(f"`{name}` does more than define a function and give it back")
    return None


def decided(test: ast.expr, env: dict[str, Any]) -> bool | None:
    """Whether a test of a decorator for what it is given holds."""
    match test:
        case ast.Call(ast.Name("callable"), [ast.Name(name)]) if name in env:
            return isinstance(env[name], Undecorated | Made | Object)
        case ast.Compare(ast.Name(name), [ast.Is() | ast.IsNot() as op], [ast.Constant(None)]) if name in env:
            found = env[name]
            none = isinstance(found, Text) and isinstance(found.node, ast.Constant) and found.node.value is None
            if isinstance(found, Text) and not isinstance(found.node, ast.Constant):
                return None
            return none == isinstance(op, ast.Is)
        case ast.UnaryOp(ast.Not(), inner):
            known = decided(inner, env)
            return None if known is None else not known
    return None


def kept(name: str, e: ast.expr, env: dict[str, Any], scope: Any) -> Any:
    """What a name of a decorator is bound to, once for all calls."""
    if isinstance(e, MUTABLE) or isinstance(e, ast.Call) and name_of(e.func, scope).rpartition(".")[2] in CONTAINERS:
        return State(name)
    try:
        return value(e, env, scope)
    except Unclear:
        return State(name)
