"""Private attributes and methods, whose names have the class in them."""

from __future__ import annotations

import numpy as np
from case import case

X = np.array([0.6, 1.1, 1.7])


class Account:
    __fee = 0.1

    def __init__(self, amount, rate):
        self.__amount = amount
        self.rate = rate

    def __grown(self, years):
        return self.__amount * (1.0 + self.rate) ** years - self.__fee

    def wait(self, years):
        self.__amount = self.__grown(years)
        return self

    def pay(self, amount):
        assert self.__amount is not None, f"nothing in {self.__amount}"
        self.__amount += amount
        if self.__amount > 100.0:
            self.__amount = 100.0

    def move(self, other):
        half = lambda k: k * self.__amount  # noqa: E731
        other.__amount, self.__amount = other.__amount + half(0.5), half(0.5)

    @property
    def amount(self):
        return self.__amount


class Savings(Account):
    """Has an `__amount` of its own."""

    def __init__(self, amount, rate, bonus):
        super().__init__(amount, rate)
        self.__amount = bonus

    def total(self):
        def both(k):
            return k * self.__amount + self.amount

        self.__amount *= 2.0
        return both(3.0)


class Slots:
    __slots__ = ("__rate", "other")

    def __init__(self, rate):
        self.__rate = rate

    def grow(self, x):
        self.__rate = self.__rate * x
        return self.__rate

    def set_other(self, x):
        self.other = x * self.__rate


def waits_and_pays(x, rate):
    account = Account(x[0], rate)
    for v in x:
        account.wait(2.0).pay(v)
    return account.amount**2


def moves(x, rate):
    a, b = Account(x[0], rate), Savings(x[1], rate, x[2])
    a.move(b)
    b.move(a)
    return a.amount * b.amount + b.total()


def two_of_one_name(x):
    saved = Savings(x[0], 0.1, x[1])
    saved.pay(x[2])
    return saved.total() * saved.amount


def in_slots(x):
    own = Slots(x[0])
    own.set_other(x[1])
    return own.grow(x[2]) * own.other


def given_and_returned(account, x):
    account.pay(np.sum(x))
    return account, account.amount * x


CASES = [
    case(waits_and_pays, X, 0.05),
    case(moves, X, 0.05, zero=(1,)),
    case(two_of_one_name, X),
    case(in_slots, X),
    case(given_and_returned, Account(0.7, 0.1), X, wrt=(0, 1), file=False),
]
