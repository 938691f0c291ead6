"""OrderedDicts that leave the name they were made under: attributes, arguments, results, parts of containers."""

from collections import OrderedDict

import numpy as np
from case import case

X = np.array([0.7, -1.3, 0.4])


class Scaled:
    def __init__(self, w):
        self.w, self.seen = w, None

    def forward(self, v):
        self.seen = v
        return np.tanh(v * self.w)

    def backward(self, d):
        return d * self.w * (1.0 - np.tanh(self.seen * self.w) ** 2)


class Network:
    def __init__(self, w):
        self.layers = OrderedDict()
        self.layers["first"] = Scaled(w[0])
        for n in range(1, 3):
            self.layers["later" + str(n)] = Scaled(w[n])

    def forward(self, v):
        for layer in self.layers.values():
            v = layer.forward(v)
        return v

    def slope(self, v):
        self.forward(v)
        layers = list(self.layers.values())
        layers.reverse()
        d = 1.0
        for layer in layers:
            d = layer.backward(d)
        return d


def network(w, v):
    net = Network(w)
    return net.forward(v) + net.slope(v) ** 2


def filled(d, x):
    d["more"] = x[0] * x[1]
    d.move_to_end("a")
    return d


def given_and_returned(x):
    d = OrderedDict(a=x[0])
    same = filled(d, x)
    same["b"] = x[2]
    return list(d.values())[0] * d["a"] + same.popitem(last=False)[1] * len(d)


def whole_result(x):
    found = OrderedDict([("square", x * x), ("sum", np.sum(x))])
    found["last"] = x[2] ** 3
    return found


def asked_for_its_type(x):
    d, other = OrderedDict(), OrderedDict([("b", x[1]), ("a", x[0])])
    d["a"], d["b"] = x[0], x[1]
    kinds = [isinstance(d, OrderedDict), isinstance(d, dict), type(other) is OrderedDict, d == other, dict(d) == other]
    return sum(w * k for w, k in zip((x[0], x[1], x[2], x[0] ** 2, x[1] ** 2), kinds, strict=True))


def one_in_another(x):
    tables = {"inner": OrderedDict(a=x[0], b=x[1])}
    for key in list(tables["inner"]):
        tables["inner"][key] = tables["inner"][key] * x[2]
    tables["inner"].update(c=x[0])
    chosen = OrderedDict(z=x[1]) if x[0] > 0.0 else {"z": x[2]}
    return sum(v * v for v in tables["inner"].values()) * chosen["z"]


CASES = [
    case(network, X, 0.6),
    case(given_and_returned, X),
    case(whole_result, X),
    case(asked_for_its_type, X),
    case(one_in_another, X),
]
