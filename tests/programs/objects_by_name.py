"""Attributes that are set and read by name, classes that are asked of objects, objects that are sorted."""

from dataclasses import dataclass, field
import numpy as np
from case import case


@dataclass(frozen=True)
class Squared:
    a: float
    b: float = 0.0

    def __post_init__(self):
        object.__setattr__(self, "b", self.a * self.a)


def frozen_object(x):
    f = Squared(x[0])
    return f.b * x[1] + f.a


@dataclass(frozen=True)
class Totalled:
    a: np.ndarray
    n: float = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "a", np.asarray(self.a))
        object.__setattr__(self, "n", np.sum(self.a**2))


def frozen_arrays(x):
    f = Totalled(x)
    return f.n * f.a[0]


def frozen_in_a_list(x):
    f = [Totalled(x * k) for k in range(1, 3)]
    return sum(g.n for g in f)


class Pair:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __repr__(self):
        return "Pair"


def attributes_in_a_loop(x):
    p = Pair(x[0], x[1])
    q = Pair(x[1], x[2])
    tot = 0.0
    for k in range(2):
        for n in ["a", "b"]:
            if k > 0:
                setattr(p, n, getattr(q, n) * getattr(p, n))
            tot += getattr(p, n) * (k + 1)
    return tot, p.a


def set_by_another_name(x):
    p = Pair(x[0], x[1])
    q = p
    setattr(q, "a", x[2])
    return p.a * p.b


def set_in_branches(x):
    p = Pair(x[0], x[1])
    if x[0] > 0:
        setattr(p, "a", x[2] ** 2)
    else:
        setattr(p, "b", x[1])
    return p.a * p.b


def new_attribute(x):
    p = Pair(x[0], x[1])
    setattr(p, "c", x[2])
    return p.a * p.c


class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, o):
        return self.__class__(self.x + o.x, self.y + o.y)

    def __rmul__(self, k):
        return type(self)(k * self.x, k * self.y)

    @classmethod
    def unit(cls):
        return cls(1.0, 0.0)

    def from_me(self):
        return type(self).unit()


def made_of_its_class(x):
    v = Vector(x[0], x[1]) + 2.0 * Vector(x[1], x[2])
    return v.x * v.y + v.from_me().x


class Doubling(Vector):
    def __add__(self, o):
        r = super().__add__(o)
        r.x = r.x * 2
        return r


def made_of_the_derived(x):
    v = Doubling(x[0], x[1]) + Doubling(x[1], x[2])
    w = v + v
    return w.x * w.y


@dataclass(order=True)
class Ranked:
    rank: float
    value: float


def largest_and_smallest(x):
    ranked = [Ranked(float(i % 2), v) for i, v in enumerate(x)]
    return max(ranked).value * min(ranked).value


def sorted_objects(x):
    ranked = [Ranked(v, 2.0 * v) for v in x]
    total = sum(n * r.value for n, r in enumerate(sorted(ranked)))
    return total + sorted(ranked, reverse=True)[0].rank


def merged_by_dict(x):
    more = {"b": x[1]}
    d = dict(a=x[0], **more)
    e = dict(d, b=x[2], **{"c": x[0]})
    return d["a"] * d["b"] + e["a"] * e["b"] * e["c"]


def assigned_in_a_default(x):
    def product(a, b=(k := x[0])):
        return a * b

    return product(x[1]) * k


x = np.array([0.5, 1.2, 0.3])


class Rated:
    rate = 2.0

    def __init__(self, a):
        self.a = a

    def f(self):
        return self.a * type(self).rate


class Faster(Rated):
    rate = 3.0


def constants_of_the_class(x):
    return Rated(x[0]).f() * Faster(x[1]).f()


CASES = [case(constants_of_the_class, x)] + [
    case(f, x)
    for f in (
        frozen_object,
        frozen_arrays,
        frozen_in_a_list,
        attributes_in_a_loop,
        set_by_another_name,
        set_in_branches,
        new_attribute,
        made_of_its_class,
        made_of_the_derived,
        largest_and_smallest,
        sorted_objects,
        merged_by_dict,
        assigned_in_a_default,
    )
]
