"""Layers and optimisers as courses have them: a dict of settings that is filled in, caches, loops over time."""

import numpy as np
from case import case


def adam(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)
    config["t"] += 1
    m, v = config["m"], config["v"]
    m = config["beta1"] * m + (1 - config["beta1"]) * dw
    v = config["beta2"] * v + (1 - config["beta2"]) * dw**2
    mt = m / (1 - config["beta1"] ** config["t"])
    vt = v / (1 - config["beta2"] ** config["t"])
    next_w = w - config["learning_rate"] * mt / (np.sqrt(vt) + config["epsilon"])
    config["m"], config["v"] = m, v
    return next_w, config


def adam_result(w, dw):
    return adam(w, dw)[0]


def adam_whole(w, dw):
    return adam(w, dw)


def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    v = config.get("velocity", np.zeros_like(w))
    v = config["momentum"] * v - config["learning_rate"] * dw
    next_w = w + v
    config["velocity"] = v
    return next_w, config


def two_steps_with_momentum(x):
    w, c = sgd_momentum(x, np.sin(x))
    w, c = sgd_momentum(w, np.sin(w), c)
    return np.sum(w**2)


def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1).dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    return dout.dot(w.T).reshape(x.shape), x.reshape(x.shape[0], -1).T.dot(dout), dout.sum(axis=0)


def affine_there_and_back(x, w, b):
    out, cache = affine_forward(x, w, b)
    dx, dw, db = affine_backward(np.cos(out), cache)
    return np.sum(dx**2) + np.sum(dw) + np.sum(db)


def rnn_step(x, h, Wx, Wh, b):
    nh = np.tanh(x @ Wx + h @ Wh + b)
    return nh, (x, h, Wx, Wh, nh)


def rnn(x, h0, Wx, Wh, b):
    N, T, D = x.shape
    H = h0.shape[1]
    h = np.zeros((N, T, H))
    prev = h0
    caches = []
    for t in range(T):
        prev, c = rnn_step(x[:, t, :], prev, Wx, Wh, b)
        h[:, t, :] = prev
        caches.append(c)
    return h, caches


def recurrent_energy(x, h0, Wx, Wh, b):
    return np.sum(rnn(x, h0, Wx, Wh, b)[0] ** 2)


def softmax_loss(x, y):
    s = x - np.max(x, axis=1, keepdims=True)
    p = np.exp(s)
    p /= p.sum(axis=1, keepdims=True)
    N = x.shape[0]
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


def svm_loss(x, y):
    N = x.shape[0]
    c = x[np.arange(N), y]
    m = np.maximum(0, x - c[:, np.newaxis] + 1.0)
    m[np.arange(N), y] = 0
    return np.sum(m) / N


class Adam:
    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.iter = 0
        self.m = None
        self.v = None

    def update(self, params, grads):
        if self.m is None:
            self.m, self.v = {}, {}
            for key, val in params.items():
                self.m[key] = np.zeros_like(val)
                self.v[key] = np.zeros_like(val)
        self.iter += 1
        lr_t = self.lr * np.sqrt(1.0 - self.beta2**self.iter) / (1.0 - self.beta1**self.iter)
        for key in params.keys():
            self.m[key] += (1 - self.beta1) * (grads[key] - self.m[key])
            self.v[key] += (1 - self.beta2) * (grads[key] ** 2 - self.v[key])
            params[key] -= lr_t * self.m[key] / (np.sqrt(self.v[key]) + 1e-7)


def fitted(optimiser, W, b):
    params = {"W": W.copy(), "b": b.copy()}
    for _ in range(3):
        grads = {"W": np.cos(params["W"]), "b": np.sin(params["b"])}
        optimiser.update(params, grads)
    return np.sum(params["W"] ** 2) + np.sum(params["b"] ** 3)


def fitted_by_adam(W, b, lr):
    return fitted(Adam(lr), W, b)


x = np.array([0.5, 1.2, 0.3])
rng = np.random.default_rng(0)
R = rng.normal
LABELS = np.array([0, 1, 2])
CASES = [
    case(two_steps_with_momentum, x),
    case(adam_result, x, x * 2),
    case(adam_whole, x, x * 2),
    case(affine_there_and_back, R(size=(2, 3, 2)), R(size=(6, 4)), R(size=4)),
    case(recurrent_energy, R(size=(2, 3, 4)), R(size=(2, 3)), R(size=(4, 3)), R(size=(3, 3)), R(size=3)),
    case(softmax_loss, R(size=(3, 4)), LABELS),
    case(fitted_by_adam, R(size=(2, 3)), R(size=3), 0.1),
    case(svm_loss, R(size=(3, 4)), LABELS),
]
