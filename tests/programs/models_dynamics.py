"""Whole small models of physics, biology and finance: loops in time, energies and integrals."""
import math

import numpy as np
from case import case

RNG = np.random.default_rng(8)
DRAWS = RNG.normal(size=(8, 4))
GRID = np.linspace(0.0, 1.0, 7)
PROFILE = RNG.normal(size=7)


def runge_kutta(state, damping, dt, steps):
    """A driven, damped pendulum by the classical fourth-order method; energy at the end."""

    def rate(t, s):
        return np.array([s[1], -math.sin(s[0]) - damping * s[1] + 0.3 * math.cos(t)])

    t = 0.0
    for _ in range(steps):
        k1 = rate(t, state)
        k2 = rate(t + 0.5 * dt, state + 0.5 * dt * k1)
        k3 = rate(t + 0.5 * dt, state + 0.5 * dt * k2)
        k4 = rate(t + dt, state + dt * k3)
        state = state + dt / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
        t = t + dt
    return 0.5 * state[1] ** 2 + 1.0 - math.cos(state[0])


def black_scholes(spot: float, strike: float, rate: float, volatility: float, expiry: float) -> float:
    """Price of a European call; its derivatives are the greeks."""

    def normal_cdf(z):
        return 0.5 * (1.0 + math.erf(z / math.sqrt(2.0)))

    spread = volatility * math.sqrt(expiry)
    d1 = (math.log(spot / strike) + (rate + 0.5 * volatility**2) * expiry) / spread
    d2 = d1 - spread
    return spot * normal_cdf(d1) - strike * math.exp(-rate * expiry) * normal_cdf(d2)


def asian_option(spot, volatility, rate, draws, strike):
    """A path-dependent option on precomputed draws, the payoff smoothed by a softplus."""
    dt = 1.0 / draws.shape[1]
    drift = (rate - 0.5 * volatility**2) * dt
    paths = spot * np.exp(np.cumsum(drift + volatility * np.sqrt(dt) * draws, axis=1))
    payoff = np.logaddexp(0.0, 8.0 * (paths.mean(axis=1) - strike)) / 8.0
    return np.exp(-rate) * np.mean(payoff)


def oscillator_energy(positions: np.ndarray, momenta: np.ndarray, masses: np.ndarray, spring: float):
    """Coupled harmonic oscillators with free ends.  Shapes: positions[n], momenta[n], masses[n]"""
    kinetic = np.sum(momenta**2 / (2.0 * masses))
    stretch = np.diff(positions)
    return kinetic + 0.5 * spring * np.sum(stretch**2)


def kepler_orbit(position, velocity, mass, dt, steps):
    """Leapfrog around a fixed mass; the vectors are rebound, never overwritten."""

    def pull(r):
        return -mass * r / np.sum(r**2) ** 1.5

    velocity = velocity + 0.5 * dt * pull(position)
    for _ in range(steps):
        position = position + dt * velocity
        velocity = velocity + dt * pull(position)
    return position, velocity


def random_walk(start, drift, scale, draws):
    """A walk in a double well driven by draws made beforehand: mean square displacement."""
    x = start + 0.1 * np.arange(draws.shape[0])
    for k in range(draws.shape[1]):
        x = x - 0.05 * (4.0 * x**3 - 2.0 * x) + 0.05 * drift + scale * draws[:, k]
    return np.mean((x - start) ** 2)


def spline_by_hand(t, knots, values):
    """Cubic Hermite interpolation with slopes from the neighbours."""
    k = int(np.searchsorted(knots, t)) - 1
    h = knots[k + 1] - knots[k]
    u = (t - knots[k]) / h
    left = (values[k + 1] - values[k - 1]) / (knots[k + 1] - knots[k - 1])
    right = (values[k + 2] - values[k]) / (knots[k + 2] - knots[k])
    cubic = (2.0 * u**3 - 3.0 * u**2 + 1.0) * values[k] + (3.0 * u**2 - 2.0 * u**3) * values[k + 1]
    return cubic + h * ((u**3 - 2.0 * u**2 + u) * left + (u**3 - u**2) * right)


def ising_like_energy(spins, coupling, field):
    """Continuous spins on a torus: neighbours through np.roll."""
    s = np.tanh(spins)
    bonds = s * np.roll(s, 1, axis=0) + s * np.roll(s, -1, axis=1)
    return -coupling * np.sum(bonds) - np.sum(field * s)


def lotka_volterra(prey, predators, growth, appetite, dt, steps):
    """Euler steps of predator and prey, both updated from the old values."""
    for _ in range(steps):
        eaten = appetite * prey * predators
        prey, predators = prey + dt * (growth * prey - eaten), predators + dt * (0.5 * eaten - predators)
    return np.log(prey) + np.log(predators)


def cube_root_newton(a, tolerance):
    """Newton's method on a whole array until the worst entry has converged."""
    x = np.ones_like(a)
    while np.max(np.abs(x**3 - a)) > tolerance:
        x = x - (x**3 - a) / (3.0 * x**2)
    return x


def heat_equation(u, conductivity, dt, steps):
    """Diffusion with fixed ends, each step building a new array from slices."""
    for _ in range(steps):
        flux = conductivity * (u[1:] - u[:-1])
        inner = u[1:-1] + dt * (flux[1:] - flux[:-1])
        u = np.concatenate([u[:1], inner, u[-1:]])
    return np.sum(u**2)


def pair_potential(positions, epsilon, sigma):
    """Lennard-Jones energy of a small cluster from all pairs i < j by index arrays."""
    i, j = np.triu_indices(len(positions), k=1)
    gap = positions[i] - positions[j]
    inverse6 = (sigma**2 / np.sum(gap**2, axis=1)) ** 3
    return 4.0 * epsilon * np.sum(inverse6**2 - inverse6)


def three_bodies(positions, masses):
    """Accelerations of every body by every other, the pair with itself taken out by the mask."""
    gap = positions[None, :, :] - positions[:, None, :]
    squared = np.sum(gap**2, axis=-1)
    strength = np.where(squared > 0.01, squared**-1.5, 0.0)
    return np.sum((strength * masses)[:, :, None] * gap, axis=1)


def robot_arm(angles, lengths, target):
    """Distance of the tip of a planar arm from a target, by rotation matrices in a chain."""
    frame = np.eye(2)
    tip = np.zeros(2)
    for angle, length in zip(angles, lengths):
        c, s = np.cos(angle), np.sin(angle)
        frame = frame @ np.stack([np.stack([c, -s]), np.stack([s, c])])
        tip = tip + length * frame[:, 0]
    return np.sqrt(np.sum((tip - target) ** 2))


def reaction_network(concentrations, log_rates, dt, steps):
    """Mass-action kinetics with a stoichiometric matrix; total of the product over time."""
    change = np.array([[-1.0, 0.0, 1.0], [1.0, -1.0, 0.0], [0.0, 1.0, -1.0]])
    produced = 0.0
    for _ in range(steps):
        speed = np.exp(log_rates) * concentrations**1.5
        concentrations = concentrations + dt * (change @ speed)
        produced = produced + dt * concentrations[-1]
    return produced


def schroedinger_energy(wave, depth, width):
    """Rayleigh quotient of a trial wave function in a Gaussian well on a grid."""
    x = np.linspace(-2.0, 2.0, wave.size)
    h = x[1] - x[0]
    kinetic = np.sum((wave[1:] - wave[:-1]) ** 2) / (2.0 * h**2)
    potential = np.sum(-depth * np.exp(-((x / width) ** 2)) * wave**2)
    return (kinetic + potential) / np.sum(wave**2)


def epidemic(beta, recovery, contacts, infected, steps):
    """Infections among groups with a contact matrix; the share ever infected in each."""
    susceptible = 1.0 - infected
    for day in range(steps):
        pressure = beta * (contacts @ infected)
        if day >= 3:
            pressure = 0.6 * pressure
        new = susceptible * (1.0 - np.exp(-pressure))
        susceptible = susceptible - new
        infected = infected * (1.0 - recovery) + new
    return 1.0 - susceptible


CASES = [
    case(runge_kutta, np.array([0.4, 0.0]), 0.2, 0.1, 8),
    case(black_scholes, 1.05, 1.0, 0.03, 0.25, 0.8),
    case(asian_option, 1.0, 0.3, 0.05, DRAWS, 1.02),
    case(oscillator_energy, PROFILE[:4], DRAWS[0], np.array([1.0, 0.5, 2.0, 1.5]), 3.0),
    case(kepler_orbit, np.array([1.0, 0.0]), np.array([0.1, 0.9]), 1.0, 0.05, 12),
    case(random_walk, 0.2, 0.4, 0.1, DRAWS),
    case(spline_by_hand, 0.41, GRID, PROFILE),
    case(ising_like_energy, DRAWS[:4], 0.7, DRAWS[4]),
    case(lotka_volterra, 1.2, 0.8, 1.1, 0.9, 0.05, 15),
    case(lotka_volterra, np.array([1.2, 0.7]), 0.8, 1.1, np.array([0.9, 1.0]), 0.05, 5, label="several at once"),
    case(cube_root_newton, np.array([0.7, 2.0, 5.0]), 1e-12, wrt=0),
    case(heat_equation, PROFILE, 0.8, 0.2, 6),
    case(heat_equation, PROFILE, 0.8, 0.2, 0, label="no steps"),
    case(pair_potential, np.array([[0.0, 0.0, 0.1], [1.1, 0.1, 0.0], [0.4, 1.0, -0.1], [0.5, 0.3, 1.0]]), 0.3, 1.0),
    case(three_bodies, np.array([[0.0, 0.1], [1.0, 0.2], [-0.4, 0.9]]), np.array([1.0, 0.3, 0.5])),
    case(robot_arm, np.array([0.3, -0.8, 1.1]), np.array([1.0, 0.8, 0.5]), np.array([0.6, 0.9])),
    case(reaction_network, np.array([1.0, 0.6, 0.4]), np.array([-0.2, 0.1, -0.5]), 0.1, 6),
    case(schroedinger_energy, np.exp(-np.linspace(-1.5, 1.5, 9) ** 2), 2.0, 0.9),
    case(epidemic, 0.5, 0.2, np.array([[1.0, 0.3], [0.4, 0.8]]), np.array([0.05, 0.02]), 6),
]
