"""Fit both digit classifiers with SciPy's optimiser; the gradients come from srcgrad.

    python examples/digits/fit.py              # derivatives written while it runs
    python examples/digits/fit.py --emitted    # the committed derivative modules, without importing srcgrad
"""

import argparse
import time

import model
import numpy as np
from scipy.optimize import minimize
from sklearn.datasets import load_digits

DECAY = {"logistic": 1e-4, "network": 3e-4}


def load_data(held_out=450, seed=0):
    """Training and held-out pictures, scaled to [0, 1], with their labels, in a shuffled order."""
    pictures, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(labels))
    x, y = pictures[order] / 16.0, labels[order]
    return (x[held_out:], y[held_out:]), (x[:held_out], y[:held_out])


def start(name, inputs, seed=1):
    """Where the fit starts: zeros for logistic regression, which is convex, small random weights for the network."""
    if name == "logistic":
        return np.zeros((inputs + 1) * model.CLASSES)
    size = (inputs + 1) * model.HIDDEN + (model.HIDDEN + 1) * model.CLASSES
    return np.random.default_rng(seed).normal(0.0, 0.1, size)


def gradients(emitted):
    """The function `(theta, x, labels, decay) -> (value, gradient)` of each classifier."""
    if emitted:
        from logistic_loss_grad import logistic_loss_grad
        from network_loss_grad import network_loss_grad

        return {"logistic": first_gradient(logistic_loss_grad), "network": first_gradient(network_loss_grad)}
    import srcgrad

    losses = {"logistic": model.logistic_loss, "network": model.network_loss}
    return {name: srcgrad.value_and_grad(loss, wrt="theta") for name, loss in losses.items()}


def first_gradient(emitted):
    """An emitted function gives a tuple of gradients; the optimiser wants the only one there is."""

    def value_and_gradient(*args):
        value, (gradient,) = emitted(*args)
        return value, gradient

    return value_and_gradient


def accuracy(name, theta, x, labels):
    """The fraction of pictures whose highest score is that of their label."""
    scores = {"logistic": model.logistic_scores, "network": model.network_scores}[name](theta, x)
    return np.mean(np.argmax(scores, axis=1) == labels)


def fit(name, value_and_gradient, train, test, iterations, every=20):
    """Minimise the loss of one classifier, printing a line per `every` iterations; returns the parameters."""
    done = 0

    def report(intermediate_result):
        nonlocal done
        done += 1
        if done % every == 0:
            show(done, intermediate_result.fun, intermediate_result.x)

    def show(iteration, loss, theta):
        share = accuracy(name, theta, *test)
        print(f"{name:9s} iteration {iteration:4d}  loss {loss:.5f}  held-out accuracy {share:.4f}", flush=True)

    began = time.perf_counter()
    found = minimize(
        value_and_gradient,
        start(name, train[0].shape[1]),
        args=(*train, DECAY[name]),
        jac=True,
        method="L-BFGS-B",
        callback=report,
        options={"maxiter": iterations},
    )
    show(found.nit, found.fun, found.x)
    print(f"{name:9s} {found.nfev} evaluations in {time.perf_counter() - began:.1f} s\n")
    return found.x


def main(arguments=None):
    """Fit both classifiers; returns the held-out accuracy of each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--emitted", action="store_true", help="use the committed derivative modules")
    parser.add_argument("--iterations", type=int, default=200)
    options = parser.parse_args(arguments)
    train, test = load_data()
    reached = {}
    for name, value_and_gradient in gradients(options.emitted).items():
        theta = fit(name, value_and_gradient, train, test, options.iterations)
        reached[name] = accuracy(name, theta, *test)
    for name, value in reached.items():
        print(f"held-out accuracy, {name}: {value:.4f}")
    return reached


if __name__ == "__main__":
    main()
