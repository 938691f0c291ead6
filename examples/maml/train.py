"""Learn where to start, so that one step on four pictures tells two digits apart that were never seen in training.

    python examples/maml/train.py              # the derivative of the derivative written while it runs
    python examples/maml/train.py --emitted    # the committed derivative modules, without importing srcgrad

A task is a pair of digits, turned and mirrored at will.  The loss after descent on a task is differentiated by where
the descent began, through its steps: `meta_loss_grad.py` is a derivative of `task_loss_grad.py`.  Pairs of 0 to 6 are
for training, those of 7, 8 and 9 for the test.
"""

import argparse

import meta
import model
import numpy as np
from sklearn.datasets import load_digits

SHOTS, QUERIES = 2, 15
RATE, STEPS = 0.5, 1
TRAINING, TEST = range(7), range(7, 10)


def load_data():
    """The pictures of each digit, scaled to [0, 1]."""
    pictures, labels = load_digits(return_X_y=True)
    return {d: pictures[labels == d].reshape(-1, 8, 8) / 16.0 for d in range(10)}


def turned(pictures, turns, mirrored):
    """All pictures turned by quarters, and mirrored: as good as a digit of its own."""
    found = np.rot90(pictures, turns, axes=(1, 2))
    return (found[:, :, ::-1] if mirrored else found).reshape(len(pictures), -1)


def task(pictures, digits, rng):
    """Pictures of a pair of turned digits with labels 0 and 1: a few to learn from, more to be judged by."""
    pair = rng.choice(digits, 2, replace=False)
    chosen = [
        turned(pictures[d][rng.permutation(len(pictures[d]))[: SHOTS + QUERIES]], rng.integers(4), rng.integers(2))
        for d in pair
    ]
    few = np.concatenate([c[:SHOTS] for c in chosen])
    more = np.concatenate([c[SHOTS:] for c in chosen])
    return few, np.repeat([0.0, 1.0], SHOTS), more, np.repeat([0.0, 1.0], QUERIES)


def derivative(emitted):
    """The meta-loss and its gradient by where the descent begins."""
    if emitted:
        from meta_loss_grad import meta_loss_grad

        def value_and_gradient(theta, *args):
            value, (gradient,) = meta_loss_grad(theta, *args)
            return value, gradient

        return value_and_gradient
    import srcgrad

    return srcgrad.value_and_grad(meta.meta_loss, wrt="theta")


def accuracy(theta, tasks):
    """The share of new pictures told apart after descent, over some tasks."""
    right = []
    for few, labels, more, truth in tasks:
        found = meta.adapted(theta, few, labels, RATE, STEPS)
        right.append(np.mean((model.scores(found, more) > 0.0) == (truth > 0.5)))
    return float(np.mean(right))


def train(value_and_gradient, theta, pictures, iterations, rng, every=300, batch=4):
    """Adam on the meta-loss; returns where to start."""
    mean, square = np.zeros_like(theta), np.zeros_like(theta)
    for n in range(1, iterations + 1):
        total, gradient = 0.0, np.zeros_like(theta)
        for _ in range(batch):
            few, labels, more, truth = task(pictures, TRAINING, rng)
            value, slope = value_and_gradient(theta, few, labels, more, truth, RATE, STEPS)
            total, gradient = total + value / batch, gradient + slope / batch
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        theta = theta - 0.01 * (mean / (1.0 - 0.9**n)) / (np.sqrt(square / (1.0 - 0.999**n)) + 1e-8)
        if n % every == 0:
            print(f"iteration {n:5d}  loss after descent {total:.4f}", flush=True)
    return theta


def main(arguments=None):
    """Learn the start; returns the accuracies on new digits from it and from a random one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--emitted", action="store_true", help="use the committed derivative modules")
    parser.add_argument("--iterations", type=int, default=1500)
    options = parser.parse_args(arguments)
    pictures, rng = load_data(), np.random.default_rng(0)
    tests = [task(pictures, TEST, rng) for _ in range(200)]
    start = rng.normal(0.0, 0.2, model.SIZE)
    reached = {"random start": accuracy(start, tests)}
    theta = train(derivative(options.emitted), start, pictures, options.iterations, rng)
    reached["learned start"] = accuracy(theta, tests)
    for name, share in reached.items():
        print(f"{name}: {share:.4f} of new pictures of new digits right, after descent on {2 * SHOTS} pictures")
    return reached


if __name__ == "__main__":
    main()
