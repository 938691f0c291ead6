"""Dataclasses, NamedTuples and objects as arguments: the derivative comes back in the argument's own structure."""

import dataclasses
from collections import namedtuple
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from case import case


class State(NamedTuple):
    position: np.ndarray
    velocity: np.ndarray
    time: float = 0.0

    def energy(self):
        return 0.5 * self.velocity @ self.velocity + self.position @ self.position

    @property
    def speed(self):
        return np.sqrt(self.velocity @ self.velocity)


Reading = namedtuple("Reading", "value weight label", defaults=("none",))


@dataclass
class Oscillator:
    mass: float
    stiffness: float
    damping: float = 0.1
    name: str = "spring"
    trace: list = field(default_factory=list)

    def acceleration(self, x, v):
        return -(self.stiffness * x + self.damping * v) / self.mass

    def step(self, x, v, dt):
        v = v + dt * self.acceleration(x, v)
        x = x + dt * v
        self.trace.append(x)
        return x, v


@dataclass(frozen=True)
class Settings:
    rate: float
    decay: float
    steps: int = 3

    def slower(self, factor):
        return replace(self, rate=self.rate * factor)


@dataclass
class Normal:
    mean: float
    scale: float
    precision: float = field(init=False)

    def __post_init__(self):
        self.precision = 1.0 / self.scale**2

    def logpdf(self, x):
        return -0.5 * (x - self.mean) ** 2 * self.precision - np.log(self.scale)


class Model:
    """Weights as attributes, changed by training."""

    def __init__(self, w, b, rate):
        self.w = w
        self.b = b
        self.rate = rate
        self.history = []

    def predict(self, x):
        return np.tanh(x @ self.w + self.b)

    def loss(self, x, y):
        return np.sum((self.predict(x) - y) ** 2)

    def fit_one(self, x, y):
        p = self.predict(x)
        g = 2 * (p - y) * (1 - p**2)
        self.w -= self.rate * x.T @ g
        self.b = self.b - self.rate * g.sum()
        self.history.append(self.loss(x, y))
        return self.history[-1]


def named_tuple(x, s):
    state = State(x[:3], x[3:] * s)
    state = state._replace(position=state.position + s * state.velocity, time=state.time + s)
    p, v, t = state
    return state.energy() * t + p[0] * state.speed + state[1][2]


def named_tuple_argument(state, dt):
    for _ in range(3):
        v = state.velocity - dt * state.position
        state = State(state.position + dt * v, v, state.time + dt)
    return state


def named_tuple_in_a_loop(u, s):
    readings = [Reading(v, v * v * s) for v in u]
    total = sum(r.value * r.weight for r in readings if r.label == "none")
    return total / (1.0 + sum(r.weight for r in readings))


def named_tuple_from_make(u, s):
    r = Reading._make([u[0], s, "made"])
    d = r._asdict()
    return d["value"] * r.weight + Reading(weight=u[1], value=s).value


def dataclass_made_inside(m, k, x):
    o = Oscillator(m, k, damping=0.2)
    v = 0.0
    for _ in range(4):
        x, v = o.step(x, v, 0.1)
    return sum(o.trace) * v


def dataclass_argument(o, x):
    v = 0.0
    for _ in range(3):
        x, v = o.step(x, v, 0.1)
    return x * v


def dataclass_written(m, k):
    o = Oscillator(m, k)
    o.mass *= k
    o.stiffness = o.mass**2
    p = replace(o, damping=m)
    p.mass += 1.0
    return o.acceleration(m, k) * p.acceleration(k, m)


def dataclass_argument_changed(o, k):
    """The caller's object stays as it was; the derivative is with respect to what came in."""
    o.mass = o.mass * k
    o.damping += o.mass
    return o.acceleration(0.7, 0.4)


def frozen_dataclass(settings, x):
    slow = settings.slower(0.5)
    for _ in range(settings.steps):
        x = x - settings.rate * x**3
        x = x * slow.decay + slow.rate
    return x


def post_init(mean, scale, x):
    n = Normal(mean, scale)
    m = replace(n, mean=x)
    return n.logpdf(x) * m.logpdf(mean)


def penalty(o, rate):
    """The fields of an argument, by their names."""
    squares = {f.name: getattr(o, f.name) ** 2 for f in dataclasses.fields(o) if f.name not in ("name", "trace")}
    rest = sum(getattr(o, f.name) for f in dataclasses.fields(o) if f.name.startswith("m") or f.name == "damping")
    return rate * squares["mass"] * squares["damping"] + rest * rate


def dataclass_helpers(m, k):
    o = Oscillator(m, k)
    d = dataclasses.asdict(o)
    t = dataclasses.astuple(o)
    numbers = [getattr(o, f.name) for f in dataclasses.fields(o) if f.name in ("mass", "damping")]
    return d["mass"] * t[1] + sum(numbers)


def fields_as_a_dict(m, k):
    """`asdict` and `astuple` copy what they take; `_asdict` does not."""
    o = Oscillator(m, k)
    o.trace.append(m * k)
    held, values = dataclasses.asdict(o), dataclasses.astuple(o)
    o.trace[0] = 3.0
    held["mass"] *= 2.0
    state = State(np.array([m, k]), np.array([k, 1.0]), k)
    parts = state._asdict()
    parts["position"][0] *= k
    return held["mass"] * values[1] + held["trace"][0] * o.trace[0] + state.energy() * parts["time"]


def object_argument(model, x, y):
    return model.loss(x, y)


def object_argument_trained(model, x, y):
    for _ in range(2):
        model.fit_one(x, y)
    return model.loss(x, y) + model.history[0]


def object_in_a_list(models, x):
    total = 0.0
    for model in models:
        total += model.predict(x).sum() * model.b
    return total


def object_in_a_dict(table, x):
    out = {}
    for name, model in table.items():
        out[name] = model.predict(x) * model.rate
    return out


def structure_of_everything(p, s):
    """Containers of containers with every kind of leaf."""
    total = p["layers"][0].mass * p["layers"][1].stiffness * s
    a, (b, c) = p["pair"]
    state = p["state"]
    return total + a * b + np.sum(c * state.position) * state.time + p["name"].count("e")


def result_is_a_record(x, s):
    return State(x * s, x[::-1] * x, s * s)


def matched(items, s):
    """Class, sequence and mapping patterns."""
    total = 0.0
    for item in items:
        match item:
            case Reading(value=v, weight=w):
                total += v * w
            case {"mass": m, **rest}:
                total += m * s + len(rest)
            case [a, b, *more]:
                total += a * b * s + sum(more)
            case float(v) if v > 0:
                total *= v
            case str() | None:
                total += s
            case _:
                total -= item * s
    return total


U = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
X = U.reshape(2, 3)
Y = np.array([0.3, -0.4])


def model(k=1.0):
    return Model(np.array([0.4, -0.3, 0.6]) * k, 0.2 * k, 0.1)


TREE = {
    "layers": [Oscillator(1.1, 0.7), Oscillator(0.6, 1.9)],
    "pair": (0.4, (1.3, U[:2])),
    "state": State(U[2:4], U[4:], 0.9),
    "name": "tree",
}
class Moved(NamedTuple):
    x: float
    v: float


def drifted(x, v, dt):
    return Moved(x + dt * v, v - dt * x)


def taken_apart_where_it_is_made(x, v):
    total = 0.0
    for _ in range(3):
        x, v = drifted(x, v, 0.1)
        (a, b), c = drifted(v, x, 0.2), Moved(x * v, v)
        total = total + a * b + c.x
    return total


class Place(namedtuple("Place", "x y", defaults=[0.5])):
    """A class whose base is what `namedtuple` gives."""

    __slots__ = ()
    unit = 3.0

    def __add__(self, other):
        return Place(self.x + other.x, self.y + other.y)

    @property
    def area(self):
        return self.x * self.y * self.unit

    def scaled(self, factor):
        return self._replace(x=self.x * factor)


class Square(Place):
    def doubled(self):
        return Square(self.x * 2.0, self.y) + Square(self.y)


def class_of_a_named_tuple(x, y, seed):
    np.random.seed(seed)
    place = Place(x) + Place(y, x)
    place += Place(x * y, np.random.rand())
    a, b = place.scaled(y)
    return place.area + a * b + sum(place) + Square(x, y).doubled().area


ITEMS = [Reading(0.8, 1.2), {"mass": 0.6, "other": 1}, [0.5, 0.4, 1.1], 0.7, "text", None, -0.3, (0.2, 0.9)]

CASES = [
    case(named_tuple, U, 0.7), case(named_tuple_argument, State(U[:3], U[3:], 0.2), 0.1, wrt=(0, 1)),
    case(named_tuple_in_a_loop, U, 0.7), case(named_tuple_from_make, U, 0.7),
    case(dataclass_made_inside, 1.1, 2.0, 0.7), case(dataclass_argument, Oscillator(1.1, 2.0), 0.7, wrt=(0, 1)),
    case(dataclass_written, 1.1, 0.7), case(dataclass_argument_changed, Oscillator(1.1, 2.0), 0.7, wrt=(0, 1)),
    case(frozen_dataclass, Settings(0.1, 0.8), 0.9, wrt=(0, 1)), case(post_init, 0.3, 1.2, 0.7),
    case(dataclass_helpers, 1.1, 0.7), case(penalty, Oscillator(1.1, 0.7, 0.3), 0.5), case(fields_as_a_dict, 1.1, 0.7),
    case(object_argument, model(), X, Y, wrt=(0, 1, 2)),
    case(object_argument_trained, model(), X, Y, wrt=(0, 1, 2)),
    case(object_in_a_list, [model(), model(0.5)], X, wrt=(0, 1)),
    case(object_in_a_dict, {"a": model(), "b": model(0.5)}, X, wrt=(0, 1)),
    case(structure_of_everything, TREE, 0.7, wrt=(0, 1)), case(result_is_a_record, U, 0.7),
    case(matched, ITEMS, 0.7, file=False), case(taken_apart_where_it_is_made, 0.3, 0.7),
    case(class_of_a_named_tuple, 0.3, 0.7, 5, wrt=(0, 1)),
]  # fmt: skip
