"""What a file does not say of arguments, and its use makes likely: assumed, and checked by the emitted function."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from srcgrad.diagnostics import SrcgradError
from srcgrad.files import Request, emit_text
from srcgrad.frontend.locate_file import locate_file
from srcgrad.frontend.ranks import Ranks
from srcgrad.program import Program

PROGRAM = '''\
import numpy as np


def rows(m, s):
    y = m * s
    for row in y:
        row *= row[0]
    return y


def part(x, s):
    y = x[1:]
    y[0] *= s
    return x[1] * s


def number(x, s):
    a = x * s
    first = a[0]
    a[0] = 5.0
    return a[1] * first


def lists(x, s):
    history = [x * s]
    history.append(history[0])
    history[0] *= s
    return history[1]


def tables(a, b, c, d, e, n):
    rows, columns = d.shape
    top = b[1:][0]
    total = 2.0 * c + n
    return a[0][1] + top + total[0, 1, 2] + np.sum(helper(e, n)) + rows


def helper(v, n):
    return [v[i, 0] for i in range(n)]
'''


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "program.py"
    found.write_text(PROGRAM, encoding="utf-8")
    return found


def emitted(path: Path, name: str, wrt: tuple[str, ...]) -> Any:
    namespace: dict[str, Any] = {}
    exec(emit_text(Request(f"{path}:{name}", wrt)), namespace)
    return namespace[f"{name}_grad"]


def test_ranks_that_are_assumed_are_checked(path: Path) -> None:
    gradient = emitted(path, "rows", ("m",))
    m = np.array([[1.0, 2.0], [3.0, -1.0]])
    value, (d_m,) = gradient(m, 2.0, d_out=np.ones((2, 2)))
    assert value.tolist() == [[4.0, 8.0], [36.0, -12.0]]
    assert d_m.tolist() == [[4.0 * (2 * 1.0 + 2.0), 4.0], [4.0 * (2 * 3.0 - 1.0), 12.0]]
    with pytest.raises(ValueError, match="m must have 2 axes, unless `Shapes: m"):
        gradient(m[0], 2.0)


def test_lists_are_no_arrays(path: Path) -> None:
    gradient = emitted(path, "part", ("s",))
    assert gradient(np.array([1.0, 2.0]), 3.0) == (18.0, (12.0,))
    with pytest.raises(TypeError, match="expected an array, not list"):
        gradient([1.0, 2.0], 3.0)


def test_a_number_or_a_row(path: Path) -> None:
    """Of a matrix `a[0]` is a part of `a`, and changes with it."""
    gradient = emitted(path, "number", ("s",))
    assert gradient(np.array([1.0, 2.0]), 3.0) == (18.0, (12.0,))
    value, (d_s,) = gradient(np.array([1.0, 2.0]), np.ones((2, 2)), np.ones(2))
    assert (value.tolist(), d_s.tolist()) == ([5.0, 10.0], [[0.0, 0.0], [5.0, 10.0]])


def test_numbers_that_are_assumed_are_checked(path: Path) -> None:
    gradient = emitted(path, "lists", ("x",))
    assert gradient(np.array([1.0, 2.0]), 3.0, np.ones(2))[1][0].tolist() == [9.0, 9.0]
    with pytest.raises(TypeError, match="expected a number, not ndarray"):
        gradient(np.array([1.0, 2.0]), np.array(3.0), np.ones(2))


def test_ranks_by_use(path: Path) -> None:
    program = Program()
    function = program.add(locate_file(f"{path}:tables"))
    found = Ranks(function, program.prepare(function).body, program.load, program.prepare)
    assert {n: found.least.get(n) for n in "abcden"} == {"a": 2, "b": 1, "c": 3, "d": 2, "e": 2, "n": None}


SHAPES = '''\
import numpy as np


def neighbours(m, near):
    y = m.T.astype(float)
    n, _ = y.shape
    rows, columns = np.shape(near)
    *_, last = y[near[0]].shape
    total = 0.0
    for k in range(n):
        z = y[near[k]] - y[k]
        c = np.dot(z, z.T)
        np.fill_diagonal(c, c.diagonal() + 0.1)
        total += c[0, 1] * last * columns
    return total
'''


def test_axes_unpacked_from_a_shape_are_all_there_are(path: Path) -> None:
    path.write_text(SHAPES, encoding="utf-8")
    program = Program()
    function = program.add(locate_file(f"{path}:neighbours"))
    found = Ranks(function, program.prepare(function).body, program.load, program.prepare)
    assert {n: found.least.get(n) for n in ("m", "y", "near")} == {"m": 2, "y": 2, "near": 2}
    m, near = np.arange(6.0).reshape(2, 3), np.array([[1, 2], [0, 2], [0, 1]])
    value, (d_m,) = emitted(path, "neighbours", ("m",))(m, near)
    assert value == 24.0 and d_m.shape == m.shape


LATER = '''\
import numpy as np

SCALE = None


def scaled(x):
    s = SCALE
    if s is None:
        return x * 2
    return x * s


def given(x, s):
    if s is None:
        return x
    return x * 2.0


def backwards(x, n):
    total = 0.0
    for k in range(n):
        k = n - 1 - k
        total = total * x[k] + x[k]
    return total
'''


def test_what_is_none_only_when_the_module_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.with_name("later.py").write_text(LATER, encoding="utf-8")
    path = path.with_name("later.py")
    monkeypatch.syspath_prepend(path.parent)
    scaled, given = emitted(path, "scaled", ("x",)), emitted(path, "given", ("x",))
    assert scaled(3.0) == (6.0, (2.0,))
    monkeypatch.setattr("later.SCALE", 5.0)
    assert scaled(3.0) == (15.0, (5.0,))
    assert given(3.0, None) == (3.0, (1.0,)) and given(3.0, 1.0) == (6.0, (2.0,))
    value, (d_x,) = emitted(path, "backwards", ("x",))(np.array([2.0, 3.0]), 2)
    assert value == 8.0 and d_x.tolist() == [4.0, 2.0]


ANNOTATED = '''\
import numpy as np
from numpy.typing import NDArray


def network(x: NDArray[np.float64], p: dict[str, np.ndarray], s: float | np.ndarray) -> float:
    y = x
    y = y * p["w"]
    for key in p:
        y = y + p[key] * s
    return np.sum(y)


def second_names(xs: list[np.ndarray], ab: tuple[float, float]):
    t = xs[0] * 1.0
    u = t
    for v in xs:
        u += v * ab[0]
    return np.sum(t) * ab[1]


def grown(values: list[float], s: float):
    values.append(values[0] * s)
    values[1] *= 2.0
    return values[1] * values[-1]
'''


def test_containers_by_annotation(path: Path) -> None:
    path.write_text(ANNOTATED, encoding="utf-8")
    x = np.array([1.0, 2.0])
    value, (d_x, d_p, d_s) = emitted(path, "network", ())(x, {"w": 2 * x, "v": x}, 3.0)
    assert (value, d_x.tolist(), d_s) == (37.0, [2.0, 4.0], 9.0)
    assert {n: d.tolist() for n, d in d_p.items()} == {"w": [4.0, 5.0], "v": [3.0, 3.0]}
    value, (d_xs, d_ab) = emitted(path, "second_names", ())([x, 2 * x], (2.0, 3.0))
    assert (value, [d.tolist() for d in d_xs], d_ab) == (63.0, [[9.0, 9.0], [6.0, 6.0]], (27.0, 21.0))
    values = [1.0, 2.0]
    assert emitted(path, "grown", ())(values, 3.0) == (12.0, ([12.0, 6.0], 4.0))
    assert values == [1.0, 2.0]


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("network", (np.ones(2), {"w": [1.0, 2.0]}, 3.0)),
        ("network", (np.ones(2), [np.ones(2)], 3.0)),
        ("second_names", ([np.ones(2)], [2.0, 3.0])),
        ("second_names", ([np.ones(2)], (2.0, 3.0, 4.0))),
        ("grown", ((1.0, 2.0), 3.0)),
        ("grown", ([1.0, np.ones(2)], 3.0)),
    ],
)
def test_other_containers_are_refused_when_they_are_given(path: Path, name: str, args: Any) -> None:
    path.write_text(ANNOTATED, encoding="utf-8")
    with pytest.raises(TypeError, match="the annotation says so"):
        emitted(path, name, ())(*args)


REBOUND = """\
import numpy as np


def sometimes(x, c):
    if np.sum(x) > 0.0:
        c = {"a": x * 2.0}
        return np.sum(c["a"])
    return np.sum(x * c["b"])
"""


def test_what_is_bound_anew_has_to_be_the_dict_that_it_is_taken_for(path: Path) -> None:
    """A number for `c` would run where the other dict is made, and its derivative would be lost."""
    path.write_text(REBOUND, encoding="utf-8")
    x = np.array([1.0, 2.0])
    value, (d_x, d_c) = emitted(path, "sometimes", ())(-x, {"b": 3.0})
    assert (value, d_x.tolist(), d_c) == (-9.0, [3.0, 3.0], {"b": -3.0})
    with pytest.raises(TypeError, match="expected dict, not float; the annotation says so, or how it is used"):
        emitted(path, "sometimes", ())(x, 3.0)


OBJECTS = '''\
import numpy as np
from dataclasses import dataclass


class Spring:
    def __init__(self, stiffness, rest=1.0):
        self.stiffness = stiffness
        self.rest = rest

    def energy(self, x):
        return 0.5 * self.stiffness * (x - self.rest) ** 2


class Soft(Spring):
    def energy(self, x):
        return self.stiffness * np.cosh(x)


@dataclass
class Ball:
    mass: float
    place: np.ndarray
    name: str = "ball"


def annotated(spring: Spring, x):
    return spring.energy(x)


def by_use(ball, x):
    return ball.mass * np.sum(ball.place * x)


def both(a: Ball, b: Ball, s):
    a.place *= s
    return b.mass * np.sum(b.place) * np.sum(a.place)


def nowhere(thing, x):
    return thing.weight * x
'''


def objects(path: Path) -> dict[str, Any]:
    path.write_text(OBJECTS, encoding="utf-8")
    found: dict[str, Any] = {}
    exec(compile(OBJECTS, str(path), "exec", dont_inherit=True), found)
    return found


def test_gradients_of_objects_are_objects_of_their_class(path: Path) -> None:
    known = objects(path)
    spring = known["Spring"](3.0)
    value, (d, d_x) = emitted(path, "annotated", ())(spring, 2.0)
    assert (value, type(d), d.stiffness, d.rest, d_x) == (1.5, known["Spring"], 0.5, -3.0, 3.0)
    x = np.array([1.0, 2.0])
    value, (d, d_x) = emitted(path, "by_use", ())(known["Ball"](2.0, x), x)
    assert (value, type(d), d.mass, d.place.tolist(), d.name) == (10.0, known["Ball"], 5.0, [2.0, 4.0], None)


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("annotated", lambda c: c["Soft"](3.0), "expected Spring, not Soft"),
        ("annotated", lambda c: 3.0, "expected Spring, not float"),
        ("annotated", lambda c: None, "expected Spring, not NoneType"),
        ("annotated", lambda c: c["Spring"](3.0, 1.0j), "expected number, not complex"),
        ("annotated", lambda c: c["Spring"]([3.0]), "expected number, not list"),
        ("by_use", lambda c: c["Ball"](2.0, 3.0), "expected array, not float"),
        ("by_use", lambda c: c["Ball"](np.ones(1), np.ones(2)), "expected float, not ndarray"),
    ],
)
def test_other_objects_are_refused_when_they_are_given(path: Path, name: str, given: Any, said: str) -> None:
    known = objects(path)
    with pytest.raises(TypeError, match=said):
        emitted(path, name, ())(given(known), 2.0)


def test_objects_with_more_attributes_are_refused(path: Path) -> None:
    known = objects(path)
    spring = known["Spring"](3.0)
    spring.energy = lambda x: x
    with pytest.raises(TypeError, match="expected the attributes"):
        emitted(path, "annotated", ())(spring, 2.0)


def test_one_object_as_two_arguments_is_refused_where_it_changes(path: Path) -> None:
    ball = objects(path)["Ball"](2.0, np.ones(2))
    with pytest.raises(ValueError, match="is there twice"):
        emitted(path, "both", ())(ball, ball, 2.0)
    assert ball.place.tolist() == [1.0, 1.0]


def test_attributes_that_no_class_of_the_file_has_are_refused(path: Path) -> None:
    objects(path)
    with pytest.raises(SrcgradError) as caught:
        emitted(path, "nowhere", ())
    assert (caught.value.code, caught.value.lineno) == ("SG301", 40)


LISTS = '''\
def grows(values, s):
    values.append(s * values[0])
    values.insert(1, s)
    return values[-1] * values[1] * len(values)


def scaled(values, s):
    values[0] *= s
    values.append(s)
    return values[0] * values[-1]
'''


def test_what_grows_like_a_list_is_one(path: Path) -> None:
    path.write_text(LISTS, encoding="utf-8")
    values = [1.0, 2.0]
    value, (d_values, d_s) = emitted(path, "grows", ())(values, 0.5)
    assert (value, d_values, d_s, values) == (1.0, [1.0, 0.0], 4.0, [1.0, 2.0])
    for other in ((1.0, 2.0), 3.0, np.ones(2), ["a", "b"]):
        with pytest.raises(TypeError, match="expected"):
            emitted(path, "grows", ())(other, 0.5)
    assert emitted(path, "scaled", ())([3.0, 1.0], 2.0) == (12.0, ([4.0, 0.0], 12.0))
    with pytest.raises(TypeError, match="expected float, not ndarray"):
        emitted(path, "scaled", ())([np.ones(2)], 2.0)


MODEL = '''\
import numpy as np


class Model:
    def __init__(self):
        self.a = None
        self.b = None

    def init(self, d):
        self.a = d[np.arange(2)]
        self.b = np.array([np.cov(d, rowvar=False) for _ in range(2)])

    def step(self, d):
        if self.a is None or self.b is None:
            raise ValueError("no parameters")
        b = self.b
        m = self.a
        for k in range(2):
            b[k] = b[k] * (d[k] - m[k])

    def total(self, d):
        m = self.a
        b = self.b
        t = np.zeros((d.shape[0], 2))
        for k in range(2):
            t[:, k] = d[:, k] * m[k, 0] * b[k, 0, 0]
        return np.sum(t)


def model(d):
    m = Model()
    m.init(d)
    m.step(d)
    return m.total(d)
'''


def test_an_assumption_that_makes_no_sense_is_left(path: Path) -> None:
    """As a number `d` has no items, so that nothing is known of the result: the general case is what is refused."""
    path.write_text(MODEL, encoding="utf-8")
    with pytest.raises(SrcgradError) as refused:
        emitted(path, "model", ("d",))
    assert {d.code for d in refused.value.diagnostics} == {"SG219"}
