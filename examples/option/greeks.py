"""Price an option by Monte Carlo, with its greeks: derivatives of the same simulation, beside the closed form's.

    python examples/option/greeks.py              # derivatives written while it runs
    python examples/option/greeks.py --emitted    # the committed derivative modules, without importing srcgrad
"""

import argparse
import math

import model
import numpy as np

STRIKE = 105.0
MARKET = {"spot": 100.0, "volatility": 0.2, "rate": 0.03, "maturity": 1.5}
GREEKS = {"delta": "spot", "vega": "volatility", "rho": "rate", "theta": "maturity"}


def derivatives(emitted):
    """For both prices the function of their arguments that gives `(value, (one derivative per market quantity))`."""
    if emitted:
        from closed_price_grad import closed_price_grad
        from simulated_price_grad import simulated_price_grad

        return simulated_price_grad, closed_price_grad
    import srcgrad

    wrt = tuple(MARKET)
    return srcgrad.value_and_grad(model.simulated_price, wrt), srcgrad.value_and_grad(model.closed_price, wrt)


def named(value, gradients):
    """The price and the greeks by name; theta is the change per year that passes, so maturity shrinks."""
    by_quantity = dict(zip(MARKET, gradients, strict=True))
    found = {greek: float(by_quantity[quantity]) for greek, quantity in GREEKS.items()}
    return {"price": float(value), **found, "theta": -found["theta"]}


def simulate(value_and_gradients, paths, steps, batches, seed=0, every=5):
    """The mean of every quantity over independent batches of paths, and its standard error."""
    rng = np.random.default_rng(seed)
    rows = []
    for batch in range(1, batches + 1):
        normals = rng.standard_normal((steps, paths))
        rows.append(named(*value_and_gradients(*MARKET.values(), STRIKE, normals)))
        if batch % every == 0:
            print(f"{batch:3d} of {batches} batches  price {np.mean([row['price'] for row in rows]):.4f}", flush=True)
    means = {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}
    errors = {name: float(np.std([row[name] for row in rows], ddof=1)) / math.sqrt(batches) for name in means}
    return means, errors


def textbook():
    """Price and greeks as printed in textbooks: what the derivative of the closed form must give."""
    spot, volatility, rate, maturity = MARKET.values()
    spread = volatility * math.sqrt(maturity)
    d1 = (math.log(spot / STRIKE) + (rate + 0.5 * volatility**2) * maturity) / spread
    density = math.exp(-0.5 * d1**2) / math.sqrt(2.0 * math.pi)
    below1, below2 = model.normal_below(d1), model.normal_below(d1 - spread)
    discounted = STRIKE * math.exp(-rate * maturity)
    return {
        "price": spot * below1 - discounted * below2,
        "delta": below1,
        "vega": spot * density * math.sqrt(maturity),
        "rho": maturity * discounted * below2,
        "theta": -spot * density * volatility / (2.0 * math.sqrt(maturity)) - rate * discounted * below2,
    }


def main(arguments=None):
    """Price the option both ways; returns means, standard errors, closed form and textbook values by name."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--emitted", action="store_true", help="use the committed derivative modules")
    parser.add_argument("--paths", type=int, default=20_000, help="paths per batch")
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--batches", type=int, default=20)
    options = parser.parse_args(arguments)
    by_paths, by_formula = derivatives(options.emitted)
    means, errors = simulate(by_paths, options.paths, options.steps, options.batches)
    closed = named(*by_formula(*MARKET.values(), STRIKE))
    expected = textbook()
    print("\n          simulated    (error)     closed form   textbook")
    for name in means:
        print(f"{name:6s} {means[name]:12.4f}  ({errors[name]:.4f}) {closed[name]:14.6f} {expected[name]:12.6f}")
    return means, errors, closed, expected


if __name__ == "__main__":
    main()
