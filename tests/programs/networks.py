"""Networks as their authors have them: a small GPT, a recurrent network of characters with its gradients by hand."""

import numpy as np
from case import case


def gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def softmax(x):
    exp_x = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return exp_x / np.sum(exp_x, axis=-1, keepdims=True)


def layer_norm(x, g, b, eps: float = 1e-5):
    mean = np.mean(x, axis=-1, keepdims=True)
    variance = np.var(x, axis=-1, keepdims=True)
    return g * (x - mean) / np.sqrt(variance + eps) + b


def linear(x, w, b):
    return x @ w + b


def ffn(x, c_fc, c_proj):
    return linear(gelu(linear(x, **c_fc)), **c_proj)


def attention(q, k, v, mask):
    return softmax(q @ k.T / np.sqrt(q.shape[-1]) + mask) @ v


def mha(x, c_attn, c_proj, n_head):
    x = linear(x, **c_attn)
    qkv = np.split(x, 3, axis=-1)
    qkv_heads = list(map(lambda x: np.split(x, n_head, axis=-1), qkv))
    causal_mask = (1 - np.tri(x.shape[0], dtype=x.dtype)) * -1e10
    out_heads = [attention(q, k, v, causal_mask) for q, k, v in zip(*qkv_heads)]
    return linear(np.hstack(out_heads), **c_proj)


def transformer_block(x, mlp, attn, ln_1, ln_2, n_head):
    x = x + mha(layer_norm(x, **ln_1), **attn, n_head=n_head)
    x = x + ffn(layer_norm(x, **ln_2), **mlp)
    return x


def gpt2(inputs, wte, wpe, blocks, ln_f, n_head):
    x = wte[inputs] + wpe[range(len(inputs))]
    for block in blocks:
        x = transformer_block(x, **block, n_head=n_head)
    return layer_norm(x, **ln_f) @ wte.T


def language_model_loss(params, inputs, n_head):
    x, y = inputs[:-1], inputs[1:]
    output = softmax(gpt2(x, **params, n_head=n_head))
    return np.mean(-np.log(output[np.arange(len(x)), y]))


r = np.random.default_rng(0)


def W(*s):
    return r.normal(size=s) * 0.3


def blk(d):
    return {
        "mlp": {"c_fc": {"w": W(d, 4 * d), "b": W(4 * d)}, "c_proj": {"w": W(4 * d, d), "b": W(d)}},
        "attn": {"c_attn": {"w": W(d, 3 * d), "b": W(3 * d)}, "c_proj": {"w": W(d, d), "b": W(d)}},
        "ln_1": {"g": W(d), "b": W(d)},
        "ln_2": {"g": W(d), "b": W(d)},
    }


params = {"wte": W(7, 4), "wpe": W(6, 4), "blocks": [blk(4), blk(4)], "ln_f": {"g": W(4), "b": W(4)}}
hidden_size, vocab_size = 5, 4


def character_loss(Wxh, Whh, Why, bh, by, inputs, targets, hprev):
    xs, hs, ys, ps = {}, {}, {}, {}
    hs[-1] = np.copy(hprev)
    loss = 0
    for t in range(len(inputs)):
        xs[t] = np.zeros((vocab_size, 1))
        xs[t][inputs[t]] = 1
        hs[t] = np.tanh(np.dot(Wxh, xs[t]) + np.dot(Whh, hs[t - 1]) + bh)
        ys[t] = np.dot(Why, hs[t]) + by
        ps[t] = np.exp(ys[t]) / np.sum(np.exp(ys[t]))
        loss += -np.log(ps[t][targets[t], 0])
    return loss


def character_gradients(Wxh, Whh, Why, bh, by, inputs, targets, hprev):
    xs, hs, ys, ps = {}, {}, {}, {}
    hs[-1] = np.copy(hprev)
    for t in range(len(inputs)):
        xs[t] = np.zeros((vocab_size, 1))
        xs[t][inputs[t]] = 1
        hs[t] = np.tanh(np.dot(Wxh, xs[t]) + np.dot(Whh, hs[t - 1]) + bh)
        ys[t] = np.dot(Why, hs[t]) + by
        ps[t] = np.exp(ys[t]) / np.sum(np.exp(ys[t]))
    dWxh, dWhh, dWhy = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why)
    dbh, dby = np.zeros_like(bh), np.zeros_like(by)
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(len(inputs))):
        dy = np.copy(ps[t])
        dy[targets[t]] -= 1
        dWhy += np.dot(dy, hs[t].T)
        dby += dy
        dh = np.dot(Why.T, dy) + dhnext
        dhraw = (1 - hs[t] * hs[t]) * dh
        dbh += dhraw
        dWxh += np.dot(dhraw, xs[t].T)
        dWhh += np.dot(dhraw, hs[t - 1].T)
        dhnext = np.dot(Whh.T, dhraw)
    for dparam in [dWxh, dWhh, dWhy, dbh, dby]:
        np.clip(dparam, -5, 5, out=dparam)
    return np.sum(dWxh**2) + np.sum(dWhh) + np.sum(dWhy**2) + np.sum(dbh) + np.sum(dby**2)


H = (W(5, 4), W(5, 5), W(4, 5), W(5, 1), W(4, 1), [0, 1, 2], [1, 2, 3], np.zeros((5, 1)))


def neural_net_predict(params, inputs):
    for W, b in params:
        outputs = np.dot(inputs, W) + b
        inputs = np.tanh(outputs)
    return outputs - np.log(np.sum(np.exp(outputs), axis=1, keepdims=True))


def log_posterior(params, inputs, targets, L2_reg):
    log_prior = -L2_reg * sum(np.sum(W**2) + np.sum(b**2) for W, b in params)
    return log_prior + np.sum(neural_net_predict(params, inputs) * targets)


net_params = [(W(3, 4), W(4)), (W(4, 2), W(2))]


CASES = [
    case(language_model_loss, params, np.array([1, 2, 3, 4]), 2, file=False),
    case(character_loss, *H, wrt=(0, 1, 2, 3, 4)),
    case(character_gradients, *H, wrt=(0, 1, 2, 3, 4)),
    case(log_posterior, net_params, W(5, 3), W(5, 2), 0.1, file=False),
]
