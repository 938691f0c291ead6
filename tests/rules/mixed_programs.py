"""Real numbers beside complex ones: what is real, in the middle of a program too, has a real adjoint."""

from __future__ import annotations

import numpy as np

TURN = 0.3 + 1.0j


def measured(y):
    return np.abs(np.sum(TURN * np.sin(y))) ** 2


def stacked(w, z):
    return measured(np.stack([np.real(w), z]))


def stacked_last(w, z):
    return measured(np.stack((z, np.abs(w)), axis=-1))


def array_of_two(w, z):
    return measured(np.array([np.real(w), z]))


def nested_array(w, z):
    return measured(np.array([[np.abs(w[0]), z[1]], [z[0], np.real(w[1])]]))


def joined(w, z):
    return measured(np.concatenate([np.real(w), z])) + measured(np.append(np.imag(w), z))


def rows(w, z):
    return measured(np.vstack([np.real(w), z])) + measured(np.column_stack([np.real(w), z]))


def chosen(w, z):
    return measured(np.where(np.real(z) > 0.7, np.real(w), z))


def selected(w, z):
    return measured(np.select([np.real(z) > 0.7], [np.real(w)], default=z))


def products(w, z):
    return measured(np.outer(np.real(w), z)) + measured(np.dot(np.abs(w), z)) + measured(np.kron(np.imag(w), z))


def contracted(w, z):
    return measured(np.einsum("i,j->ij", np.real(w), z)) + measured(np.tensordot(np.abs(w), z, 1))


def chain(w, z):
    return measured(np.linalg.multi_dot([np.real(w), np.outer(z, z), np.abs(w)]))


def built(w, z):
    return measured([np.real(w)[0], z[1]][0] + sum([np.real(w)[0], z[1]]) * z[0])


def listed(w, z):
    parts = [np.real(w), z]
    return measured(np.stack(parts)) + measured(np.array(parts))


def weighted(w, z):
    return measured(np.average(z, weights=np.abs(w))) + measured(np.trapezoid(z, np.real(w)))
