"""Functions of NumPy that have no rule, and what to write instead; they may be called on constants all the same.

Every public function of NumPy is here, in the table of another file, or among those that change their arguments.
"""

from __future__ import annotations

from ..ir.helpers import KEPT_STATE, RESTORED_STATE


def said(way_out: str, *names: str) -> dict[str, str]:
    return {f"numpy.{name}": way_out for name in names}


REFUSED: dict[str, str] = {
    **said("Write the conditions and the functions as lists of the same length, or use np.where.", "piecewise"),
    **said("Write the loop over its elements out.",
           "apply_along_axis", "apply_over_axes", "fromfunction", "fromiter", "frompyfunc",
           "nested_iters"),
    **said("Multiply np.arange of whole numbers by the step.", "arange"),
    **said("Count with np.bincount, which has weights.",
           "histogram2d", "histogramdd", "histogram_bin_edges"),
    **said("Sort with np.sort and choose positions with np.searchsorted, which are constant.",
           "unique_all", "unique_counts", "unique_inverse", "unique_values", "intersect1d", "setdiff1d", "setxor1d",
           "union1d", "trim_zeros", "sort_complex"),
    **said("Convolve the coefficients with np.convolve, or solve for them with np.linalg.lstsq and np.vander.",
           "polydiv"),
    **said("Use plain arrays: np.asarray, np.block.", "asmatrix", "bmat", "require", "from_dlpack", "frombuffer"),
    **said("Write the window out with np.i0.", "kaiser"),
    **said("Read and write data outside of the function.",
           "fromfile", "fromregex", "fromstring", "genfromtxt", "load", "loadtxt", "save", "savetxt", "savez",
           "savez_compressed"),
    **said("What it gives is no number to differentiate.",
           "busday_count", "busday_offset", "is_busday", "datetime_as_string", "datetime_data", "einsum_path",
           "get_include", "getbufsize", "setbufsize", "geterr", "seterr", "geterrcall", "seterrcall", "errstate",
           "mintypecode", "printoptions", "set_printoptions", "show_config", "show_runtime", "test", "ix_",
           "mask_indices"),
}  # fmt: skip


def drawn(way_out: str, *names: str) -> dict[str, str]:
    """Of draws with parameters that carry derivatives, by a generator and by NumPy's own."""
    return {f"{holder}.{name}": way_out for name in names for holder in ("numpy.random", "")}


OF_OTHERS = {
    **drawn("Draw what depends on nothing: `loc + scale * rng.standard_normal(size)`.", "normal"),
    **drawn("Draw what depends on nothing: `low + (high - low) * rng.random(size)`.", "uniform"),
    **drawn("Draw what depends on nothing: `scale * rng.standard_exponential(size)`.", "exponential"),
    **drawn("Draw what depends on nothing: `np.exp(mean + sigma * rng.standard_normal(size))`.", "lognormal"),
    **drawn("Draw what depends on nothing: `mean + rng.standard_normal(len(mean)) @ np.linalg.cholesky(cov).T`.",
            "multivariate_normal"),
    **drawn("A number that is counted has no derivative; pass `srcgrad.stop_gradient` of what it is drawn with.",
            "poisson", "binomial", "geometric"),
    "builtins.iter": "Take the items in the function that makes the iterator, by `next` or in a loop.",
    **dict.fromkeys(
        (KEPT_STATE, RESTORED_STATE),
        "Carry arrays and numbers through the checkpointed loop, each under a name of its own: such a loop can be "
        "differentiated twice.",
    ),
}  # fmt: skip
