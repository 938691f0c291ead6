"""Plain objects: attributes read, written and updated, methods, properties, inheritance, operators, callables."""

import math

import numpy as np
from case import case


class Point:
    """User-defined operators."""

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __radd__(self, other):
        return self if other == 0 else self + other

    def __sub__(self, other):
        return Point(self.x - other.x, self.y - other.y)

    def __mul__(self, k):
        return Point(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __neg__(self):
        return Point(-self.x, -self.y)

    def __iadd__(self, other):
        self.x += other.x
        self.y += other.y
        return self

    def __matmul__(self, other):
        return self.x * other.x + self.y * other.y

    def __getitem__(self, k):
        return (self.x, self.y)[k]

    def __setitem__(self, k, value):
        setattr(self, "x", value) if k == 0 else setattr(self, "y", value)

    def __len__(self):
        return 2

    def __iter__(self):
        return iter((self.x, self.y))

    def __abs__(self):
        return math.hypot(self.x, self.y)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    def __lt__(self, other):
        return abs(self) < abs(other)

    def __bool__(self):
        return self.x > 0

    def __contains__(self, value):
        return value in (self.x, self.y)


def attributes_written(x, y):
    p = Point(x, y)
    p.x = p.x * p.y
    p.z = p.x + y
    p.y += p.z
    p.x *= p.x
    return p.x * p.y * p.z


def two_names_for_an_object(x, y):
    p = Point(x, y)
    q = p
    q.x = q.x * y
    r = Point(p.x, q.y)
    r.x = 100.0
    p.y = p.x
    return q.x * q.y + r.y


def operators(x, y):
    p, q = Point(x, y), Point(y, 2.0)
    r = (p + q) * x - (-q) + 2.0 * p
    return r @ p + abs(q - p)


def operator_in_place(x, y):
    p = Point(x, y)
    q = p
    p += Point(y, x)
    p += p
    return q.x * p.y


def sum_of_objects(x, y):
    total = sum([Point(x, y), Point(y, x), Point(x, x)])
    return total.x * total.y


def items_and_iteration(x, y):
    p = Point(x, y)
    a, b = p
    c = sum(v * v for v in p)
    return a * b + c * p[0] + len(p) * p[1]


def items_stored(x, y):
    p = Pair([x, y])
    p[0] *= p[1]
    p[1] = p[0] + y
    return p[0] * p[1]


class Pair:
    def __init__(self, values):
        self.values = values

    def __getitem__(self, k):
        return self.values[k]

    def __setitem__(self, k, value):
        self.values[k] = value


def comparisons(x, y):
    p, q = Point(x, y), Point(y, 3.0)
    low, high = (p, q) if p < q else (q, p)
    factor = 2.0 if p else 3.0
    if p == q or x not in p:
        factor = 100.0
    return low.x * high.y * factor + min(p, q).y


class Counter:
    """State that methods change; a property with a setter."""

    step = 0.5

    def __init__(self, start):
        self.value = start
        self.calls = 0

    def add(self, amount):
        self.value += amount * self.step
        self.calls += 1
        return self

    def reset(self, value=1.0):
        old, self.value = self.value, value
        return old

    @property
    def squared(self):
        return self.value**2

    @squared.setter
    def squared(self, v):
        self.value = math.sqrt(v)

    @classmethod
    def of(cls, a, b):
        return cls(a * b * cls.step)

    @staticmethod
    def mean(a, b):
        return (a + b) * 0.5


class Doubling(Counter):
    step = 2.0

    def __init__(self, start, factor):
        super().__init__(start * factor)
        self.factor = factor

    def add(self, amount):
        super().add(amount * self.factor)
        self.value *= self.factor
        return self

    @property
    def squared(self):
        return super().squared + 1.0


class Third(Doubling):
    def reset(self, value=2.0):
        old = super(Third, self).reset(value)
        return old * Doubling.mean(self.value, self.factor)


def methods_that_change(x, y):
    c = Counter(x)
    c.add(y).add(c.value)
    before = c.reset(x * y)
    c.add(before)
    return c.value * c.calls


def property_and_setter(x, y):
    c = Counter(x)
    c.squared = c.squared + y
    c.squared *= 2.0
    return c.value * c.squared


def class_and_static_methods(x, y):
    c = Counter.of(x, y)
    d = type(c).of(y, x)
    return c.add(Counter.mean(x, y)).value * d.mean(c.value, x)


def inheritance(x, y):
    c = Doubling(x, y)
    c.add(x).add(y)
    return c.squared * c.step


def super_of_two_levels(x, y):
    c = Third(x, y)
    c.add(x)
    return c.reset() * c.reset(x) + c.value


def chosen_class(x, y, kind):
    """The method that runs depends on what is in the list."""
    shapes = [Square(x), Circle(y), Square(y)]
    total = sum(shape.area() for shape in shapes)
    for shape in shapes:
        if isinstance(shape, kind):
            shape.grow(x)
    return total * sum(shape.area() for shape in shapes)


class Shape:
    def grow(self, k):
        self.size *= k

    def area(self):
        raise NotImplementedError


class Square(Shape):
    def __init__(self, size):
        self.size = size

    def area(self):
        return self.size**2


class Circle(Shape):
    def __init__(self, size):
        self.size = size

    def area(self):
        return math.pi * self.size**2


class Accumulator:
    """An object that can be called, with state between the calls."""

    def __init__(self, decay):
        self.decay = decay
        self.state = 0.0
        self.history = []

    def __call__(self, v):
        self.state = self.decay * self.state + v
        self.history.append(self.state)
        return self.state


def called_many_times(u, decay):
    f = Accumulator(decay)
    total = 0.0
    for v in u:
        total += f(v) * f.state
    return total, f.history


def called_by_map(u, decay):
    f = Accumulator(decay)
    return np.array(list(map(f, u))) * f.state


def bound_method_as_a_value(x, y):
    c = Counter(x)
    add = c.add
    for v in (y, x, y):
        add(v)
    return c.squared


class Grid:
    """Arrays as attributes, changed in place by methods; a view as a property."""

    def __init__(self, u):
        self.u = np.array(u)
        self.time = 0.0

    @property
    def inner(self):
        return self.u[1:-1]

    def diffuse(self, k):
        self.u[1:-1] += k * (self.u[2:] - 2 * self.u[1:-1] + self.u[:-2])
        self.time += k
        return np.max(np.abs(self.u))

    def pin(self, value):
        self.u[0] = self.u[-1] = value


def arrays_as_attributes(u, k):
    g = Grid(u)
    while g.diffuse(k) > 1.0:
        g.pin(k * g.time)
    g.inner[:] *= g.u[0] + 1.0
    return g.u * g.time


def attribute_is_the_argument(u, k):
    """The object keeps the array it was given; both names see the change."""
    g = Grid(u)
    g.u = u
    g.inner[0] *= k
    u[2] += g.u[1]
    g.diffuse(k)
    return u * g.u[::-1]


class Linked:
    def __init__(self, value, after=None):
        self.value = value
        self.after = after


def linked_list(u, k):
    head = None
    for v in u:
        head = Linked(v * k, head)
    node, total = head, 0.0
    while node is not None:
        if node.after is not None:
            node.value *= node.after.value
        total += node.value
        node = node.after
    return total * head.after.value


def object_holds_objects(x, y):
    a, b = Point(x, y), Point(y, 1.5)
    pair = Pair([a, b])
    pair[0].x *= y
    pair.values[1].y += pair[0].x
    pair[0], pair[1] = pair[1], pair[0]
    pair[0].x = pair[1].y * x
    return a.x * b.y + b.x


class Context:
    """A context manager that scales a value while it is entered."""

    def __init__(self, grid, k):
        self.grid, self.k = grid, k

    def __enter__(self):
        self.grid.u *= self.k
        return self.grid

    def __exit__(self, *exception):
        self.grid.u /= self.k
        return False


def context_manager(u, k):
    """Shapes: u[n], k[]"""
    g = Grid(u)
    with Context(g, k) as inside:
        inside.u[0] = 2.0 * inside.u[1]
        total = np.sum(inside.u**2)
    return g.u * total


def object_in_a_loop_of_branches(u, k):
    c = Counter(k)
    for v in u:
        if v > 0:
            c.add(v)
        elif c.calls > 1:
            c.value = c.value * v
            continue
        if c.value > 2.5:
            break
    return c.value


def attribute_deleted(x, y):
    p = Point(x, y)
    old = p.x
    del p.x
    p.x = old * y if not hasattr(p, "x") else 100.0
    return getattr(p, "x") * getattr(p, "z", y)


class Squared:
    """Works its square out once."""

    def __init__(self, value):
        self.value = value

    def square(self):
        if not hasattr(self, "known"):
            self.known = self.value * self.value
        return self.known

    def renew(self, value):
        if hasattr(self, "known"):
            del self.known
        self.value = value


def attribute_made_when_asked_for(u, k):
    s = Squared(k)
    total = s.square() * s.square()
    for v in u:
        s.renew(s.square() * v + k)
        total += s.square() * getattr(s, "gain", v)
    return total * getattr(s, "value", 3.0)


def attribute_deleted_each_round(u, k):
    p = Point(k, u[0])
    for v in u:
        p.change = v * p.x
        p.x += p.change * p.y
        del p.change
    del p.y
    p.y = p.x * p.x
    return p.y * k


U = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])


class Recorded:
    def __init__(self, mass):
        self.mass, self.history = mass, []

    def step(self, k):
        self.mass *= k
        self.history.append(self.mass**3)
        return self


def steps_that_are_recorded(mass, k):
    cell = Recorded(mass)
    cell.step(k)
    cell.step(k)
    return sum(cell.history)


class Swapped:
    def __init__(self, a, b):
        kept = a
        self.first, self.second = b, kept
        self.third = kept
        kept = kept * a
        self.fourth = kept
        self.fifth, self.sixth = self.first * 2.0, self.second


def made_in_pairs(x, y):
    s = Swapped(x, y)
    return s.first * 2.0 + s.second**2 * s.third + np.sin(s.fourth) + s.fifth * s.sixth


CASES = [
    case(made_in_pairs, 0.7, 1.3),
    case(steps_that_are_recorded, 1.2, 0.8),
    case(attributes_written, 0.8, 1.3), case(two_names_for_an_object, 0.8, 1.3), case(operators, 0.8, 1.3),
    case(operator_in_place, 0.8, 1.3), case(sum_of_objects, 0.8, 1.3), case(items_and_iteration, 0.8, 1.3),
    case(items_stored, 0.8, 1.3), case(comparisons, 0.8, 1.3), case(methods_that_change, 0.8, 1.3),
    case(property_and_setter, 0.8, 1.3), case(class_and_static_methods, 0.8, 1.3), case(inheritance, 0.8, 1.3),
    case(super_of_two_levels, 0.8, 1.3), case(chosen_class, 0.8, 1.3, Square, wrt=(0, 1)),
    case(chosen_class, 0.8, 1.3, Circle, wrt=(0, 1), label="circles"), case(called_many_times, U, 0.7),
    case(called_by_map, U, 0.7), case(bound_method_as_a_value, 0.8, 1.3), case(arrays_as_attributes, U, 0.3),
    case(attribute_is_the_argument, U, 0.3), case(linked_list, U, 0.7), case(object_holds_objects, 0.8, 1.3),
    case(context_manager, U, 0.7), case(object_in_a_loop_of_branches, U, 0.7), case(attribute_deleted, 0.8, 1.3),
    case(attribute_made_when_asked_for, U, 0.7), case(attribute_deleted_each_round, U, 0.7),
]  # fmt: skip
