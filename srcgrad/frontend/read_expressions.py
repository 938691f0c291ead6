"""libcst expressions -> IR: one small method per kind of node, found by the node's class name."""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Callable
from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.helpers import INSTANCE, LINKED, RECORD
from ..ir.walk import assigned_in, target_names
from ..syntax import literal, parsed_expression
from . import classes
from .bindings import UserFunction, Value, has_rule
from .calls_in_text import as_call, calls_user
from .cells import Celled, Cells, slot, targets_of
from .changing_methods import CHANGING
from .checkpoints import CHECKPOINT, USE
from .emitted import as_slot, is_emitted
from .fence import REFUSED, REFUSED_CALLS
from .generators import called, is_generator
from .getters import picked
from .groups import HINT as GROUPS_HINT, KEPT, check_comprehension
from .iteration_more import never_ends
from .joiners import joined_by
from .mapped import FOR_EACH, HINT as NAME_IT, MESSAGE as UNSTEADY, is_steady, mapped
from .operators import BINARY, COMPARISON, UNARY
from .places import once_each
from .private_names import WithFullNames, full_name
from .rewrites import rewritten
from .scope import ufunc_method
from .several_classes import Tagged

OBJECTS = {RECORD: classes.PLAIN, LINKED: classes.LINKED}
KEYWORD_CONSTANTS = {"True": True, "False": False, "None": None}
CONSUMERS = frozenset({
    "builtins.sum", "builtins.max", "builtins.min", "builtins.list", "builtins.tuple", "builtins.dict", "builtins.any",
    "builtins.all", "builtins.sorted", "math.fsum", "math.prod", "numpy.fromiter",
    "builtins.next",
})  # fmt: skip
CHANGING_IN_TEXT = CHANGING - {"partition"}  # which is one of texts, too
OUTER_RULES = frozenset(
    {"numpy.outer", "numpy.linalg.outer", "numpy.add.outer", "numpy.subtract.outer", "numpy.multiply.outer"}
)


class ExpressionReader:
    """Reads the expressions of one function.

    `scope.operation(chain)` names the library operation that a dotted name stands for, or is None.
    `locals` are the names bound in the function; they hide what the same name means outside.
    `consumed` holds the ids of generator expressions that are used up where they stand.
    `where` maps the id of each expression read to (expression, libcst node), for carets.
    """

    def __init__(self, scope: Any, local_names: frozenset[str], refuse: Callable[..., None]) -> None:
        self.scope, self.locals, self.refuse = scope, local_names, refuse
        self.where: dict[int, tuple[ir.Expr, cst.CSTNode]] = {}
        self.consumed: set[int] = set()
        self.cells: Cells = {}
        self.owner, self.private = "", False  # the class the function is in; has a private name of it been read
        self.generators: frozenset[str] = frozenset()  # generator functions in the one that is read, or around it

    def fresh(self, name: str) -> str:
        """A name that is free."""
        while name in self.locals:
            name += "_"
        return name

    def read(self, node: cst.CSTNode) -> ir.Expr:
        method = getattr(self, "read_" + type(node).__name__, None)
        if method is None:
            name = type(node).__name__
            code, what, hint = REFUSED.get(name, ("SG201", f"`{name}`", ""))
            self.refuse(code, f"{what} cannot be differentiated", node, hint)
            return ir.Const(None)
        expr: ir.Expr = method(node)
        self.where[id(expr)] = (expr, node)
        return expr

    def read_all(self, nodes: Any) -> tuple[ir.Expr, ...]:
        return tuple(self.read(n) for n in nodes)

    # ----- leaves -----

    def read_Name(self, node: cst.Name) -> ir.Expr:
        if node.value in KEYWORD_CONSTANTS:
            return ir.Const(KEYWORD_CONSTANTS[node.value])
        if node.value == "Ellipsis" and "Ellipsis" not in self.locals:
            found = self.scope.binding(("Ellipsis",))
            if isinstance(found, Value) and found.value is ...:
                return ir.Const(...)
        name = identifier(node.value)
        return slot(self.cells[name]) if name in self.cells else ir.Name(name)

    def read_literal(self, node: cst.Integer | cst.Float | cst.Imaginary | cst.SimpleString) -> ir.Expr:
        return ir.Const(literal(node.value))

    read_Integer = read_Float = read_Imaginary = read_SimpleString = read_literal

    def read_Ellipsis(self, node: cst.Ellipsis) -> ir.Expr:
        return ir.Const(...)

    def read_text(self, node: cst.FormattedString | cst.ConcatenatedString) -> ir.Expr:
        written = node.visit(WithFullNames(self.owner)) if self.owner else node
        self.private |= not written.deep_equals(node)  # type: ignore[arg-type,union-attr]
        code = cst.Module([]).code_for_node(written.visit(Celled(self.cells)) if self.cells else written)  # type: ignore
        tree = parsed_expression(f"({code})")
        self.refuse_changes(tree, node, "a text")
        if calls_user(self, node):
            found = as_call(self, node)
            if found is not None:
                return found
            self.refuse("SG213", "a function is called inside a text", node, "Give its result a name first.")
        reads = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        return ir.Text(code, tuple(sorted(reads)))

    read_FormattedString = read_ConcatenatedString = read_text

    def refuse_changes(self, tree: ast.AST, node: cst.CSTNode, where: str) -> None:
        """Refuse calls that change a list or dict, and assignments, in what is kept as text: nothing would know."""
        for n in ast.walk(tree):
            if isinstance(n, ast.NamedExpr):
                message = f"`{n.target.id}` is assigned inside {where}"
                self.refuse("SG213", message, node, "Assign it in a statement of its own.")
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in CHANGING_IN_TEXT:
                message = f"`{n.func.attr}` changes what it is given, inside {where}"
                self.refuse("SG213", message, node, "Call it in a statement of its own, and use its result.")

    # ----- operators -----

    def read_BinaryOperation(self, node: cst.BinaryOperation) -> ir.Expr:
        pending = []
        left: cst.BaseExpression = node
        while isinstance(left, cst.BinaryOperation):  # a sum of 500 terms is 500 deep on the left
            pending.append(left)
            left = left.left
        expr = self.read(left)
        for n in reversed(pending):
            expr = ir.Call(BINARY[type(n.operator).__name__], (expr, self.read(n.right)))
            self.where[id(expr)] = (expr, n)
        return expr

    def read_UnaryOperation(self, node: cst.UnaryOperation) -> ir.Expr:
        return ir.Call(UNARY[type(node.operator).__name__], (self.read(node.expression),))

    def read_BooleanOperation(self, node: cst.BooleanOperation) -> ir.Expr:
        op = "and" if isinstance(node.operator, cst.And) else "or"
        left, right = self.read(node.left), self.read(node.right)
        values = left.values if isinstance(left, ir.BoolOp) and left.op == op else (left,)
        return ir.BoolOp(op, (*values, right))

    def read_Comparison(self, node: cst.Comparison) -> ir.Expr:
        ops = tuple(COMPARISON[type(t.operator).__name__] for t in node.comparisons)
        return ir.Compare(self.read(node.left), ops, self.read_all(t.comparator for t in node.comparisons))

    def read_IfExp(self, node: cst.IfExp) -> ir.Expr:
        test = self.read(node.test)
        return ir.Select(test, self.read(node.body), self.read(node.orelse))

    def read_NamedExpr(self, node: cst.NamedExpr) -> ir.Expr:
        assert isinstance(node.target, cst.Name)
        return ir.Walrus(identifier(node.target.value), self.read(node.value))

    # ----- calls, attributes, subscripts -----

    def chain(self, node: cst.BaseExpression) -> tuple[str, ...] | None:
        """The names of `np.linalg.inv`, when the first one is not a local."""
        names: list[str] = []
        while isinstance(node, cst.Attribute):
            names.append(full_name(self.owner, node.attr.value))
            node = node.value
        if not isinstance(node, cst.Name) or identifier(node.value) in self.locals:
            return None
        return (identifier(node.value), *reversed(names))

    def read_Call(self, node: cst.Call) -> ir.Expr:
        chain = self.chain(node.func)
        op = (self.scope.operation(chain) or ufunc_method(self.scope, chain)) if chain else None
        if op == CHECKPOINT:
            self.refuse("SG224", "`checkpoint` stands where no loop begins", node, USE)
        if op in CONSUMERS:
            self.consumed |= {id(a.value) for a in node.args}
        args, keywords = self.read_arguments(node.args)
        named = tuple((k, v) for k, v in keywords if k is not None)
        if op in REFUSED_CALLS:
            self.refuse(
                "SG215", f"`{REFUSED_CALLS[op]}` cannot be differentiated: what it does is not in the source", node,
                "Write the code out.",
            )  # fmt: skip
        if op in FOR_EACH:
            self.check_function_for_each(op, node, args, named)
        if op in ("builtins.map", "builtins.filter") and not keywords and len(args) >= 2:
            return mapped(op, args, id(node) in self.consumed and self.names_method(node.args[0].value))
        if op is not None and op.endswith(".outer") and len(args) == 2 and not keywords and op not in OUTER_RULES:
            return outer(op, *args)
        if chain is not None and chain[-1] == "_make" and len(args) == 1 and not keywords:
            if is_named_tuple(self.scope.binding(chain[:-1])):
                assert isinstance(node.func, cst.Attribute)
                return ir.Apply(self.read(node.func.value), spread(args[0]))
        if op in OBJECTS and not args and len(named) == len(keywords):
            return ir.Mapping(tuple(ir.Const(ir.Field(n)) for n, _ in named), tuple(v for _, v in named), OBJECTS[op])
        if op == INSTANCE and len(args) == 1 and isinstance(args[0], ir.Const) and len(named) == len(keywords):
            keys = tuple(ir.Const(ir.Field(n)) for n, _ in named)
            return ir.Mapping(keys, tuple(v for _, v in named), Tagged(classes.PLAIN, args[0].value))
        if op is not None and op.startswith("numpy.ndarray.") and args and len(named) == len(keywords):
            return ir.Call(op.removeprefix("numpy.ndarray"), args, named)
        if op == "builtins.dict" and len(named) < len(keywords) and all(map(is_place, args[:1])) and len(args) < 2:
            pairs = [*((None, a) for a in args), *((ir.Const(n) if n else None, v) for n, v in keywords)]
            return ir.Mapping(tuple(key for key, _ in pairs), tuple(v for _, v in pairs))
        if op is not None and len(named) == len(keywords):
            plain = rewritten(op, args, named)
            return plain if plain is not None else ir.Call(op, args, named)
        known = chain is not None and isinstance(self.scope.binding(chain), UserFunction)
        is_method = isinstance(node.func, cst.Attribute) and not known
        if chain is not None and len(chain) > 1 and self.scope.is_module(chain[:-1]):
            is_method = False
        if isinstance(node.func, cst.Attribute) and is_method and node.func.attr.value == "__class__":
            return ir.Apply(ir.Call("builtins.type", (self.read(node.func.value),)), args, keywords)
        if is_method and len(named) == len(keywords):
            assert isinstance(node.func, cst.Attribute)
            receiver = self.read(node.func.value)
            match receiver:
                case ir.Call(op, given, options) if op.startswith("scipy.stats.") and len(args) == 1 and not named:
                    if has_rule(method := f"{op}.{node.func.attr.value}"):  # norm(mean, scale).pdf(x)
                        return ir.Call(method, (*args, *given), options)
            named_item = node.func.attr.value == "__getitem__" and len(args) == 1 and not named
            if named_item and isinstance(receiver, ir.Name | ir.Index | ir.Attribute):
                return ir.Index(receiver, args[0])
            return ir.Call("." + self.attribute_name(node.func.attr.value), (receiver, *args), named)
        func = self.read(node.func)
        apply = ir.Apply(func, args, keywords)
        if chain is not None and len(chain) == 1 and known and is_generator(self.scope.binding(chain).handle):
            return called(apply)
        if isinstance(func, ir.Name) and func.id in self.generators:
            return called(apply)
        return (picked(func, args) if not keywords else None) or apply

    def check_function_for_each(self, op: str, node: cst.Call, args: Any, keywords: Any) -> None:
        """Refuse a function that is worked out once, where it would be worked out again for each item."""
        position, name = FOR_EACH[op]
        func = args[position] if position < len(args) else dict(keywords).get(name)
        at_once = op == "functools.reduce" or id(node) in self.consumed
        if func is not None and not is_steady(func, self, at_once):
            self.refuse("SG216", UNSTEADY, node, NAME_IT)

    def names_method(self, node: cst.BaseExpression) -> bool:
        """Whether `a.b` is a method of what the name `a` stands for, and no function of a module or library."""
        if not isinstance(node, cst.Attribute) or not isinstance(node.value, cst.Name):
            return False
        chain = self.chain(node)
        return chain is None or not (
            self.scope.operation(chain) or self.scope.is_module(chain[:-1])
            or isinstance(self.scope.binding(chain), UserFunction)
        )  # fmt: skip

    def read_arguments(self, nodes: Any) -> tuple[tuple[ir.Expr, ...], tuple[tuple[str | None, ir.Expr], ...]]:
        args: list[ir.Expr] = []
        keywords: list[tuple[str | None, ir.Expr]] = []
        for a in nodes:
            value = self.read(a.value)
            if a.star == "**":
                keywords.append((None, value))
            elif a.keyword is not None:
                keywords.append((a.keyword.value, value))
            else:
                args.append(ir.Star(value) if a.star else value)
        return tuple(args), tuple(keywords)

    def read_Attribute(self, node: cst.Attribute) -> ir.Expr:
        return ir.Attribute(self.read(node.value), self.attribute_name(node.attr.value))

    def attribute_name(self, name: str) -> str:
        found = full_name(self.owner, name)
        self.private |= found != name
        return found

    def read_Subscript(self, node: cst.Subscript) -> ir.Expr:
        base = self.read(node.value)
        items = [self.read_index(e.slice) for e in node.slice]
        joiner = joined_by(self.scope, self.chain(node.value))
        if joiner is not None:
            return ir.Call(joiner, tuple(items))
        is_tuple = len(items) > 1 or isinstance(node.slice[-1].comma, cst.Comma)
        index = ir.Display("tuple", tuple(items)) if is_tuple else items[0]
        return ir.Index(base, as_slot(index) if is_emitted(self.scope) else index)

    def read_index(self, node: cst.BaseSlice) -> ir.Expr:
        if isinstance(node, cst.Slice):
            parts = (self.read(p) if p is not None else None for p in (node.lower, node.upper, node.step))
            return ir.Slice(*parts)
        assert isinstance(node, cst.Index)
        value = self.read(node.value)
        return ir.Star(value) if node.star else value

    # ----- displays, comprehensions, functions -----

    def read_items(self, elements: Any) -> tuple[ir.Expr, ...]:
        values = (self.read(e.value) for e in elements)
        return tuple(
            ir.Star(v) if isinstance(e, cst.StarredElement) else v for e, v in zip(elements, values, strict=True)
        )

    def read_Tuple(self, node: cst.Tuple) -> ir.Expr:
        return ir.Display("tuple", self.read_items(node.elements))

    def read_List(self, node: cst.List) -> ir.Expr:
        return ir.Display("list", self.read_items(node.elements))

    def read_Set(self, node: cst.Set) -> ir.Expr:
        return ir.Display("set", self.read_items(node.elements))

    def read_Dict(self, node: cst.Dict) -> ir.Expr:
        keys = tuple(self.read(e.key) if isinstance(e, cst.DictElement) else None for e in node.elements)
        first: dict[Any, ir.Const] = {}  # a dict keeps the first of keys that are equal: 1, 1.0, True
        same = tuple(first.setdefault(k.value, k) if isinstance(k, ir.Const) else k for k in keys)
        return ir.Mapping(same, self.read_all(e.value for e in node.elements))

    def read_comprehension(self, kind: str, node: Any) -> ir.Expr:
        clauses = []
        hidden, before, cells = set(), self.locals, self.cells
        clause: cst.CompFor | None = node.for_in
        while clause is not None:
            if clause.asynchronous:
                self.refuse("SG202", "an asynchronous comprehension cannot be differentiated", node)
            iterable = self.read(clause.iter)
            self.check_end(iterable, clause.iter)
            self.cells = {n: c for n, c in self.cells.items() if n not in targets_of(clause.target)}
            target = once_each(self.read(clause.target), self.fresh)
            hidden |= set(target_names(target))
            self.locals = before | hidden
            clauses.append(ir.Clause(target, iterable, self.read_all(c.test for c in clause.ifs)))
            clause = clause.inner_for_in
        key = self.read(node.key) if kind == "dict" else None
        element = self.read(node.value if kind == "dict" else node.elt)
        self.locals, self.cells = before, cells
        found = ir.Comprehension(kind, element, tuple(clauses), key)
        check_comprehension(found, lambda: self.refuse("SG222", KEPT, node, GROUPS_HINT))
        if assigned_in(found) and (kind == "set" or kind == "generator" and id(node) not in self.consumed):
            self.refuse(
                "SG216", "an assignment inside a set or a generator that is consumed elsewhere is not supported", node,
                "Write the loop out.",
            )  # fmt: skip
        return found

    def check_end(self, iterable: ir.Expr, node: cst.CSTNode) -> None:
        if never_ends(iterable):
            self.refuse(
                "SG222", "this has no end, and what ends it cannot be followed", node,
                "Use `range` or `enumerate`, or leave a loop over it by `break`.",
            )  # fmt: skip

    def read_ListComp(self, node: cst.ListComp) -> ir.Expr:
        return self.read_comprehension("list", node)

    def read_SetComp(self, node: cst.SetComp) -> ir.Expr:
        return self.read_comprehension("set", node)

    def read_GeneratorExp(self, node: cst.GeneratorExp) -> ir.Expr:
        return self.read_comprehension("generator", node)

    def read_DictComp(self, node: cst.DictComp) -> ir.Expr:
        return self.read_comprehension("dict", node)

    def read_Lambda(self, node: cst.Lambda) -> ir.Expr:
        params = self.read_params(node.params)
        before, cells, own = self.locals, self.cells, {p.name for p in params}
        self.locals, self.cells = before | own, {n: c for n, c in cells.items() if n not in own}
        body = self.read(node.body)
        self.locals, self.cells = before, cells
        return ir.Lambda(params, body)

    def read_params(self, params: cst.Parameters) -> tuple[ir.Param, ...]:
        found = [self.read_param(p, "positional_only") for p in params.posonly_params]
        found += [self.read_param(p, "positional") for p in params.params]
        if isinstance(params.star_arg, cst.Param):
            found.append(self.read_param(params.star_arg, "star"))
        found += [self.read_param(p, "keyword") for p in params.kwonly_params]
        if params.star_kwarg is not None:
            found.append(self.read_param(params.star_kwarg, "double_star"))
        return tuple(found)

    def read_param(self, p: cst.Param, kind: str) -> ir.Param:
        default = self.read(p.default) if p.default is not None else None
        note = cst.Module([]).code_for_node(p.annotation.annotation) if p.annotation is not None else None
        return ir.Param(identifier(p.name.value), kind, as_constant(default), note)


def as_constant(default: ir.Expr | None) -> ir.Expr | None:
    """A default that is a negative number, or a tuple of numbers, which cannot change, as a constant."""
    match default:
        case ir.Call("operator.neg", (ir.Const(int() | float() | complex() as value),)):
            return ir.Const(-value)
        case ir.Display("tuple", items):
            values = [i.value for i in items if isinstance(i, ir.Const) and isinstance(i.value, int | float | None)]
            return ir.Const(tuple(values)) if len(values) == len(items) else default
    return default


def is_named_tuple(found: Any) -> bool:
    made = found.value if isinstance(found, Value) else None
    return isinstance(made, type) and issubclass(made, tuple) and hasattr(made, "_fields")


def spread(e: ir.Expr) -> tuple[ir.Expr, ...]:
    """`C._make(e)` is `C(*e)`."""
    return e.items if isinstance(e, ir.Display) and e.kind != "set" else (ir.Star(e),)


def outer(op: str, a: ir.Expr, b: ir.Expr) -> ir.Expr:
    """`np.hypot.outer(a, b)` as `np.hypot(np.reshape(a, np.shape(a) + (1,) * np.ndim(b)), b)`."""
    ones = ir.Call("operator.mul", (ir.Display("tuple", (ir.Const(1),)), ir.Call("numpy.ndim", (b,))))
    shape = ir.Call("operator.add", (ir.Call("numpy.shape", (a,)), ones))
    return ir.Call(op.removesuffix(".outer"), (ir.Call("numpy.reshape", (a, shape)), b))


def identifier(text: str) -> str:
    """The name the compiler sees: identifiers are normalised (NFKC), so `ﬁ` and `fi` are one name."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def is_place(e: ir.Expr) -> bool:
    return isinstance(e, ir.Name | ir.Index | ir.Attribute)
