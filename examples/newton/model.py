"""The loss of logistic regression, in plain NumPy."""

import numpy as np


def loss(theta, x, labels, decay: float):
    """Regularised mean of the negative log-likelihood of labels that are 0 or 1.

    Shapes: theta[p], x[n, p], labels[n]
    """
    scores = x @ theta
    return np.mean(np.logaddexp(0.0, scores) - labels * scores) + decay * np.sum(theta**2)
