"""State estimators as classes: matrices in attributes, defaults taken from the object, functions kept beside arrays."""

from copy import deepcopy

import numpy as np
from case import case


class Filter:
    """A linear Kalman filter whose methods take other matrices for one call."""

    def __init__(self, size):
        self.x = np.zeros((size, 1))
        self.P = np.eye(size)
        self.Q = np.eye(size)
        self.F = np.eye(size)
        self.H = np.zeros((1, size))
        self.R = np.eye(1)
        self.z = np.array([[None]])
        self.before = self.x.copy()
        self.distance = None
        self.inv = np.linalg.inv

    def predict(self, F=None, Q=None):
        if F is None:
            F = self.F
        if Q is None:
            Q = self.Q
        elif np.isscalar(Q):
            Q = np.eye(len(self.x)) * Q
        self.x = np.dot(F, self.x)
        self.P = np.dot(np.dot(F, self.P), F.T) + Q
        self.before = self.x.copy()

    def update(self, z, R=None):
        self.distance = None
        if R is None:
            R = self.R
        y = z - np.dot(self.H, self.x)
        PHT = np.dot(self.P, self.H.T)
        S = np.dot(self.H, PHT) + R
        gain = np.dot(PHT, self.inv(S))
        self.x = self.x + np.dot(gain, y)
        rest = np.eye(len(self.x)) - np.dot(gain, self.H)
        self.P = np.dot(np.dot(rest, self.P), rest.T) + np.dot(np.dot(gain, R), gain.T)
        self.z = deepcopy(z)
        self.distance = np.sqrt(float((y.T @ self.inv(S) @ y)[0, 0]))


def filtered(q, r, measured):
    f = Filter(2)
    f.x = np.array([[2.0], [0.0]])
    f.F = np.array([[1.0, 1.0], [0.0, 1.0]])
    f.H = np.array([[1.0, 0.0]])
    f.P *= 10.0
    f.R *= r
    f.Q = np.array([[0.25, 0.5], [0.5, 1.0]]) * q
    total = 0.0
    for z in measured:
        f.predict()
        f.update(z)
        total += f.x[0, 0] ** 2 + f.P[1, 1] + f.distance
    return total


def filtered_with_others(q, start, measured):
    """Matrices given for each call, one of them a number."""
    f = Filter(2)
    f.P = start
    f.H = np.array([[1.0, 0.5]])
    for z in measured:
        f.predict(F=np.array([[1.0, 0.3], [0.0, 0.9]]), Q=q)
        f.update(z, R=np.array([[0.5]]))
    return f.x[0, 0] * f.before[1, 0] + f.P[0, 1]


def called_with(h, x, args=()):
    """More arguments of a function of the user: a tuple of them, one, or none."""
    if not isinstance(args, tuple):
        args = (args,)
    return h(x, *args)


def noise(q, size):
    return np.eye(size) * q if np.isscalar(q) else q


def scaled(x, s, t=0.5):
    return x * s + t


def calls_with_tuples(x, s):
    total = called_with(np.sin, x) + called_with(scaled, x, s) * called_with(scaled, x, (s, 0.3))
    return total @ noise(s, len(x)) @ noise(np.outer(x, x), len(x)) @ x


MEASURED = np.array([0.9, 2.2, 2.9])

CASES = [
    case(calls_with_tuples, MEASURED, 0.7, file=False),
    case(filtered, 0.13, 5.0, MEASURED),
    case(filtered_with_others, 0.2, np.array([[1.2, 0.3], [0.3, 0.8]]), MEASURED),
]
