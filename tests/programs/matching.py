"""`match` with every kind of pattern."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from case import case


class Units:
    metre = "m"
    foot = "ft"


@dataclass
class Circle:
    radius: float


class Box(NamedTuple):
    width: float
    height: float


def by_value(x, unit):
    """Literals, dotted names, alternatives, and what matches anything."""
    match unit:
        case Units.metre:
            return x * x
        case Units.foot | "yard":
            return x * 0.3048
        case 3 | -1:
            y = x * x * x
        case None:
            y = np.sin(x)
        case _:
            y = -x
    return y * 2.0


def by_structure(p, s):
    """Sequences of fixed and open length, nested, with a star in the middle."""
    match p:
        case (a, b):
            return a * b * s
        case [a, (b, c), d]:
            return a * c + b * d * s
        case [first, *middle, last]:
            return first * last * s + sum(middle)
        case [only]:
            return only * only
    return s


def by_keys(d, s):
    """Mappings, the other keys, and a sequence inside."""
    match d:
        case {"kind": "pair", "of": (a, b)}:
            return a * b * s
        case {"kind": kind, "value": value, **others}:
            return value * s * len(kind) + sum(others.values())
    return s * s


def guarded(x, y):
    """A guard sees what was captured; names stay bound where it fails."""
    match (x, y):
        case (a, b) if a > b:
            r = a * b
        case (a, _) if a * a > 0.2:
            r = a * a * y
        case (_, c):
            r = c
    return r * a


def alternatives_that_bind(p, s):
    """Each alternative binds the name from another place."""
    match p:
        case [("left", value), _] | [_, ("right", value)] if s > 0.0:
            return value * s
        case [(_, value), *_]:
            return value * value
    return s


def captured_whole(p, s):
    """`as`, and the subject's own name captured."""
    match p:
        case [float() as p, (int(n) | float(n)) as q]:
            return p * s + q * n
    return s


def by_class(x, w):
    """Classes with positional and named attributes, made and taken apart in the function."""
    total = 0.0
    for kind in (0, 1, 2):
        match kind:
            case int(k) if k > 1:
                total = total + k * x
            case 0:
                total = total + x * w
            case other:
                total = total * w + other
    return total


def by_fields(x, shape):
    """Fields by position and by name, of a dataclass and of a named tuple."""
    match shape:
        case Circle(r) if r > 0.0:
            return x * r * r
        case Circle(radius=r):
            return x - r
        case Box(a, height=b):
            return x * x * a * b
    return x


def in_a_loop(u):
    """A state machine whose cases leave the loop, go on, and return."""
    state, total = "start", 0.0
    for v in u:
        match state, v > 0.5:
            case "start", True:
                state = "up"
                total = total + v
            case "start", False:
                continue
            case "up", True:
                total = total * v
            case "up", False:
                state = "down"
                total = total + v * v
            case "down", _:
                break
    match total:
        case t if t > 100.0:
            return t
    return total * u[0]


def arrays_are_no_sequences(u):
    """An array is matched by its class only."""
    match u:
        case [a, b, c, d]:
            return a
        case np.ndarray(shape=(n,)):
            return u[0] * u[n - 1]
    return u[1]


def no_case_matches(x):
    match x > 100.0:
        case True:
            x = x * x
    return x * x


U = np.array([0.7, 1.4, 1.2, 0.9, 0.2, 1.0])

CASES = [
    *(case(by_value, 0.8, unit, label=str(unit)) for unit in ("m", "ft", "yard", 3, -1, None, "mile")),
    *(
        case(by_structure, p, 1.3, label=str(n), file=False)
        for n, p in enumerate([(0.7, 1.1), (0.7, (0.5, 1.2), 0.9), (0.7, 0.6, 0.5, 0.4), [0.7], ()])
    ),
    case(by_keys, {"kind": "pair", "of": (0.7, 1.2)}, 1.1, label="pair"),
    case(by_keys, {"kind": "one", "value": 0.7, "p": 0.5, "q": 0.25}, 1.1, label="one"),
    case(by_keys, {"value": 0.7}, 1.1, label="none", zero=(0,)),
    *(case(guarded, x, y, label=f"{x}") for x, y in ((0.9, 0.4), (0.5, 0.6), (0.1, 0.6))),
    *(
        case(alternatives_that_bind, p, 0.8, label=str(n), file=False)
        for n, p in enumerate([(("left", 0.7), 0), (0, ("right", 0.6)), (("up", 0.5), 0, 0)])
    ),
    case(captured_whole, (0.7, 0.5), 1.2, file=False),
    case(by_class, 0.7, 1.2),
    *(
        case(by_fields, 0.7, shape, wrt=0, label=str(n))
        for n, shape in enumerate([Circle(2.0), Circle(-1.0), Box(2.0, 3.0), None])
    ),
    case(in_a_loop, U),
    case(arrays_are_no_sequences, U[:4]),
    case(no_case_matches, 0.7),
]
