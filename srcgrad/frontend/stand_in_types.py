"""What becomes of deques, defaultdicts, Counters, OrderedDicts and sets that one function makes and changes."""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.walk import reads, statement_expressions
from .early_items import GROWS, late_parts
from .stand_ins import CONSUMERS, Escape, StandIn, everything

ZERO, EVERY = ir.Const(0), ir.Slice(None, None, None)
ORDER_FREE = frozenset({
    "builtins.len", "builtins.sorted", "builtins.max", "builtins.min", "builtins.any", "builtins.all", "builtins.bool",
    "operator.not_",
})  # fmt: skip
SET_OPERATORS = {"operator.or_", "operator.and_", "operator.sub", "operator.xor"}
SAME = object()


def call(op: str, *args: ir.Expr) -> ir.Call:
    return ir.Call(op, args)


def eager(e: ir.Expr) -> ir.Expr:
    """A generator that is used up where it stands, as the list of its items."""
    return ir.Comprehension("list", e.element, e.clauses) if getattr(e, "kind", "") == "generator" else e  # type: ignore[union-attr]


def constant(e: ir.Expr | None) -> Any:
    match e:
        case ir.Const(value):
            return value
        case ir.Call("operator.neg", (ir.Const(value),)):
            return -value
    return SAME


class Deque(StandIn):
    """A list; `popleft` takes the first item, and what is too long loses items at the other end."""

    word = "a deque"
    maxlen: ir.Expr = ir.Const(None)
    same = (".pop", ".index", ".count", ".insert", ".remove", ".reverse", ".clear")

    def constructed(self, e: ir.Expr) -> tuple[ir.Expr, list[ir.Stmt]] | None:
        match e:
            case ir.Call("collections.deque", args, keywords) if len(args) < 3 and set(dict(keywords)) <= {
                "iterable", "maxlen"
            }:  # fmt: skip
                given = {**dict(zip(("iterable", "maxlen"), args, strict=False)), **dict(keywords)}
                longest = given.get("maxlen", ir.Const(None))
                if not isinstance(longest, ir.Const):
                    if not isinstance(self.maxlen, ir.Name):
                        self.maxlen = ir.Name(self.new(f"{self.name}_maxlen"))
                    self.before.append(ir.Assign((self.maxlen.id,), (longest,)))
                elif self.maxlen != ir.Const(None) and self.maxlen != longest:
                    raise Escape(e)
                else:
                    self.maxlen = longest
                if "iterable" not in given:
                    return ir.Display("list", ()), []
                return call("builtins.list", eager(given["iterable"])), self.cut(0)
        return None

    @property
    def bounded(self) -> bool:
        return self.maxlen != ir.Const(None)

    @property
    def me(self) -> ir.Name:
        return ir.Name(self.name)

    def cut(self, end: int) -> list[ir.Stmt]:
        """Nothing, or the items beyond `maxlen` dropped: the first ones (end 0), or the last."""
        if not self.bounded:
            return []
        length = call("builtins.len", self.me)
        first = ir.Slice(None, call("operator.sub", length, self.maxlen), None)
        drop = first if end == 0 else ir.Slice(self.maxlen, None, None)
        return [self.if_longer(ir.Store(ir.Index(self.me, EVERY), ir.Index(self.me, self.rest(drop, end))))]

    def rest(self, drop: ir.Slice, end: int) -> ir.Slice:
        return ir.Slice(drop.upper, None, None) if end == 0 else ir.Slice(None, drop.lower, None)

    def if_longer(self, s: ir.Stmt) -> ir.Stmt:
        return ir.If(ir.Compare(call("builtins.len", self.me), (">",), (self.maxlen,)), (s,))

    def one_less(self, index: ir.Expr) -> list[ir.Stmt]:
        return [self.if_longer(ir.Eval(call(".pop", self.me, index)))] if self.bounded else []

    def method(self, e: ir.Call) -> ir.Expr:
        args = tuple(map(self.expr, e.args[1:]))
        if e.op == ".popleft" and not args:
            return call(".pop", self.me, ZERO)
        if e.op in self.same and not e.keywords and not (e.op == ".insert" and self.bounded):
            return call(e.op, self.me, *args)
        raise Escape(e)

    def effect(self, e: ir.Call) -> list[ir.Stmt] | None:
        args = tuple(self.all_at_once(a) for a in e.args[1:])
        match e.op, args:
            case ".append", (value,):
                return [ir.Eval(call(".append", self.me, value)), *self.one_less(ZERO)]
            case ".appendleft", (value,):
                return [ir.Eval(call(".insert", self.me, ZERO, value)), *self.one_less(ir.Const(-1))]
            case ".extend", (values,):
                return [ir.Eval(call(".extend", self.me, values)), *self.cut(0)]
            case ".extendleft", (values,):
                turned = ir.Index(call("builtins.list", values), ir.Slice(None, None, ir.Const(-1)))
                return [ir.Store(ir.Index(self.me, EVERY), call("operator.add", turned, self.me)), *self.cut(1)]
            case ".rotate", () | (_,):
                return self.rotated(args[0] if args else ir.Const(1))
        return None

    def rotated(self, count: ir.Expr) -> list[ir.Stmt]:
        shift = ir.Name(self.new("shift"))
        length = call("builtins.len", self.me)
        front = ir.Slice(call("operator.sub", length, shift), None, None)
        back = ir.Slice(None, call("operator.sub", length, shift), None)
        turned = call("operator.add", ir.Index(self.me, front), ir.Index(self.me, back))
        return [ir.If(ir.Compare(length, (">",), (ZERO,)), (
            ir.Assign((shift.id,), (call("operator.mod", count, length),)),
            ir.Store(ir.Index(self.me, EVERY), turned),
        ))]  # fmt: skip

    def item(self, e: ir.Index) -> ir.Expr:
        if isinstance(e.index, ir.Slice):
            raise Escape(e)
        return super().item(e)

    def place(self, e: ir.Index, s: ir.Stmt) -> ir.Expr:
        return self.item(e)

    def attribute(self, e: ir.Attribute) -> ir.Expr:
        if e.name == "maxlen":
            return self.maxlen
        raise Escape(e)

    def update(self, s: ir.Update) -> list[ir.Stmt]:
        if s.op != "operator.add":
            raise Escape(s.value)
        return [*self.edited(s, value=self.all_at_once(s.value)), *self.cut(0)]

    def all_at_once(self, e: ir.Expr) -> ir.Expr:
        """The items of a generator as a list, unless it reads the deque, to which Python adds one item at a time."""
        if any(self.name in reads(x) for x in late_parts(e)):
            raise Escape(e, GROWS, "Put `list(...)` around what gives the items, or write the loop out.")
        return eager(self.expr(e))


class PlainDict(StandIn):
    """An OrderedDict, which has two methods more than a dict."""

    word = "an OrderedDict"
    takes_arrays = False
    consumers = CONSUMERS | {"builtins.dict"}
    same: tuple[str, ...] = (
        ".get", ".pop", ".popitem", ".items", ".keys", ".values", ".update", ".setdefault", ".clear", ".move_to_end",
    )  # fmt: skip

    def constructed(self, e: ir.Expr) -> tuple[ir.Expr, list[ir.Stmt]] | None:
        match e:
            case ir.Call("collections.OrderedDict", args, keywords):
                return self.dict_of(args, keywords), []
            case ir.Mapping(keys, values, ordered=True):
                return ir.Mapping(keys, values), []
        return None

    def dict_of(self, args: tuple[ir.Expr, ...], keywords: tuple[tuple[str, ir.Expr], ...]) -> ir.Expr:
        from .rewrites import rewritten

        match args:
            case ():
                return ir.Mapping(tuple(ir.Const(n) for n, _ in keywords), tuple(v for _, v in keywords))
            case (ir.Mapping(),) if not keywords:
                return args[0]
            case (ir.Display("list" | "tuple", items),) if not keywords and all(is_pair(i) for i in items):
                return ir.Mapping(tuple(i.items[0] for i in items), tuple(i.items[1] for i in items))  # type: ignore[union-attr]
        return rewritten("builtins.dict", args, keywords) or ir.Call("builtins.dict", args, keywords)

    def method(self, e: ir.Call) -> ir.Expr:
        if e.op not in self.same:
            raise Escape(e)
        args = tuple(map(self.expr, e.args[1:]))
        return ir.Call(e.op, (e.args[0], *args), tuple((n, self.expr(v)) for n, v in e.keywords))

    def update(self, s: ir.Update) -> list[ir.Stmt]:
        if s.op != "operator.or_":
            raise Escape(s.value)
        return self.edited(s, value=self.expr(s.value))


def is_pair(e: ir.Expr) -> bool:
    return isinstance(e, ir.Display) and e.kind in ("tuple", "list") and len(e.items) == 2


DEFAULTS: dict[str, ir.Expr] = {
    "list": ir.Display("list", ()), "dict": ir.Mapping((), ()), "float": ir.Const(0.0), "int": ir.Const(0),
    "complex": ir.Const(0j), "str": ir.Const(""), "bool": ir.Const(False),
}  # fmt: skip


class DefaultDict(PlainDict):
    """A dict of which reading an item sets it first, where the key may be missing."""

    word = "a defaultdict"
    same = (".get", ".pop", ".popitem", ".items", ".keys", ".values", ".update", ".setdefault", ".clear")
    default: ir.Expr | None = None

    def constructed(self, e: ir.Expr) -> tuple[ir.Expr, list[ir.Stmt]] | None:
        match e:
            case ir.Call("collections.defaultdict", (factory, *args), keywords):
                made = self.made_by(factory)
                if self.default is not None and made != self.default:
                    raise Escape(e)
                self.default = made
                return self.dict_of(tuple(args), keywords), []
        return None

    def made_by(self, factory: ir.Expr) -> ir.Expr:
        match factory:
            case ir.Name(name) if name in DEFAULTS and self.is_builtin(name):
                return DEFAULTS[name]
            case ir.Lambda((), body) if not makes_another(body) and self.name not in reads(body):
                return body
            case ir.Name(name) if not self.is_builtin(name):
                return ir.Apply(factory, ())
        why = f"what a missing item of `{self.name}` is set to cannot be told from the source here"
        raise Escape(factory, why, "Give `defaultdict` one of list, dict, float and int, or a lambda.")

    def is_builtin(self, name: str) -> bool:
        raise NotImplementedError

    def is_changed(self, s: ir.Stmt) -> bool:
        """Reading an item may set it."""
        found = (x for e in statement_expressions(s) for x in everything(e))
        return super().is_changed(s) or any(isinstance(x, ir.Index) and self.is_it(x.base) for x in found)

    def item(self, e: ir.Index) -> ir.Expr:
        if isinstance(e.index, ir.Name) and e.index.id in self.keys:
            return e
        assert self.default is not None
        key = self.expr(e.index)
        found = call(".setdefault", e.base, key, self.default)
        if not self.may_do_more():
            return found
        if any(isinstance(x, ir.Apply | ir.Comprehension) for x in everything(key)):
            raise Escape(e, "what makes its missing items would be called for others, too", "Give the key a name.")
        return ir.Select(ir.Compare(key, ("in",), (e.base,)), ir.Index(e.base, key), found)

    def may_do_more(self) -> bool:
        """Whether working out a default is more than a value: it is done for missing items only."""
        return self.default is not None and any(isinstance(x, ir.Apply) for x in everything(self.default))

    def place(self, e: ir.Index, s: ir.Stmt) -> ir.Expr:
        if isinstance(s, ir.Store) or isinstance(e.index, ir.Name) and e.index.id in self.keys:
            return ir.Index(e.base, self.expr(e.index))
        return self.filled(e)

    def filled(self, e: ir.Index) -> ir.Index:
        """The place of an item that is certainly there once what goes before has run."""
        assert self.default is not None
        key = self.expr(e.index)
        if not isinstance(key, ir.Name | ir.Const):
            name = ir.Name(self.new(f"{self.name}_key"))
            self.before.append(ir.Assign((name.id,), (key,)))
            key = name
        filled: ir.Stmt = ir.Eval(call(".setdefault", e.base, key, self.default))
        if self.may_do_more():
            filled = ir.If(ir.Compare(key, ("not in",), (e.base,)), (ir.Store(ir.Index(e.base, key), self.default),))
        self.before.append(filled)
        return ir.Index(e.base, key)

    def inner_place(self, e: ir.Expr, s: ir.Stmt) -> ir.Expr:
        if isinstance(e, ir.Index) and self.is_it(e.base):
            if isinstance(s, ir.Store) and self.name in reads(s.value):
                raise Escape(e)  # the value is worked out first, and may be the one to set the item
            return self.filled(e)
        return super().inner_place(e, s)


def makes_another(e: ir.Expr) -> bool:
    return any(isinstance(x, ir.Call) and x.op.startswith("collections.") for x in everything(e))


class Counter(PlainDict):
    """A dict of which reading an item that is not there gives 0."""

    word = "a Counter"
    same = (".get", ".pop", ".popitem", ".items", ".keys", ".values", ".setdefault", ".clear")

    def constructed(self, e: ir.Expr) -> tuple[ir.Expr, list[ir.Stmt]] | None:
        match e:
            case ir.Call("collections.Counter", (), ()):
                return ir.Mapping((), ()), []
            case ir.Call("collections.Counter", (ir.Mapping() as given,), ()):
                return given, []
            case ir.Call("collections.Counter", (given,), ()):
                return call("srcgrad.runtime.counted", eager(given)), []
        return None

    def item(self, e: ir.Index) -> ir.Expr:
        return call(".get", e.base, self.expr(e.index), ZERO)

    def statement(self, s: ir.Stmt) -> list[ir.Stmt]:
        match s:
            case ir.Update(ir.Index(base, key), op, value) if self.is_it(base) and op.startswith("operator."):
                key = self.expr(key)
                if not isinstance(key, ir.Name | ir.Const):
                    name = ir.Name(self.new(f"{self.name}_key"))
                    self.before.append(ir.Assign((name.id,), (key,)))
                    key = name
                return [ir.Store(ir.Index(base, key), call(op, call(".get", base, key, ZERO), self.expr(value)))]
        return super().statement(s)


class Set(StandIn):
    """A dict of its members, where nothing depends on their order."""

    word = "a set"
    takes_arrays = False
    consumers = ORDER_FREE

    def constructed(self, e: ir.Expr) -> tuple[ir.Expr, list[ir.Stmt]] | None:
        match e:
            case ir.Display("set", items) if not any(isinstance(i, ir.Star) for i in items):
                return ir.Mapping(items, (ir.Const(True),) * len(items)), []
            case ir.Call("builtins.set", (), ()):
                return ir.Mapping((), ()), []
            case ir.Call("builtins.set", (given,), ()):
                return self.members(given), []
            case ir.Comprehension("set", element, clauses):
                return ir.Comprehension("dict", ir.Const(True), clauses, element), []
        return None

    def members(self, e: ir.Expr) -> ir.Expr:
        if isinstance(e, ir.Display) and e.kind in ("set", "list", "tuple"):
            return ir.Mapping(e.items, (ir.Const(True),) * len(e.items))
        member = ir.Name(self.new("member"))
        return ir.Comprehension("dict", ir.Const(True), (ir.Clause(member, eager(e), ()),), member)

    def method(self, e: ir.Call) -> ir.Expr:
        args = tuple(map(self.expr, e.args[1:]))
        match e.op, args:
            case ".remove", (member,):
                return call("operator.delitem", e.args[0], member)
            case ".discard", (member,):
                return call(".pop", e.args[0], member, ir.Const(None))
            case ".clear", ():
                return e
            case ".update", (members,):
                return call(".update", e.args[0], self.members(members))
        raise Escape(e)

    def effect(self, e: ir.Call) -> list[ir.Stmt] | None:
        match e:
            case ir.Call(".add", (me, member), ()):
                return [ir.Store(ir.Index(me, self.expr(member)), ir.Const(True))]
        return [ir.Eval(self.method(e))]

    def iterated(self, e: ir.Expr) -> ir.Expr:
        why = f"the order of the members of `{self.name}`, a set that changes, is only known when the program runs"
        raise Escape(e, why, f"Loop over `sorted({self.name})`.")

    def item(self, e: ir.Index) -> ir.Expr:
        raise Escape(e)

    def expr(self, e: ir.Expr) -> ir.Expr:
        match e:
            case ir.Comprehension(_, ir.Index(), (
                ir.Clause(_, ir.Display(_, (ir.Call("builtins.list", (pool,)),))),
                ir.Clause(_, ir.Call("srcgrad.runtime.order_of", _, ())),
            )) if self.is_it(pool) or self.joins(pool):  # how `sorted(s)` is read
                return call("builtins.sorted", pool if self.is_it(pool) else self.as_set(pool))
            case ir.Call(op, args, keywords) if op in ORDER_FREE and not keywords:
                return ir.Call(op, tuple(a if self.is_it(a) else self.as_set(a) for a in args))
            case ir.Compare(first, ops, rest) if set(ops) <= {"<", "<=", ">", ">=", "==", "!="}:
                return ir.Compare(self.as_set(first), ops, tuple(map(self.as_set, rest)))
            case ir.Call(op) if op in ORDER_FREE and any(map(self.is_it, e.args)):
                raise Escape(e)
        return super().expr(e)

    def joins(self, e: ir.Expr) -> bool:
        """Whether an expression makes another set of this one."""
        return isinstance(e, ir.Call) and e.op in SET_OPERATORS and any(self.is_it(a) or self.joins(a) for a in e.args)

    def as_set(self, e: ir.Expr) -> ir.Expr:
        """What is a set of its own, of which nobody sees the order."""
        if self.is_it(e):
            return call("builtins.set", e)
        if isinstance(e, ir.Call) and e.op in SET_OPERATORS:
            return ir.Call(e.op, tuple(map(self.as_set, e.args)))
        return self.expr(e)

    def update(self, s: ir.Update) -> list[ir.Stmt]:
        if s.op != "operator.or_":
            raise Escape(s.value)
        return [ir.Eval(call(".update", ir.Name(self.name), self.members(self.expr(s.value))))]
