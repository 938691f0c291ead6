"""Operations without a derivative: it is zero by mathematics, or their arguments do not vary continuously."""

from __future__ import annotations

from .declare import constant

# ----- steps -----
constant(
    "np.floor(x)", "np.ceil(x)", "np.trunc(x)", "np.rint(x)", "np.round(a, decimals=0, out=None)",
    "np.around(a, decimals=0, out=None)", "np.fix(x)", "np.sign(x)", "np.signbit(x)", "np.floor_divide(x1, x2)",
    "operator.floordiv(a, b)", "np.spacing(x)", "np.frexp(x)",
)  # fmt: skip

# ----- comparisons and predicates -----
constant(
    "np.equal(x1, x2)", "np.not_equal(x1, x2)", "np.less(x1, x2)", "np.less_equal(x1, x2)", "np.greater(x1, x2)",
    "np.greater_equal(x1, x2)", "np.isfinite(x)", "np.isinf(x)", "np.isnan(x)", "np.isneginf(x)", "np.isposinf(x)",
    "np.isreal(x)", "np.iscomplex(x)", "np.isrealobj(x)", "np.iscomplexobj(x)", "np.isscalar(x)",
    "np.isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)",
    "np.allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)", "np.array_equal(a1, a2, equal_nan=False)",
    "np.array_equiv(a1, a2)", "np.logical_and(x1, x2)", "np.logical_or(x1, x2)", "np.logical_not(x)",
    "np.logical_xor(x1, x2)", "np.any(a, axis=None, out=None, keepdims=False, *, where=True)",
    "np.all(a, axis=None, out=None, keepdims=False, *, where=True)", "operator.not_(a)", "operator.lt(a, b)",
    "operator.le(a, b)", "operator.gt(a, b)", "operator.ge(a, b)", "operator.eq(a, b)", "operator.ne(a, b)",
    "operator.and_(a, b)", "operator.or_(a, b)", "operator.xor(a, b)", "operator.invert(a)", "operator.lshift(a, b)",
    "operator.rshift(a, b)", "operator.truth(a)", "operator.is_(a, b)", "operator.is_not(a, b)",
    "operator.contains(a, b)", "np.in1d(a, b)", "np.isin(element, test_elements)", "np.shares_memory(a, b)",
    "np.may_share_memory(a, b)", "np.iterable(y)",
)  # fmt: skip

# ----- positions, shapes, counts -----
constant(
    "np.argmax(a, axis=None, out=None, *, keepdims=False)", "np.argmin(a, axis=None, out=None, *, keepdims=False)",
    "np.argsort(a, axis=-1, kind=None, order=None, *, stable=None)", "np.argpartition(a, kth, axis=-1)",
    "np.argwhere(a)", "np.nonzero(a)", "np.flatnonzero(a)", "np.count_nonzero(a, axis=None, *, keepdims=False)",
    "np.searchsorted(a, v, side='left', sorter=None)", "np.digitize(x, bins, right=False)", "np.lexsort(keys, axis=-1)",
    "np.nanargmax(a, axis=None)", "np.nanargmin(a, axis=None)", "np.shape(a)", "np.ndim(a)", "np.size(a, axis=None)",
    "np.indices(dimensions)", "np.unravel_index(indices, shape)", "np.ravel_multi_index(multi_index, dims)",
    "np.tril_indices(n, k=0, m=None)", "np.triu_indices(n, k=0, m=None)", "np.diag_indices(n, ndim=2)",
    "np.ix_(*args)", "np.ndindex(*args)", "np.result_type(*args)", "np.dtype(a)", "np.can_cast(a, b)",
    "np.finfo(dtype)", "np.iinfo(dtype)", "np.linalg.matrix_rank(A)", "np.broadcast_shapes(*args)",
    "np.get_printoptions()", "np.array2string(a)", "np.array_str(a)", "np.array_repr(a)", "np.format_float_positional(x)",
)  # fmt: skip

# ----- new arrays that do not depend on the values of others -----
constant(
    "np.zeros(shape, dtype=float)", "np.ones(shape, dtype=float)", "np.empty(shape, dtype=float)",
    "np.zeros_like(a, dtype=None)", "np.ones_like(a, dtype=None)", "np.empty_like(prototype, dtype=None)",
    "np.eye(N, M=None, k=0, dtype=float)", "np.identity(n, dtype=None)", "np.tri(N, M=None, k=0)",
    "np.hamming(M)", "np.hanning(M)", "np.blackman(M)", "np.bartlett(M)",
)  # fmt: skip

# ----- Python -----
constant(
    "builtins.len(obj)", "builtins.isinstance(obj, kind)", "builtins.issubclass(cls, kind)", "builtins.type(obj)",
    "builtins.range(start, stop=None, step=1)", "builtins.int(x=0, base=10)", "builtins.bool(x=False)",
    "builtins.str(obj='')", "builtins.repr(obj)", "builtins.format(value, spec='')", "builtins.hash(obj)",
    "builtins.id(obj)", "builtins.callable(obj)", "builtins.hasattr(obj, name)", "builtins.any(iterable)",
    "builtins.all(iterable)", "builtins.print(*args, sep=' ', end='\\n', file=None, flush=False)", "builtins.dir(obj)",
    "builtins.chr(i)", "builtins.ord(c)", "builtins.hex(i)", "builtins.bin(i)", "builtins.oct(i)",
    "builtins.slice(start, stop=None, step=None)", "builtins.round(number, ndigits=None)", "builtins.bytes(x)",
    "builtins.input(prompt='')", "builtins.open(file)", "builtins.ascii(obj)",
    "builtins.ValueError(*args)", "builtins.TypeError(*args)", "builtins.RuntimeError(*args)", "builtins.Exception(*args)",
    "builtins.ArithmeticError(*args)", "builtins.ZeroDivisionError(*args)", "builtins.IndexError(*args)",
    "builtins.KeyError(*args)", "builtins.AssertionError(*args)", "builtins.NotImplementedError(*args)",
    "math.floor(x)", "math.ceil(x)", "math.trunc(x)", "math.isnan(x)", "math.isinf(x)", "math.isfinite(x)",
    "math.isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", "math.gcd(*args)", "math.lcm(*args)", "math.factorial(n)",
    "math.comb(n, k)", "math.perm(n, k=None)", "math.isqrt(n)", "math.ulp(x)", "math.frexp(x)",
    "warnings.warn(message, category=None, stacklevel=1)", "time.time()", "time.perf_counter()", "time.sleep(seconds)",
)  # fmt: skip
