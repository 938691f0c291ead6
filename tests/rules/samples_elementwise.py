"""Sample calls for the rows of numpy_elementwise and python_math: row -> (expression, values of its names)."""

from __future__ import annotations

from typing import Any

import numpy as np

Samples = dict[str, list[tuple[str, dict[str, Any]]]]


def interval(low: float, high: float, *shape: int, dtype: str = "float64") -> Any:
    """Numbers spread over an open interval, in a fixed irregular order; a Python float without a shape."""
    count = int(np.prod(shape))
    steps = (np.arange(count) * 0.6180339887 + 0.31 + 0.01 * count) % 1.0
    found = (low + (high - low) * (0.02 + 0.96 * steps)).astype(dtype)
    return found.reshape(shape) if shape else float(found[0])


def floats(*shape: int, dtype: str = "float64") -> Any:
    return interval(-2.0, 2.0, *shape, dtype=dtype)


def positive(*shape: int, dtype: str = "float64") -> Any:
    return interval(0.2, 3.0, *shape, dtype=dtype)


def unit(*shape: int, dtype: str = "float64") -> Any:
    return interval(-0.95, 0.95, *shape, dtype=dtype)


def complexes(*shape: int) -> Any:
    return floats(*shape) + 1j * interval(-1.4, 1.7, *shape)


def unary(call: str, numbers: Any, holomorphic: bool = True) -> list[tuple[str, dict[str, Any]]]:
    """A function of one argument: matrix, 0-d, empty, Python float, float32, and complex where it is holomorphic."""
    values = [
        numbers(3, 4), np.asarray(numbers()), numbers(0, 2), numbers(), np.float64(numbers()), np.float32(numbers()),
        numbers(5, dtype="float32"),
    ]  # fmt: skip
    if holomorphic:
        values += [complexes(2, 3), complex(complexes())]
    return [(call, {"x": v}) for v in values]


def binary(
    call: str, first: Any, second: Any, holomorphic: bool = False, names: str = "xy"
) -> list[tuple[str, dict[str, Any]]]:
    """A function of two arguments: broadcasting both ways, 0-d, scalars, mixed and low precision."""
    pairs = [
        (first(3, 4), second(4)), (first(3, 1), second(2, 1, 4)), (first(), second()), (np.asarray(first()), second(3)),
        (first(2), second()), (first(0, 3), second(3)), (first(4, dtype="float32"), second(4, dtype="float32")),
        (first(4, dtype="float32"), second()), (first(), second(4, dtype="float32")),
        (np.float32(first()), np.float32(second())), (first(4, dtype="float32"), second(4)),
    ]  # fmt: skip
    if holomorphic:
        pairs += [(complexes(2, 3), complexes(3) + 2.5), (complexes(3), second(3)), (first(3), complexes(2, 3) + 2.5)]
    return [(call, {names[0]: a, names[1]: b}) for a, b in pairs]


def scalars(call: str, *numbers: Any) -> list[tuple[str, dict[str, Any]]]:
    """A function of Python floats: those, and numpy scalars."""
    plain = {name: n() + 0.07 * k for k, (name, n) in enumerate(zip("xyzw", numbers, strict=False))}
    return [(call, plain), (call, {name: np.float64(v) for name, v in plain.items()})]


SAMPLES: Samples = {
    # ----- arithmetic -----
    "np.add": binary("np.add(x, y)", floats, floats, True),
    "np.subtract": binary("np.subtract(x, y)", floats, floats, True),
    "np.multiply": binary("np.multiply(x, y)", floats, floats, True),
    "np.divide": binary("np.divide(x, y)", floats, positive, True),
    "operator.truediv": binary("operator.truediv(x, y)", floats, positive, True),
    "operator.pow": binary("operator.pow(x, y)", positive, floats, True)
    + [("operator.pow(x, 3)", {"x": floats(4)}), ("operator.pow(2.5, y)", {"y": floats(4)})],
    "np.power": binary("np.power(x, y)", positive, floats, True)
    + [("np.power(x, 3)", {"x": floats(4)}), ("np.power(x, -2)", {"x": floats(4)})]
    + [("np.power(2.5, y)", {"y": floats(4)})]
    + [("np.power(x, n)", {"x": floats(4), "n": np.array([0, 1, 2, -3])}), ("np.power(x, 2)", {"x": complexes(3)})],
    "np.float_power": binary("np.float_power(x, y)", positive, floats, True),
    "np.remainder": binary("np.remainder(x, y)", floats, positive),
    "operator.mod": binary("operator.mod(x, y)", floats, positive),
    "np.fmod": binary("np.fmod(x, y)", floats, positive),
    "np.negative": unary("np.negative(x)", floats),
    "np.positive": unary("np.positive(x)", floats),
    "np.square": unary("np.square(x)", floats),
    "np.reciprocal": unary("np.reciprocal(x)", positive),
    "np.sqrt": unary("np.sqrt(x)", positive),
    "np.cbrt": unary("np.cbrt(x)", positive, False) + [("np.cbrt(x)", {"x": -positive(3)})],
    # ----- exponentials and logarithms -----
    "np.exp": unary("np.exp(x)", floats),
    "np.exp2": unary("np.exp2(x)", floats),
    "np.expm1": unary("np.expm1(x)", floats) + [("np.expm1(x)", {"x": np.array([-30.0, 1e-12])})],
    "np.log": unary("np.log(x)", positive),
    "np.log2": unary("np.log2(x)", positive),
    "np.log10": unary("np.log10(x)", positive),
    "np.log1p": unary("np.log1p(x)", unit),
    "np.logaddexp": binary("np.logaddexp(x, y)", floats, floats) + [("np.logaddexp(x, 800.0)", {"x": floats(3)
    + 799.0})],
    "np.logaddexp2": binary("np.logaddexp2(x, y)", floats, floats),
    # ----- trigonometric and hyperbolic functions -----
    "np.sin": unary("np.sin(x)", floats),
    "np.cos": unary("np.cos(x)", floats),
    "np.tan": unary("np.tan(x)", unit),
    "np.arcsin": unary("np.arcsin(x)", unit),
    "np.arccos": unary("np.arccos(x)", unit),
    "np.arctan": unary("np.arctan(x)", floats),
    "np.arctan2": binary("np.arctan2(x, y)", floats, floats),
    "np.hypot": binary("np.hypot(x, y)", floats, floats),
    "np.sinh": unary("np.sinh(x)", floats),
    "np.cosh": unary("np.cosh(x)", floats),
    "np.tanh": unary("np.tanh(x)", floats),
    "np.arcsinh": unary("np.arcsinh(x)", floats),
    "np.arccosh": [(c, {"x": v["x"] + 1.0}) for c, v in unary("np.arccosh(x)", positive)]
    + [("np.arccosh(x)", {"x": np.array([-1.5 + 0.5j, -0.3 - 2.0j, 0.4 + 0.1j])})],
    "np.arctanh": unary("np.arctanh(x)", unit),
    "np.deg2rad": unary("np.deg2rad(x)", floats, False),
    "np.rad2deg": unary("np.rad2deg(x)", floats, False),
    "np.sinc": unary("np.sinc(x)", floats)
    + [("np.sinc(x)", {"x": np.array([1e-9, -3e-5, 0.0999, 0.1001, -0.05, 3.0])})],
    "np.i0": unary("np.i0(x)", floats, False) + [("np.i0(x)", {"x": np.array([6.0, -9.0])})],
    # ----- choosing between values -----
    "np.maximum": binary("np.maximum(x, y)", floats, unit),
    "np.minimum": binary("np.minimum(x, y)", floats, unit),
    "np.fmax": binary("np.fmax(x, y)", floats, unit)
    + [("np.fmax(x, y)", {"x": np.array([1.0, np.nan]), "y": np.array([np.nan, 2.0])})],
    "np.fmin": binary("np.fmin(x, y)", floats, unit),
    "np.clip": [
        ("np.clip(x, -0.5, 0.8)", {"x": floats(3, 4)}),
        ("np.clip(x, lo, hi)", {"x": floats(3, 4), "lo": interval(-1.0, 0.0, 4), "hi": 0.7}),
        ("np.clip(x, lo, None)", {"x": floats(5), "lo": 0.1}),
        ("np.clip(x, None, hi)", {"x": floats(5), "hi": 0.1}),
        ("np.clip(x, min=lo, max=hi)", {"x": floats(5), "lo": -0.2, "hi": 0.4}),
        ("np.clip(x, max=hi)", {"x": floats(5), "hi": 0.4}),
        ("np.clip(x, lo, hi)", {"x": floats(5), "lo": 0.6, "hi": 0.2}),
        ("np.clip(x, 0.0, 1.0)", {"x": 0.5}),
        ("np.clip(x, -1.0, 0.5)", {"x": floats(4, dtype="float32")}),
    ],
    "np.where": [
        ("np.where(c, x, y)", {"c": floats(3, 4) > 0, "x": floats(4), "y": floats(3, 1)}),
        ("np.where(c, x, 0.0)", {"c": np.array([1, 0, 2]), "x": floats(3, dtype="float32")}),
        ("np.where(c, x, y)", {"c": True, "x": 1.5, "y": floats(2)}),
        ("np.where(c, x, y)", {"c": np.array([True, False]), "x": complexes(2), "y": floats(2)}),
    ],
    "np.select": [
        ("np.select([a, b], [x, y], z)",
         {"a": floats(4) > 0.5, "b": floats(4) > -0.5, "x": floats(4), "y": 2.0, "z": floats(3, 1)}),
    ],
    "np.nan_to_num": [
        ("np.nan_to_num(x)", {"x": floats(3, 4)}),
        ("np.nan_to_num(x, nan=1.0, posinf=2.0)", {"x": np.array([1.0, np.nan, np.inf])}),
        ("np.nan_to_num(x)", {"x": floats(3, dtype="float32")}),
        ("np.nan_to_num(x)", {"x": np.array([1.0 + 2.0j, np.nan + 2.0j, complex(3.0, -np.inf)])}),
    ],
    # ----- signs and parts -----
    "np.abs": unary("np.abs(x)", floats),
    "np.fabs": unary("np.fabs(x)", floats, False),
    "np.copysign": binary("np.copysign(x, y)", floats, floats),
    "np.heaviside": binary("np.heaviside(x, y)", floats, floats),
    "np.nextafter": [("np.nextafter(x, y)", {"x": floats(3, 4), "y": floats(4)})],
    "np.ldexp": [
        ("np.ldexp(x, n)", {"x": floats(2, 3), "n": np.array([1, -2, 0])}),
        ("np.ldexp(x, n)", {"x": floats(3, dtype="float32"), "n": np.array([[3], [1]])}),
    ],
    "np.frexp": unary("np.frexp(x)", positive, False),
    "np.modf": unary("np.modf(x)", floats, False),
    "np.divmod": binary("np.divmod(x, y)", floats, positive),
    "np.unwrap": [("np.unwrap(x)", {"x": 3.0 * floats(9)}), ("np.unwrap(x, axis=0)", {"x": 3.0 * floats(4, 2)})],
    # ----- complex numbers -----
    "np.conj": unary("np.conj(x)", floats),
    "np.real": unary("np.real(x)", floats),
    "np.imag": unary("np.imag(x)", floats),
    "np.angle": unary("np.angle(x)", floats) + [("np.angle(x, deg=True)", {"x": complexes(3)})],
    # ----- conversions -----
    "np.astype": [("np.astype(x, np.float32)", {"x": floats(3, 4)}), ("np.astype(x, complex)", {"x": floats(3)})],
    "np.asfortranarray": [("np.asfortranarray(x)", {"x": floats(3, 4)}), ("np.asfortranarray(x)", {"x": 2.0})],
    "np.asarray_chkfinite": [("np.asarray_chkfinite(x)", {"x": floats(3, 4)})],
    "np.clongdouble": [("np.clongdouble(x)", {"x": complexes(3)})],
    "builtins.float": [
        ("float(x)", {"x": 2.5}), ("float(x)", {"x": np.float32(2.5)}), ("float(x)", {"x": np.array(1.5)}),
    ],
    "builtins.complex": [
        ("complex(x, y)", {"x": 1.5, "y": -0.5}), ("complex(x, y)", {"x": 1.5 + 1j, "y": 2j}),
        ("complex(x)", {"x": 2.0}),
    ],
    # ----- built-in functions -----
    "builtins.pow": [
        ("pow(x, y)", {"x": 1.5, "y": -0.7}), ("pow(x, 3)", {"x": floats(3)}), ("pow(x, -1)", {"x": -2.0}),
    ],
    "builtins.sum": [
        ("sum(x)", {"x": [0.5, 2.0, -1.0]}),
        ("sum(x)", {"x": floats(4)}),
        ("sum(x)", {"x": floats(3, 2)}),
        ("sum(x, y)", {"x": (1.0, 2.0), "y": 0.5}),
        ("sum(x)", {"x": [floats(3), floats(2, 3), 1.5]}),
    ],
    "builtins.max": [
        ("max(x, y)", {"x": 0.3, "y": 0.9}), ("max(x, y, z)", {"x": 0.3, "y": 0.9, "z": -1.0}),
        ("max(x)", {"x": [0.1, 0.7, 0.2]}),
        ("max(x, 0.0)", {"x": -0.4}), ("max(x, y)", {"x": np.float32(0.5), "y": np.float32(0.1)}),
        ("max(x)", {"x": floats(5)}),
    ],
    "builtins.min": [
        ("min(x, y)", {"x": 0.3, "y": 0.9}), ("min(x, y, z)", {"x": 0.3, "y": 0.9, "z": -1.0}),
        ("min(x)", {"x": (0.1, 0.7, 0.2)}),
        ("min(1.0, x)", {"x": -0.4}),
    ],
    # ----- math -----
    "math.sqrt": scalars("math.sqrt(x)", positive),
    "math.cbrt": scalars("math.cbrt(x)", positive),
    "math.exp": scalars("math.exp(x)", floats),
    "math.exp2": scalars("math.exp2(x)", floats),
    "math.expm1": scalars("math.expm1(x)", floats),
    "math.log": scalars("math.log(x)", positive) + scalars("math.log(x, y)", positive, positive),
    "math.log2": scalars("math.log2(x)", positive),
    "math.log10": scalars("math.log10(x)", positive),
    "math.log1p": scalars("math.log1p(x)", positive),
    "math.pow": scalars("math.pow(x, y)", positive, floats)
    + [("math.pow(x, 3)", {"x": -1.5}), ("math.pow(x, -2)", {"x": -1.5})],
    "math.sin": scalars("math.sin(x)", floats),
    "math.cos": scalars("math.cos(x)", floats),
    "math.tan": scalars("math.tan(x)", unit),
    "math.asin": scalars("math.asin(x)", unit),
    "math.acos": scalars("math.acos(x)", unit),
    "math.atan": scalars("math.atan(x)", floats) + [("math.atan(x)", {"x": 1e200})],
    "math.atan2": scalars("math.atan2(x, y)", floats, floats) + [("math.atan2(x, y)", {"x": 3e-3, "y": -4e-3})],
    "math.sinh": scalars("math.sinh(x)", floats),
    "math.cosh": scalars("math.cosh(x)", floats),
    "math.tanh": scalars("math.tanh(x)", floats),
    "math.asinh": scalars("math.asinh(x)", floats),
    "math.acosh": [("math.acosh(x)", {"x": 1.7})],
    "math.atanh": scalars("math.atanh(x)", unit),
    "math.degrees": scalars("math.degrees(x)", floats),
    "math.radians": scalars("math.radians(x)", floats),
    "math.erf": scalars("math.erf(x)", floats),
    "math.erfc": scalars("math.erfc(x)", floats),
    "math.gamma": [("math.gamma(x)", {"x": 4.3}), ("math.gamma(x)", {"x": -1.4})],
    "math.lgamma": [("math.lgamma(x)", {"x": 0.3}), ("math.lgamma(x)", {"x": 40.0}), ("math.lgamma(x)", {"x": -2.6})],
    "math.fmod": [("math.fmod(x, y)", {"x": -7.3, "y": 2.1})],
    "math.remainder": [("math.remainder(x, y)", {"x": 7.3, "y": 2.1})],
    "math.fabs": scalars("math.fabs(x)", floats) + [("math.fabs(x)", {"x": -2.0})],
    "math.copysign": [("math.copysign(x, y)", {"x": -2.5, "y": 1.0}), ("math.copysign(x, y)", {"x": 2.5, "y": -0.5})],
    "math.nextafter": [("math.nextafter(x, y)", {"x": 2.5, "y": 7.0})],
    "math.ldexp": [("math.ldexp(x, 3)", {"x": 1.5}), ("math.ldexp(x, -4)", {"x": np.float64(1.5)})],
    "math.fma": [("math.fma(x, y, z)", {"x": 1.5, "y": 2.0, "z": -1.0})],
    "math.frexp": [("math.frexp(x)", {"x": 5.3})],
    "math.modf": [("math.modf(x)", {"x": -5.3})],
    "math.hypot": [
        ("math.hypot(x, y)", {"x": 3.0, "y": -4.5}), ("math.hypot(x, y, z)", {"x": 1.0, "y": 2.0, "z": -0.5}),
    ],
    "math.dist": [
        ("math.dist(x, y)", {"x": [1.0, 2.0], "y": [0.5, -1.0]}),
        ("math.dist(x, y)", {"x": floats(3), "y": positive(3)}),
    ],
    "math.fsum": [("math.fsum(x)", {"x": [0.5, 2.0, -1.0]}), ("math.fsum(x)", {"x": floats(4)})],
    "statistics.fmean": [("statistics.fmean(x)", {"x": [0.5, 2.0, -1.0]}), ("statistics.fmean(x)", {"x": floats(4)})],
    "statistics.mean": [("statistics.mean(x)", {"x": [0.5, 2.0, -1.0]}), ("statistics.mean(x)", {"x": floats(4)})],
    "math.prod": [
        ("math.prod(x)", {"x": [0.5, 2.0, -1.5]}), ("math.prod(x, start=y)", {"x": [0.5, 0.0, 3.0], "y": 2.0}),
        ("math.prod(x)", {"x": floats(4)}),
    ],
    "math.sumprod": [("math.sumprod(x, y)", {"x": [0.5, 2.0], "y": [1.5, -1.0]})],
    # ----- cmath -----
    **{
        f"cmath.{name}": [(f"cmath.{name}(x)", {"x": z}) for z in (0.4 + 0.7j, -1.3 + 0.2j, 0.6 - 2.0j, 0.3)]
        for name in (
            "exp", "sqrt", "log", "log10", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan", "asinh",
            "acosh", "atanh", "phase", "polar",
        )
    },
    "cmath.rect": [("cmath.rect(x, y)", {"x": 1.5, "y": 0.6})],
}  # fmt: skip
