"""Derivatives taken inside the program of objects that can be called, and of methods under other names."""

import numpy as np
import srcgrad
from case import case
from srcgrad import grad


class Net:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def __call__(self, t):
        return np.sum(np.tanh(self.w * t) * self.b)

    def energy(self, t):
        return self(t) ** 2


class Trainer:
    def __init__(self, net):
        self.net = net

    def loss(self, times):
        return sum((grad(self.net)(t) + self.net(t)) ** 2 for t in times)


FIXED = Net(np.array([0.3, 0.8]), np.array([1.0, 2.0]))


def residual(net, t):
    return grad(grad(net))(t) + net(t)


def of_objects(x):
    net = Net(x[:2], x[2:])
    value, slope = srcgrad.jvp(net, (x[0],), (1.5,))
    _, pull = srcgrad.vjp(net, x[1])
    return value * slope + pull(slope)[0] + grad(net)(x[2]) + np.sum(srcgrad.jacobian(net)(x[3]))


def under_another_name(x):
    net = Net(x[:2], x[2:])
    slope, energy = grad(net), grad(net.energy)
    bend = grad(slope)
    return slope(x[0]) * bend(x[1]) + sum(energy(t) ** 2 for t in x)


def in_a_loss(x):
    net = Net(x[:2], x[2:])
    return Trainer(net).loss([0.3, 0.8]) + sum(residual(net, t) ** 2 for t in (0.1, 0.4))


def of_changing_objects(x):
    nets = [Net(x[:2], x[2:]), Net(x[1:3], x[:2])]
    total = 0.0
    for n, net in enumerate(nets):
        total += grad(net)(x[n])
        net.w = net.w * 1.1
        total += grad(net)(x[n]) * n
    return total


def of_a_live_object(x):
    slope = grad(FIXED)
    return slope(x[0]) * slope(x[1]) + grad(lambda t: grad(FIXED)(t) ** 2)(x[2]) + grad(FIXED.energy)(x[3])


X = np.array([0.4, 0.9, -0.6, 1.1])
PROGRAMS = (of_objects, under_another_name, in_a_loss, of_changing_objects, of_a_live_object)
CASES = [case(f, X, file=False) for f in PROGRAMS]
