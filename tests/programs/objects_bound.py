"""Methods of objects as values: in lists and dicts, chosen, given to functions, beside methods of other objects."""

import numpy as np
from case import case

X = np.array([0.7, -1.3, 0.4, 1.1])


class Spring:
    def __init__(self, k):
        self.k, self.stretched = k, 0.0

    def force(self, v):
        return v * self.k

    def energy(self, v):
        return 0.5 * v**2 * self.k

    def stretch(self, v):
        self.stretched = self.stretched + v * self.k
        return self.stretched

    def by_name(self, names, v):
        table = {"force": self.force, "energy": self.energy}
        for name in names:
            v = table[name](v)
        return v

    def in_turn(self, v):
        for f in (self.force, self.energy, self.force):
            v = f(v)
        return v


def twice(f, v):
    return f(f(v))


def composed(f, g):
    return lambda v: g(f(v))


def table_of_methods(x):
    return Spring(x[0]).by_name(["force", "energy", "force"], x[1])


def methods_in_turn(x):
    return Spring(x[0]).in_turn(x[1])


def methods_of_two_objects(x):
    soft, hard = Spring(x[0]), Spring(x[1] ** 2)
    forces = [soft.force, hard.force, soft.energy]
    total = 0.0
    for n, f in enumerate(forces):
        total = total * 2.0 + f(x[n])
    return total * forces[int(x[3] > 0.0)](x[2])


def methods_given_to_functions(x):
    spring = Spring(x[0])
    both = composed(spring.force, spring.energy)
    return twice(spring.energy, x[1]) + twice(spring.force, x[2]) * both(x[3])


def methods_that_change_their_object(x):
    spring = Spring(x[0])
    steps = {"out": spring.stretch, "back": spring.force}
    for v in x:
        steps["out"](v)
        if v > 0.0:
            steps["out"](steps["back"](v))
    return spring.stretched**2


def methods_kept_inside(x):
    spring = Spring(x[0])

    def inner(v):
        fs = [spring.force, spring.energy]
        for n in range(3):
            v = fs[n % 2](v)
        return v

    return inner(x[1]) + sum(f(x[2]) for f in (spring.force, spring.energy))


def constant_object(x):
    spring = Spring(2.0)
    fs = [spring.force, spring.energy]
    return fs[0](3.0) * x[0] * fs[1](x[1])


CASES = [
    case(table_of_methods, X),
    case(methods_in_turn, X),
    case(methods_of_two_objects, X),
    case(methods_given_to_functions, X),
    case(methods_that_change_their_object, X),
    case(methods_kept_inside, X),
    case(constant_object, X),
]
