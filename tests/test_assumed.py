"""What a file does not say of arguments, and its use makes likely: assumed, and checked by the emitted function."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

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
