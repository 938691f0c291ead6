"""Objects reached in several ways, in lists that change and in sets of what was seen; layers of several classes."""

import numpy as np
from case import case


class Node:
    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right = value, left, right


def graph(x):
    a, b = Node(x[0]), Node(x[1])
    c = Node(a.value * b.value, a, b)
    return Node(c.value + a.value, c, a)


def each_node_once(x):
    visited, total, stack = set(), 0.0, [graph(x)]
    while stack:
        n = stack.pop()
        if n is None or n in visited:
            continue
        visited.add(n)
        total = total * 0.5 + n.value
        stack.append(n.left)
        stack.append(n.right)
    return total * len(visited)


def in_the_order_seen(x):
    seen, stack = [], [graph(x)]
    while stack:
        n = stack.pop()
        if n is not None and n not in seen:
            seen.append(n)
            stack.append(n.left)
            stack.append(n.right)
    seen[0].value = seen[0].value * seen[1].value
    total = 0.0
    for n in seen:
        total = total * 0.5 + n.value
    return total


def memoised(x):
    memo = {}

    def value(n):
        if n is None:
            return 1.0
        if n in memo:
            return memo[n]
        out = n.value + value(n.left) * value(n.right)
        memo[n] = out
        return out

    return value(graph(x))


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dx = dout.copy()
        dx[self.mask] = 0
        return dx


class Network:
    def __init__(self):
        self.layers = []

    def add(self, layer):
        self.layers.append(layer)

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x


def layers_added(x, W, b):
    net = Network()
    net.add(Affine(W, b))
    net.add(Relu())
    return np.sum(net.forward(x) ** 2) + np.sum(net.layers[0].x)


def there_and_back(x, W, b):
    layers = [Affine(W, b), Relu()]
    for layer in layers:
        x = layer.forward(x)
    d = x * x
    for layer in reversed(layers):
        d = layer.backward(d)
    return np.sum(d**2) + np.sum(layers[0].dW ** 2)


def one_layer_twice(x, W, b):
    layer = Affine(W, b)
    layers = [layer, Relu(), layer]
    for each in layers:
        x = each.forward(x)
    layer.W = layer.W * 2.0
    return np.sum(x**2) + np.sum(layers[2].W * layer.x)


X = np.array([0.5, 1.2, 0.7])
rng = np.random.default_rng(0)
LAYER = (rng.normal(size=(2, 3)), rng.normal(size=(3, 3)), np.array([0.5, 1.0, 1.5]))
CASES = [
    case(each_node_once, X), case(in_the_order_seen, X), case(memoised, X), case(layers_added, *LAYER),
    case(there_and_back, *LAYER),
    case(one_layer_twice, LAYER[1], LAYER[1], LAYER[2]),
]  # fmt: skip
