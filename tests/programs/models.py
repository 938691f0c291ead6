"""Whole small models of statistics and learning, written as their users write them."""
import math

import numpy as np
from case import case

RNG = np.random.default_rng(7)
X = RNG.normal(size=(6, 3))
Y = RNG.normal(size=6)
LABELS = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 0.0])
CLASSES = np.array([0, 2, 1, 2, 0, 1])
W = RNG.normal(size=(3, 4))
SQUARE = 0.4 * RNG.normal(size=(4, 4))
SEQUENCE = RNG.normal(size=(5, 3))


def mlp_loss(x, t, w1, b1, w2, b2):
    """Mean squared error of a two-layer network on the batch (x, t).

    Shapes: x[n, i], t[n, o], w1[i, h], b1[h], w2[h, o], b2[o]
    """
    h = np.tanh(x @ w1 + b1)
    y = h @ w2 + b2
    r = y - t
    return np.mean(r**2)


def logistic_regression(w: np.ndarray, b: float, x: np.ndarray, labels: np.ndarray, penalty: float = 0.1):
    """Mean cross entropy of a linear classifier, with a penalty on the weights.

    Shapes: w[k], b[], x[n, k], labels[n]
    """
    score = x @ w + b
    loss = np.logaddexp(0.0, score) - labels * score
    return np.mean(loss) + penalty * np.dot(w, w)


def multinomial_regression(w, x, classes):
    """Log loss of a softmax classifier; the label of each row is an index."""
    logits = x @ w
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    log_normaliser = np.log(np.sum(np.exp(shifted), axis=1))
    chosen = shifted[np.arange(len(classes)), classes]
    return np.mean(log_normaliser - chosen)


def recurrent_network(sequence, w_in, w_state, readout):
    """A tanh recurrent network over a sequence, its error in predicting the next input."""
    state = np.zeros(w_state.shape[0])
    loss = 0.0
    for t in range(len(sequence) - 1):
        state = np.tanh(sequence[t] @ w_in + w_state @ state)
        loss = loss + np.sum((state @ readout - sequence[t + 1]) ** 2)
    return loss / len(sequence)


def gated_unit(sequence, w_gate, w_new, state):
    """A gated recurrent unit, rebinding its state over the rows."""
    for x in sequence:
        joined = np.concatenate([x, state])
        gate = 1.0 / (1.0 + np.exp(-joined @ w_gate))
        proposal = np.tanh(joined @ w_new)
        state = (1.0 - gate) * state + gate * proposal
    return state


def attention_head(x, w_query, w_key, w_value):
    """One causal attention head.  Shapes: x[t, i], w_query[i, h], w_key[i, h], w_value[i, h]"""
    query, key, value = x @ w_query, x @ w_key, x @ w_value
    scores = query @ key.T / np.sqrt(query.shape[-1])
    scores = np.where(np.tril(np.ones(scores.shape)) > 0.0, scores, -1e9)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    return weights @ value


def gaussian_mixture(x, log_weights, means, log_scales):
    """Log-likelihood of points under a one-dimensional mixture."""
    scales = np.exp(log_scales)
    z = (x[:, None] - means) / scales
    weights = np.exp(log_weights) / np.sum(np.exp(log_weights))
    log_density = np.log(weights) - 0.5 * z**2 - log_scales - 0.5 * math.log(2.0 * math.pi)
    top = log_density.max(axis=1)
    return np.sum(top + np.log(np.sum(np.exp(log_density - top[:, None]), axis=1)))


def reconstruction_error(x, directions):
    """What a linear auto-encoder with tied weights loses: the objective of PCA, not orthonormal."""
    centred = x - x.mean(axis=0)
    codes = centred @ directions
    return np.sum((centred - codes @ directions.T) ** 2) / len(x)


def kernel_ridge(train, targets, query, log_length, log_ridge):
    """Predictions of kernel ridge regression as a function of its hyperparameters."""
    length, ridge = np.exp(log_length), np.exp(log_ridge)

    def kernel(a, b):
        squared = np.sum((a[:, None, :] - b[None, :, :]) ** 2, axis=-1)
        return np.exp(-squared / (2.0 * length**2))

    dual = np.linalg.solve(kernel(train, train) + ridge * np.eye(len(train)), targets)
    return kernel(query, train) @ dual


def hidden_markov_chain(observed, log_transition, log_emission):
    """Log-likelihood by the forward recursion in logarithms, rebinding one vector."""
    transition = log_transition - np.log(np.sum(np.exp(log_transition), axis=1, keepdims=True))
    emission = log_emission - np.log(np.sum(np.exp(log_emission), axis=1, keepdims=True))
    alpha = emission[:, observed[0]] - np.log(len(transition))
    for symbol in observed[1:]:
        joint = alpha[:, None] + transition
        top = np.max(joint, axis=0)
        alpha = top + np.log(np.sum(np.exp(joint - top), axis=0)) + emission[:, symbol]
    return np.log(np.sum(np.exp(alpha)))


def kalman_filter(observations, process_noise, measurement_noise, mean, variance):
    """Negative log-likelihood of a local-level model in one dimension."""
    total = 0.0
    for y in observations:
        variance = variance + process_noise**2
        innovation = y - mean
        spread = variance + measurement_noise**2
        total = total + 0.5 * (math.log(2.0 * math.pi * spread) + innovation**2 / spread)
        gain = variance / spread
        mean = mean + gain * innovation
        variance = (1.0 - gain) * variance
    return total


def tracking_filter(observations, state, covariance, dt, noise):
    """A Kalman filter with position and velocity: matrices rebound in every step."""
    move = np.array([[1.0, dt], [0.0, 1.0]])
    look = np.array([1.0, 0.0])
    error = 0.0
    for y in observations:
        state = move @ state
        covariance = move @ covariance @ move.T + 0.01 * np.eye(2)
        gain = covariance @ look / (look @ covariance @ look + noise)
        residual = y - look @ state
        state = state + gain * residual
        covariance = covariance - np.outer(gain, look @ covariance)
        error = error + residual**2
    return error


def cosine_similarity(a, b):
    """Mean similarity between every row of a and every row of b."""
    a = a / np.sqrt(np.sum(a**2, axis=1, keepdims=True))
    b = b / np.linalg.norm(b, axis=1)[:, None]
    return np.mean((a @ b.T) ** 2)


def hinge_loss(w, b, x, labels):
    """A linear support vector machine: some rows are beyond the margin, some within."""
    sign = 2.0 * labels - 1.0
    margin = sign * (x @ w + b)
    return 0.05 * w @ w + np.mean(np.maximum(0.0, 1.0 - margin))


def huber_regression(w, x, y, delta):
    """Quadratic near zero, linear far out."""
    residual = y - x @ w
    size = np.abs(residual)
    return np.sum(np.where(size < delta, 0.5 * residual**2, delta * (size - 0.5 * delta)))


def poisson_regression(w, x, counts, exposure):
    """Deviance of counts under a log link with an offset."""
    log_rate = x @ w + np.log(exposure)
    log_factorial = np.array([math.lgamma(c + 1.0) for c in (0.0, 1.0, 2.0)])[counts]
    return -np.sum(counts * log_rate - np.exp(log_rate) - log_factorial)


def variational_bound(mean, log_std, noise, x):
    """Evidence lower bound of a Gaussian posterior, with the draws made beforehand."""
    sample = mean + np.exp(log_std) * noise
    log_likelihood = -0.5 * np.mean(np.sum((x[:, None, :] - sample) ** 2, axis=(0, 2)))
    divergence = 0.5 * np.sum(np.exp(2.0 * log_std) + mean**2 - 1.0 - 2.0 * log_std)
    return log_likelihood - divergence


def convolution_layer(image, kernel, bias):
    """A 2-d convolution as a sum of shifted slices, then a smooth rectifier."""
    rows, columns = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    total = np.zeros((rows, columns))
    for i in range(kernel.shape[0]):
        for j in range(kernel.shape[1]):
            total = total + kernel[i, j] * image[i : i + rows, j : j + columns]
    return np.log1p(np.exp(total + bias))


def gradient_descent(w, x, y, rate, steps):
    """Training unrolled: how good the weights are after a few steps, against the learning rate."""
    velocity = np.zeros_like(w)
    for _ in range(steps):
        residual = x @ w - y
        velocity = 0.8 * velocity - rate * (x.T @ residual) / len(y)
        w = w + velocity
    return np.mean((x @ w - y) ** 2)


CASES = [
    case(mlp_loss, X, Y[:, None] * [1.0, -0.5], W, Y[:4], W.T[:, :2], Y[:2]),
    case(logistic_regression, Y[:3], 0.2, X, LABELS),
    case(logistic_regression, Y[:3], 0.2, X, LABELS > 0.5, 0.3, label="labels are bool"),
    case(multinomial_regression, W, X, CLASSES),
    case(recurrent_network, SEQUENCE, W, SQUARE, W.T),
    case(gated_unit, SEQUENCE[:3], np.vstack([W, SQUARE]), np.vstack([SQUARE, W]), Y[:4]),
    case(attention_head, SEQUENCE, W, W[::-1], W[:, ::-1]),
    case(gaussian_mixture, Y, np.array([0.1, -0.4, 0.3]), np.array([-1.0, 0.2, 1.1]), np.array([-0.3, 0.0, -0.6])),
    case(reconstruction_error, X, 0.5 * W[:, :2]),
    case(kernel_ridge, X, Y, SEQUENCE[:2], 0.3, -1.0),
    case(hidden_markov_chain, [0, 2, 1, 1, 0, 2], SQUARE[:2, :2], X[:2]),
    case(kalman_filter, Y, 0.4, 0.7, 0.1, 1.2),
    case(kalman_filter, (0.3, -0.1, 0.4), 0.4, 0.7, 0.1, 1.2, label="observations are a tuple", wrt=(1, 2, 3, 4)),
    case(tracking_filter, Y, np.array([0.0, 0.5]), np.eye(2), 0.2, 0.3),
    case(cosine_similarity, X, SEQUENCE),
    case(hinge_loss, -Y[:3], 1.0, X, LABELS, wrt=(0, 1, 2)),
    case(huber_regression, Y[3:], X, Y, 0.8),
    case(poisson_regression, Y[:3], X, np.array([0, 2, 1, 1, 0, 2]), np.linspace(0.5, 1.5, 6)),
    case(variational_bound, Y[:3], np.array([-0.5, 0.1, -0.2]), SEQUENCE, X),
    case(convolution_layer, np.outer(Y, Y) + 0.1 * Y, X[:2, :2], 0.1),
    case(gradient_descent, Y[:3], X, Y, 0.15, 5),
]
