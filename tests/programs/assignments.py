"""Every form of assignment to names."""

import numpy as np
from case import case


def tuple_targets(x, y):
    s, d = x + y, x - y
    (p, q), r = (s * d, np.sin(s)), d * d
    [u, w] = [p * r, q + r]
    return u * w + p


def star_targets(x, y):
    first, *rest = x, y, x * y, np.cos(y), 2.0
    *_, before, last = rest
    head, *nothing = (first * last,)
    return head * before + rest[1] * len(rest) + len(nothing)


def fibonacci_products(a, b, n):
    """Each round replaces both names at once, from the old values of both."""
    for _ in range(n):
        a, b = b, a * b + 0.1 * a
    return a + b


def rotated_names(x, y, z):
    x, y, z = y, z, x
    y, x = x * y, y + z
    x, y, z = z * z, x, y * x
    return x * y - np.sin(z)


def chained_targets(x):
    a = b = x * x
    a = a + 1.0
    c = (d, e) = a * b, np.exp(-b)
    return c[0] * e + d * c[1] + b


def augmented(x: float, y: float):
    """Augmented assignment to scalar names, in each arithmetic form."""
    t = x
    t += y * y
    t *= t
    t -= x / 3.0
    t /= 1.0 + y
    t **= 2
    t %= 50.0
    n = 3
    n <<= 1
    n //= 2
    t *= n
    return t


def walrus(x, y):
    if (r := x * x + y * y) > 1.0:
        r = (root := np.sqrt(r)) * root * root
    return (t := np.tanh(r)) * t + (k := 2) * x * r + k


def rebound_inside(x, y):
    """Several assignments to one name within an expression: each use has the value of its moment."""
    a = (t := x * y) + (t := 2.0 * x) * t
    b = ((t := y * y) if y > x else 1.0) + t * (t := x * x) * t
    return a * b - t


def rebound_by_its_own_value(x: float, y: float):
    x += (x := 3.0 * x * y)
    return x * y


def rebound_index(x, y):
    """`+=` looks up its place first, `=` last."""
    i = 0
    s = np.zeros(3)
    s[i] += (i := 2) * x
    s[i - 1] = (x := x * y)
    return s[0] + 10 * s[i] + s[1] * x


def annotated(x: float, scale: float = 1.5) -> float:
    unused: int
    t: float = x * scale
    u: np.ndarray = np.array([t, t * t, 1.0])
    t: float = u[0] * u[1]
    return t + u[2] * x


def self_referencing(x, a, b):
    x = x * a + np.sin(x) * b
    x = x * x * a - x / b
    a = a * x + b * a
    x = a * x + np.cos(a) * x
    return x


def through_constants(x, y):
    """`t` is active, then a constant, then active again: the first value must not leak into the last."""
    t = x * x * y
    first = np.sin(t)
    t = 3.0
    second = t * x
    t = "label"
    size = len(t)
    t = y * size
    t = t * second + first
    return t * t


def one_value_many_names(x, y):
    a = x
    b = a
    c = b
    a = a * y
    d = b
    b = c * d
    x = x + b
    return a * b * c * d * x


def name_of_many_types(x, rows):
    """`v` is an array, then a tuple, then a float, then an integer, then an array again."""
    v = rows * x
    v = (v[0], v[1])
    v = np.dot(v[0], v[1])
    s = np.log(1.0 + v * v)
    v = int(s > 100.0) + 1
    v = rows[v] * s
    return np.sum(v * v)


def unpacked_array(p):
    """The elements of an array, and the rows of one, unpacked into names."""
    a, b, c = p
    m = np.array([[a, b], [b, c]])
    top, bottom = m * a
    (u, v), w = top, bottom[1]
    return u * v + np.exp(-w) * c


def dead_assignments(x, y):
    wasted = x * y
    wasted = np.exp(wasted) * wasted
    kept = np.sqrt(x + y)
    kept, wasted = kept * y, np.log(x) * wasted
    wasted = None
    return kept if wasted is None else 0.0


def statements_without_effect(x):
    """Statements that do nothing stand among those that do."""
    x
    x * 2.0
    ...
    pass
    y = x * x; z = y * x  # noqa: E702
    y = z - x
    return y * z


RNG = np.random.default_rng(0)
ROWS = RNG.normal(size=(3, 4))

def pair(x, y):
    return [x * y, y]


def one_result_under_two_names(x, y):
    first = second = pair(x, y)
    first[0] = first[0] * x
    return second[0] * second[1]


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y
        self.y = self.y * 2.0


def one_object_under_two_names(x, y):
    first = second = Point(x, y)
    for _ in range(3):
        first.x = first.x * 2.0 + second.y
    return second.x * first.y


def both(x):
    return x * x, x + 1.0


def bound_twice(x, y):
    """What is bound last counts: x + 1, and of three values the third."""
    a, a = both(x)
    _, b, _ = y * y, y * 3.0, y
    (c, a), c = both(a * b), a * x
    first, *first = both(y)
    return a * c * _ + first[0]


def bound_twice_in_loops(x, y):
    total = 0.0
    for n, (n, m, n) in enumerate([(x, y, x * y), (y, x, x * x)]):
        total += n * m + sum(p * q for p, (q, p) in [(n, both(m)), (m, both(total))])
    return total


def chained_over_itself(x, y):
    a = a, b = both(x)
    c = (c, d) = (d, c) = both(y)
    return a * b + c * c * d


def one_takes_what_the_other_leaves(x):
    """Numbers or views, by what x is; a file does not say."""
    p, q = x[0], x[1]
    p, q = q * 2.0, p
    x[0] = p
    x[1] = q
    return np.sum(x * np.array([1.0, 2.0, 3.0]))


def number_and_then_a_dict(x, scale):
    total = np.sum(x) * scale
    scale = {"own": x * scale}
    return total + np.sum(scale["own"] ** 2)


def dict_and_then_a_number(parts, s):
    parts = {**parts, "b": parts["b"] * s}
    left, parts = parts["a"] * s, parts["b"]
    return left + parts * parts


CASES = [
    case(number_and_then_a_dict, np.array([0.6, 1.3, 0.8]), 0.7),
    case(dict_and_then_a_number, {"a": 0.6, "b": 1.3}, 0.7),
    case(one_takes_what_the_other_leaves, np.array([0.6, 1.3, 0.8])),
    case(bound_twice, 0.7, 1.2),
    case(bound_twice_in_loops, 0.7, 1.2),
    case(chained_over_itself, 0.7, 1.2),
    case(one_result_under_two_names, 0.7, 1.2),
    case(one_object_under_two_names, 0.7, 1.2),
    case(tuple_targets, 0.8, -0.3),
    case(star_targets, 1.2, 0.4),
    case(fibonacci_products, 0.9, 1.1, 6),
    case(fibonacci_products, 0.9, 1.1, 0, label="untouched"),
    case(rotated_names, 0.7, 1.3, -0.4),
    case(chained_targets, 0.6),
    case(augmented, 0.7, 1.2),
    case(walrus, 1.1, 0.5),
    case(walrus, 0.3, 0.5, label="branch not taken"),
    case(rebound_inside, 1.1, 0.5),
    case(rebound_inside, 0.5, 1.1, label="branch taken"),
    case(rebound_by_its_own_value, 1.1, 0.5),
    case(rebound_index, 1.1, 0.5),
    case(annotated, 0.8, 1.7),
    case(annotated, 0.8, label="default"),
    case(self_referencing, 0.5, 1.2, 0.8),
    case(through_constants, 0.9, -0.6),
    case(one_value_many_names, 0.7, 1.1),
    case(name_of_many_types, 0.4, ROWS),
    case(unpacked_array, np.array([0.5, -0.2, 1.1])),
    case(dead_assignments, 1.4, 0.9),
    case(statements_without_effect, 1.3),
]
