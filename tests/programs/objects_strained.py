"""Objects under strain: aliases, copies, containers of objects, properties, NamedTuples that are carried along."""

import copy
import dataclasses
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from case import case


class Ball:
    def __init__(self, x, v=1.0):
        self.x = x
        self.v = v
        self.n = 0

    def push(self, k):
        self.v = self.v * k
        self.n += 1
        return self.v

    def grow(self, k):
        self.x *= k

    def energy(self):
        return np.sum(self.v**2) * 0.5 + np.sum(self.x)

    @property
    def speed(self):
        return self.v * 2.0

    @speed.setter
    def speed(self, s):
        self.v = s / 2.0


class Heavy(Ball):
    def energy(self):
        return super().energy() * 3.0


class Node:
    def __init__(self, w, children=()):
        self.w = w
        self.children = children

    def total(self, x):
        t = self.w * x
        for c in self.children:
            t = t + c.total(x * self.w)
        return t


@dataclass
class Store:
    a: float
    items: list = field(default_factory=list)

    def put(self, v):
        self.items.append(v * self.a)


class Pair(NamedTuple):
    a: float
    b: float = 2.0

    def s(self):
        return self.a * self.b


def list_of_objects(x, k):
    ps = [Ball(x), Ball(x * 2.0), Ball(k * x)]
    for p in ps:
        p.push(k)
    return sum([p.energy() for p in ps]) * ps[1].n


def comprehension(x, k):
    ps = [Ball(x * i) for i in range(3)]
    for p in ps:
        p.v = p.v * k
    return sum(p.energy() for p in ps)


def alias(x, k):
    p = Ball(x)
    q = p
    q.x = q.x * k
    q.push(k)
    return p.energy() * q.v


def inplace_alias(x, k):
    """Shapes: x[n], k[]"""
    p = Ball(x * 1.0)
    q = Ball(p.x)
    q.grow(k)
    return p.energy() + q.energy()


def dict_of_objects(x, k):
    d = {"p": Ball(x), "q": Ball(k * x)}
    d["p"].push(k)
    d["q"].v = d["p"].v * k
    return d["p"].energy() * d["q"].energy()


def byref(x, k):
    a = x * 1.0
    p = Ball(a)
    a[0] = k * a[1]
    return p.energy() * a[0]


def swap(x, k):
    p, q = Ball(x), Ball(x * k)
    for i in range(3):
        p, q = q, p
        p.push(k)
    return p.energy() - q.energy()


def copied(x, k):
    """Shapes: x[n], k[]"""
    p = Ball(x)
    q = copy.copy(p)
    q.x = q.x * k
    q.push(2.0)
    return p.energy() * q.energy()


def choice(x, k):
    p = Ball(x) if k > 0.5 else Ball(x * x)
    return p.energy() * k


def choice2(x, k):
    p = Ball(x) if k > 0.5 else Heavy(x)
    return p.energy() * k


def nested(x, k):
    p = Ball(Ball(x), k)
    p.x.x = p.x.x * k
    p.x.v *= k
    p.x.push(3.0)
    return p.x.energy() * p.v


def through_a_property(x, k):
    p = Ball(x, k)
    for i in range(3):
        p.speed = p.speed * k
        p.speed *= 1.1
    return p.v * p.energy()


def named_tuple_carried(x, k):
    s = Pair(x[0], k)
    for i in range(3):
        a, b = s
        s = Pair(a * b, b=b + a) if i != 1 else s._replace(a=s.s())
    return s.s() + s[0] * s.b


def tree(x, k):
    t = Node(x[0], [Node(x[1]), Node(k, [Node(x[0] * k)])])
    return t.total(k)


def factory(x, k):
    d, e = Store(k), Store(x[0])
    for i in range(3):
        d.put(x[1] * i)
        e.put(k)
    return sum(d.items) * sum(e.items)


def twice(x, k):
    def both(a, b):
        a.push(k)
        b.push(k)
        return a.energy() + b.energy()

    p = Ball(x)
    return both(p, p)


def by_class(x, k):
    out = 0.0
    for p in (Ball(x), Heavy(x * k)):
        if isinstance(p, Heavy):
            out = out + p.energy() * 2.0
        else:
            out = out + p.energy()
    return out


def in_a_while(x, k):
    p = Ball(x, k)
    while p.v < 5.0:
        p.push(1.7)
        if p.n > 3:
            break
    return p.energy() * p.n


def replace(x, k):
    d = Store(k)
    e = dataclasses.replace(d, a=k * x[0])
    return d.a * e.a


def return_in_loop(x, k):
    p = Ball(x, k)
    for i in range(5):
        if p.push(1.3) > 2.0:
            return p.energy() * k
    return p.v


def store_self(x, k):
    p = Ball(x)
    q = Ball(k)
    p.other = q
    q.v = k * 3.0
    p.other.v *= 2.0
    return q.v * p.energy() + q.x


def list_attr(x, k):
    p = Ball(x)
    p.hist = []
    for i in range(3):
        p.hist.append(p.push(k))
    return p.hist[0] * p.hist[2] + len(p.hist) * p.energy()


def eq(x, k):
    p = Ball(x)
    q = p
    return p.energy() * k if p is q else k


def truth(x, k):
    p = Ball(x)
    return p.energy() * k if p else k


def made_in_the_loop(x, k):
    p = None
    for i in range(2):
        if p is None:
            p = Ball(x)
        else:
            p.push(k)
    return p.energy()


X = np.array([1.0, 2.0, -0.5])

CASES = [
    case(list_of_objects, X, 0.8), case(comprehension, X, 0.8), case(alias, X, 0.8), case(inplace_alias, X,
    0.8), case(dict_of_objects, X, 0.8), case(byref, X, 0.8), case(swap, X, 0.8), case(copied, X, 0.8),
    case(choice, X, 0.8), case(choice2, X, 0.8), case(nested, X, 0.8), case(through_a_property, X, 0.8),
    case(named_tuple_carried, X, 0.8), case(tree, X, 0.8), case(factory, X, 0.8), case(twice, X, 0.8),
    case(by_class, X, 0.8), case(in_a_while, X, 0.8), case(replace, X, 0.8), case(return_in_loop, X, 0.8),
    case(store_self, X, 0.8), case(list_attr, X, 0.8), case(eq, X, 0.8), case(truth, X, 0.8),
    case(made_in_the_loop, X, 0.8),
]  # fmt: skip
