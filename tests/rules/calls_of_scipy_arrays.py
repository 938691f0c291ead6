"""Calls of functions of scipy.linalg, scipy.fft, scipy.ndimage, scipy.signal and scipy.integrate."""

# ruff: noqa: E501
from __future__ import annotations

from library_calls import Call, calls

BORDERS = ("reflect", "mirror", "nearest", "wrap", "constant")
MODES = ("full", "same", "valid")
SECTION = "[0.2, 0.4, 0.2, 1.0, -0.6, 0.3]"
TYPES = [f"{n}(x, {t}{norm})" for n in ("dct", "idct", "dst", "idst") for t in (1, 2, 3, 4) for norm in ("", ", norm='ortho'")]

CALLS: list[Call] = [
    # ----- linear algebra -----
    *calls("scipy.linalg.", "solve(M, v)", "solve(C, v)", "solve(M, X)", "solve_triangular(M, v, 1, lower=True)", "inv(M)", "inv(B)",
           "det(M)", "det(B)", "eigh(S, eigvals_only=True)", "eigh(S, lower=False, eigvals_only=True)", "eigvalsh(S)",
           "eigvalsh(S, lower=False)", "eigvals(M)", "cho_factor(S)[0]", "cho_factor(S, lower=True)[0]", "cho_solve((S, True), v)",
           "cho_solve((S, False), X)", "cho_solve(scipy.linalg.cho_factor(S), v)", "lu_factor(M)[0]", "lu_solve(scipy.linalg.lu_factor(M), v)",
           "lu_solve(scipy.linalg.lu_factor(M), X, trans=1)", "solve_banded((1, 1), X[:3] + [[0], [5], [0]], x)",
           "solve_banded((1, 2), X + [[0], [0], [6], [0]], X.T)", "solve_sylvester(M, S, C.real)",
           "solve_continuous_lyapunov(M, S)", "qr(M)", "qr(X.T, mode='economic')", "svd(M)[1]", "svd(X, full_matrices=False)",
           "svd(M, compute_uv=False)", "svdvals(X)", "pinv(X)", "expm(0.3 * M)", "expm(0.3 * B)", "expm(0.2 * C)", "sqrtm(S)", "sqrtm(C)",
           "logm(S)", "cosm(0.3 * M)", "sinm(0.3 * M)", "tanm(0.1 * M)", "coshm(0.3 * M)", "sinhm(0.3 * M)", "tanhm(0.1 * M)",
           "toeplitz(x)", "toeplitz(x, p[:3])", "toeplitz(z)", "toeplitz(a)", "circulant(x)", "block_diag(K, x, a)"),
    # ----- transforms -----
    *calls("scipy.fft.", *TYPES, "dct(X, n=6, axis=0)", "dst(X, 3, 3, 0, 'forward')", "dct(z)"),
    *calls("scipy.fft.", *(f"{n}{options}" for n in ("fft", "ifft") for options in ("(x)", "(Z, 3, 0, 'ortho')", "(X, workers=1)"))),
    *calls("scipy.fft.", "rfft(x, 8, norm='forward')", "irfft(z, n=7)", "hfft(z)", "ihfft(x)", "fft2(X, (3, 7))", "ifft2(Z)", "fftn(X, (6,))",
           "ifftn(Z, axes=(1,))", "rfft2(X)", "rfftn(X, (3, 4))", "irfft2(Z)", "irfftn(Z, (3, 7))", "fftshift(x)", "ifftshift(X, axes=0)"),
    # ----- filters -----
    *calls("scipy.ndimage.", *(call.format(m) for m in BORDERS for call in (
        "correlate(X, K, mode='{}')", "convolve(X, K[:2], mode='{}', origin=(-1, 1))", "correlate1d(X, K[0], 0, mode='{}', origin=1)",
        "convolve1d(X, v, mode='{}', cval=0.4)", "gaussian_filter(X, (1.5, 0.5), order=(0, 1), mode='{}')", "gaussian_filter1d(X, 1.2, 0, mode='{}')",
        "uniform_filter(X, (2, 3), mode='{}', origin=(-1, 1))", "uniform_filter1d(X, 3, mode='{}')", "laplace(X, mode='{}')",
        "sobel(X, 0, mode='{}')", "prewitt(X, mode='{}', cval=0.2)"))),
    *calls("scipy.ndimage.", "gaussian_filter(x32, 1.0)", "gaussian_filter(X, 1, radius=2)"),
    *calls("scipy.signal.", *(call.format(m) for m in MODES for call in (
        "convolve(x, v, '{}')", "convolve(K, X, mode='{}')", "fftconvolve(x, v, '{}')", "oaconvolve(x, v, '{}')", "convolve2d(X, K[:2, :2], '{}')",
        "correlate(z, z[:2], '{}')", "correlate(x[:2], y, '{}')", "correlate2d(X, K[:2, :2], '{}')", "convolve(x, p, '{}', method='fft')"))),
    *calls("scipy.signal.", "lfilter(p[:2], [1.3, c, 0.1], x)", "lfilter([1.0, 0.3], [1.0, 0.2], X, axis=0)", "lfilter(p, pos[:1], x)",
           "savgol_filter(x, 5, 2)", "savgol_filter(X, 3, 1, deriv=1, axis=0, mode='nearest')", "detrend(X, axis=0)", "detrend(x, type='constant')"),
    *calls("scipy.signal.", f"sosfilt([{SECTION}], x)", f"sosfilt([{SECTION}, {SECTION}], X, axis=0)", f"sosfiltfilt([{SECTION}], x, padlen=3)",
           f"sosfiltfilt([{SECTION}, {SECTION}], X, 0, 'even', 2)", f"sosfiltfilt([{SECTION}], x, padtype=None)",
           "filtfilt([0.2, 0.1], [1.0, -0.8], x, padlen=4)", "filtfilt([0.2, 0.1], [1.0, -0.8, 0.2], X, 0, padtype='constant', padlen=2)",
           "filtfilt([0.2, 0.1, 0.3], [1.0], X, padtype='even', padlen=1)", "filtfilt([0.2], [1.0, -0.8], x, padtype=None)",
           "filtfilt([0.2, 0.1], [1.0, -0.8], X, axis=0, method='gust')", f"sosfiltfilt([{SECTION}], np.tile(x, 4))",
           "filtfilt([0.2, 0.1], [1.0, -0.8], np.tile(X, 2))"),
    *calls("scipy.ndimage.", *(call.format(m) for m in (*BORDERS, "grid-constant", "grid-wrap") for call in (
        "shift(X, (0.4, -1.2), mode='{}')", "shift(x, 1.3, order=1, mode='{}', cval=0.5)", "zoom(X, (1.5, 0.8), mode='{}')",
        "zoom(x, 2, order=1, mode='{}', grid_mode=True)"))),
    *calls("scipy.ndimage.", "shift(x, 0.6, order=0, mode='nearest')", "shift(X, 1, order=2, prefilter=False)", "zoom(X, 1.7, order=5)"),
    # ----- integrals -----
    *calls("scipy.integrate.", "simpson(y)", "simpson(X, dx=a, axis=0)", "simpson(y, x=np.array([0.0, 1.0, 1.5, 3.0, 4.0]))", "romb(x, b)",
           "cumulative_trapezoid(y, xs)", "cumulative_trapezoid(X, dx=a, axis=0, initial=0)", "cumulative_trapezoid(X, Y, axis=1)",
           "cumulative_simpson(y, dx=0.3)", "cumulative_simpson(X, axis=0)"),
]  # fmt: skip
REFUSED = [
    (calls("scipy.linalg.", "solve(B, X[:, :1])")[0], "stacks of matrices"),
    (calls("scipy.linalg.", "solve(S, v, assume_a='pos')")[0], "`assume_a`"),
    (calls("scipy.linalg.", "solve(M, v, overwrite_b=True)")[0], "`overwrite_b`"),
    (calls("scipy.linalg.", "qr(X.T)[0]")[0], "mode='economic'"),
    (calls("scipy.linalg.", "toeplitz(X)")[0], "stacks of matrices"),
    (calls("scipy.linalg.", "lu_factor(X)[0]")[0], "not square"),
    (calls("scipy.fft.", "fft(x, overwrite_x=True)")[0], "`overwrite_x`"),
    (calls("scipy.fft.", "dct(x, orthogonalize=True)")[0], "`orthogonalize`"),
    (calls("scipy.ndimage.", "gaussian_filter(X, 1.0, mode=['wrap', 'reflect'])")[0], "differ from axis to axis"),
    (calls("scipy.ndimage.", "gaussian_filter(X, a)")[0], "no derivative with respect to `sigma`"),
    (calls("scipy.ndimage.", "convolve(X, K, mode='constant', cval=a)")[0], "no derivative with respect to `cval`"),
    (calls("scipy.ndimage.", "correlate(z, v)")[0], "real numbers only"),
    (calls("scipy.signal.", "convolve2d(X, K, boundary='wrap')")[0], "`boundary`"),
    (calls("scipy.signal.", "lfilter(p[:2], [1.0], x, zi=p[:1])[0]")[0], "`zi`"),
    (calls("scipy.integrate.", "simpson(y, x=xs)")[0], "no derivative with respect to `x`"),
    (calls("scipy.integrate.", "cumulative_simpson(y, initial=0.0)")[0], "`initial`"),
]
FIRST_ORDER: frozenset[str] = frozenset()
