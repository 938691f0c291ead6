"""A two-layer network that tells two digits apart, and its loss on one such task, in plain NumPy."""

import numpy as np

INPUTS, HIDDEN = 64, 16
SIZE = INPUTS * HIDDEN + 2 * HIDDEN


def scores(theta, x):
    """Positive for the second digit of a task.

    Shapes: theta[p], x[n, i]
    """
    weights = theta[: INPUTS * HIDDEN].reshape(INPUTS, HIDDEN)
    offsets = theta[INPUTS * HIDDEN : INPUTS * HIDDEN + HIDDEN]
    outer = theta[INPUTS * HIDDEN + HIDDEN :]
    return np.tanh(x @ weights + offsets) @ outer


def task_loss(theta, x, labels):
    """Mean negative log-likelihood of the labels, 0 or 1, of one task.

    Shapes: theta[p], x[n, i], labels[n]
    """
    weights = theta[: INPUTS * HIDDEN].reshape(INPUTS, HIDDEN)
    offsets = theta[INPUTS * HIDDEN : INPUTS * HIDDEN + HIDDEN]
    outer = theta[INPUTS * HIDDEN + HIDDEN :]
    s = np.tanh(x @ weights + offsets) @ outer
    return np.mean(np.logaddexp(0.0, s) - labels * s)
