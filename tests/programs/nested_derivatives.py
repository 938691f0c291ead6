"""Derivatives taken inside the program: of functions with parameters, of closures, of derivatives."""

from functools import partial

import numpy as np
import srcgrad
from case import case
from srcgrad import grad, hessian, jacobian, value_and_grad

SCALE = 1.5


def confused(x):
    """d/dx of x * d/dy (x + y) is 1; an inner derivative that sees the outer direction gives 2."""
    return x * grad(lambda y: x + y)(1.0)


def confused_products(x):
    return x * grad(lambda y: x * y * y)(2.0) + grad(lambda y: y * grad(lambda z: x * y * z * z)(x))(y=3.0)


def same_name_inside(x):
    """The inner parameter hides the outer name."""
    return x * grad(lambda x: x**3)(x) * grad(lambda x: x)(x)


def cubes(y, a):
    return np.sum(a * y**3) * SCALE


cubes_gradient = grad(cubes)
both_of_cubes = value_and_grad(cubes, wrt=(0, 1))


def of_a_function(x, a):
    g = grad(cubes)(x, a)
    return np.sum(g * g)


def of_a_live_derivative(x, a):
    g = cubes_gradient(x, a)
    return np.sum(np.sin(g)) * a


def of_a_tuple(x, a):
    value, (by_y, by_a) = both_of_cubes(x, a)
    return value * by_a + np.sum(by_y) * a


def by_keyword(x, a):
    d = srcgrad.grad(f=cubes, wrt="a")
    return d(x, a=a) * a + d(y=x * a, a=2.0)


def second_inside(x):
    slope = grad(grad(lambda y: np.sin(x * y)))
    return slope(x) + slope(2.0 * x)


def network(w, t):
    hidden = np.tanh(w[0] * t + w[1])
    return np.sum(w[2] * hidden)


def physics_residual(w, times):
    """u' + u at points of time, u a small network: the loss of a physics-informed fit."""
    loss = 0.0
    for t in times:
        u, du = value_and_grad(lambda s: network(w, s))(t)
        loss += (du + u) ** 2
    return loss / len(times)


def inner_loss(w, x, y):
    r = x @ w - y
    return np.sum(r * r) / 7.0


def learned_start(w, x, y, rate):
    """One task of model-agnostic meta-learning: three steps of descent, then the loss."""
    for _ in range(3):
        w = w - rate * grad(inner_loss)(w, x, y)
    return inner_loss(w, x, y)


def newton_root(a):
    """A step uses the derivative of the function it solves, which depends on `a`."""

    def f(z):
        return z**3 + a * z - 2.0

    z = 1.0
    for _ in range(4):
        z = z - f(z) / grad(f)(z)
    return z


def descend(loss, x, rate):
    g = grad(loss)
    return x - rate * g(x)


def function_passed_on(x, a, rate):
    y = descend(lambda v: np.sum(a * v**4), x, rate)
    z = descend(lambda v: np.sum(np.cos(v) * y), x, rate)
    return np.sum(y * z)


def stepping(g, x):
    return x - 0.1 * g(x)


def derivative_passed_on(x, a):
    return np.sum(stepping(grad(lambda v: np.sum(a * np.exp(v))), x) ** 2)


def quadratic_in_place(y):
    y = y.copy()
    for n in range(1, 4):
        y[n] += y[n - 1] ** 2
    return np.sum(y)


def through_changes_in_place(x, a):
    out = np.zeros(4)
    out[:2] = grad(quadratic_in_place)(x * a)[:2]
    out[2:] += grad(quadratic_in_place)(x)[1:3]
    return np.sum(out**2)


def captured_and_rebound(x):
    """A closure sees its names as they are when it is called."""
    k = x
    g = grad(lambda y: k * y**3)
    first = g(x)
    k = x * x
    return first + g(2.0)


def chosen_by_branch(x, turn):
    if turn:
        g = grad(lambda y: x * y * y)(x)
    else:
        g = x
    return g * x


def energy(state):
    return np.sum(state["p"] ** 2) / 2.0 + np.sum(np.cos(state["q"]) * state["m"])


def by_a_container(p, q, m):
    g = grad(energy)({"p": p, "q": q, "m": m})
    return np.sum(g["q"] * g["p"]) + g["m"]


def leapfrog(q, p, k):
    """A Hamiltonian system whose force is the derivative of its energy."""
    for _ in range(5):
        p = p - 0.05 * grad(lambda r: k * np.sum(r**4) + np.sum(np.sin(r)))(q)
        q = q + 0.1 * p
    return np.sum(q * p)


def of_a_complex_number(z, x):
    """The gradient of a real function of a complex number is complex."""
    return grad(lambda w: np.abs(w) ** 4 + x * np.real(w))(z) * z


def of_constants_only(x):
    return x * grad(cubes)(np.array([1.0, 2.0]), 3.0)[1] + grad(lambda y: y * y)(3.0)


def parts_of_a_layer(p, x):
    y = np.tanh(p["w"] * x + p["b"] * p["times"])
    return {"y": y, "all": (np.sum(y), p["times"], p["b"] ** 2)}


def of_containers(w, b):
    j = srcgrad.jacobian(parts_of_a_layer)({"w": w, "b": b, "times": 2}, w[::-1])
    y, (total, _, square) = j["y"], j["all"]
    return np.sum(y["w"] ** 2) + np.sum(y["b"]) * square["b"] + np.sum(total["w"]) * total["b"]


def of_several_parameters(w, b):
    def layer(w, b):
        return np.tanh(w * b), np.sum(w) * b

    def loss(w, b):
        return np.sum(np.tanh(w * b + b) ** 2)

    (y_w, y_b), (total_w, total_b) = jacobian(layer, (0, 1))(w, b)
    (ww, wb), (_, bb) = hessian(loss, ("w", "b"))(w, b)
    return np.sum(y_w @ y_b) + np.sum(total_w) * total_b + np.sum(ww @ wb) * bb


def newton_of_a_dict(w, b):
    def loss(p):
        return np.sum(np.cosh(p["w"] + p["b"])) + np.sum(p["w"] ** 2) + p["b"] ** 2

    p = {"w": w, "b": b}
    for _ in range(2):
        g, h = grad(loss)(p), hessian(loss)(p)
        upper = np.hstack([h["w"]["w"], np.reshape(h["w"]["b"], (-1, 1))])
        lower = np.append(h["b"]["w"], h["b"]["b"])
        step = np.linalg.solve(np.vstack([upper, lower]), np.append(g["w"], g["b"]))
        p = {"w": p["w"] - step[:-1], "b": p["b"] - step[-1]}
    return loss(p) + np.sum(p["w"])


class Well:
    """A method whose derivatives other methods take."""

    def __init__(self, depth):
        self.depth = depth
        self.weights = np.array([1.0, 2.0, 0.5, 1.5]) * depth

    def energy(self, x, scale=1.0):
        return self.depth * np.sum(x**4 * self.weights) * scale + np.sum(x**2)

    def parts(self, x):
        return self.weights * x**2

    def descend(self, x, steps):
        for _ in range(steps):
            _, g = value_and_grad(self.energy)(x, scale=0.1)
            x = x - 0.01 * g
        return x

    def newton(self, x):
        return x - np.linalg.solve(hessian(self.energy)(x), grad(self.energy)(x))

    def fitted(self, x):
        return x - jacobian(self.parts)(x).T @ self.parts(x)

    def deepened(self, x):
        self.depth = self.depth + x[0]
        before = grad(self.energy)(x)
        self.depth = self.depth * x[1]
        return before * grad(self.energy)(x)


SHALLOW = Well(0.7)
slope_of_shallow = grad(SHALLOW.energy)
slope_of_scaled = grad(partial(cubes, a=1.2))


def of_a_method(x, depth):
    well = Well(depth)
    return np.sum(well.descend(x, 2) * well.newton(x)) + np.sum(well.fitted(x))


def of_a_method_of_a_changed_object(x, depth):
    return np.sum(Well(depth).deepened(x))


def of_a_live_method(x):
    return np.sum(SHALLOW.newton(x) * slope_of_shallow(x)) + np.sum(slope_of_scaled(x) ** 2)


scaled_energy = partial(partial(SHALLOW.energy), scale=0.5)


def along_a_live_partial(x):
    return srcgrad.jvp(lambda y: scaled_energy(y) * scaled_energy(x), (x,), (x * x,))[1]


def of_partials(x, a):
    def summed(f, v):
        return np.sum(grad(f)(v))

    scaled = partial(cubes, a=x[0] * a)
    return summed(scaled, x) + summed(partial(cubes, x), a) + np.sum(hessian(scaled)(x) @ x)


X, W = np.array([0.7, -1.1, 0.4, 0.9]), np.array([[0.4, -0.3], [0.2, 0.5], [1.1, -0.7]])
D = np.array([[1.0, 0.3], [-0.4, 0.8], [0.5, 0.5]])

CASES = [
    case(confused, 2.0, file=False),
    case(confused_products, 1.3, file=False),
    case(same_name_inside, 1.3, file=False),
    case(of_a_function, X, 1.2, file=False),
    case(of_a_live_derivative, X, 1.2, file=False),
    case(of_a_tuple, X, 1.2, file=False),
    case(by_keyword, X, 1.2, file=False),
    case(second_inside, 0.8, file=False),
    case(physics_residual, W, [0.1, 0.5, 0.9], wrt=0, file=False),
    case(learned_start, np.array([0.3, -0.2]), D, np.array([1.0, 0.0, 2.0]), 0.1, file=False),
    case(newton_root, 1.5, file=False),
    case(function_passed_on, X, 0.6, 0.1, file=False),
    case(derivative_passed_on, X, 0.6, file=False),
    case(through_changes_in_place, X, 0.6, file=False),
    case(captured_and_rebound, 1.3, file=False),
    case(chosen_by_branch, 1.3, True, wrt=0, file=False),
    case(chosen_by_branch, 1.3, False, wrt=0, file=False, label="not taken"),
    case(by_a_container, X, X[::-1].copy(), 0.5, file=False),
    case(leapfrog, X, X * 0.3, 0.5, file=False),
    case(of_a_complex_number, 0.6 - 1.1j, 0.4, file=False),
    case(of_constants_only, 1.3, file=False),
    case(of_containers, X, 0.6, file=False),
    case(of_several_parameters, X, 0.6, file=False),
    case(newton_of_a_dict, X, 0.6, file=False),
    case(of_a_method, X, 1.2, file=False),
    case(of_a_method_of_a_changed_object, X, 1.2, file=False),
    case(of_a_live_method, X, file=False),
    case(of_partials, X, 0.6, file=False),
    case(along_a_live_partial, X, file=False),
]
