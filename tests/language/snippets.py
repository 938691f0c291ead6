"""One small program or more for every construct of the language, each a function of an array of three floats.

The docstring of a function is the line of the table it belongs to; several functions may share one.
"""

# ruff: noqa: B006, B008, B023, E731, F811, PLW0603, RUF005, SIM105, SIM108, SIM115, SIM118, C416, C417, E741

from __future__ import annotations

import asyncio
import cmath
import collections
import contextlib
import dataclasses
import functools
import itertools
import logging
import math
import operator
import random
import statistics
import types
import warnings
from typing import NamedTuple

import numpy as np
from numpy import random as np_random

GAIN = 1.5
TABLE = np.array([1.0, 2.0, 3.0])
SETTINGS = types.SimpleNamespace(alpha=0.7)
COUNT = 0


class State(NamedTuple):
    position: float
    speed: float


@dataclasses.dataclass
class Spring:
    stiffness: float
    length: float = 1.0

    def energy(self, stretch):
        return 0.5 * self.stiffness * (stretch - self.length) ** 2


class Counter:
    scale = 2.0

    def __init__(self, value):
        self.value = value

    def add(self, amount):
        self.value += amount
        return self

    def __call__(self, x):
        return self.value * x

    def __mul__(self, other):
        return Counter(self.value * other.value)

    @property
    def twice(self):
        return 2.0 * self.value

    @staticmethod
    def half(x):
        return 0.5 * x

    @classmethod
    def scaled(cls, x):
        return cls.scale * x


class Hidden:
    __slots__ = ("__value",)

    def __init__(self, value):
        self.__value = value

    def grow(self, amount):
        self.__value *= amount
        return self.__value


class Faster(Counter):
    def add(self, amount):
        super().add(2.0 * amount)
        return self


def doubled(f):
    @functools.wraps(f)
    def wrapper(x):
        return 2.0 * f(x)

    return wrapper


@doubled
def decorated_square(x):
    return x * x


@functools.lru_cache
def binomial(n, k):
    return math.comb(n, k)


@functools.cache
def cached_square(x):
    return x * x


def steps(x):
    total = 0.0
    for v in x:
        total = total + v
        yield total


def polynomial(x, *terms, scale=1.0, **named):
    return scale * sum(t * x**k for k, t in enumerate(terms)) + named.get("shift", 0.0)


def factorial_like(x, n):
    return x if n == 0 else x * factorial_like(x + 1.0, n - 1)


# ----- names -----


def assign(x):
    """1 `=` to a name, tuple targets, swap, nested targets"""
    a, (b, c) = x[0], (x[1], x[2])
    a, b = b, a * b
    return a * b + c


def chained(x):
    """2 chained `a = b = e`"""
    a = b = x * x
    return np.sum(a * b)


def star_unpack(x):
    """3 star-unpack `a, *r = x`"""
    a, *rest = x
    return a * rest[0] + rest[-1] ** 2


def annotated(x):
    """4 annotated assignment"""
    total: float = x[0] * x[1]
    other: float
    other = total * x[2]
    return other


def augmented_scalar(x):
    """5 augmented assign to a name"""
    s = x[0]
    s += x[1]
    s *= s
    return s


def augmented_array(x):
    """5 augmented assign to a name"""
    a = x * 1.0
    b = a
    a *= x
    return np.sum(b)


def augmented_subscript(x):
    """6 augmented assign to subscript, slice, attribute"""
    a = x * 2.0
    a[0] *= a[1]
    a[1:] += a[:-1]
    return np.sum(a * a)


def augmented_attribute(x):
    """6 augmented assign to subscript, slice, attribute"""
    c = Counter(x[0])
    c.value *= x[1]
    return c.value


def subscripts(x):
    """7 subscript read: int, slice, negative step, None, Ellipsis, tuple"""
    m = x[:, None] * x[None, ::-1]
    return m[0, -1] * np.sum(m[1:, ...]) + m[..., 1][2]


def mask_read(x):
    """8 boolean mask read / write"""
    return np.sum(x[x > 1.0] ** 2)


def mask_write(x):
    """8 boolean mask read / write"""
    y = x * x
    y[y > 1.0] = 0.5
    y[x < 1.0] *= x[0]
    return np.sum(y)


def integer_read(x):
    """9 integer-array index read / write, duplicates"""
    i = np.array([0, 0, 2])
    return np.sum(x[i] * x)


def integer_write(x):
    """9 integer-array index read / write, duplicates"""
    y = np.zeros(4)
    y[np.array([0, 0, 3])] = x
    y[[1, 1]] += x[0]
    return np.sum(y * y)


def del_name(x):
    """10 `del name`, `del d[k]`, `del l[i]`"""
    y = x * x
    z = np.sum(y)
    del y
    return z * z


def del_key(x):
    """10 `del name`, `del d[k]`, `del l[i]`"""
    d = {"a": x[0], "b": x[1]}
    del d["a"]
    return d["b"] ** 2


def del_item(x):
    """10 `del name`, `del d[k]`, `del l[i]`"""
    items = [x[0], x[1], x[2]]
    del items[0]
    return items[0] * items[1]


# ----- control flow -----


def none_at_first(x):
    """11 a variable that is None at first: `if last is not None`"""
    last, total = None, 0.0
    for v in x:
        if last is not None:
            total += (v - last) ** 2
        last = v
    return total


def branches(x):
    """11 `if/elif/else`, conditional expression"""
    if x[0] > 1.0:
        y = x[0]
    elif x[1] > 1.0:
        y = x[0] * x[1]
    else:
        y = x[2]
    return y * y if y < 10.0 else y


def boolean_values(x):
    """12 `and`/`or`/`not`, chained comparison"""
    a = x[0] > 0.0 and x[1]
    b = 0.0 or x[2]
    if not x[0] > 5.0 and 0.0 < x[0] < x[1] < x[2]:
        return a * b
    return a


def loops_over(x):
    """13 `for` over range, len, enumerate, zip, reversed, array, list, dict.items"""
    total = 0.0
    for i in range(len(x)):
        total += x[i] * i
    for i, v in enumerate(x):
        total *= 1.0 + 0.1 * v * i
    for a, b in zip(x, reversed(x), strict=True):
        total += a * b
    for v in [x[0], x[2]]:
        total += v
    for _, v in {"p": x[1], "q": x[2]}.items():
        total += v * v
    for row in np.outer(x, x):
        total += row[1]
    return total


def while_loop(x):
    """14 `while` on values"""
    y = x[0]
    while y < 20.0:
        y = y * x[1] + x[2]
    return y


def leaving(x):
    """15 `break`, `continue`, loop `else`, early `return` in loops"""
    total = x[0]
    for k in range(10):
        if k == 2:
            continue
        total = total * x[1]
        if total > 3.0:
            break
    else:
        total = 0.0
    for k in range(5):
        if k == 3:
            return total * x[2]
    return total


def several_returns(x):
    """16 multiple returns, return in branches"""
    if x[0] > 1.0:
        return x[0]
    if x[1] > 1.0:
        return x[1] * x[2]
    return x[2]


def returns_nothing(x):
    """16 return of nothing"""
    y = x * x
    print(y[0] > 1e9, end="")


def tuple_result(x):
    """17 tuple / list / dict / nested results"""
    return x * x, [x[0] * x[1], {"sum": np.sum(x)}]


# ----- functions -----


def parameters(x):
    """18 positional, keyword, default, positional-only, keyword-only parameters"""

    def f(a, /, b=2.0, *, c=3.0):
        return a * b + c

    return f(x[0]) + f(x[0], x[1]) + f(x[0], b=x[1], c=x[2])


def stars(x):
    """19 `*args`, `**kwargs` in def and call"""
    return polynomial(x[0], *[1.0, 2.0, 3.0], scale=x[1], **{"shift": x[2]})


def user_call(x):
    """20 calls to user functions in the same module / imported"""
    return factorial_like(x[0], 0) * Counter.half(x[1])


def closure(x):
    """21 closures over arrays / scalars"""
    weights = x * 2.0

    def weighted(v):
        return np.sum(weights * v)

    return weighted(x) + weighted(TABLE)


def nested_and_lambda(x):
    """22 nested def, lambda as argument"""

    def apply(f, v):
        return f(v) * f(v + 1.0)

    return apply(lambda v: v * x[1], x[0])


def lambdas_on_a_line(x):
    """23 several lambdas on one line"""
    f, g = lambda v: v * v, lambda v: v * 3.0
    return f(x[0]) * g(x[1])


def recursion(x):
    """24 recursion"""
    return factorial_like(x[0], 4)


def list_comprehension(x):
    """25 list / dict / generator comprehension"""
    return sum([a * b for a in x for b in x if a < b]) + max(v * v for v in x)


def dict_comprehension(x):
    """25 list / dict / generator comprehension"""
    d = {k: v * v for k, v in enumerate(x)}
    return d[0] * d[2]


def set_comprehension(x):
    """25 set comprehension of active values"""
    return sum({v * v for v in x})


# ----- containers -----


def list_methods(x):
    """26 list `append/extend/pop/insert/__setitem__`"""
    items = [x[0]]
    items.append(items[-1] * x[1])
    items.extend([x[2], x[0]])
    items.insert(0, x[1] ** 2)
    last = items.pop()
    items[1] = last * items[2]
    return np.sum(np.array(items) ** 2)


def dict_methods(x):
    """26 dict set/get/items/update/setdefault/pop/popitem, `|`, `|=`"""
    d = {"a": x[0]}
    d["b"] = d.get("a", 0.0) * x[1]
    d.update(c=x[2])
    d.setdefault("e", x[0])
    d |= {"f": x[1]} | {"g": x[2]}
    total = d.pop("c") * d.pop("nothing", x[0]) * d.popitem()[1]
    for v in d.values():
        total += v * v
    return total


def set_of_constants(x):
    """26 sets of constants"""
    chosen = {0, 2}
    chosen.add(1)
    chosen.discard(2)
    return sum(x[i] for i in range(3) if i in chosen)


def deque(x):
    """26 deque"""
    window = collections.deque(maxlen=2)
    total = 0.0
    for v in x:
        window.append(v)
        total += window[0] * window[-1]
    return total


def deque_at_both_ends(x):
    """26 deque"""
    queue = collections.deque([x[0]])
    queue.appendleft(queue[0] * x[1])
    queue.rotate()
    return queue.popleft() * x[2] + queue.pop() ** 2


def deque_in_a_list(x):
    """26 deque that objects or containers hold, or that is handed on"""
    queues = [collections.deque([v], maxlen=2) for v in x]
    queues[0].append(x[1] * x[2])
    return queues[0].popleft() * queues[1][0] + sum(queues[0])


def deque_returned(x):
    """26 deque as a result"""
    queue = collections.deque(x)
    queue.rotate()
    return queue


def default_dict(x):
    """26 defaultdict, OrderedDict, Counter"""
    groups = collections.defaultdict(list)
    weights = collections.Counter()
    last = collections.OrderedDict()
    for k, v in enumerate(x):
        groups[k % 2].append(v)
        weights[k % 2] += v * v
        last[k] = v * weights[0]
    return sum(groups[0]) * weights[1] * last.popitem(last=False)[1]


def changes_in_expressions(x):
    """26 calls that change a container inside of conditions and expressions"""
    stack = list(x)
    total = stack[-1] * stack.pop()
    while stack and stack.pop() > 1.0:
        total *= x[len(stack)]
    return total


def generator_function(x):
    """27 generator functions, `yield`"""
    return sum(steps(x))


def with_errstate(x):
    """28 `with` (np.errstate, suppress)"""
    with np.errstate(all="ignore"):
        y = np.log(x)
    return np.sum(y)


def with_suppress(x):
    """28 `with` (np.errstate, suppress)"""
    y = x[0]
    with contextlib.suppress(ZeroDivisionError):
        y = y * x[1]
    return y


def ndenumerate_and_ndindex(x):
    """13 `for` over `np.ndenumerate`, `np.ndindex`, `np.nditer` of one array"""
    y = np.outer(x, x)
    for n, v in np.ndenumerate(y):
        y[n] = v * v
    return sum(y[n] for n in np.ndindex(y.shape))


def nditer(x):
    """13 `for` over `np.ndenumerate`, `np.ndindex`, `np.nditer` of one array"""
    y = x * 1.0
    with np.nditer(y, op_flags=["readwrite"]) as items:
        for v in items:
            v[...] = v * v
    return np.sum(y)


def nditer_several(x):
    """13 `np.nditer` of several arrays, and its flags"""
    return sum(a * b for a, b in np.nditer([x, x[::-1]]))


def slots_and_private_names(x):
    """34 attributes in `__slots__`, private attributes `self.__value`"""
    hidden = Hidden(x[0])
    return hidden.grow(x[1]) * hidden.grow(x[2])


@contextlib.contextmanager
def doubled_first(a):
    kept = a[0]
    a[0] = 2.0 * kept
    try:
        yield a
    finally:
        a[0] = kept


def with_contextmanager(x):
    """28 `with` around functions marked `@contextlib.contextmanager`"""
    y = x * 1.0
    with doubled_first(y) as z:
        total = np.sum(z * z)
    return total * y[0]


def try_except(x):
    """29 `try/except/else/finally`"""
    try:
        y = x[7]
    except IndexError:
        y = x[0] * x[1]
    finally:
        y2 = x[2]
    return y * y2


def raise_and_assert(x):
    """30 `raise`, `assert`"""
    assert x[0] < 10.0, "too large"
    if x[1] > 100.0:
        raise ValueError(f"{x[1]} is too large")
    return x[0] * x[1]


def match_value(x):
    """31 `match`"""
    match (len(x), "fast"):
        case (3, "fast"):
            y = x[0] * x[1]
        case _:
            y = x[2]
    return y


def match_captures(x):
    """31 `match`"""
    match [x[0], x[1], x[2]]:
        case [a, *rest]:
            return a * rest[-1]
    return x[0]


def walrus(x):
    """32 walrus"""
    if (y := x[0] * x[1]) > 0.0:
        return y * (z := y + 1.0) + z
    return y


# ----- classes -----


def attribute_read(x):
    """33 classes: methods, `self.attr` read"""
    s = Spring(x[0], x[1])
    return s.energy(x[2]) + s.stiffness


def attribute_write(x):
    """34 `self.attr` write, attribute augmented assign"""
    c = Counter(x[0])
    c.value = c.value * x[1]
    c.add(x[2])
    return c.value**2


def special_methods(x):
    """35 `__call__` objects, bound methods, static/class methods, properties, operators"""
    c = Counter(x[0])
    bound = c.__call__
    return c(x[1]) + bound(x[2]) + c.twice + Counter.half(x[0]) + Counter.scaled(x[1]) + (c * c).value


def super_call(x):
    """36 `super()`, `__class__` cell"""
    return Faster(x[0]).add(x[1]).value ** 2


def named_tuple(x):
    """37 dataclass, NamedTuple, `_replace`, `dataclasses.replace`"""
    s = State(x[0], x[1])
    s = s._replace(speed=s.speed * x[2])
    return s.position * s.speed


def dataclass_replace(x):
    """37 dataclass, NamedTuple, `_replace`, `dataclasses.replace`"""
    s = dataclasses.replace(Spring(x[0]), length=x[1])
    return s.energy(x[2])


def global_read(x):
    """38 global read"""
    return GAIN * x[0] * TABLE[1]


def global_write(x):
    """38 global write"""
    global COUNT
    COUNT = x[0]
    return COUNT * x[1]


def nonlocal_write(x):
    """38 nonlocal"""
    total = 0.0

    def add(v):
        nonlocal total
        total = total + v * v

    for v in x:
        add(v)
    return total


def builtin_functions(x):
    """39 reduce, partial, zip, enumerate, reversed, sum, min, max, abs, pow, round, divmod, float"""
    total = functools.reduce(lambda a, b: a * b + 1.0, list(x))
    total += functools.partial(pow, x[0])(2) + abs(-x[1]) + min(x[0], x[1]) + max(x)
    q, r = divmod(x[2], 0.5)
    return total + r * q + round(x[0]) * float(x[1]) + sum([x[0], x[2]])


def map_filter_sorted(x):
    """39 map, filter, sorted, any, all"""
    y = list(map(lambda v: v * v, x))
    z = list(filter(lambda v: v > 1.0, y))
    if any(v > 0.0 for v in x) and all(v > 0.0 for v in x):
        return sum(z) + sorted(y)[0]
    return y[0]


def operator_module(x):
    """40 operator module, itemgetter, attrgetter"""
    return operator.mul(x[0], operator.add(x[1], x[2])) + operator.itemgetter(1)(x)


def math_module(x):
    """41 `math`"""
    return math.sin(x[0]) * math.hypot(x[1], x[2]) + math.exp(x[0])


def cmath_module(x):
    """41 `cmath`"""
    return abs(cmath.exp(1j * x[0]) + x[1])


def statistics_module(x):
    """41 `statistics` (mean, fmean)"""
    return statistics.fmean(x) * statistics.mean([x[0], x[1]])


def random_module(x):
    """41 `random` values"""
    random.seed(3)
    return random.random() * x[0] * x[1]


def vectorize(x):
    """42 `np.vectorize`"""
    return np.sum(np.vectorize(lambda v: v * v if v > 1.0 else v)(x))


def vectorize_excluded(x):
    """42 `np.vectorize` with `excluded`, `signature` or `cache`"""
    return np.sum(np.vectorize(lambda v, w: v * w[0] + w[1], excluded=["w"])(x, w=[x[0], 2.0]))


def vectorize_signature(x):
    """42 `np.vectorize` with `excluded`, `signature` or `cache`"""
    return np.sum(np.vectorize(np.dot, signature="(n),(n)->()")(np.outer(x, x), x))


def vectorize_cache(x):
    """42 `np.vectorize` with `excluded`, `signature` or `cache`"""
    return np.sum(np.vectorize(lambda v: v * v, cache=True)(x))


def apply_along_axis(x):
    """42 `apply_along_axis`"""
    return np.sum(np.apply_along_axis(lambda row: row * row[0], 1, np.outer(x, x)))


def fromfunction(x):
    """42 `fromfunction`"""
    return np.sum(np.fromfunction(lambda i, j: x[0] * i + x[1] * j, (2, 3)))


def frompyfunc(x):
    """42 `frompyfunc`, converted where it is called: `g(x).astype(float)`"""
    square = np.frompyfunc(lambda v: v * v, 1, 1)
    return np.sum(square(x).astype(float)) + np.asarray(square(x), dtype=float)[1]


def frompyfunc_of_objects(x):
    """42 `frompyfunc` whose result stays an array of objects"""
    return np.sum(np.frompyfunc(lambda v: v * v, 1, 1)(x))


def cached_constant(x):
    """43 `lru_cache` on constants"""
    return binomial(4, 2) * x[0] * x[1]


def cached_active(x):
    """43 `lru_cache` of active values"""
    return cached_square(x[0]) * x[1]


def random_draws(x):
    """44 random draws (`rng.normal()`, np.random)"""
    rng = np_random.default_rng(7)
    noise = rng.normal(size=3)
    return np.sum((x + noise) ** 2)


def effects(x):
    """45 print, logging, warnings, f-strings, str methods"""
    text = f"{x[0]:.2f}".strip()
    print(text, end="" if text else "\n")
    logging.getLogger("language").debug("value %s", x[0])
    if x[0] > 1e9:
        warnings.warn("large", stacklevel=2)
    return x[0] * x[1] * len(text)


def import_inside(x):
    """46 import inside the function"""
    from math import sin

    import numpy

    return sin(x[0]) * numpy.sum(x)


async def asynchronous(x):
    """47 async def / await / async for / with"""
    await asyncio.sleep(0)
    return x[0]


def class_inside(x):
    """48 class definition inside function"""

    class Box:
        size = 2.0

    return Box.size * x[0]


def executes(x):
    """48 exec/eval, `locals()`, `globals()` writes, `sys._getframe`"""
    return eval("x[0] * x[1]")


def setattr_computed(x):
    """48 setattr with computed name"""
    c = Counter(x[0])
    setattr(c, "val" + "ue", x[1])
    return c.value


def decorators_of_the_user(x):
    """49 decorators: functions and classes of the user, with parameters, with `*args` and `**kwargs`"""
    return decorated_square(x[0]) + x[1]


def constants_of_modules(x):
    """50 global constants, module attributes (`cfg.alpha`)"""
    return SETTINGS.alpha * x[0] * math.pi * np.e


def pure_itertools(x):
    """51 itertools (the pure ones)"""
    total = 0.0
    for a, b in itertools.combinations(x, 2):
        total += a * b
    return total


def iterators(x):
    """51 `iter` and `next`"""
    items = iter(x)
    return next(items) * next(items)


def iterators_advanced(x):
    """51 `next` of a generator, `zip_longest`, `takewhile`, `groupby`, `accumulate(x, f)`, `count`, `cycle`"""
    total = next((v * v for v in x if v > 1.0), 0.0)
    for a, b in itertools.zip_longest(x, x[1:], fillvalue=2.0):
        total = total + a * b
    for key, group in itertools.groupby(x, key=lambda v: v > 1.0):
        total = total + sum(group) * key
    for n, s in zip(itertools.count(1), itertools.accumulate(x, lambda a, b: a * b)):
        total = total + n * s
    for v, w in zip(x, itertools.cycle([1.0, 2.0])):
        total = total + v * w
    return total + sum(itertools.takewhile(lambda v: v < 1.0, x))


def iterator_captured(x):
    """51 an iterator that a nested function advances"""
    items = iter(x)

    def pull():
        return next(items)

    return pull() * pull()


def generator_kept(x):
    """51 an iterator that is kept and read twice"""
    squares = (v * v for v in x)
    return sum(squares) + sum(squares)


# ----- numbers -----


def integer_power(x):
    """2.1 integer power, `x**0`, `0**0`"""
    return (x[0] - 0.6) ** 0 * x[1] ** 3 + x[2] ** -2


def modulus(x):
    """2.2 `x % y`, `//`"""
    return (x[2] % x[0]) * (x[2] // x[0]) * x[1]


def comparison_times_value(x):
    """2.3 comparison times value `(x>.5)*x`"""
    return np.sum((x > 1.0) * x)


def complex_intermediate(x):
    """2.4 complex numbers inside"""
    z = x + 1j * x[::-1]
    return np.sum(np.abs(z * np.exp(z)))


def rank_zero(x):
    """2.5 0-d array, numpy scalar and float"""
    s = np.array(0.0)
    s += x[0]
    t = x.sum()
    t += x[1]
    return float(s) * t


def to_integer(x):
    """2.6 `int(x)`, `round(x)`, `floor`: constants"""
    return int(x[2]) * x[0] + round(x[1]) * x[1] + np.floor(x[2]) * x[2]


def through_text(x):
    """2.7 a number that comes back from text"""
    return float(str(x[0])) * x[1]


# ----- arrays in place -----


def overlapping(x):
    """3.1 overlapping updates `a[1:] += a[:-1]`"""
    a = x * 1.0
    a[1:] += a[:-1]
    return np.sum(a * a)


def ufunc_at(x):
    """3.2 `np.add.at` and `subtract.at`"""
    b = np.zeros(2)
    np.add.at(b, [0, 1, 0], x)
    return np.sum(b * b)


def other_ufunc_at(x):
    """3.2 `ufunc.at` of others (multiply.at, maximum.at)"""
    b = np.ones(2)
    np.multiply.at(b, [0, 1, 0], x)
    return np.sum(b * b)


def out_keyword(x):
    """3.3 `out=`, positional too, and `where=`"""
    o = np.zeros(3)
    np.multiply(x, x, out=o)
    np.exp(o, o)
    np.sqrt(x, out=o, where=x > 1.0)
    return np.sum(o)


def copying_functions(x):
    """3.4 copyto, put, place, putmask, put_along_axis, fill_diagonal"""
    a = np.zeros((3, 3))
    np.copyto(a, x)
    np.fill_diagonal(a, x * 2.0)
    np.put(a, [1], x[2])
    np.place(a, a > 3.0, x[0])
    np.putmask(a, a < 0.7, x[1])
    np.put_along_axis(a, np.array([[0], [1], [2]]), x[:, None] ** 2, axis=1)
    return np.sum(a * a)


def methods_in_place(x):
    """3.5 `fill`, `sort`, `partition`, `.flat[...] =`, `.T[...] =`"""
    a = np.outer(x, x[::-1])
    a.sort()
    a.T[0] = x
    a.flat[::4] = x[1]
    b = np.empty(3)
    b.fill(x[0])
    return np.sum(a * a) * b[2]


def real_assigned(x):
    """3.6 `.real =`, `.imag =`"""
    z = np.zeros(3, dtype=complex)
    z.real = x
    z.imag = x * x
    return np.sum(np.abs(z) ** 2)


def shape_assigned(x):
    """3.6 `shape = ...`"""
    a = np.outer(x, x)
    a.shape = (9,)
    return a[1] * a[5]


def views(x):
    """3.7 views: slices, transposes, newaxis, diagonal, rows of `for row in A`"""
    a = np.outer(x, x)
    t = a.T[::-1]
    t[0, 1:] *= 2.0
    for row in a:
        row[0] += row[1]
    return np.sum(a * a)


def view_or_copy(x):
    """3.8 reshape and ravel of what is not known to be contiguous, then changed"""
    a = np.outer(x, x).T
    b = a.reshape(-1)
    b[0] = x[1]
    return np.sum(a * a)


def callee_changes(x):
    """3.9 callees that change their arguments"""

    def scale(a, s):
        a *= s

    y = x * 1.0
    scale(y, x[0])
    return np.sum(y)


def integer_buffer(x):
    """3.10 an active value stored in an integer array"""
    a = np.zeros(3, dtype=int)
    a[:] = x
    return np.sum(a * x)


def module_memory(x):
    """3.11 memory of the module changed"""
    TABLE[0] = x[0]
    return np.sum(TABLE * x)


def default_changed(x, found=[]):
    """3.12 a default that is changed"""
    found.append(x[0])
    return found[-1] * x[1]


def object_array(x):
    """3.13 object and structured arrays"""
    a = np.empty(2, dtype=object)
    a[0] = x[0] * x[1]
    return a[0]
