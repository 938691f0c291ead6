"""Members of enumerations as keys, constants and cases, and loops over them."""

import enum
import numpy as np
from case import case


class Law(enum.Enum):
    LIN = 1
    SQ = 2


class Letter(str, enum.Enum):
    A = "a"
    B = "b"


class Axis(enum.IntEnum):
    X = 0
    Y = 1
    Z = 2


class Parts(enum.Flag):
    P = enum.auto()
    Q = enum.auto()


def keys_of_a_table(x):
    w = {Law.LIN: 2.0, Law.SQ: 3.0}
    return sum(w[k] * np.sum(x**k.value) for k in Law)


def loop_over_members(x):
    t = 0.0
    for k in Law:
        if k is Law.SQ:
            t = t + np.sum(x**2)
        else:
            t = t + np.sum(x)
    return t


def active_table(x):
    w = {Law.LIN: x[0], Law.SQ: x[1]}
    return w[Law.LIN] * w[Law.SQ]


def table_filled(x):
    w = {}
    w[Law.LIN] = x[0]
    w[Law.SQ] = x[1] * w[Law.LIN]
    return sum(w.values()) * w[Law.SQ]


def members_as_indices(x):
    return x[Axis.X] * x[Axis.Z] + x[Axis.Y]


def names_of_members(x):
    w = {"LIN": x[0], "SQ": x[1]}
    return sum(w[k.name] * k.value for k in Law)


def members_that_are_text(x, m=Letter.A):
    return np.sum(x) if m == "a" else np.sum(x**2)


def matched_members(x, m=Law.SQ):
    match m:
        case Law.LIN:
            return np.sum(x)
        case Law.SQ:
            return np.sum(x**2)


def flags(x, f=Parts.P):
    return np.sum(x) * (2.0 if f & Parts.P else 1.0)


def number_of_members(x):
    return np.sum(x) * len(Law)


def members_beside_items(x):
    t = 0.0
    for k, v in zip(Law, x):
        t += k.value * v
    return t


def members_counted(x):
    t = 0.0
    for i, k in enumerate(Law):
        t += k.value * x[i]
    return t


def members_listed(x):
    return sum(k.value * x[0] for k in list(Law))


x = np.array([0.5, 1.2, 0.3])
CASES = [
    case(f, x)
    for f in (
        keys_of_a_table,
        loop_over_members,
        active_table,
        table_filled,
        members_as_indices,
        names_of_members,
        members_that_are_text,
        matched_members,
        flags,
        number_of_members,
        members_beside_items,
        members_counted,
        members_listed,
    )
]
