"""The price of a European call option, in plain NumPy: by simulated paths, and in closed form."""

import math

import numpy as np


def simulated_price(spot, volatility, rate, maturity, strike, normals):
    """Mean discounted payoff over simulated paths of the stock; row k of `normals` moves every path in step k.

    Shapes: spot[], volatility[], rate[], maturity[], strike[], normals[s, n]
    """
    dt = maturity / len(normals)
    price = spot
    for draws in normals:
        price = price * np.exp((rate - 0.5 * volatility**2) * dt + volatility * np.sqrt(dt) * draws)
    payoff = np.maximum(price - strike, 0.0)
    return np.exp(-rate * maturity) * np.mean(payoff)


def normal_below(x):
    """Probability that a standard normal variable is below x."""
    return 0.5 * (1.0 + math.erf(x / math.sqrt(2.0)))


def closed_price(spot, volatility, rate, maturity, strike):
    """The formula of Black and Scholes.

    Shapes: spot[], volatility[], rate[], maturity[], strike[]
    """
    spread = volatility * math.sqrt(maturity)
    d1 = (math.log(spot / strike) + (rate + 0.5 * volatility**2) * maturity) / spread
    return spot * normal_below(d1) - strike * math.exp(-rate * maturity) * normal_below(d1 - spread)
