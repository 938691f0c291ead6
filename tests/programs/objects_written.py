"""Methods and functions that are written out where they are called, since what they share cannot be followed."""

import helpers
import numpy as np
from case import case

CUT = 4


def parted_in_another_module(a, s):
    """Both modules have a CUT."""
    top, bottom = helpers.halves(a * s)
    top *= s
    bottom[:2] *= top
    head = top
    head[0] *= CUT
    return np.sum(bottom) * CUT + top[0]


def parted_with_a_local_name(a, s):
    """A local name is that of the constant."""
    CUT = s * s
    top, bottom = helpers.halves(a * s)
    top *= CUT
    bottom[:2] *= top
    head = top
    head[1] *= s
    return np.sum(bottom) * CUT + top[1]


class Particle:
    def __init__(self, position, velocity):
        self.position = np.array(position)
        self.velocity = np.array(velocity)
        self.force = np.zeros(2)

    def push(self, force):
        self.force += force

    def move(self, dt):
        self.velocity += self.force * dt
        self.position += self.velocity * dt
        self.force[:] = 0.0


class Cloud:
    def __init__(self, drag):
        self.drag = drag
        self.particles = []

    def advance(self, dt):
        for p in self.particles:
            p.push(-self.drag * p.velocity)
        for p in self.particles:
            p.move(dt)


class AttractingCloud(Cloud):
    def advance(self, dt):
        for i, a in enumerate(self.particles):
            for b in self.particles[i + 1:]:
                pull = (b.position - a.position) * self.drag
                a.push(pull)
                b.push(-pull)
        super().advance(dt)


def base_method_of_a_subclass(x, v, drag):
    """Shapes: x[n, 2], v[n, 2], drag[]"""
    cloud = AttractingCloud(drag)
    for a, b in zip(x, v):
        cloud.particles.append(Particle(a, b))
    for _ in range(3):
        cloud.advance(0.1)
    return sum(p.position @ p.velocity for p in cloud.particles)


U = np.array([0.8, -0.5, 1.1, 0.6])
X = np.array([[0.3, 0.1], [-0.4, 0.9], [0.7, -0.2]])
V = np.array([[0.2, -0.5], [0.8, 0.3], [-0.6, 0.4]])

CASES = [
    case(parted_in_another_module, U, 0.7), case(parted_with_a_local_name, U, 0.7),
    case(base_method_of_a_subclass, X, V, 0.7),
]  # fmt: skip
