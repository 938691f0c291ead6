"""Layers of several classes that keep what they saw and change it in place, and settings that calls fill in."""

from __future__ import annotations

import numpy as np
from case import case


class Relu:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        dx = dout
        return dx


class Sigmoid:
    def __init__(self):
        self.out = None

    def forward(self, x):
        out = 1 / (1 + np.exp(-x))
        self.out = out
        return out

    def backward(self, dout):
        dx = dout * (1.0 - self.out) * self.out
        return dx


class Scale:
    def __init__(self, w):
        self.w = w
        self.x = None
        self.dw = None

    def forward(self, x):
        self.x = x
        return x * self.w

    def backward(self, dout):
        self.dw = np.sum(dout * self.x)
        return dout * self.w


def scale_and_sigmoid(x, w):
    layers = [Scale(w), Sigmoid()]
    for layer in layers:
        x = layer.forward(x)
    d = np.ones_like(x)
    for layer in reversed(layers):
        d = layer.backward(d)
    return np.sum(x**2) + np.sum(d) + layers[0].dw


def gate_and_scale(x, w):
    layers = [Scale(w), Relu()]
    for layer in layers:
        x = layer.forward(x)
    d = np.ones_like(x)
    for layer in reversed(layers):
        d = layer.backward(d)
    return np.sum(x**2) + np.sum(d) + layers[0].dw


def dict_and_reversed_list(x, w):
    layers = {"a": Scale(w), "b": Relu(), "c": Scale(w * w)}
    for layer in layers.values():
        x = layer.forward(x)
    d = np.ones_like(x)
    ls = list(layers.values())
    ls.reverse()
    for layer in ls:
        d = layer.backward(d)
    return np.sum(x**2) + np.sum(d) + layers["a"].dw


class Net:
    def __init__(self, w):
        self.layers = {}
        self.layers["a"] = Scale(w)
        self.layers["b"] = Relu()
        self.layers["c"] = Scale(w * 2)

    def forward(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def backward(self, d):
        ls = list(self.layers.values())
        ls.reverse()
        for layer in ls:
            d = layer.backward(d)
        return d


def net_of_a_dict_back(x, w):
    net = Net(w)
    y = net.forward(x)
    d = net.backward(np.ones_like(y))
    return np.sum(y**2) + np.sum(d) + net.layers["a"].dw


class NetOfAList(Net):
    def __init__(self, w):
        self.layers = [Scale(w), Relu(), Scale(w * 2)]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, d):
        for layer in reversed(self.layers):
            d = layer.backward(d)
        return d


def net_of_a_list_back(x, w):
    net = NetOfAList(w)
    y = net.forward(x)
    d = net.backward(np.ones_like(y))
    return np.sum(y**2) + np.sum(d) + net.layers[0].dw


def norm(x, gamma, settings):
    mode = settings["mode"]
    mean = settings.get("mean", np.zeros(x.shape[1]))
    if mode == "train":
        mu = x.mean(axis=0)
        out = gamma * (x - mu)
        mean = 0.9 * mean + 0.1 * mu
    else:
        out = gamma * (x - mean)
    settings["mean"] = mean
    return out


def three_calls(x, gamma):
    s = {"mode": "train"}
    a = norm(x, gamma, s)
    b = norm(np.sin(a), gamma, s)
    s["mode"] = "test"
    c = norm(x, gamma, s)
    return np.sum(c**2) + np.sum(b)


def twice_the_same(x, gamma):
    s = {"mode": "train"}
    a = norm(x, gamma, s)
    s["copy"] = s["mean"]
    s["mode"] = "test"
    b = norm(x * x, gamma, s)
    return np.sum(b**2) + np.sum(s["copy"] * s["mean"] * gamma)


def changed_later(x, gamma):
    s = {"mode": "train"}
    a = norm(x, gamma, s)
    s["copy"] = s["mean"]
    s["mode"] = "test"
    b = norm(x * x, gamma, s)
    s["copy"] *= gamma
    return np.sum(b**2) + np.sum(s["copy"] * s["mean"])


def in_a_branch(x, gamma):
    s = {"mode": "train"}
    a = norm(x, gamma, s)
    if np.sum(a) > -100.0:
        a = norm(a * a, gamma, s)
    s["mode"] = "test"
    return np.sum(norm(a, gamma, s) ** 2)


def append_to(xs, v):
    last = xs[-1]
    xs.append(v * last)
    xs.append(last)


def the_same_again(x):
    rows = [x * 2.0]
    append_to(rows, x)
    append_to(rows, x + 1.0)
    return np.sum(rows[-1] * rows[2]) + np.sum(rows[3])


class RNN:
    def __init__(self, W, U):
        self.params = {"W": W, "U": U}
        self.grads = {k: np.zeros_like(v) for k, v in self.params.items()}
        self.cache = []
        self.h = None

    def forward(self, xs):
        for x in xs:
            if self.h is None:
                self.h = np.zeros(self.params["U"].shape[0])
            prev = self.h
            self.h = np.tanh(self.params["W"] @ x + self.params["U"] @ prev)
            self.cache.append((x, prev, self.h))
        return self.h

    def backward(self, dh):
        for k in self.grads:
            self.grads[k][...] = 0.0
        while self.cache:
            x, prev, h = self.cache.pop()
            dz = dh * (1.0 - h**2)
            self.grads["W"] += np.outer(dz, x)
            self.grads["U"] += np.outer(dz, prev)
            dh = self.params["U"].T @ dz
        return dh


def recurrent_net_back(xs, W, U):
    net = RNN(W, U)
    h = net.forward(xs)
    d = net.backward(2.0 * h)
    return np.sum(h**2) + np.sum(net.grads["W"] ** 2) + np.sum(net.grads["U"] * U) + np.sum(d)


rng = np.random.default_rng(0)
X = rng.normal(size=(4, 3))
GAMMA = rng.normal(size=3)
CASES = [
    case(gate_and_scale, X, 0.7),
    case(dict_and_reversed_list, X, 0.7),
    case(net_of_a_dict_back, X, 0.7),
    case(net_of_a_list_back, X, 0.7),
    case(scale_and_sigmoid, X, 0.7),
    case(three_calls, X, GAMMA),
    case(twice_the_same, X, GAMMA),
    case(changed_later, X, GAMMA),
    case(in_a_branch, X, GAMMA),
    case(the_same_again, X[0].copy()),
    case(recurrent_net_back, X[:, :2].copy(), X[:2, :2] * 0.4, X[2:, :2] * 0.3),
]
