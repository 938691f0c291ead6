"""Losses of two classifiers of handwritten digits, in plain NumPy: logistic regression and a two-layer network."""

import numpy as np

CLASSES = 10
HIDDEN = 48


def cross_entropy(scores, labels):
    """Mean negative log-likelihood of the integer labels under the softmax of the scores."""
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    log_total = np.log(np.sum(np.exp(shifted), axis=1))
    return np.mean(log_total - shifted[np.arange(len(labels)), labels])


def logistic_scores(theta, x):
    """Scores of multinomial logistic regression; theta holds the weights and then the offsets."""
    inputs = x.shape[1]
    weights = theta[: inputs * CLASSES].reshape(inputs, CLASSES)
    offsets = theta[inputs * CLASSES :]
    return x @ weights + offsets


def logistic_loss(theta, x, labels, decay: float):
    """Regularised loss of multinomial logistic regression.

    Shapes: theta[p], x[n, i]
    """
    return cross_entropy(logistic_scores(theta, x), labels) + decay * np.sum(theta**2)


def network_scores(theta, x):
    """Scores of a two-layer network; theta holds both layers, weights before offsets."""
    inputs = x.shape[1]
    end_w1 = inputs * HIDDEN
    end_b1 = end_w1 + HIDDEN
    end_w2 = end_b1 + HIDDEN * CLASSES
    w1 = theta[:end_w1].reshape(inputs, HIDDEN)
    b1 = theta[end_w1:end_b1]
    w2 = theta[end_b1:end_w2].reshape(HIDDEN, CLASSES)
    b2 = theta[end_w2:]
    hidden = np.tanh(x @ w1 + b1)
    return hidden @ w2 + b2


def network_loss(theta, x, labels, decay: float):
    """Regularised loss of the two-layer network.

    Shapes: theta[p], x[n, i]
    """
    return cross_entropy(network_scores(theta, x), labels) + decay * np.sum(theta**2)
