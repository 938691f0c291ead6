"""Derivatives of the density of several normal variables, `scipy.stats.multivariate_normal`."""

# ruff: noqa: F821, F841  (templates are read as text: SciPy is not imported)
# mypy: ignore-errors
from __future__ import annotations

from ..runtime import (
    normal_adjoint_covariance,
    normal_adjoint_mean,
    normal_adjoint_points,
    normal_tangent_covariance,
    normal_tangent_rows,
)
from .declare import rule


@rule("scipy.stats.multivariate_normal.logpdf(x, mean=None, cov=1, allow_singular=False)")
def logpdf(x, mean, cov, out, d_out, t_x, t_mean, t_cov):
    d_x = normal_adjoint_points(d_out, x, mean, cov)
    d_mean = normal_adjoint_mean(d_out, x, mean, cov)
    d_cov = normal_adjoint_covariance(d_out, x, mean, cov)
    t_out = normal_tangent_rows(t_x, x, mean, cov, out)
    t_out -= normal_tangent_rows(t_mean, x, mean, cov, out)
    t_out += normal_tangent_covariance(t_cov, x, mean, cov, out)


@rule("scipy.stats.multivariate_normal.pdf(x, mean=None, cov=1, allow_singular=False)")
def pdf(x, mean, cov, out, d_out, t_x, t_mean, t_cov):
    d_x = normal_adjoint_points(d_out * out, x, mean, cov)
    d_mean = normal_adjoint_mean(d_out * out, x, mean, cov)
    d_cov = normal_adjoint_covariance(d_out * out, x, mean, cov)
    t_out = out * normal_tangent_rows(t_x, x, mean, cov, out)
    t_out -= out * normal_tangent_rows(t_mean, x, mean, cov, out)
    t_out += out * normal_tangent_covariance(t_cov, x, mean, cov, out)
