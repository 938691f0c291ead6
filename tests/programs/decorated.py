"""Functions under decorators of the user: wrappers with `*args`, decorators with parameters, classes."""

import functools
import time
import warnings

import numpy as np
from case import case

POWER = 2.0


def timed(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        result = f(*args, **kwargs)
        elapsed = time.perf_counter() - start
        print(f"{f.__name__} took {elapsed:.0f}s") if elapsed > 1000 else None
        return result

    return wrapper


@timed
def energy(x):
    return np.sum(x**3)


def calls_timed(x):
    return energy(np.sin(x)) * 2.0


def scaled(factor):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            return factor * f(*args, **kwargs)

        return wrapper

    return decorate


@scaled(2.5)
def drag(v, c=0.5):
    return c * np.sum(v**2)


def calls_scaled(x):
    return drag(x) + drag(x, c=2.0)


@scaled(0.5)
@timed
def lift(v, *, c=0.5):
    return c * np.sum(v**2)


def calls_stacked(x):
    return lift(x) + lift(x, c=2.0)


def positive(f):
    @functools.wraps(f)
    def wrapper(x, *args, **kwargs):
        if np.any(x < 0):
            raise ValueError("must be positive")
        return f(x, *args, **kwargs)

    return wrapper


@positive
def root(x, p=0.5):
    return np.sum(x**p)


def calls_positive(x):
    return root(x, 0.25) + root(x=x) if False else root(x, 0.25)


class Plain:
    def __init__(self, f):
        self.f = f

    def __call__(self, *args, **kwargs):
        return 2.0 * self.f(*args, **kwargs)


@Plain
def plainly(x):
    return np.sum(np.sin(x))


def calls_plain(x):
    return plainly(x) + 1.0


class Times:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            return self.factor * f(*args, **kwargs)

        return wrapper


@Times(3.0)
def tripled(x):
    return np.sum(x**2)


def calls_tripled(x):
    return tripled(x)


def to_si(f):
    def wrapper(length_mm, **kw):
        return f(length_mm * 1e-3, **kw)

    return wrapper


@to_si
def stretch(length, k=4.0):
    return k * np.sum(length**2) * 1e6


def calls_units(x):
    return stretch(x, k=3.0)


def as_array(f):
    @functools.wraps(f)
    def wrapper(x):
        return f(np.asarray(x, dtype=float))

    return wrapper


@as_array
def norm2(x):
    return np.sum(x * x)


def calls_as_array(x):
    return norm2(x)


class Model:
    @timed
    def loss(self, x):
        return np.sum(self.w * x**2)

    def __init__(self, w):
        self.w = w


def method_decorated(x):
    return Model(3.0).loss(x)


REG = {}


def register(f):
    REG[f.__name__] = f
    return f


@register
def square(x):
    return np.sum(x**2)


def register_as(name):
    def deco(f):
        REG[name] = f
        return f

    return deco


@register_as("cube")
def cubed(x):
    return np.sum(x**3)


def calls_registered_as(x):
    return cubed(x)


def checked(*types):
    def deco(f):
        @functools.wraps(f)
        def wrapper(*args):
            for a, t in zip(args, types):
                assert isinstance(a, t), f"{a!r} is not {t}"
            return f(*args)

        return wrapper

    return deco


@checked(np.ndarray, float)
def weighted(x, w):
    return w * np.sum(x)


def calls_checked(x, w):
    return weighted(x, w)


def deco_optional(f=None, *, factor=2.0):
    if f is None:
        return functools.partial(deco_optional, factor=factor)

    @functools.wraps(f)
    def wrapper(*a, **k):
        return factor * f(*a, **k)

    return wrapper


@deco_optional
def opt1(x):
    return np.sum(x**2)


@deco_optional(factor=3.0)
def opt2(x):
    return np.sum(x**2)


def calls_optional(x):
    return opt1(x) + opt2(x)


@np.vectorize
def bent(t):
    return t**2 if t > 0.4 else t


def calls_vectorized(x):
    return np.sum(bent(x))


def guarded(f):
    def checked_value(v):
        if np.any(v < 0.0):
            raise ValueError("must not be negative")
        return v * 2.0

    def wrapper(x):
        return f(checked_value(x))

    return wrapper


@guarded
def doubled_inside(x):
    return np.sum(x**2)


def calls_guarded(x):
    return doubled_inside(x)


def warned(message):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            warnings.warn(f"{f.__name__}: {message}", DeprecationWarning)
            return f(*args, **kwargs)

        return wrapper

    return decorate


@warned("old")
def powered(x, k=POWER):
    return np.sum(x**2) * k


def calls_warned(x):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return powered(x) * powered(x, 3.0)


def in_units(**units):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            return units["out"] * f(*args, **kwargs)

        return wrapper

    return decorate


@in_units(out=POWER)
def length(x):
    return np.sum(x**2)


def calls_in_units(x):
    return length(x)


def clipped(low, high):
    return lambda f: lambda x: np.clip(f(x), low, high)


@clipped(0.0, 10.0)
def bounded(x):
    return np.sum(x**2)


def calls_clipped(x):
    return bounded(x)


def renaming(f):
    @functools.wraps(f)
    def wrapper(y, scale=1.0):
        return f(y * scale)

    return wrapper


@renaming
def renamed(x):
    return np.sum(x**3)


def larger(f):
    @functools.wraps(f)
    def wrapper(n, x):
        return f(n, x) * 1.5

    return wrapper


@larger
def recursive_power(n, x):
    return x if n == 0 else x * recursive_power(n - 1, x)


class Layer:
    def __init__(self, w):
        self.w = w

    @timed
    def loss(self, x, c=2.0):
        return c * np.sum(self.w * x**2)

    @staticmethod
    @timed
    def square(x):
        return np.sum(x**2)

    @classmethod
    @timed
    def cube(cls, x):
        return np.sum(x**3)

    @property
    @timed
    def norm(self):
        return np.sum(self.w**2)


def methods_decorated(x):
    layer = Layer(x)
    return layer.loss(x) + Layer.square(x) + layer.norm + layer.loss(x, c=3.0)


def class_method_decorated(x):
    return Layer.cube(x)


def decorated_inside(x):
    @timed
    def inner(v):
        return v**2

    return np.sum(inner(x)) + np.sum(inner(2.0 * x))


def decorated_as_values(x):
    return sum(f(x) for f in (lift, energy))


def doubling_in_place(f):
    @functools.wraps(f)
    def wrapper(x):
        y = f(x)
        y *= 2.0
        return y

    return wrapper


@doubling_in_place
def squared(x):
    return x * x


@doubling_in_place
def itself(x):
    return x


def calls_changed_in_place(x):
    z = x * 1.0
    y = itself(z)
    return np.sum(z * y) + np.sum(squared(x))


def swapping(f):
    @functools.wraps(f)
    def wrapper(a, b):
        return f(b, a)

    return wrapper


@swapping
def quotient(a, b):
    return np.sum(a**2) / np.sum(b)


def with_first_doubled(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(args[0] * 2.0, *args[1:], **kwargs)

    return wrapper


@with_first_doubled
def weighed(x, k=1.0):
    return np.sum(x) * k


def calls_weighed(x):
    return weighed(x) + weighed(x, 2.0) + weighed(x, k=x[0])


def repeated(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(f(*args, **kwargs))

    return wrapper


@repeated
def wave(x):
    return np.sin(x)


def calls_repeated(x):
    return np.sum(wave(x))


x = np.array([0.5, 1.2, 0.3])
CASES = [
    case(quotient, x, x * 2),
    case(energy, x),
    case(drag, x),
    case(drag, x, 2.0, label="c"),
    case(drag, x, keywords={"c": 2.0}, label="keyword"),
    case(root, x),
    case(tripled, x),
    case(renamed, x),
    case(recursive_power, 3, 0.7),
    case(bounded, x, file=False),
    case(Layer(x).loss, x, file=False, label="bound"),
    case(calls_checked, x, 2.0),
    *(
        case(f, x)
        for f in (
            calls_timed,
            calls_scaled,
            calls_stacked,
            calls_positive,
            calls_plain,
            calls_tripled,
            calls_units,
            calls_as_array,
            method_decorated,
            calls_registered_as,
            calls_optional,
            calls_vectorized,
            calls_guarded,
            calls_warned,
            calls_in_units,
            calls_clipped,
            methods_decorated,
            class_method_decorated,
            decorated_inside,
            decorated_as_values,
            calls_changed_in_place,
            calls_weighed,
            calls_repeated,
        )
    ),
]
