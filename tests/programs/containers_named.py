"""Containers and objects with other names, whose slots, None at first, change under one of them."""

import numpy as np
from case import case


def another_name(x):
    rows = [None] * 3
    same = rows
    rows[0] = x * x
    return same[0] * 2


def dict_of_nothing(x):
    d = {"a": None}
    same = d
    d["a"] = x * x
    return same["a"] * 2


def row_inside(x):
    d = {"m": [None], "k": 1.0}
    row = d["m"]
    d["m"][0] = x * x
    return row[0] * 2


def row_that_grows(x):
    d = [[None], [1.0]]
    rows = [d[0]]
    d[0].append(x * x)
    return rows[0][1] * 2


def pairs_in_a_loop(x):
    rows = [None] * 2
    outer = [rows]
    for j in range(2):
        rows[j] = (x, x**j)
    return outer[0][1][1] * 3


def grows_under_a_name_that_is_given_up(x):
    b = [0.5] * 2
    e = b
    b.append(0.25)
    b = []
    e[-1] = x * x
    return e[1] * 3.0 + e[-1] * x + len(b)


def slots_of_each_other(x):
    d = {"k": None}
    e = {"in": d}
    d["k"] = [x, None]
    d["k"][1] = x * x
    return e["in"]["k"][1]


def under_two_keys(x):
    c = {"k": 1.0, "m": [None]}
    c["k"] = c["m"]
    c["k"][0] = x * x
    return c["m"][0] * 3


def list_twice_in_a_list(x):
    r = []
    rows = [r, r]
    rows[0].append(x * x)
    return rows[1][0] * 3


class Track:
    def __init__(self):
        self.v = None
        self.l = []

    def set(self, v):
        self.v = v * v
        self.l.append(v**3)
        return self

    def grow(self, k):
        for i in range(len(self.l)):
            self.l[i] = self.l[i] * k
        self.v = k if self.v is None else self.v * k


def list_of_an_object(x):
    p = Track()
    l = p.l
    p.l.append(x * x)
    return l[0] * 3


def object_in_a_list(x):
    p = Track()
    q = [p]
    q[0].set(x)
    p.v = p.v * x
    return q[0].v * p.l[0]


def object_in_a_dict(x):
    p = Track()
    q = {"p": p}
    r = q["p"]
    q["p"].v = x * x
    return r.v * p.v


def list_kept_before_a_call(x):
    p = Track()
    l = p.l
    p.set(x)
    return l[0] * 2


def list_under_another_attribute(x):
    p = Track()
    p.v = p.l
    p.l.append(x * x)
    return p.v[0] * 3


def put(d, x):
    d["m"][0] = x * x


def changed_by_a_function(x):
    d = {"m": [None], "k": 1.0}
    row = d["m"]
    put(d, x)
    return row[0] * 2


def item_reads_its_other_name(s: float):
    a = {"k": s, "m": [None]}
    e = a
    e["m"] = a["m"]
    e["k"] += np.cos(a["k"]) * s
    return a["k"] * 2 + e["k"] * 3


def lists_are_other_things(s):
    d = [s, None]
    b = d
    b.append({"k": None})
    if d[1] is None:
        d[1] = s * s
    return d[1] * 2 + b[1] * 6


def emptied_and_filled_anew(s):
    c = [np.sin(s)]
    a = c
    t = c.pop()
    c.append({"k": s})
    c[0] = {"k": s * s}
    return t + a[0]["k"] * 2 + c[0]["k"] * 3


def name_for_two_things(s):
    e = (s, s)
    t = e[0]
    p = Track()
    p.l.append(s * t)
    e = p.l
    p.grow(e[0])
    return p.l[0] * 3 + p.v + e[0]


def contents_put_back(t):
    b = {"k": None}
    e = b
    e = Track().set(t)
    if b["k"] is None:
        b["k"] = e.l[0] * np.sin(t)
    b["k"] *= t
    if t < 3.0:
        e.l[0] = np.cos(b["k"]) * t
    e.grow(np.sin(t))
    e = b
    return e["k"] * 2 + b["k"] * 3


def fill(items, v):
    for i in range(len(items)):
        items[i] = v * (i + 1)
    return items


def filled_after_another(x):
    """What a function changes has the same kind before and after for all its calls together, not for this one."""
    other = [x, x]
    fill(other, x)
    r = [None, None]
    row = r
    fill(r, x * x)
    return row[0] + other[0]


def put_into_two(x):
    o = {"m": [None]}
    d = {"m": [None]}
    row = d["m"]
    put(o, x)
    put(o, x * 2)
    put(d, x)
    return row[0] * 2 + o["m"][0]


def set_of_two_objects(x):
    p, q = Track(), Track()
    l = q.l
    p.set(x)
    p.set(x * 2)
    q.set(x)
    return l[0] * 2 + p.v


def rows_filled(x):
    rows = [[x], [None]]
    r = rows[1]
    for row in rows:
        fill(row, x * x)
    fill(r, x**3)
    return r[0] + rows[1][0] + rows[0][0]


CASES = [
    case(f, 1.3) for f in (
        another_name, dict_of_nothing, row_inside, row_that_grows, pairs_in_a_loop, slots_of_each_other,
        grows_under_a_name_that_is_given_up,
        under_two_keys, list_twice_in_a_list, list_of_an_object, object_in_a_list, object_in_a_dict,
        list_kept_before_a_call, list_under_another_attribute, changed_by_a_function, item_reads_its_other_name,
        lists_are_other_things, emptied_and_filled_anew, name_for_two_things, contents_put_back,
        filled_after_another, put_into_two, set_of_two_objects, rows_filled,
    )
]  # fmt: skip
