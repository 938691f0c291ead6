"""Dynamic programming and recursions over time: paths, alignment, hidden states, filters."""

import numpy as np
from case import case


def floyd_warshall(path):
    for k in range(path.shape[0]):
        path[:] = np.minimum(path[:], np.add.outer(path[:, k], path[k, :]))
    return path


def floyd_warshall_loops(path):
    n = len(path)
    for k in range(n):
        for i in range(n):
            for j in range(n):
                if path[i][k] + path[k][j] < path[i][j]:
                    path[i][j] = path[i][k] + path[k][j]
    return path


def dtw(s, t, window):
    n, m = len(s), len(t)
    w = max(window, abs(n - m))
    D = np.full((n + 1, m + 1), np.inf)
    D[0, 0] = 0
    for i in range(1, n + 1):
        for j in range(max(1, i - w), min(m, i + w) + 1):
            cost = (s[i - 1] - t[j - 1]) ** 2
            D[i, j] = cost + min(D[i - 1, j], D[i, j - 1], D[i - 1, j - 1])
    return D[n, m]


def soft_dtw(s, t, gamma):
    D = np.full((len(s) + 1, len(t) + 1), 1e10)
    D[0, 0] = 0.0
    for i, a in enumerate(s, start=1):
        for j, b in enumerate(t, start=1):
            z = -np.array([D[i - 1, j], D[i, j - 1], D[i - 1, j - 1]]) / gamma
            zmax = z.max()
            D[i, j] = (a - b) ** 2 - gamma * (np.log(np.exp(z - zmax).sum()) + zmax)
    return D[-1, -1]


def match(b1, b2):
    return 1 if b1 + b2 == 3 else 0


def nussinov(N, seq, weight):
    """PolyBench, with a weight per pair so that there is something to differentiate."""
    table = np.zeros((N, N), weight.dtype)

    for i in range(N - 1, -1, -1):
        for j in range(i + 1, N):
            if j - 1 >= 0:
                table[i, j] = max(table[i, j], table[i, j - 1])
            if i + 1 < N:
                table[i, j] = max(table[i, j], table[i + 1, j])
            if j - 1 >= 0 and i + 1 < N:
                if i < j - 1:
                    table[i, j] = max(table[i, j], table[i + 1, j - 1] + weight[i, j] * match(seq[i], seq[j]))
                else:
                    table[i, j] = max(table[i, j], table[i + 1, j - 1])
            for k in range(i + 1, j):
                table[i, j] = max(table[i, j], table[i, k] + table[k + 1, j])

    return table[0, N - 1]


def needleman_wunsch(a, b, score, gap):
    n, m = len(a), len(b)
    F = np.zeros((n + 1, m + 1))
    F[:, 0] = gap * np.arange(n + 1)
    F[0, :] = gap * np.arange(m + 1)
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            F[i, j] = max(F[i - 1, j - 1] + score[a[i - 1], b[j - 1]], F[i - 1, j] + gap, F[i, j - 1] + gap)
    return F[n, m]


def hmm_forward_backward(pi, A, B, obs):
    """Scaled, as in Rabiner's tutorial; posterior of the states."""
    T, S = len(obs), len(pi)
    alpha = np.zeros((T, S))
    beta = np.zeros((T, S))
    scale = np.zeros(T)
    alpha[0] = pi * B[:, obs[0]]
    scale[0] = alpha[0].sum()
    alpha[0] /= scale[0]
    for t in range(1, T):
        for j in range(S):
            alpha[t, j] = np.dot(alpha[t - 1], A[:, j]) * B[j, obs[t]]
        scale[t] = alpha[t].sum()
        alpha[t] /= scale[t]
    beta[-1] = 1.0
    for t in reversed(range(T - 1)):
        beta[t] = (A @ (B[:, obs[t + 1]] * beta[t + 1])) / scale[t + 1]
    gamma = alpha * beta
    gamma /= gamma.sum(axis=1, keepdims=True)
    return np.log(scale).sum(), gamma


def viterbi(pi, A, B, obs):
    """The best path is integers; its score is what is differentiated."""
    T, S = len(obs), len(pi)
    V = np.empty((T, S))
    back = np.zeros((T, S), dtype=int)
    V[0] = np.log(pi) + np.log(B[:, obs[0]])
    for t in range(1, T):
        for s in range(S):
            p = V[t - 1] + np.log(A[:, s])
            back[t, s] = np.argmax(p)
            V[t, s] = p[back[t, s]] + np.log(B[s, obs[t]])
    path = [int(np.argmax(V[-1]))]
    for t in range(T - 1, 0, -1):
        path.insert(0, int(back[t, path[0]]))
    score = np.log(pi[path[0]])
    for t, s in enumerate(path):
        score += np.log(B[s, obs[t]])
    return score + V[-1].max()


def kalman_filter(x, P, zs, F, H, Q, R):
    xs = []
    loglik = 0.0
    I = np.eye(len(x))
    for z in zs:
        x = F @ x
        P = F @ P @ F.T + Q
        y = z - H @ x
        S = H @ P @ H.T + R
        K = P @ H.T @ np.linalg.inv(S)
        x = x + K @ y
        P = (I - K @ H) @ P
        loglik -= 0.5 * (y @ np.linalg.solve(S, y) + np.log(np.linalg.det(S)))
        xs.append(x)
    return np.array(xs), loglik


def kalman_scalar_updates(x, P, zs, h, r):
    """Bierman's sequential processing, state and covariance updated in place."""
    for k in range(len(zs)):
        Ph = P @ h[k]
        s = h[k] @ Ph + r
        gain = Ph / s
        x += gain * (zs[k] - h[k] @ x)
        P -= np.outer(gain, Ph)
        P += P.T.copy()
        P *= 0.5
    return x, P


def garch(returns, omega, alpha, beta):
    sigma2 = np.zeros(len(returns))
    sigma2[0] = np.var(returns)
    for t in range(1, len(returns)):
        sigma2[t] = omega + alpha * returns[t - 1] ** 2 + beta * sigma2[t - 1]
    return 0.5 * np.sum(np.log(sigma2) + returns ** 2 / sigma2)


def american_put(S0, K, r, sigma, T, n):
    """A binomial tree; the values shrink by one each step."""
    dt = T / n
    u = np.exp(sigma * np.sqrt(dt))
    d = 1 / u
    q = (np.exp(r * dt) - d) / (u - d)
    S = S0 * d ** np.arange(n, -1, -1) * u ** np.arange(0, n + 1)
    V = np.maximum(K - S, 0)
    for i in range(n - 1, -1, -1):
        S = S[1:] * d
        V[:i + 1] = np.exp(-r * dt) * (q * V[1:i + 2] + (1 - q) * V[:i + 1])
        V = V[:-1]
        V = np.where(K - S > V, K - S, V)
    return V[0]


def value_iteration(P, R, discount, eps):
    V = np.zeros(R.shape[0])
    while True:
        Q = R + discount * np.einsum("ast,t->sa", P, V)
        V_new = Q.max(axis=1)
        delta = np.max(np.abs(V_new - V))
        V[:] = V_new
        if delta < eps:
            return V


def pagerank(links, damping, steps):
    n = len(links)
    rank = np.full(n, 1.0 / n)
    for _ in range(steps):
        new = np.full(n, (1 - damping) / n)
        for i in range(n):
            out = links[i] / links[i].sum()
            for j in np.nonzero(out)[0]:
                new[j] += damping * rank[i] * out[j]
        rank, new = new, rank
    return rank


def bellman_ford(edges, weights, source, n):
    """Distances in a dict that grows; stops early when nothing changes."""
    dist = {source: 0.0}
    for _ in range(n - 1):
        changed = False
        for (a, b), w in zip(edges, weights):
            if a in dist and (b not in dist or dist[a] + w < dist[b]):
                dist[b] = dist[a] + w
                changed = True
        if not changed:
            break
    return [dist[k] for k in sorted(dist)]


rng = np.random.default_rng(9)
U = rng.uniform
WEIGHTS = U(0.5, 3, (4, 4))  # no zeros: at a tie, differences see a kink
CHAIN = (np.array([0.6, 0.4]), np.array([[0.7, 0.3], [0.4, 0.6]]), np.array([[0.5, 0.4, 0.1], [0.1, 0.3, 0.6]]))
SPEED = np.array([[1.0, 0.1], [0.0, 1.0]])

CASES = [
    case(floyd_warshall, WEIGHTS),
    case(floyd_warshall_loops, WEIGHTS),
    case(dtw, U(size=5), U(size=4), 2),
    case(soft_dtw, U(size=4), U(size=3), 0.5),
    case(nussinov, 6, [0, 1, 2, 3, 1, 2], U(0.5, 1.5, (6, 6))),
    case(needleman_wunsch, [0, 1, 2, 1], [1, 2, 2], U(-1, 1, (3, 3)), -0.6),
    case(hmm_forward_backward, *CHAIN, [0, 2, 1, 0]),
    case(viterbi, *CHAIN, [0, 2, 1, 0]),
    case(kalman_filter, U(size=2), np.eye(2), U(size=(3, 1)), SPEED, U(size=(1, 2)), 0.1 * np.eye(2), np.eye(1)),
    case(kalman_scalar_updates, U(size=3), np.eye(3) + 0.1, U(size=2), U(size=(2, 3)), 0.5),
    case(garch, rng.normal(size=6), 0.1, 0.2, 0.6),
    case(american_put, 1.0, 1.1, 0.05, 0.3, 1.0, 6),
    case(value_iteration, U(0.3, 0.4, (2, 3, 3)), U(size=(3, 2)), 0.5, 0.05, zero=(3,)),
    case(pagerank, U(0.2, 1, (4, 4)), 0.85, 3),
    case(bellman_ford, [(0, 1), (0, 2), (1, 3), (2, 3), (2, 1)], np.array([1.1, 0.4, 0.5, 1.9, 0.3]), 0, 4),
]  # fmt: skip
