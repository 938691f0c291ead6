"""What the reverse sweep reads: contents, or shapes alone."""

from __future__ import annotations

import ast
import inspect
from typing import Any

import pytest

from srcgrad import runtime
from srcgrad.ir import nodes as ir
from srcgrad.ir.build import call
from srcgrad.transform.needed import SHAPE_ONLY, needed

ABOUT_SHAPES = {"shape", "ndim", "size", "len", "zeros_like", "empty_like", "result_type", "iscomplexobj", "isinstance"}
ATTRIBUTES = {"shape", "ndim", "size", "dtype"}
PREFIX = "srcgrad.runtime."
HELPERS = [(op.removeprefix(PREFIX), n) for op, places in SHAPE_ONLY.items() if op.startswith(PREFIX) for n in places]


def looks_only_at_shape(function: Any, position: int) -> bool:
    """Whether a helper reads nothing of an argument but its shape and type, as far as its text shows."""
    tree = ast.parse(inspect.getsource(function)).body[0]
    assert isinstance(tree, ast.FunctionDef)
    name = tree.args.args[position].arg
    parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return all(
        is_about_shape(x, parents[id(x)]) for x in ast.walk(tree) if isinstance(x, ast.Name) and x.id == name
    )


def is_about_shape(x: ast.Name, parent: ast.AST) -> bool:
    match parent:
        case ast.Attribute(attr=attr):
            return attr in ATTRIBUTES
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called), args=[first, *_]) if first is x:
            return called in ABOUT_SHAPES
        case ast.Call(func=ast.Name(id=called), args=args):
            return args.index(x) in SHAPE_ONLY.get(PREFIX + called, ())
    return False


@pytest.mark.parametrize(("name", "position"), HELPERS)
def test_helpers_that_look_at_shapes(name: str, position: int) -> None:
    function = getattr(runtime, name)
    if name == "zeros_like":  # of a list it looks at the items; the shape of a list is in them
        pytest.skip("reads the structure of lists, which `with_structure` sees to")
    assert looks_only_at_shape(function, position)


def test_one_that_reads_more_is_told_apart() -> None:
    assert not looks_only_at_shape(runtime.unbroadcast, 0)
    assert not looks_only_at_shape(runtime.masked, 1)


def test_shapes_and_contents() -> None:
    x, d = ir.Name("x"), ir.Name("d")
    assert needed(call("numpy.shape", x)) == {"&x"}
    assert needed(call(PREFIX + "unbroadcast", d, x)) == {"d", "&x"}
    assert needed(call(PREFIX + "expand_reduced", d, ir.Index(x, ir.Name("i")), ir.Const(None))) == {"d", "&x", "i"}
    assert needed(call("operator.mul", x, ir.Attribute(d, "shape"))) == {"x", "&d"}
