"""Finding the source of live objects: what is found, what it is bound to, and what is refused."""

from __future__ import annotations

import abc
import ast
import functools
import importlib
import linecache
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path
from typing import Any

import libcst as cst
import numpy as np
import pytest

import srcgrad
from srcgrad.diagnostics import SrcgradError
from srcgrad.frontend.locate import locate
from srcgrad.ir.origin import Span
from tests.loading import load as load_file


def text(obj: Any) -> str:
    return textwrap.dedent(locate(obj).source.text)


def message(obj: Any) -> str:
    with pytest.raises(SrcgradError) as caught:
        locate(obj)
    return str(caught.value)


def load(tmp_path: Path, source: str, name: str = "") -> Any:
    """A module imported from a file of its own."""
    name = name or f"located_{abs(hash((str(tmp_path), source)))}"
    path = tmp_path / f"{name}.py"
    path.write_text(textwrap.dedent(source), encoding="utf-8")
    return load_file(path, known=False)


# ----- functions -----


def test_function_with_comment_and_default(tmp_path: Path) -> None:
    m = load(tmp_path, "k = 2\n\ndef f(x, y=3, *, z=4):\n    # why\n    return x * k\n\n    # after\n\n# not this\n")
    found = locate(m.f)
    assert found.source.text == "def f(x, y=3, *, z=4):\n    # why\n    return x * k\n"
    assert (found.name, found.qualname, found.module_name) == ("f", "f", m.__name__)
    assert found.function is m.f and found.globals is vars(m) and found.closure == {} and found.bound == ()
    assert (found.defaults, found.kwdefaults) == ((3,), {"z": 4})
    assert (found.filename, found.source.first_line) == (m.__file__, 3)
    assert [n.targets[0].id for n in found.module_ast.body[:1]] == ["k"]


def test_spans_and_texts_are_those_of_the_file(tmp_path: Path) -> None:
    m = load(tmp_path, 'class C:\n    def f(self, é):\n        # c\n        s = """\nx"""\n        return é + 1  # d\n')
    source = locate(m.C.f).source
    last = source.node.body.body[1]
    assert source.span_of(last) == Span(6, 8, 6, 20)
    assert source.text_of(last) == "return é + 1"
    assert source.span_of(last.body[0].value.right) == Span(6, 19, 6, 20)
    assert source.text_of(source.node.body.body[0]) == 's = """\nx"""'
    assert source.text_of(source.node).startswith("def f(self, é):\n    # c\n    s =")


def test_nested_function_and_closure() -> None:
    def outer(a: float) -> Any:
        s = """
at column 0
"""

        def inner(x):
            """A string over several lines
at column 0
            """
            return x * a * len(s)

        return inner

    found = locate(outer(3.0))
    assert found.source.text.endswith("return x * a * len(s)\n")
    assert {name: cell.cell_contents for name, cell in found.closure.items()} == {"a": 3.0, "s": "\nat column 0\n"}
    assert found.qualname == "test_nested_function_and_closure.<locals>.outer.<locals>.inner"


def test_asserts_rewritten_by_pytest_are_not_edits() -> None:
    def f(x):
        assert x > 0, "positive"
        return x

    assert "assert x > 0" in text(f)


@pytest.mark.parametrize("body", ["pass", '"only a docstring"', "...", "return x; pass", "return x\n    y = 1"])
def test_bodies_without_code_of_their_own(tmp_path: Path, body: str) -> None:
    m = load(tmp_path, f"def f(x):\n    {body}\ndef g(x): pass\n")
    assert locate(m.f).source.text == f"def f(x):\n    {body}\n"


def test_recursion_redefinition_and_condition(tmp_path: Path) -> None:
    m = load(
        tmp_path,
        "def f(x):\n    return f(x - 1)\n\ng = f\n\ndef f(x):\n    return 2 * x\n\nif True:\n    def h(x): return x\n"
        "else:\n    def h(x): return -x\n",
    )
    assert text(m.g) == "def f(x):\n    return f(x - 1)\n"
    assert text(m.f) == "def f(x):\n    return 2 * x\n"
    assert text(m.h) == "def h(x): return x\n"


def test_kinds_the_fence_refuses_later_are_found(tmp_path: Path) -> None:
    m = load(tmp_path, "def g(x):\n    yield x\nasync def c(x):\n    return x\n")
    assert (text(m.g), text(m.c)) == ("def g(x):\n    yield x\n", "async def c(x):\n    return x\n")


def test_constants_that_are_equal_but_not_the_same_count(tmp_path: Path) -> None:
    m = load(tmp_path, "def f(x):\n    return x * 1 + 0.0\n")
    for new in ("x * 1.0 + 0.0", "x * True + 0.0", "x * 1 + -0.0"):
        Path(m.__file__).write_text(f"def f(x):\n    return {new}\n")
        linecache.clearcache()
        assert "SG102" in message(m.f)


def test_calls_through_modules_imported_here_there_or_nowhere(tmp_path: Path) -> None:
    body = "    return np.sin(x) + os.sep.count(x) + lin.norm(x) + x.sum() + m.cos(x)\n"
    m = load(tmp_path, "import numpy as np, os\nfrom numpy import (\n    linalg as lin,\n)\ntry:\n"
             "    import math as m\n"
             f"except ImportError: pass\ndef f(x):\n{body}def g(x, os):\n    import os as x\n{body}")  # fmt: skip
    assert text(m.f) == f"def f(x):\n{body}"
    assert text(m.g) == f"def g(x, os):\n    import os as x\n{body}"
    f = lambda x: np.sin(x) + np.linalg.norm(x) + sys.maxsize.bit_length()  # noqa: E731
    assert "np.sin" in text(f)


# ----- lambdas -----


def test_lambdas_on_one_line_over_lines_in_calls_defaults_and_dicts() -> None:
    one, two = lambda x: x * 2, lambda x: x * 3
    lines = [lambda x: (x +
                        1), lambda x: x]  # fmt: skip
    table = {"é": lambda x: x - 1, "b": lambda x, y=lambda z: z: y(x)}
    partial = functools.partial(lambda a, x: a * x, 2.0)

    def default(f=lambda x: x**2):
        return f

    assert (text(one), text(two)) == ("lambda x: x * 2", "lambda x: x * 3")
    assert [locate(f).source.text.split() for f in lines] == [["lambda", "x:", "(x", "+", "1)"], ["lambda", "x:", "x"]]
    assert text(table["é"]) == "lambda x: x - 1"
    assert text(table["b"]) == "lambda x, y=lambda z: z: y(x)"
    assert text(table["b"].__defaults__[0]) == "lambda z: z"
    assert text(default()) == "lambda x: x**2"
    assert (text(partial), locate(partial).bound) == ("lambda a, x: a * x", (2.0,))


def test_lambdas_with_the_same_code_are_told_apart_by_place() -> None:
    fs = [lambda x: x * 6, lambda x: x * (2 * 3)]
    assert [text(f) for f in fs] == ["lambda x: x * 6", "lambda x: x * (2 * 3)"]


def test_positions_in_a_lambda(tmp_path: Path) -> None:
    m = load(tmp_path, "d = {'é': lambda x: (x +\n    1)}\n")
    source = locate(m.d["é"]).source
    assert source.span == Span(1, 10, 2, 6)
    assert source.span_of(source.node.params.params[0]) == Span(1, 17, 1, 18)
    assert source.span_of(source.node.body.right) == Span(2, 4, 2, 5)
    assert source.text_of(source.node.body.right) == "1"


def test_lambda_inside_a_formatted_string(tmp_path: Path) -> None:
    m = load(tmp_path, "fs = []\nf'{fs.append(lambda x: x * 2)}'\n")
    try:
        assert text(m.fs[0]) == "lambda x: x * 2"
    except SrcgradError as e:  # before Python 3.12, places inside such a string are not those of the file
        assert e.code in ("SG102", "SG104") and sys.version_info < (3, 12)


def test_ambiguous_lambda(tmp_path: Path) -> None:
    path = tmp_path / "two.py"
    path.write_text("fs = [lambda x: x * 6, lambda x: x * (2 * 3)]\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\nimport two\nfrom srcgrad.frontend.locate import locate\n"
        "try:\n    locate(two.fs[1])\nexcept LookupError as e:\n    print(e)"
    )
    assert run("-X", "no_debug_ranges", "-B", "-c", code) == (
        f"{path}:1:1: SG104 several lambdas on this line compile to the same code\n"
        "    fs = [lambda x: x * 6, lambda x: x * (2 * 3)]\n"
        "    " + "^" * 45 + "\n"
        "    Use `def`, or write one lambda per line.\n"
    )


def run(*args: str) -> str:
    done = subprocess.run([sys.executable, *args], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    return done.stdout


# ----- methods, partials, callable objects -----


class Base:
    def m(self, x):
        return x


class Model(Base):
    __rate = 2.0

    def m(self, x):
        return super().m(x) * self.__rate + Model.__rate

    @classmethod
    def c(cls, x):
        return x

    @staticmethod
    def s(x):
        return x

    @property
    def w(self):
        return self.__rate

    @abc.abstractmethod
    def a(self, x):
        return x

    @functools.cached_property
    def v(self):
        return 1.0

    def __call__(self, x, k=1):
        def inner(y):
            return super().m(y) + self.__rate

        return inner


def test_methods() -> None:
    model = Model()
    assert (text(Model.m).splitlines()[0], locate(Model.m).bound) == ("def m(self, x):", ())
    assert locate(model.m).bound == (model,) and locate(model.m).qualname == "Model.m"
    assert "__class__" in locate(model.m).closure
    assert (locate(Model.c).bound, locate(Model.s).bound) == ((Model,), ())
    assert text(vars(Model)["c"]) == text(Model.c) == "@classmethod\ndef c(cls, x):\n    return x\n"
    assert text(vars(Model)["w"]).startswith("@property\ndef w(self):")
    assert text(vars(Model)["v"]).startswith("@functools.cached_property")
    assert text(Model.a).startswith("@abc.abstractmethod")
    assert (locate(model).bound, locate(model).qualname) == ((model,), "Model.__call__")
    assert text(model(1)) == "def inner(y):\n    return super().m(y) + self.__rate\n"


def test_names_and_lambdas_of_a_class(tmp_path: Path) -> None:
    m = load(tmp_path, "class C:\n    __k = 2\n    g = lambda self: self.__k\n    def C(self): return C\n"
             "    def __f(self): return self.__k\n    class _: f = lambda self: self.__k\n")  # fmt: skip
    assert text(m.C.g) == text(m.C._.f) == "lambda self: self.__k"
    assert text(m.C.C) == "def C(self): return C\n"
    assert text(m.C._C__f) == "def __f(self): return self.__k\n"


def test_partials_add_up() -> None:
    model = Model()
    found = locate(functools.partial(functools.partial(model, k=1, j=0), 2, k=3))
    assert (found.bound, found.bound_keywords) == ((model, 2), {"k": 3, "j": 0})


# ----- decorators -----


def double(f):
    @functools.wraps(f)
    def wrapper(*args):
        return 2 * f(*args)

    return wrapper


def test_known_decorators_are_looked_through() -> None:
    numba = pytest.importorskip("numba")
    keep = functools.lru_cache

    @keep(maxsize=None)
    def cached(x):
        return x

    assert text(functools.cache(Model.s)) == text(Model.s)
    assert text(cached).lstrip().startswith("@keep(maxsize=None)")
    assert text(numba.njit(double)) == text(double)


def test_known_by_identity_not_by_spelling(tmp_path: Path) -> None:
    pytest.importorskip("numba")
    source = """
        import functools as ft, numba
        from functools import lru_cache as keep
        def cache(f): return lambda x: 2 * f(x)

        @keep(maxsize=None)
        @numba.njit
        def f(x):
            return x

        @ft.cache
        def g(x): return x

        def raw(x): return x

        @cache
        def h(x): return x
        wrapped = h.__closure__[0].cell_contents
    """
    m = load(tmp_path, source)
    assert text(m.f).startswith("@keep") and text(m.g).startswith("@ft.cache")
    assert text(m.h) == "lambda x: 2 * f(x)" and text(m.wrapped).startswith("@cache")


def test_a_decorated_function_is_its_wrapper(tmp_path: Path) -> None:
    m = load(
        tmp_path,
        """
        import functools
        def double(k):
            def apply(f):
                @functools.wraps(f)
                def wrapper(*args): return k * f(*args)
                return wrapper
            return apply
        @functools.lru_cache
        @double(
            k=2)
        def f(x): return x
        def g(x): return x
        explicit = double(3)(g)
        """,
    )
    assert text(m.f).endswith("def wrapper(*args): return k * f(*args)\n")
    assert text(m.f.__wrapped__.__wrapped__).endswith("def f(x): return x\n")
    assert text(m.explicit).endswith("def wrapper(*args): return k * f(*args)\n")
    assert locate(m.explicit).closure["f"].cell_contents is m.g


def test_singledispatch() -> None:
    assert message(functools.singledispatch(double)) == (
        "SG103 `double` chooses an implementation by type (functools.singledispatch)\n"
        "    Call the implementation that is meant."
    )


def test_srcgrads_own(tmp_path: Path) -> None:
    m = load(tmp_path, "def own(f): return f\nown.__module__ = 'srcgrad.api'\n@(lambda f: f)\n@own\n"
             "def f(x): return x\n@own\n@(lambda f: f)\ndef g(x): return x\n")  # fmt: skip

    class Derivative:
        __srcgrad_primal__ = staticmethod(m.f)

    assert text(m.f) == "@(lambda f: f)\n@own\ndef f(x): return x\n"
    assert locate(Derivative()).function is m.f
    assert text(m.g) == "@own\n@(lambda f: f)\ndef g(x): return x\n"


def test_a_decorator_that_gives_the_function_back(tmp_path: Path) -> None:
    source = """
        known = []
        def register(f):
            known.append(f)
            return f
        @register
        def f(x): return x
        class Model:
            @register
            def loss(self, x): return x
        @register
        def g(x): return x
        g = [g]
        """
    m = load(tmp_path, source)
    assert text(m.f) == "@register\ndef f(x): return x\n"
    assert text(m.Model.loss).startswith("@register")
    assert text(m.g[0]) == "@register\ndef g(x): return x\n"


# ----- no source -----


def test_objects_without_source() -> None:
    way_out = "    Call it from a function of your own, or declare a rule for it."
    assert message(np.sin) == f"SG101 `sin` has no Python source that could be read\n{way_out}"
    assert message([].append) == f"SG101 `list.append` has no Python source that could be read\n{way_out}"
    assert message(Model) == (
        "SG109 `Model` is a class, and a class has no derivative\n"
        "    Write a function that makes the object and returns the number you want."
    )
    assert message(3.0) == "SG109 an object of type float cannot be called\n    Pass a function."
    with pytest.raises(TypeError):
        locate(None)
    with pytest.raises(LookupError):
        locate(len)


def test_objects_of_numpy() -> None:
    assert message(np.vectorize(lambda x: x)) == (
        "SG301 an object of numpy's class `vectorize` has no derivative rule\n"
        "    Write what it computes as a function of your own, or declare a rule for it."
    )


def test_text_that_is_not_kept() -> None:
    space: dict[str, Any] = {}
    exec("def f(x): return x", space)
    assert message(space["f"]) == (
        "SG101 the source of `f` is not known: it was compiled from <string>\n"
        "    Text given to `exec` or `eval`, or piped into Python, is not kept. Save the function in a file."
    )


def test_text_without_a_module() -> None:
    space: dict[str, Any] = {}
    exec(compile("def f(x): return x", "nowhere.py", "exec"), space)
    with pytest.raises(LookupError, match="SG101 the source of `f` cannot be found: nowhere.py is missing"):
        srcgrad.grad(space["f"])


def test_notebook_cell() -> None:
    cell, name = "def f(x):\n    return x * 2\ng = lambda x: x\n", "<ipython-input-7-abc>"
    linecache.cache[name] = (len(cell), None, cell.splitlines(True), name)
    space: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(cell, name, "exec"), space)
    assert (text(space["f"]), text(space["g"])) == ("def f(x):\n    return x * 2\n", "lambda x: x")


def test_zipped_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "lib.zip", "w") as archive:
        archive.writestr("zipped_module.py", "def f(x):\n    return x * 2\n")
    monkeypatch.syspath_prepend(str(tmp_path / "lib.zip"))
    assert text(importlib.import_module("zipped_module").f) == "def f(x):\n    return x * 2\n"


def test_source_gone(tmp_path: Path) -> None:
    m = load(tmp_path, "def f(x):\n    return x\n")
    Path(m.__file__).unlink()
    assert message(m.f) == (
        f"SG101 the source of `f` cannot be found: {m.__file__} is missing or not readable\n"
        "    Restore the file, or declare a rule for the function."
    )


@pytest.mark.parametrize(
    ("new", "place", "shown"),
    [
        ("def f(x):\n    return x**3\n", ":1:1:", "    def f(x):\n    ^^^^^^^^^\n"),
        ("# moved\ndef f(x):\n    return x**2\n", ":1:1:", "    # moved\n    ^^^^^^^\n"),
        ("def g(x):\n    return x**2\n", ":1:1:", "    def g(x):\n    ^^^^^^^^^\n"),
        ("def f(x):\n    return (x**2\n", ":1:1:", "    def f(x):\n    ^^^^^^^^^\n"),
        ("\n", ":", ""),
    ],
)
def test_source_edited_after_import(tmp_path: Path, new: str, place: str, shown: str) -> None:
    m = load(tmp_path, "def f(x):\n    return x**2\n")
    assert text(m.f) == "def f(x):\n    return x**2\n"
    Path(m.__file__).write_text(new + "# longer\n")
    assert message(m.f) == (
        f"{m.__file__}{place} SG102 the source of `f` is not what was imported: it was edited since, or an import hook "
        f"rewrites it\n{shown}    Reload the module, or restart Python."
    )


def test_lambda_edited_after_import(tmp_path: Path) -> None:
    m = load(tmp_path, "f = lambda x: x**2\n")
    Path(m.__file__).write_text("f = lambda x: x**33\n")
    assert message(m.f) == (
        f"{m.__file__}:1:1: SG102 the source of this lambda is not what was imported: it was edited since, "
        "or an import hook rewrites it\n    f = lambda x: x**33\n    ^^^^^^^^^^^^^^^^^^^\n"
        "    Reload the module, or restart Python."
    )


@pytest.mark.parametrize("option", ["-O", "-OO", "-Xno_debug_ranges", "-Werror"])
def test_interpreter_options(tmp_path: Path, option: str) -> None:
    (tmp_path / "opt.py").write_text(
        'from __future__ import annotations\n\ndef f(x: float) -> float:\n    "doc"\n    assert x > 0\n'
        '    def g(y: int):\n        "doc"\n        return x if __debug__ else y\n    return g\nh = lambda x: x\n'
    )
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\nimport opt\nfrom srcgrad.frontend.locate import locate\n"
        "print(len([locate(f).source.text for f in (opt.f, opt.f(1.0), opt.h)]))"
    )
    assert run(option, "-B", "-c", code) == "3\n"


def test_importing_is_light() -> None:
    code = "import sys, srcgrad.frontend.locate; print('libcst' in sys.modules, 'numba' in sys.modules)"
    assert run("-c", code) == "False False\n"


# ----- depth, odd text, cost -----


def test_a_sum_of_500_terms_works(tmp_path: Path) -> None:
    m = load(tmp_path, "def f(x):\n    return " + " + ".join(["x"] * 500) + "\n")
    source, limit = locate(m.f).source, sys.getrecursionlimit()
    assert source.span_of(source.node.body.body[0]) == Span(2, 4, 2, 2008)
    assert source.text_of(source.node.body.body[0].body[0]) == "return " + " + ".join(["x"] * 500)
    assert source.depth == 502 and sys.getrecursionlimit() == limit


@pytest.mark.parametrize("joint", [" + ", " and "])
def test_a_sum_of_2000_terms_is_refused(tmp_path: Path, joint: str) -> None:
    m = load(tmp_path, "def f(x):\n    y = 1\n    return " + joint.join(["x"] * 2000) + "\n")
    first, *rest = message(m.f).splitlines()
    depth = 2002
    assert first == f"{m.__file__}:3:5: SG106 this statement is nested {depth} levels deep; the limit is 1000"
    assert rest[-1] == "    Split the expression into several statements."


def test_small_stacks_are_enough(tmp_path: Path) -> None:
    (tmp_path / "deep.py").write_text(
        "def f(x):\n    if x: pass\n" + "    elif x: pass\n" * 900
        + "def g(x):\n    return " + "(" * 190 + "x" + ")" * 190
    )
    code = (
        "import threading\nfrom srcgrad.frontend.locate import locate_file\ndef go():\n"
        f"    for name in 'fg':\n        s = locate_file({str(tmp_path / 'deep.py')!r} + ':' + name).source\n"
        "        print(s.span_of(s.node.body.body[0]).line, len(s.text_of(s.node.body.body[0])))\n"
        "threading.stack_size(512 * 1024)\nt = threading.Thread(target=go)\nt.start()\nt.join()"
    )
    assert run("-c", code) == "2 11710\n904 388\n"


def test_strings_side_by_side(tmp_path: Path) -> None:
    m = load(tmp_path, "def f(x):\n    return len(" + "'a' " * 3000 + ")\n")
    first, *rest = message(m.f).splitlines()
    assert first == f"{m.__file__}:2:1: SG106 3000 strings side by side; the limit is 1000"
    assert rest[-1] == "    Join them into one literal."


def test_form_feeds_and_tabs_keep_their_places(tmp_path: Path) -> None:
    m = load(tmp_path, "class C:\n\tdef f(self, x):\n\f\t\ty = x\n\t\tif x:\n\t\t    y = 2\n\t\treturn y\n")
    source = locate(m.C.f).source
    body = source.node.body.body
    assert source.span_of(body[0]) == Span(3, 3, 3, 8) and source.span_of(body[2]) == Span(6, 2, 6, 10)


def test_a_form_feed_alone_is_no_indentation(tmp_path: Path) -> None:
    m = load(tmp_path, "\fdef f(x):\n\f    y = x\n    return y\nclass C:\n\f \f def g(self): return self\n")
    source = locate(m.f).source
    assert source.span_of(source.node.body.body[0]) == Span(2, 5, 2, 10)
    assert locate(m.C.g).source.node.name.value == "g"


def test_what_libcst_cannot_read(tmp_path: Path) -> None:
    m = load(tmp_path, "def f(x):\n    return () if 0 else(lambda: ())\n")
    with pytest.raises(ValueError) as caught:
        locate(m.f).source.node  # noqa: B018
    assert str(caught.value) == (
        f"{m.__file__}:1:1: SG105 this is valid Python, but the syntax library (libcst) cannot read it\n"
        "    def f(x):\n    ^^^^^^^^^\n"
        "    Write the statement differently; a space between a keyword and a bracket often helps."
    )


def test_called_near_the_recursion_limit() -> None:
    def descend(n: int) -> str:
        return descend(n - 1) if n else locate(double).source.text_of(locate(double).source.node)

    limit = sys.getrecursionlimit()
    deep = limit - 100 - len(list(frames()))
    assert descend(deep).startswith("def double(f):") and sys.getrecursionlimit() == limit


def frames() -> Any:
    frame: Any = sys._getframe()
    while frame is not None:
        yield frame
        frame = frame.f_back


def test_only_the_function_of_a_module_is_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "".join(f"    x{k} = x * {k} + y\n" for k in range(48))
    m = load(tmp_path, "".join(f"def f{k}(x, y):\n{body}    return x1\n" for k in range(40)))
    lengths: list[int] = []

    def noted(parse: Any, text: str, *args: Any, **options: Any) -> Any:
        lengths.append(len(text))
        return parse(text, *args, **options)

    for module, name in ((ast, "parse"), (cst, "parse_module")):
        monkeypatch.setattr(module, name, functools.partial(noted, getattr(module, name)))
    source = locate(m.f20).source
    assert source.tree is not None and source.node is not None
    assert lengths and max(lengths) < 2 * len(body)
    assert "tree" not in vars(source.file)
