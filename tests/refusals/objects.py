"""Objects that are more than the dict of their attributes, or used as more; `USUAL` and `INPUTS` give arguments."""

import collections
import copy
import dataclasses
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np


class Odd:
    def __getattr__(self, name):
        return 3.0


class Table(dict):
    def total(self):
        return sum(self.values())


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __iter__(self):
        return iter((self.x, self.y))

    def norm(self):
        return np.sqrt(self.x**2 + self.y**2)


class Pair:
    """An iterator, which goes on where it was left."""

    def __init__(self, x, y):
        self.left = [x, y]

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        return self.left.pop()


class Child(Point):
    def norm(self):
        return super().length()


@dataclass(frozen=True)
class Fixed:
    w: float


def first_entries():
    found = [0.0]
    return found * 2


@dataclass
class Made:
    w: float
    history: object = field(default_factory=first_entries)


def attribute_made_on_demand(x):
    o = Odd()
    o.w = x[0]
    return o.w * o.other


def subclass_of_dict(x):
    t = Table()
    t["a"] = x[0]
    return t.total()


def iterated(x):
    a, b = Pair(x[0], x[1])
    return a * b


def iterated_by_a_loop(x):
    total = 0.0
    for v in Pair(x[0], x[1]):
        total += v * v
    return total


def compared(x):
    p, q = Point(x[0], x[1]), Point(x[1], x[0])
    return p.norm() if p < q else q.norm() * 2.0


def given_to_a_library(x):
    return np.sum(Point(x[0], x[1])) * x[0]


def base_without_the_method(x):
    return Child(x[0], x[1]).norm()


def frozen_changed(x):
    f = Fixed(x[0])
    f.w = x[1]
    return f.w


def made_by_a_function(x):
    m = Made(x[0])
    return m.w * x[1]


def asked_for_its_names(x):
    p = Point(x[0], x[1])
    return sum(getattr(p, n) for n in ("x" if x[0] > x[1] else "y", "y"))


def deletes_what_may_not_be_there(x):
    settings = [Point(x[0], x[1]), x[0]]
    del settings[int(x[0])].x
    return x[1]


class Swallowing:
    def __init__(self, k):
        self.k = k

    def __enter__(self):
        return self.k

    def __exit__(self, kind, error, trace):
        return kind is ZeroDivisionError


def may_go_on_after_an_error(x):
    with Swallowing(x[0]) as k:
        y = k / x[1]
    return y


class Linked:
    def __init__(self, value, after):
        self.value = value
        self.after = after


def linked(x):
    last = None
    for v in x:
        last = Linked(v, last)
    return last


def linked_by_a_loop_and_returned(x):
    return linked(x)


def linked_objects_as_text(x):
    return len(str(linked(x))) * x[0]


def array_in_a_linked_object_changed(x):
    last = None
    for _ in range(3):
        last = Linked(x * 2.0, last)
    last.after.value += 1.0
    return np.sum(last.after.value)


class Branch:
    def __init__(self, value):
        self.value, self.parts = value, []


def list_of_a_linked_object_grows(x):
    root = Branch(x[0])
    for v in x:
        outer = Branch(v)
        outer.parts.append(root)
        root = outer
    for part in root.parts:
        root.parts.append(part)
    return root.value


def equal_objects_as_keys(x):
    sums = {}
    for i in range(2):
        sums[Fixed(0.5)] = x[i]
    return sum(sums.values())


def equal_objects_in_a_set(x):
    return x[0] * len({Fixed(0.5 * i) for i in range(2)})


def keys_that_are_linked(x):
    nodes, node = {}, linked(x)
    while node is not None:
        nodes[node] = True
        node = node.after
    return sum(n.value for n in nodes)


def attributes_as_a_dict(x):
    p = Point(x[0], x[1])
    return p.x * len(p.__dict__)


class Choosing:
    def __init__(self, k):
        self.k, self.chosen, self.table = k, self.square, {"a": self.square, "b": self.cube}

    def square(self, v):
        return v * v * self.k

    def cube(self, v):
        return v**3 * self.k

    def __call__(self, v):
        return self.table["b"](v)


def methods_kept_by_their_object(x):
    return Choosing(x[0])(x[1])


class Scale:
    def __init__(self, k):
        self.k = k

    def __truediv__(self, v):
        return self.k / v

    def __contains__(self, v):
        return v < self.k

    @property
    def twice(self):
        return self.k * 2

    def __reduce__(self):
        return Scale, (1.0,)


def operator_in_try(x):
    s = Scale(x[0])
    try:
        return s / x[1]
    except TypeError:
        return x[1]


def property_in_try(x):
    s = Scale(x[0])
    try:
        return s.twice * x[1]
    except AttributeError:
        return x[1]


def object_asked_in_a_key(x):
    s = Scale(1.0)
    return sorted(list(x), key=lambda v: v in s)[0] * s.k


class ByPosition:
    def __init__(self, items):
        self.items = items

    def __getitem__(self, n):
        return self.items[n]


def asked_what_is_in_it(x):
    return x[0] * x[1] if x[0] in ByPosition([x[0], x[1]]) else x[1]


def copied_by_reduce(x):
    return copy.copy(Scale(x[0])).k


def noted(log, v):
    log.append(v)
    return Fixed(v * len(log))


def replaced_where_it_is_made(x):
    """Its attributes are read one by one, and making it anew for each would note it as often."""
    log = []
    return x[0] * dataclasses.replace(noted(log, x[0]), w=x[1]).w * len(log)


def class_of_what_a_call_gives(x):
    log = []
    return x[0] * len(log) if isinstance(noted(log, x[0]), Fixed) else x[1]


def deque_as_a_result(x):
    seen = collections.deque([x[0]], 2)
    seen.append(x[1])
    return seen


def deque_inside_of_a_result(x):
    return Point(collections.deque([x[0]]), x[1])


USUAL = np.array([0.7, 1.9])
INPUTS: dict[str, object] = {}
SKIPPED: set[str] = {"linked", "first_entries", "two_or_a_text", "noted"}


class Slotted:
    __slots__ = ("w",)

    def __init__(self, w):
        self.w = w


class Counting:
    def __init__(self, w):
        self.w = w
        self.asked = 0

    @property
    def area(self):
        self.asked += 1
        return self.w * self.w


def no_such_slot(x):
    s = Slotted(x[0])
    try:
        s.bias = x[1]
    except AttributeError:
        s.w = x[2]
    return s.w


def asked_whether_it_has_a_property(x):
    c = Counting(x[0])
    return x[1] * hasattr(c, "area") + c.asked * x[0]


class Two:
    def __init__(self, x, y):
        self.x, self.y = x, y
        self.made = None

    def __len__(self):
        return 2

    def keep(self, v):
        self.made = lambda w: v * w

    def scaled(self, v):
        return self.x * v


class Registered:
    def __init__(self, w):
        self.run = {"scale": self.scale}
        self.w = w

    def scale(self, v):
        return self.w * v


def length_in_an_assert(x):
    p = Two(x[0], x[1])
    assert len(p) == 2
    return p.x * p.y


def truth_in_an_assert(x):
    p = Two(x[0], x[1])
    assert p, "there are two"
    return p.x * p.y


def shown_in_a_list(x):
    p = Two(x[0], x[1])
    print([p])
    return p.x


def text_of_an_object(x):
    p = Two(x[0], x[1])
    name = "{}"
    return len(name.format(p)) * p.x


def keeps_a_closure(x):
    p = Two(x[0], x[1])
    p.keep(x[1] * 2.0)
    return p.made(x[0])


def keeps_its_own_method(x):
    return Registered(x[0]).run["scale"](x[1])


class Spot(NamedTuple):
    x: float
    y: float


class Doubled(Spot):
    def __new__(cls, x, y):
        return super().__new__(cls, 2.0 * x, y)


class Turned(Spot):
    def __iter__(self):
        return iter((self.y, self.x))


class Ordered(Spot):
    def __lt__(self, other):
        return bool(self.y > other.y)


class Amount:
    def __init__(self, w):
        self.w = w

    def __eq__(self, other):
        if not isinstance(other, Amount):
            return NotImplemented
        return bool(self.w == other.w)


def tuple_made_in_its_own_way(x):
    return Doubled(x[0], x[1]).x * x[1]


def tuple_gone_through_in_its_own_way(x):
    a, b = Turned(x[0], x[1])
    return a * b**2


def tuples_sorted_in_their_own_way(x):
    return sorted([Ordered(x[0], x[1]), Ordered(x[1], x[0])])[0].x


def left_to_the_other_operand(x):
    return x[0] if Amount(x[0]) == x[1] else x[1] ** 2


def two_or_a_text(x):
    return Two(x[0], x[1]) if x[0] > 1.0 else "none"


def length_of_an_object_or_a_text(x):
    return len(two_or_a_text(x)) * x[0]


def compared_beside_an_object(x):
    return sum(1.0 for v in [Two(x[0], x[1]), 2.0, 3.0] if v == 2.0) * x[0]


USUAL_POINT = Point(1.0, 2.0)


def object_made_before_or_here(x):
    p = Point(x[0], x[1]) if x[0] > 1.0 else USUAL_POINT
    return x[0] * (2.0 if isinstance(p, Point) else 3.0)


def objects_made_before_and_here(x):
    return x[0] * sum(hasattr(p, "norm") for p in [Point(x[0], x[1]), USUAL_POINT])


def written_by_a_function_of_another_place(x):
    return x[0] * len(str(Shown(x[0])))


class Shown:
    def __init__(self, x):
        self.x = x

    __str__ = object.__str__

    def __repr__(self):
        return "Shown"
