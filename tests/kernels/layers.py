"""Layers of neural networks by loops, as in NPBench and lecture notes."""

import numpy as np
from case import case


def conv2d(input, weights):
    K = weights.shape[0]
    N = input.shape[0]
    H_out = input.shape[1] - K + 1
    W_out = input.shape[2] - K + 1
    C_out = weights.shape[3]
    output = np.empty((N, H_out, W_out, C_out), dtype=input.dtype)

    for i in range(H_out):
        for j in range(W_out):
            output[:, i, j, :] = np.sum(
                input[:, i:i + K, j:j + K, :, np.newaxis] *
                weights[np.newaxis, :, :, :],
                axis=(1, 2, 3),
            )

    return output


def conv2d_bias(input, weights, bias):
    return conv2d(input, weights) + bias


def batchnorm2d(x, eps=1e-5):
    mean = np.mean(x, axis=0, keepdims=True)
    std = np.std(x, axis=0, keepdims=True)
    return (x - mean) / np.sqrt(std + eps)


def relu(x):
    return np.maximum(x, 0)


def resnet_basicblock(input, conv1, conv2, conv3):
    """Zero padding by hand into a larger array."""
    padded = np.zeros((input.shape[0], input.shape[1] + 2, input.shape[2] + 2, conv1.shape[3]), dtype=input.dtype)
    padded[:, 1:-1, 1:-1, :] = conv2d(input, conv1)
    x = batchnorm2d(padded)
    x = relu(x)
    x = conv2d(x, conv2)
    x = batchnorm2d(x)
    x = relu(x)
    x = conv2d(x, conv3)
    x = batchnorm2d(x)
    return relu(x + input)


def maxpool2d(x):
    output = np.empty([x.shape[0], x.shape[1] // 2, x.shape[2] // 2, x.shape[3]], dtype=x.dtype)
    for i in range(x.shape[1] // 2):
        for j in range(x.shape[2] // 2):
            output[:, i, j, :] = np.max(x[:, 2 * i:2 * i + 2, 2 * j:2 * j + 2, :], axis=(1, 2))
    return output


def lenet5(input, conv1, conv1bias, fc1w, fc1b):
    x = relu(conv2d(input, conv1) + conv1bias)
    x = maxpool2d(x)
    x = np.reshape(x, (input.shape[0], -1))
    return x @ fc1w + fc1b


def softmax(x):
    tmp_max = np.max(x, axis=-1, keepdims=True)
    tmp_out = np.exp(x - tmp_max)
    tmp_sum = np.sum(tmp_out, axis=-1, keepdims=True)
    return tmp_out / tmp_sum


def softmax_in_place(x):
    x -= np.max(x, axis=-1, keepdims=True)
    np.exp(x, out=x)
    x /= np.sum(x, axis=-1, keepdims=True)
    return x


def cross_entropy(x, labels):
    p = softmax_in_place(x)
    return -np.mean(np.log(p[np.arange(len(labels)), labels]))


def average_pool_padded(image, size):
    """Sums over a window, clipped at the border by hand."""
    h, w = image.shape
    out = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            total, count = 0.0, 0
            for di in range(-size, size + 1):
                for dj in range(-size, size + 1):
                    if 0 <= i + di < h and 0 <= j + dj < w:
                        total += image[i + di, j + dj]
                        count += 1
            out[i, j] = total / count
    return out


def batch_norm_training(x, gamma, beta, running_mean, running_var, momentum):
    """Running statistics are updated in the arrays that came in."""
    mu = x.mean(axis=0)
    var = x.var(axis=0)
    running_mean *= momentum
    running_mean += (1 - momentum) * mu
    running_var *= momentum
    running_var += (1 - momentum) * var
    x_hat = (x - mu) / np.sqrt(var + 1e-5)
    return gamma * x_hat + beta, running_mean, running_var


def layer_norm(x, g, b):
    out = np.empty_like(x)
    for t in range(x.shape[0]):
        row = x[t]
        m = row.sum() / row.size
        s = np.sqrt(((row - m) ** 2).sum() / row.size + 1e-5)
        out[t] = (row - m) / s * g + b
    return out


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def lstm(x, Wf, b, h, c):
    """Four gates cut from one product by slices."""
    H = h.shape[0]
    states = np.zeros((len(x), H))
    for t in range(len(x)):
        z = np.concatenate((h, x[t])) @ Wf + b
        f = sigmoid(z[:H])
        i = sigmoid(z[H:2 * H])
        o = sigmoid(z[2 * H:3 * H])
        g = np.tanh(z[3 * H:])
        c = f * c + i * g
        h = o * np.tanh(c)
        states[t] = h
    return states, c


def gru(xs, params):
    h = np.zeros(params["Uz"].shape[0])
    hs = []
    for x in xs:
        z = sigmoid(params["Wz"] @ x + params["Uz"] @ h)
        r = sigmoid(params["Wr"] @ x + params["Ur"] @ h)
        n = np.tanh(params["Wn"] @ x + params["Un"] @ (r * h))
        h = (1 - z) * h + z * n
        hs.append(h)
    return np.stack(hs)


def attention_causal(q, k, v):
    """A mask of future positions is written into the scores."""
    scores = q @ k.T / np.sqrt(q.shape[-1])
    scores[np.triu_indices(len(q), 1)] = -1e9
    return softmax_in_place(scores) @ v


def min_char_rnn(inputs: list[int], targets: list[int], hprev, Wxh, Whh, Why):
    """Karpathy's min-char-rnn: states kept in dicts by time."""
    xs, hs, ps = {}, {}, {}
    hs[-1] = np.copy(hprev)
    loss = 0
    for t in range(len(inputs)):
        xs[t] = np.zeros((Wxh.shape[1], 1))
        xs[t][inputs[t]] = 1
        hs[t] = np.tanh(np.dot(Wxh, xs[t]) + np.dot(Whh, hs[t - 1]))
        y = np.dot(Why, hs[t])
        ps[t] = np.exp(y) / np.sum(np.exp(y))
        loss += -np.log(ps[t][targets[t], 0])
    return loss


def momentum_sgd(w, x, y, lr, mu, epochs):
    """Training inside the program, by hand-written gradients."""
    v = np.zeros_like(w)
    for _ in range(epochs):
        for i in range(len(x)):
            err = x[i] @ w - y[i]
            g = err * x[i]
            v *= mu
            v -= lr * g
            w += v
    return w


rng = np.random.default_rng(5)
N = rng.normal

CASES = [
    case(conv2d_bias, N(size=(2, 4, 4, 2)), N(size=(2, 2, 2, 3)), N(size=3)),
    case(resnet_basicblock, N(size=(3, 3, 3, 2)), N(size=(1, 1, 2, 2)), N(size=(3, 3, 2, 2)), N(size=(1, 1, 2, 2)),
         tol=1e-6),
    case(lenet5, N(size=(2, 5, 5, 1)), N(size=(2, 2, 1, 2)), N(size=2), N(size=(8, 3)), N(size=3)),
    case(softmax, N(size=(2, 5))),
    case(cross_entropy, N(size=(3, 4)), np.array([1, 0, 3])),
    case(average_pool_padded, N(size=(3, 4)), 1),
    case(batch_norm_training, N(size=(5, 3)), N(size=3), N(size=3), N(size=3), rng.uniform(0.5, 1, 3), 0.9),
    case(layer_norm, N(size=(3, 4)), N(size=4), N(size=4)),
    case(lstm, N(size=(3, 2)), N(size=(5, 12)), N(size=12), N(size=3), N(size=3)),
    case(gru, N(size=(3, 2)), {name: N(size=(2, 2)) for name in ("Wz", "Uz", "Wr", "Ur", "Wn", "Un")}),
    case(attention_causal, N(size=(3, 2)), N(size=(3, 2)), N(size=(3, 2))),
    case(min_char_rnn, [0, 2, 1], [2, 1, 0], N(size=(3, 1)), N(size=(3, 3)), N(size=(3, 3)), N(size=(3, 3))),
    case(momentum_sgd, N(size=3), N(size=(4, 3)), N(size=4), 0.1, 0.8, 2),
]  # fmt: skip
