"""LANGUAGE.md by its rows: plain NumPy programs that tracers refuse or get wrong, and the pitfalls P1 to P18.

`tests/test_language.py` names each and knows its gradient in closed form.
"""

import logging
import math

import numpy as np
from case import case

log = logging.getLogger("pitfalls")


# plain programs a tracer cannot differentiate


def store_into_zeros(x):
    y = np.zeros(3); y[0] = x[0]*2
    return np.sum(y*y)


def overwrite_a_copy(x):
    y = x.copy(); y[0] = y[0]*y[1]
    return np.sum(y*y)


def overlapping_update(x):
    a = x * 1.
    a[1:] += a[:-1]
    return np.sum(a*a)


def through_a_view(x):
    a = x * 1.
    b = a[1:]; b[0] = 5*x[0]
    return sum(a*a)


def through_an_alias(x):
    a = x*1; b = a; b *= 2
    return np.sum(a*x)


def with_out(x):
    o = np.empty(3)
    np.multiply(x, x, out=o)
    return np.sum(o)


def with_where(x):
    m = np.array([True, False, True])
    return np.sum(x*x, where=m)


def masked_store(x):
    y = x * x
    y[y > .5] = 0.
    return np.sum(y)


def fill_diagonal(x):
    m = np.ones((3, 3))
    np.fill_diagonal(m, x)
    return np.sum(m @ m)


def add_at(x):
    b = np.zeros(3)
    i = [0, 0, 2]
    np.add.at(b, i, x)
    return np.sum(b*b)


def is_an_array(x):
    if isinstance(x, np.ndarray):
        return np.sum(x*x)
    return 100.*x[0]


def read_past_the_end(x):
    try:
        y = x[7]
    except IndexError:
        y = x[0]
    return y*y


def sort_as_a_statement(x):
    y = x*1.
    y.sort()
    return y[0]*y[1]**2


def item_and_float(x):
    return x[0].item()*float(x[1])*x[2]


def function_of_math(x):
    return math.sin(x[0])*math.exp(x[1])


def formatted(x):
    text = f"{x[0]:.2f}"
    print(text, "of", len(x))
    log.warning("first is %.3f", x[0])
    return x[0]*len(text)


def full_like(x):
    z = np.ones(4)
    return np.sum(np.full_like(z, x[0])*np.arange(4.)*x[1])


def arange_from_a_value(x):
    return np.sum(np.arange(x[0], 5.)**2)


def unique_values(x):
    return np.sum(np.unique(x)*np.array([1., 2., 4.]))


def union_of_values(x):
    return np.sum(np.union1d(x, x[:1])*np.array([1., 2., 4.]))


def where_with_a_bad_branch(x):
    return np.sum(np.where(x > .5, np.sqrt(x - .5), 0.))


def index_from_a_value(x):
    return x[int(x[2])]*x[0]


# P1 to P18


def p1_swap(x):
    a, b, c = x
    for _ in range(3):
        a, b, c = b, a*b, c + a
    return a*b*c


def p2_through_another_name(x):
    a = x*x
    b = a
    total = np.sum(np.sin(a))
    c = b.reshape(3, 1)[1:]
    c.T[0, 0] = a[0]*total
    b[2:] = b[1:2]
    return np.sum(a*a) + total


def p2_two_parameters(x, y):
    """When both are one array, the second line reads what the first has written."""
    x[0] = x[1]*2.
    return np.sum(y*y*x)


def p3_argument_changed(x):
    x *= x
    x[0] = 3.*x[1]
    return np.sum(x)


def p5_reads_and_writes_itself(x):
    y = x[0]
    y = y*y
    y = y*y + y
    z = x*1.
    z *= z
    z[:] = z*z[0]
    return y + np.sum(z)


def p6_accumulates(x):
    """One value used many times, once through a broadcast in each direction."""
    m = x + x[:, None]
    m = m*x
    m[0] += x
    m += x[0]
    return np.sum(m*m) + np.sum(x) + x[1]


def p7_closures(x):
    slope, offset = x[0], x[1]
    line = lambda t: slope*t + offset
    bend = np.vectorize(lambda t: slope*t*t)
    return sum(map(line, [1., 2., 3.])) + np.sum(bend(np.array([1., 2.])))*x[2]


def p8_raises(x):
    y = x*1.
    y[0] *= y[1]
    if y[0] > 10.:
        raise ArithmeticError(f"too large: {y[0]:.1f}")
    y[2] = y[0]
    return np.sum(y*y)


def p9_masked_singularities(x):
    d = x - x[0]
    r = np.sqrt(d*d)
    far = r > 0
    w = np.zeros(3)
    w[far] = 1./r[far]
    logs = np.zeros(3)
    np.log(d*d, out=logs, where=far)
    columns = np.array([[x[0], x[0]], [x[1], x[2]]]).std(axis=1)
    return np.sum(w) + np.sum(np.where(far, logs, 0.)) + np.sum(columns[columns > 0])


def p10_list_that_grows(x):
    h = [x[0]]
    for k in range(3):
        h.append(h[-1]*h[0] + x[1])
    h[1] = h.pop()
    return h[-1]*h[1]


def p11_steering_values_change(x):
    k = np.array([2, 0])
    m = x > .5
    y = x*1.
    y[k] = y[k]*y[1]
    y[m] = y[m]*y[m]
    i = int(k[0])
    k[:] = 1
    m[:] = ~m
    i = i - 1
    y[k] *= y[i]
    return np.sum(y*x)


def p12_scalar_or_rank_zero(x):
    s = x.sum()
    t = s
    s += 1
    u = np.array(0.)
    v = u
    u += x[0]
    u *= x[1]
    return s*t + v*t


CALLS = []


def called(name, value):
    CALLS.append(name)
    return value


def p13_order_and_short_circuit(x):
    y = np.zeros(3)
    y[called("index", 1)] = called("value", x[0])*called("other", x[1])
    if called("a", x[0]) > 10. and called("never", x[1]) > 0.:
        y[2] = 100.
    z = called("zero", 0.)*0. or called("second", x[2])
    lo, hi = called("lo", x[0]), called("hi", x[2])
    if lo < called("middle", x[1]) < called("not reached", hi):
        z = 100.*z
    y[called("i", 0)] += called("r", x[1])
    return np.sum(y*y)*z


def p14_names(x):
    d_x, t_x, x_stack, _t0 = x[0], x[1], x[2], x[0]*x[1]
    dx = d_x*t_x
    for trips in range(2):
        dx = dx*x_stack + _t0
        saved = out = dy = dx
    stack, g, pop, d_d_x = saved, out, dy, d_x
    sum = stack*g
    return sum*pop + d_d_x


def p14_numpy_under_another_name(x):
    sp, np_ = math, np
    d_y = np_.exp(x)
    d_y[0] = sp.cos(d_y[1])
    len = d_y[2]
    return d_y[0]*len


def p15_one_name_in_two_spellings(x):
    ﬁ = x[0]*2.
    fi = fi*x[1]
    ª = ﬁ + 1.
    return a*fi


def p16_rows_are_views(x):
    m = np.stack([x, x*x])
    for v in m:
        v[:] = v*v[0]
    for e in m[0]:
        e = 100.
    return np.sum(m)


OFFSET = 2.


def p17_default_of_then(x, scale=OFFSET, table=np.array([1., 2., 3.])):
    return np.sum(x*table)*scale


OFFSET = 50.


def p17_shared_default(x, memo=[]):
    memo.append(2.)
    return np.sum(x)*len(memo)


def p18_asserts(x):
    assert len(x) == 3, "three values"
    y = x*1.
    y[1] = y[0]*y[2]
    assert np.all(np.isfinite(y))
    return np.sum(y*x)


X = np.array([0.8, 0.3, 1.7])

CASES = [
    case(function, X)
    for function in (
        store_into_zeros, overwrite_a_copy, overlapping_update, through_a_view, through_an_alias, with_out, with_where,
        masked_store, fill_diagonal, add_at, is_an_array, read_past_the_end, sort_as_a_statement, item_and_float,
        function_of_math, formatted, full_like, where_with_a_bad_branch, index_from_a_value, p1_swap,
        p2_through_another_name, p3_argument_changed, p5_reads_and_writes_itself, p6_accumulates, p7_closures,
        p8_raises,
        p9_masked_singularities, p10_list_that_grows, p11_steering_values_change, p12_scalar_or_rank_zero,
        p13_order_and_short_circuit, p14_names, p14_numpy_under_another_name, p15_one_name_in_two_spellings,
        p16_rows_are_views, p18_asserts,
    )
]  # fmt: skip
CASES.append(case(p17_default_of_then, X, file=False))  # a file has a default of its own
