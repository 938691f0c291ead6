"""Declarations that must be refused, each with its whole message in test_malformed_rules.py."""

# ruff: noqa: F841, F821
from __future__ import annotations

from typing import Any

import numpy as np

import srcgrad

nothing = None
table = [1.0]


class Model:
    @staticmethod
    def energy(x: Any) -> Any:
        return x


def f(x: Any) -> Any:
    return x


def g(x: Any, y: Any) -> Any:
    return x


def taken(x: Any) -> Any:
    return x


srcgrad.elementwise("taken(x)", "2.0 * x")


# ----- signatures -----
def signature_that_is_no_text():
    srcgrad.elementwise(f, "1.0")


def signature_cut_off():
    srcgrad.elementwise("f(x", "1.0")


def signature_without_parameters():
    srcgrad.constant("f")


def signature_with_a_body():
    srcgrad.constant("f(x): pass\nimport os")


def signature_of_a_lambda():
    srcgrad.constant("lambda x(x)")


def keywords_of_any_name():
    srcgrad.constant("f(x, **options)")


def default_that_is_no_constant():
    srcgrad.constant("f(x, y=np.pi)")


def parameter_named_out():
    srcgrad.elementwise("f(out)", "1.0")


def parameter_named_like_a_derivative():
    srcgrad.elementwise("f(d_x)", "1.0")


def unknown_function():
    srcgrad.elementwise("taking(x)", "1.0")


def unknown_function_of_numpy():
    srcgrad.elementwise("np.tanhh(x)", "1.0")


def function_of_a_module_not_imported():
    srcgrad.elementwise("no_such_module.f(x)", "1.0")


def local_function():
    def inner(x):
        return x

    srcgrad.elementwise("inner(x)", "1.0")


def not_a_function():
    srcgrad.elementwise("table(x)", "1.0")


def a_module():
    srcgrad.elementwise("np(x)", "1.0")


def a_class():
    srcgrad.elementwise("Model(x)", "1.0")


def a_method():
    srcgrad.elementwise("Model.energy(x)", "1.0")


def declared_twice():
    srcgrad.elementwise("taken(x)", "3.0 * x")


def declared_by_srcgrad():
    srcgrad.elementwise("np.tanh(x)", "1.0")


def option_that_is_no_parameter():
    srcgrad.elementwise("f(x)", "1.0", mode=("a",))


def allowed_values_that_are_no_tuple():
    srcgrad.elementwise("f(x, mode=1)", "1.0", mode=1)


def unknown_singularity():
    srcgrad.elementwise("f(x)", "1.0", singular="zero")


# ----- formulas -----
def partial_that_is_a_number():
    srcgrad.elementwise("f(x)", 1.0)


def partial_that_is_a_function():
    srcgrad.elementwise("f(x)", lambda x: 1.0)


def partial_that_is_not_python():
    srcgrad.elementwise("f(x)", "2.0 *")


def partial_that_is_empty():
    srcgrad.elementwise("f(x)", "")


def partial_with_an_assignment():
    srcgrad.elementwise("f(x)", "x = 2.0")


def partial_with_an_unknown_name():
    srcgrad.elementwise("f(velocity)", "2.0 * velocty")


def partial_with_an_unknown_function():
    srcgrad.elementwise("f(x)", "np.coss(x)")


def partial_with_a_table():
    srcgrad.elementwise("f(x)", "table[0] * x")


def partial_with_a_lambda():
    srcgrad.elementwise("f(x)", "(lambda u: u)(x)")


def partial_with_a_function_as_value():
    srcgrad.elementwise("f(x)", "np.vectorize(g)(x)")


def too_many_partials():
    srcgrad.elementwise("f(x)", "1.0", "2.0")


def too_few_partials():
    srcgrad.elementwise("g(x, y)", "1.0")


def no_partials():
    srcgrad.elementwise("f(x)")


def only_none():
    srcgrad.elementwise("f(x)", None)


def partials_of_any_number_of_arguments():
    srcgrad.elementwise("f(*x)", "1.0")


def let_that_is_no_text():
    srcgrad.elementwise("f(x)", "r", let={"r": "x"})


def let_without_a_name():
    srcgrad.elementwise("f(x)", "r", let="x**2")


def let_that_is_not_python():
    srcgrad.elementwise("f(x)", "r", let="r = x +")


def let_of_an_argument():
    srcgrad.elementwise("f(x)", "x", let="x = 2.0")


# ----- the function itself -----
def both_of_and_partials():
    srcgrad.elementwise("f(x)", "1.0", of="x")


def of_that_is_no_text():
    srcgrad.elementwise("f(x)", of=f)


def of_that_is_not_python():
    srcgrad.elementwise("f(x)", of="log(")


def of_with_an_unknown_name():
    srcgrad.elementwise("f(x)", of="log(y)")


def of_with_an_unknown_function():
    srcgrad.elementwise("f(x)", of="lgo(x)")


def of_with_a_loop():
    srcgrad.elementwise("f(x)", of="sum(x for i in x)")


def of_that_numpy_cannot_write():
    srcgrad.elementwise("f(x)", of="zeta(x)")


# ----- templates -----
def template_with_a_loop():
    @srcgrad.linear("f(x)")
    def template(x, d_out):
        for _ in range(3):
            d_x = d_out


def template_that_returns():
    @srcgrad.linear("f(x)")
    def template(x, d_out):
        return d_out


def template_with_a_tuple_target():
    @srcgrad.linear("f(x)")
    def template(x, d_out):
        d_x, rest = np.modf(d_out)


def template_that_stores():
    @srcgrad.linear("f(x)")
    def template(x, d_out):
        d_x = np.zeros(3)
        d_x[0] = d_out


def template_that_subtracts():
    @srcgrad.linear("f(x)")
    def template(x, d_out):
        d_x = d_out
        d_x -= 1.0


def template_that_adds_to_nothing():
    @srcgrad.linear("f(x)")
    def template(x, d_out):
        d_x += d_out


def template_with_a_comprehension():
    @srcgrad.linear("f(x)")
    def template(x, d_out):
        d_x = np.array([d for d in d_out])


def template_without_its_derivative():
    @srcgrad.linear("f(x)")
    def template(x, d_out):
        factor = d_out


def template_without_the_second_derivative():
    @srcgrad.bilinear("g(x, y)")
    def template(x, y, d_out):
        d_x = d_out * y


def template_of_nothing():
    @srcgrad.rule("f(x)")
    def template(x, d_out):
        pass


def template_with_a_derivative_in_one_branch():
    @srcgrad.linear("f(x)")
    def template(x, d_out):
        if np.ndim(x) == 1:
            d_x = d_out


def template_without_a_tangent():
    @srcgrad.rule("f(x)")
    def template(x, d_out, t_x):
        d_x = d_out * x


def template_of_a_tangent_in_one_branch():
    @srcgrad.rule("f(x)")
    def template(x, d_out, t_x):
        d_x = d_out * x
        if np.ndim(x) == 1:
            t_out = t_x * x


def template_of_an_adjoint_in_one_branch():
    @srcgrad.rule("g(x, y)")
    def template(x, y, d_out):
        d_x = d_out * y
        if np.ndim(x) == 1:
            d_y = d_out * x


def template_of_a_tangent_of_nothing():
    @srcgrad.rule("f(x)")
    def template(x):
        t_out = 3.0 * x


def template_that_leaves_out_a_tangent():
    @srcgrad.rule("g(x, y)")
    def template(x, y, t_x, t_y):
        t_out = t_x * y


def template_without_a_tangent_of_one():
    @srcgrad.rule("g(x, y)")
    def template(x, y, d_out, t_x):
        d_x = d_out * y
        d_y = d_out * x
        t_out = t_x * y


def template_without_an_adjoint_of_one():
    @srcgrad.rule("g(x, y)")
    def template(x, y, d_out, t_x, t_y):
        d_x = d_out * y
        t_out = t_x * y + t_y * x


def template_with_another_parameter():
    @srcgrad.linear("f(x)")
    def template(x, scale, d_out):
        d_x = d_out * scale


def template_with_a_default():
    @srcgrad.linear("f(x)")
    def template(x, d_out=1.0):
        d_x = d_out


def template_of_an_unknown_derivative():
    @srcgrad.linear("f(x)")
    def template(x, d_out):
        d_x = d_out
        d_z = d_out


def template_that_assigns_to_an_argument():
    @srcgrad.linear("f(x)")
    def template(x, d_out):
        x = 2.0
        d_x = d_out * x


def template_with_an_unknown_name():
    @srcgrad.linear("f(x)")
    def template(x, d_out):
        d_x = d_out * weight


def template_that_reads_a_name_before_it_is_there():
    @srcgrad.linear("f(x)")
    def template(x, d_out):
        d_x = d_out * factor
        factor = 2.0


def template_without_a_text():
    srcgrad.linear("f(x)")(eval("lambda x, d_out: d_out"))


def template_that_is_a_lambda():
    srcgrad.linear("f(x)")(lambda x, d_out: d_out)


def template_that_is_no_function():
    srcgrad.linear("f(x)")(3.0)
