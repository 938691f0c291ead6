"""Programs built of objects: a physics engine, a network of layer classes, a tree code."""

import numpy as np
from case import case


class Body:
    """A disc with position and velocity as arrays that are changed in place."""

    def __init__(self, position, velocity, mass, radius):
        self.position = np.array(position, dtype=float)
        self.velocity = np.array(velocity, dtype=float)
        self.mass = mass
        self.radius = radius
        self.force = np.zeros(2)

    def apply(self, force):
        self.force += force

    def integrate(self, dt):
        self.velocity += self.force / self.mass * dt
        self.position += self.velocity * dt
        self.force[:] = 0.0

    @property
    def kinetic(self):
        return 0.5 * self.mass * self.velocity @ self.velocity


class World:
    def __init__(self, gravity, restitution):
        self.gravity = gravity
        self.restitution = restitution
        self.bodies = []
        self.springs = []

    def add(self, body):
        self.bodies.append(body)
        return body

    def connect(self, a, b, rest, stiffness):
        self.springs.append((a, b, rest, stiffness))

    def step(self, dt):
        for body in self.bodies:
            body.apply(np.array([0.0, -body.mass * self.gravity]))
        for a, b, rest, stiffness in self.springs:
            d = b.position - a.position
            length = np.linalg.norm(d)
            pull = stiffness * (length - rest) / length * d
            a.apply(pull)
            b.apply(-pull)
        for body in self.bodies:
            body.integrate(dt)
            if body.position[1] < body.radius and body.velocity[1] < 0:
                body.position[1] = body.radius + (body.radius - body.position[1]) * self.restitution
                body.velocity[1] *= -self.restitution
        for i, a in enumerate(self.bodies):
            for b in self.bodies[i + 1:]:
                self.collide(a, b)

    def collide(self, a, b):
        d = b.position - a.position
        dist = np.linalg.norm(d)
        if dist >= a.radius + b.radius:
            return
        n = d / dist
        approach = (b.velocity - a.velocity) @ n
        if approach > 0:
            return
        j = -(1 + self.restitution) * approach / (1 / a.mass + 1 / b.mass)
        a.velocity -= j / a.mass * n
        b.velocity += j / b.mass * n


def physics_engine(positions, velocities, masses, gravity, restitution, stiffness):
    world = World(gravity, restitution)
    for p, v, m in zip(positions, velocities, masses):
        world.add(Body(p, v, m, 0.4))
    world.connect(world.bodies[0], world.bodies[-1], 1.0, stiffness)
    for _ in range(6):
        world.step(0.05)
    return sum(b.kinetic + b.mass * gravity * b.position[1] for b in world.bodies)


class Layer:
    def __call__(self, x):
        return self.forward(x)

    def parameters(self):
        return []


class Dense(Layer):
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        self.x = x
        return x @ self.w + self.b

    def backward(self, grad):
        self.dw = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.w.T

    def parameters(self):
        return [(self.w, self.dw), (self.b, self.db)]


class Tanh(Layer):
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad):
        return grad * (1 - self.y**2)


class Sequential(Layer):
    def __init__(self, *layers):
        self.layers = list(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]


def trains_a_network(x, target, w1, b1, w2, b2, rate, epochs):
    """Backpropagation written by hand with layer classes; the loss after training."""
    net = Sequential(Dense(w1, b1), Tanh(), Dense(w2, b2))
    for _ in range(epochs):
        y = net(x)
        net.backward(2 * (y - target) / y.size)
        for p, g in net.parameters():
            p -= rate * g
    return np.mean((net(x) - target) ** 2)


class Tree:
    """A Barnes-Hut quadtree: cells split as bodies arrive; far cells act as one."""

    def __init__(self, centre, half):
        self.centre, self.half = centre, half
        self.mass = 0.0
        self.moment = np.zeros(2)
        self.body = None
        self.children = {}

    def insert(self, p, m):
        if self.mass > 0:
            if self.body is not None:
                old, self.body = self.body, None
                self.child(old[0]).insert(*old)
            self.child(p).insert(p, m)
        else:
            self.body = (p, m)
        self.mass += m
        self.moment += m * p

    def child(self, p):
        key = (bool(p[0] > self.centre[0]), bool(p[1] > self.centre[1]))
        if key not in self.children:
            step = np.array([0.5 if k else -0.5 for k in key]) * self.half
            self.children[key] = Tree(self.centre + step, self.half / 2)
        return self.children[key]

    def potential(self, p, theta):
        if self.mass == 0:
            return 0.0
        d = np.sqrt(np.sum((self.moment / self.mass - p) ** 2) + 1e-2)
        if self.body is not None or 2 * self.half / d < theta:
            return -self.mass / d
        return sum(c.potential(p, theta) for c in self.children.values())


def barnes_hut(points, masses):
    root = Tree(np.zeros(2), 2.0)
    for p, m in zip(points, masses):
        root.insert(p, m)
    return sum(m * root.potential(p, 0.7) for p, m in zip(points, masses))


rng = np.random.default_rng(12)
N = rng.normal
PLACES = np.array([[0.0, 0.45], [0.7, 0.8], [1.9, 1.0]])
SPEEDS = np.array([[0.5, -1.0], [-0.6, -0.2], [0.1, 0.0]])

CASES = [
    case(physics_engine, PLACES, SPEEDS, np.array([1.0, 0.7, 1.4]), 9.8, 0.8, 3.0, file=False),
    case(trains_a_network, N(size=(4, 2)), N(size=(4, 1)), N(size=(2, 3)), N(size=3), N(size=(3, 1)), N(size=1), 0.1,
         2, file=False),  # refused there after a minute: SG212, of `p -= rate * g`
    case(barnes_hut, N(size=(5, 2)) * 0.6, rng.uniform(0.5, 1.5, 5)),
]  # fmt: skip
