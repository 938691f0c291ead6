"""The programs that are measured, in plain NumPy."""

import numpy as np

CLASSES = 10


def product_sine(x):
    """The smallest program: what a call costs."""
    return x * np.sin(x)


def mlp_loss(x, t, w1, b1, w2, b2):
    """Mean squared error of a two-layer network on the batch (x, t).

    Shapes: x[n, i], t[n, o], w1[i, h], b1[h], w2[h, o], b2[o]
    """
    h = np.tanh(x @ w1 + b1)
    y = h @ w2 + b2
    r = y - t
    return np.mean(r**2)


def bounce(x, v, loss, steps):
    """Energy radiated by a pendulum that bounces off a wall at x = 1."""
    energy = 0.0
    for i in range(steps):  # noqa: B007
        v = v - 0.1 * np.sin(x)
        x = x + 0.1 * v
        if x > 1.0:
            x = 2.0 - x
            v = -loss * v
        energy = energy + v * v
    return energy


def digits_loss(theta, x, labels, hidden):
    """Cross-entropy of a two-layer network whose weights and offsets stand in one vector, as in examples/digits."""
    inputs = x.shape[1]
    end_w1 = inputs * hidden
    end_b1 = end_w1 + hidden
    end_w2 = end_b1 + hidden * CLASSES
    w1 = theta[:end_w1].reshape(inputs, hidden)
    w2 = theta[end_b1:end_w2].reshape(hidden, CLASSES)
    scores = np.tanh(x @ w1 + theta[end_w1:end_b1]) @ w2 + theta[end_w2:]
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    log_total = np.log(np.sum(np.exp(shifted), axis=1))
    return np.mean(log_total - shifted[np.arange(len(labels)), labels])
