"""Arrays in lists, dicts and objects that have a name of their own: both are read after a change under the name."""

import numpy as np
from case import case

X = np.array([0.7, -1.3, 0.4, 1.1])


class Layer:
    def __init__(self, k):
        self.k, self.buffer = k, k * np.ones(2)

    def energy(self, v):
        return np.sum(self.buffer**2) * v

    def fill(self, v):
        self.buffer[0] = v * v
        return np.sum(self.buffer)


def energy(parts, v):
    return np.sum(parts[0] ** 2) * v


def item_read_beside_its_name(x):
    parts = [x[0] * np.ones(2)]
    w = parts[0]
    w[1] = x[2]
    return np.sum(parts[0] ** 2) * np.sum(w)


def container_given_beside_an_item(x):
    parts = [[x[0] * np.ones(2)], x[1] * np.ones(2)]
    w = parts[0][0][1:]
    w *= x[2]
    return energy(parts[0], x[3]) * np.sum(w) * energy(parts[1:], x[1])


def dict_given_beside_a_value(x):
    state = {"k": x[0], "buffer": x[0] * np.ones(2)}
    w = state["buffer"]
    w[1] = x[2]
    return np.sum(state["buffer"] ** 2) * energy(list(state.values())[1:], x[3]) * np.sum(w)


def object_beside_its_attribute(x):
    layer = Layer(x[0])
    w = layer.buffer
    first = layer.fill(x[1])
    w[1] = x[2]
    return layer.energy(x[3]) * np.sum(w) + first * np.sum(layer.buffer**3) * w[0]


def changed_again_and_again(x):
    parts, total = [x[0] * np.ones(2)], 0.0
    for v in x:
        w = parts[0]
        w[1] *= v
        total += energy(parts, v) * np.sum(w)
        if v > 0.5:
            w[0] = total
            total = total * energy(parts, x[3]) + np.sum(w * parts[0])
    return total


def views_with_names(u):
    """Views that are kept while nothing but their own values changes."""
    weights = {"a": u[0], "b": u[1]}
    names = weights.keys()
    order = []
    for name in names:
        weights[name] = weights[name] * 2.0 + u[2]
        order.append(name)
    counts = {"a": 0}
    for i in range(2):
        seen = counts.keys()
        for name in seen:
            order.append(name)
        counts[f"n{i}"] = i
    rows = {"a": u[:2] * 1.0, "b": u[1:] * 2.0}
    values = rows.values()
    for row in values:
        row[0] *= u[2]
    pairs = weights.items()
    return sum(np.sum(row) for row in values) * sum(v for _, v in pairs) * len(names) * len(order)


def keys_handed_on(u):
    weights = {"a": u[0], "b": u[1]}
    return weighed(weights.keys(), weights) * len(weights.keys() & {"a", "c"})


def weighed(names, weights):
    total = 0.0
    for name in names:
        total += weights[name] ** 2
    return total


def changed_by_a_method(x):
    """The method gives its object another adjoint of the attribute, of which the name has to be told."""
    layer = Layer(x[0])
    w = layer.buffer
    w[1] += 0.3 * w[0] * x[1]
    total = 0.2 * layer.fill(x[3])
    w *= x[2]
    return np.sin(total) + np.sum(w**2) + w[0] * x[2] + layer.energy(x[1])


WEIGHTS = {"first": 2.0, "second": 3.0}
STEPS = {"sine": np.sin, "square": lambda v: v * v}


def weighted(weights, x):
    total = 0.0
    for w in weights:
        total = total * x[1] + w * x[0]
    return total


def stepped(steps, v):
    for step in steps:
        v = step(v)
    return v


class Weighted:
    def __init__(self, weights):
        self.weights = weights

    def sum(self, more, x):
        return weighted(self.weights, x) + weighted(more, x)


def values_of_constants(x):
    """Views of dicts without derivatives: handed on, named, and put into a list."""
    own = {"a": 1.5, "b": -0.5}
    values, keys = own.values(), WEIGHTS.keys()
    total = weighted(weights=WEIGHTS.values(), x=x) * weighted(values, x)
    for name in keys:
        total = total * WEIGHTS[name]
    for held in [WEIGHTS.values(), [1.0, 2.0]]:
        total = total + weighted(held, x)
    return stepped(STEPS.values(), total) + Weighted([1.0, 2.0]).sum(own.values(), x)


CASES = [
    case(item_read_beside_its_name, X),
    case(container_given_beside_an_item, X),
    case(dict_given_beside_a_value, X),
    case(object_beside_its_attribute, X),
    case(changed_again_and_again, X),
    case(changed_by_a_method, X),
    case(views_with_names, np.array([0.7, 0.4, 1.2])),
    case(values_of_constants, np.array([0.7, 0.4, 1.2])),
    case(keys_handed_on, np.array([0.7, 0.4, 1.2])),
]
