"""Objects of several classes under one name: which method runs is decided when the program runs."""

import numpy as np
from case import case


class Layer:
    """What all layers share; `gain` is a constant of each class."""

    gain = 1.5

    def __init__(self, weight):
        self.weight = weight
        self.log = []

    def __call__(self, x):
        return self.forward(x) * self.gain

    def size(self):
        return np.sum(self.weight)

    @property
    def area(self):
        return self.weight**2

    def __add__(self, other):
        return self.weight + other.weight * 2.0

    def __lt__(self, other):
        return self.size() < other.size()


class Scale(Layer):
    def forward(self, x):
        self.x = x
        return x * self.weight

    def backward(self, grad, *, rate=1.0):
        return grad * self.weight * rate


class Wave(Layer):
    gain = 0.5

    def __init__(self, weight, shift=2.0):
        super().__init__(weight * shift)
        self.shift = shift

    def forward(self, x):
        self.y = np.sin(x) * self.shift
        return self.y

    def backward(self, grad, *, rate=2.0):
        return grad * self.y * rate

    def size(self):
        return super().size() + self.shift

    @property
    def area(self):
        return 3.0 * self.weight

    def __add__(self, other):
        return self.weight * other.weight


class Shift(Layer):
    label = "shift"

    def forward(self, x):
        self.log.append(x)
        return x + self.weight

    def backward(self, grad, *, rate=3.0):
        return grad * len(self.log) + rate * self.log[-1]


class Chain:
    def __init__(self, *layers):
        self.layers = list(layers)

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad, rate=1.5)
        return grad


def backwards_by_hand(x, y):
    """Attributes that only some of the classes have, made by the first call."""
    net = Chain(Scale(x), Wave(y), Shift(x), Scale(y))
    out = net(x)
    return net.backward(out) + out


def arrays_through_layers(u, k):
    net = Chain(Scale(k), Wave(u), Shift(u * k))
    for _ in range(2):
        u = net(u)
    return u * net.layers[1].area


def properties_and_constants(x, y):
    layers = (Scale(x), Wave(y), Shift(y))
    total = sum(p.area * p.gain for p in layers)
    for p in layers:
        total = total + (p.gain if isinstance(p, Scale) else p.weight) * (2.0 if isinstance(p, (Wave, Shift)) else y)
    return total


def operators_of_each(x, y):
    layers = [Scale(x), Wave(y), Shift(x)]
    best = layers[0]
    for p in layers[1:]:
        if p < best:
            best = p
    return sum(p + q for p in layers for q in layers) + best.area * best.size()


def made(kind, value):
    if kind == "scale":
        return Scale(value)
    return Wave(value, shift=value) if kind == "wave" else Shift(value)


def made_by_name(x, y):
    layers = []
    for n, kind in enumerate(("scale", "wave", "shift", "scale")):
        layers.append(made(kind, x * (n + 1)))
    for p in layers:
        p.weight = p.weight * x
        if isinstance(p, (Wave, Shift)):
            p.weight *= y
    return sum(p.area * p(y) for p in layers)


def result_of_either(x, y):
    p = Scale(x) if x > y else Wave(x)
    p.weight = p.weight * y + p.area
    return p


def layers_as_argument(layers, x):
    for layer in layers:
        x = layer(x) + layer.area
    return x


U = np.array([0.3, -0.7, 1.1])

CASES = [
    case(backwards_by_hand, 0.8, 0.7), case(arrays_through_layers, U, 0.7),
    case(properties_and_constants, 0.8, 0.7), case(operators_of_each, 0.8, 0.7),
    case(made_by_name, 0.8, 0.7, file=False),  # from a file the analysis of it takes seconds
    case(result_of_either, 0.8, 0.7),
    case(result_of_either, 0.6, 0.7, label="the other"),
    case(layers_as_argument, [Scale(0.5), Wave(0.3), Shift(1.1), Scale(0.2)], 0.7),
]  # fmt: skip
