"""Operations whose result has derivative zero wherever it has one: rounding, comparing, counting, shapes, types.

`REAL_ONLY` names the rows, of other tables too, that hold for real arguments only: the sign of a complex number is
z / |z|, which varies, and the larger of two is found by the sign of their difference.
"""

from .declare import constant

# ----- Rounding -----
constant(
    "np.floor(x)", "np.ceil(x)", "np.trunc(x)", "np.rint(x)", "np.fix(x, out=None)", "np.sign(x)", "np.spacing(x)",
    "np.round(a, decimals=0, out=None)", "np.around(a, decimals=0, out=None)", "np.floor_divide(x1, x2)",
    "builtins.round(number, ndigits=None)",
)  # fmt: skip

FITS = ("polynomial.poly", "chebyshev.cheb", "legendre.leg", "hermite.herm", "hermite_e.herme", "laguerre.lag")
IMAGE = ("correlate", "convolve", "gaussian_filter", "uniform_filter", "laplace", "sobel", "prewitt",
         "gaussian_filter1d", "uniform_filter1d", "correlate1d", "convolve1d")  # fmt: skip
FACTORED = ("cho_factor", "cho_solve", "lu_factor", "lu_solve")
REAL_ONLY = frozenset({
    "numpy.sign", "numpy.maximum", "numpy.minimum", "numpy.fmax", "numpy.fmin", "numpy.median", "numpy.nanmedian",
    "numpy.percentile", "numpy.quantile", "numpy.nanpercentile", "numpy.nanquantile", "numpy.cov", "numpy.corrcoef",
    "numpy.poly", "numpy.polyfit", "scipy.special.psi", "scipy.special.ive", "scipy.special.i0e", "scipy.special.i1e",
    "scipy.special.jve", "scipy.special.yve", "scipy.linalg.solve_continuous_lyapunov",
    *(f"scipy.ndimage.{f}" for f in IMAGE), *(f"scipy.linalg.{f}" for f in FACTORED),
    *(f"numpy.polynomial.{f}fit" for f in FITS),
})  # fmt: skip

# ----- Yes or no -----
constant(
    "np.equal(x1, x2)", "np.not_equal(x1, x2)", "np.less(x1, x2)", "np.less_equal(x1, x2)", "np.greater(x1, x2)",
    "np.greater_equal(x1, x2)", "np.logical_and(x1, x2)", "np.logical_or(x1, x2)", "np.logical_xor(x1, x2)",
    "np.logical_not(x)", "np.isfinite(x)", "np.isinf(x)", "np.isnan(x)", "np.isnat(x)", "np.isneginf(x, out=None)",
    "np.isposinf(x, out=None)", "np.signbit(x)", "np.isreal(x)", "np.iscomplex(x)", "np.isrealobj(x)",
    "np.iscomplexobj(x)", "np.isscalar(element)", "np.iterable(y)", "np.isfortran(a)",
    "np.isin(element, test_elements, assume_unique=False, invert=False, *, kind=None)",
    "np.isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)",
    "np.allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)",
    "np.array_equal(a1, a2, equal_nan=False)", "np.array_equiv(a1, a2)",
    "np.all(a, axis=None, out=None, keepdims=False, *, where=True)",
    "np.any(a, axis=None, out=None, keepdims=False, *, where=True)",
    "np.logical_and.reduce(array, axis=0, dtype=None, out=None, keepdims=False, initial=True, where=True)",
    "np.logical_or.reduce(array, axis=0, dtype=None, out=None, keepdims=False, initial=False, where=True)",
    "np.logical_xor.reduce(array, axis=0, dtype=None, out=None, keepdims=False, initial=False, where=True)",
    "np.logical_and.accumulate(array, axis=0, dtype=None, out=None)",
    "np.logical_or.accumulate(array, axis=0, dtype=None, out=None)",
    "np.shares_memory(a, b, /, max_work=-1)", "np.may_share_memory(a, b, /, max_work=0)",
)  # fmt: skip

# ----- Positions and counts -----
constant(
    "np.argmax(a, axis=None, out=None, *, keepdims=False)", "np.argmin(a, axis=None, out=None, *, keepdims=False)",
    "np.nanargmax(a, axis=None, out=None, *, keepdims=False)",
    "np.nanargmin(a, axis=None, out=None, *, keepdims=False)",
    "np.argsort(a, axis=-1, kind=None, order=None, *, stable=None)",
    "np.argpartition(a, kth, axis=-1, kind='introselect', order=None)", "np.lexsort(keys, axis=-1)",
    "np.searchsorted(a, v, side='left', sorter=None)", "np.digitize(x, bins, right=False)", "np.argwhere(a)",
    "np.nonzero(a)", "np.flatnonzero(a)", "np.count_nonzero(a, axis=None, *, keepdims=False)",
)  # fmt: skip

# ----- Shapes and types -----
constant(
    "np.shape(a)", "np.ndim(a)", "np.size(a, axis=None)", "np.broadcast_shapes(*args)",
    "np.result_type(*arrays_and_dtypes)", "np.min_scalar_type(a, /)",
    "np.can_cast(from_, to, casting='safe')", "np.promote_types(type1, type2)",
    "np.issubdtype(arg1, arg2)", "np.isdtype(dtype, kind)", "np.common_type(*arrays)", "np.dtype(dtype)",
    "np.finfo(dtype)", "np.iinfo(type)", "np.typename(char)", "np.get_printoptions()",
    "np.ndindex(*shape)", "np.linalg.matrix_rank(A, tol=None, hermitian=False, *, rtol=None)",
)  # fmt: skip

# ----- New arrays that take only their shape and type from the argument -----
constant(
    "np.zeros(shape, dtype=float, order='C')", "np.ones(shape, dtype=None, order='C')",
    "np.empty(shape, dtype=float, order='C')", "np.eye(N, M=None, k=0)", "np.identity(n, dtype=None)",
    "np.tri(N, M=None, k=0)", "np.zeros_like(a, dtype=None, order='K', subok=True, shape=None)",
    "np.ones_like(a, dtype=None, order='K', subok=True, shape=None)",
    "np.empty_like(prototype, dtype=None, order='K', subok=True, shape=None)", "np.indices(dimensions, dtype=int)",
    "np.tril_indices(n, k=0, m=None)", "np.triu_indices(n, k=0, m=None)", "np.tril_indices_from(arr, k=0)",
    "np.triu_indices_from(arr, k=0)", "np.diag_indices(n, ndim=2)", "np.diag_indices_from(arr)",
    "np.unravel_index(indices, shape, order='C')", "np.ravel_multi_index(multi_index, dims, mode='raise', order='C')",
    "np.bartlett(M)", "np.blackman(M)", "np.hamming(M)", "np.hanning(M)",
)  # fmt: skip

# ----- Whole numbers -----
constant(
    "np.bitwise_and(x1, x2)", "np.bitwise_or(x1, x2)", "np.bitwise_xor(x1, x2)", "np.bitwise_not(x)",
    "np.bitwise_invert(x)", "np.bitwise_count(x)", "np.bitwise_left_shift(x1, x2)", "np.bitwise_right_shift(x1, x2)",
    "np.invert(x)", "np.left_shift(x1, x2)", "np.right_shift(x1, x2)", "np.gcd(x1, x2)", "np.lcm(x1, x2)",
    "np.packbits(a, /, axis=None)", "np.unpackbits(a, /, axis=None)", "np.bool(x)", "np.bool_(x)", "np.int8(x)",
    "np.int16(x)", "np.int32(x)", "np.int64(x)", "np.intp(x)", "np.intc(x)", "np.int_(x)", "np.long(x)",
    "np.longlong(x)", "np.short(x)", "np.byte(x)", "np.uint8(x)", "np.uint16(x)", "np.uint32(x)", "np.uint64(x)",
    "np.uintp(x)", "np.uintc(x)", "np.uint(x)", "np.ulong(x)", "np.ulonglong(x)", "np.ushort(x)", "np.ubyte(x)",
)  # fmt: skip

# ----- Text -----
constant(
    "np.array_repr(arr)", "np.array_str(a)", "np.array2string(a)", "np.format_float_positional(x)",
    "np.format_float_scientific(x)", "np.base_repr(number)", "np.binary_repr(num)", "np.info(object)",
)  # fmt: skip

# ----- Is it an array of another library? -----
constant("np.ma.isMaskedArray(x)", "scipy.sparse.issparse(x)", "scipy.sparse.isspmatrix(x)")

# ----- Built-in functions -----
constant(
    "builtins.len(obj, /)", "builtins.isinstance(obj, classinfo, /)", "builtins.issubclass(cls, classinfo, /)",
    "builtins.range(*args)", "builtins.int(x)", "builtins.bool(x)", "builtins.str(object)", "builtins.type(object, /)",
    "builtins.repr(obj, /)", "builtins.ascii(obj, /)", "builtins.format(value, spec='', /)", "builtins.print(*values)",
    "builtins.id(obj, /)", "builtins.hash(obj, /)", "builtins.callable(obj, /)", "builtins.hasattr(obj, name, /)",
    "builtins.all(iterable, /)", "builtins.any(iterable, /)", "builtins.chr(i, /)", "builtins.ord(c, /)",
    "builtins.bin(number, /)", "builtins.hex(number, /)", "builtins.oct(number, /)",
    "builtins.slice(start, stop=None, step=None)", "builtins.bytes(x)", "builtins.dir(obj)",
    "builtins.input(prompt='')", "builtins.open(file)",
    "warnings.warn(message, category=None, stacklevel=1)", "time.time()", "time.perf_counter()", "time.sleep(seconds)",
)  # fmt: skip

# ----- Assertions -----
constant(
    "np.testing.assert_(val, msg='')", "np.testing.assert_equal(actual, desired, **options)",
    "np.testing.assert_allclose(actual, desired, rtol=1e-07, atol=0, **options)",
    "np.testing.assert_almost_equal(actual, desired, decimal=7, err_msg='', verbose=True)",
    "np.testing.assert_approx_equal(actual, desired, significant=7, err_msg='', verbose=True)",
    "np.testing.assert_array_almost_equal(actual, desired, decimal=6, err_msg='', verbose=True)",
    "np.testing.assert_array_equal(actual, desired, **options)", "np.testing.assert_array_less(x, y, **options)",
    "np.testing.assert_array_almost_equal_nulp(x, y, nulp=1)",
)  # fmt: skip

# ----- Exceptions: what they carry is for reading -----
constant(
    "builtins.Exception(*args)", "builtins.ArithmeticError(*args)", "builtins.AssertionError(*args)",
    "builtins.AttributeError(*args)", "builtins.FloatingPointError(*args)", "builtins.IndexError(*args)",
    "builtins.KeyError(*args)", "builtins.LookupError(*args)", "builtins.NotImplementedError(*args)",
    "builtins.OverflowError(*args)", "builtins.RuntimeError(*args)", "builtins.StopIteration(*args)",
    "builtins.TypeError(*args)", "builtins.ValueError(*args)", "builtins.ZeroDivisionError(*args)",
)  # fmt: skip

# ----- The operator module -----
constant(
    "operator.lt(a, b, /)", "operator.le(a, b, /)", "operator.eq(a, b, /)", "operator.ne(a, b, /)",
    "operator.ge(a, b, /)", "operator.gt(a, b, /)", "operator.not_(obj, /)", "operator.truth(obj, /)",
    "operator.is_(a, b, /)", "operator.is_not(a, b, /)", "operator.and_(a, b, /)", "operator.or_(a, b, /)",
    "operator.xor(a, b, /)", "operator.invert(a, /)", "operator.inv(a, /)", "operator.lshift(a, b, /)",
    "operator.rshift(a, b, /)", "operator.index(a, /)", "operator.contains(a, b, /)", "operator.countOf(a, b, /)",
    "operator.indexOf(a, b, /)", "operator.length_hint(obj, default=0, /)",
)  # fmt: skip

# ----- Where a number belongs -----
constant(
    "bisect.bisect(a, x, lo=0, hi=None)", "bisect.bisect_left(a, x, lo=0, hi=None)",
    "bisect.bisect_right(a, x, lo=0, hi=None)",
)  # fmt: skip

# ----- Methods and attributes of numbers and arrays that no function of NumPy gives -----
constant(
    "ndarray.is_integer(x)", "ndarray.bit_length(x)", "ndarray.format(x, *args)", "ndarray.dtype(x)",
    "ndarray.itemsize(x)", "ndarray.nbytes(x)", "ndarray.strides(x)", "ndarray.flags(x)",
)  # fmt: skip

ALIASES = {"numpy.ma.core.isMaskedArray": "np.ma.isMaskedArray", "scipy._lib._sparse.issparse": "scipy.sparse.issparse"}
