"""Expressions and statements, and what stands around them; `contexts` puts them together."""
# ruff: noqa: E501

HEAD = """import numpy as np, operator, itertools, math, functools, copy
from functools import reduce, partial
from collections import defaultdict, deque, namedtuple
from dataclasses import dataclass
@dataclass
class P:
    a: float
    b: float = 2.0
    def __add__(self, o): return P(self.a + o.a, self.b * o.b)
    def __radd__(self, o): return self if o == 0 else P(self.a + o, self.b)
    def area(self): return self.a * self.b
    @property
    def sq(self): return self.a ** 2
    def __call__(self, v): return v * self.a
    def __getitem__(self, i): return [self.a, self.b][i]
    def __iter__(self): return iter((self.a, self.b))
    def __len__(self): return 2
NT = namedtuple("NT", "u v")
def h(v, k=2.0, *rest, s=1.0): return v * k * s + sum(rest)
def two(v): return v * 2.0, v ** 2
def change(lst, v):
    lst.append(v)
    return v * 3.0
def gen(v):
    yield v
    yield v * v
def fact(v, n): return 1.0 if n == 0 else v * fact(v, n - 1)
def outer(v):
    def inner(w): return w * v
    return inner
TABLE = {"s": np.sin, "c": np.cos}
FUNCS = [lambda v: v * v, np.sin]
class B:
    def __init__(self, w): self.w = w; self.log = []
    def step(self, d): self.w += d; self.log.append(self.w.copy()); return self
    def view(self): return self.w[1:]
    @property
    def half(self): return self.w[:2]
def bump(a, d): a[0] += d; return a
def first(a): return a[:1]
def scale(a, k=2.0): a *= k
"""

EXPRESSIONS = {
    "reduce": "reduce(operator.mul, [v, v + 1.0])",
    "reducel": "reduce(lambda p, q: p * q + 1.0, [v, 2.0, v])",
    "accum": "sum(itertools.accumulate([v, v], operator.mul))",
    "nextgen": "next(w * w for w in [v, v + 1.0] if w > -9.0)",
    "sumobj": "sum([P(v), P(v * v)]).a",
    "walrus": "(z := v * v) * z",
    "lam": "(lambda w: w * w)(v)",
    "lamdef": "(lambda w, k=v: w * k)(v + 1.0)",
    "method": "P(v).area()",
    "prop": "P(v).sq",
    "callobj": "P(v)(v)",
    "itemobj": "P(v)[0]",
    "iterobj": "sum(w * v for w in P(v))",
    "unpackobj": "math.prod([*P(v)])",
    "helper": "h(v, v)",
    "helperkw": "h(v, s=v)",
    "helperstar": "h(*[v, v, v])",
    "helperkwstar": 'h(v, **{"k": v})',
    "two0": "two(v)[1]",
    "changes": "change([v], v)",
    "genlist": "list(gen(v))[1]",
    "gensum": "sum(gen(v))",
    "rec": "fact(v, 3)",
    "closure": "outer(v)(v)",
    "table": 'TABLE["s"](v)',
    "funcs": "FUNCS[0](v)",
    "maxkey": "max([v, v * 0.5], key=lambda w: -w)",
    "sortedkey": "sorted([v, 1.0 - v, v * v], key=lambda w: -w)[0]",
    "sorted": "sorted([v, 1.0 - v, v * v])[1]",
    "minmax": "min(v, 1.0) * max(v, 0.1, v * v)",
    "cond": "(v * v if v > 0.5 else v * 3.0)",
    "boolop": "((v > 0.5 and v * v) or v * 3.0)",
    "chain": "(v * 2.0 if 0.0 < v < 0.7 else v ** 3)",
    "dictget": '{"a": v, "b": v * v}.get("b", v)',
    "dictcomp": "{k: v * k for k in (1.0, 2.0)}[2.0]",
    "nested": "sum(v * w for w in [v * u for u in (1.0, 2.0)])",
    "mapsum": "sum(map(lambda w: w * v, [v, 2.0]))",
    "mapop": "sum(map(operator.mul, [v, 2.0], [v, v]))",
    "filter": "sum(filter(lambda w: w > -9.0, [v, v * v]))",
    "zipstar": "sum(a * b for a, b in zip(*[[v, 2.0], [v, 3.0]]))",
    "itemgetter": "operator.itemgetter(1)([v, v * v])",
    "attrgetter": 'operator.attrgetter("a")(P(v))',
    "partial": "partial(h, v)(v)",
    "getattr": 'getattr(P(v), "a") * 2.0',
    "nt": "NT(v, v * v).v",
    "ntrep": "NT(v, v)._replace(u=v * v).u",
    "npsum": "np.sum(np.array([v, v * v]))",
    "npstack": "np.stack([np.array([v, v]), np.array([v, 1.0])])[0, 1] * v",
    "npwhere": "np.where(np.array([True, False]), v * v, v)[0]",
    "npdot": "np.dot([v, v], [v, 2.0])",
    "npvec": "np.vectorize(lambda w: w * w)(np.array([v, 2.0]))[0]",
    "fmap": "math.fsum([v, v * v])",
    "prod": "math.prod([v, v, 2.0])",
    "comb": "sum(a * b for a, b in itertools.combinations([v, 2.0, v], 2))",
    "enum": "sum(i * w for i, w in enumerate([v, v * v]))",
    "rev": "list(reversed([v, v * v]))[0]",
    "slice": "[v, v * v, 1.0][1:][0]",
    "mul": "sum([v] * 3)",
    "concat": "([v] + [v * v])[1]",
    "deque": "deque([v, v * v], maxlen=1)[0]",
    "tuplecmp": "max((v, 1.0), (v * v, 2.0))[0]",
    "fstr": 'v * len(f"{v > 0}")',
    "divmod": "divmod(v, 0.3)[1]",
    "abs": "abs(v - 3.0) ** 2",
    "pow": "pow(v, 3)",
    "round": "v * round(v + 0.2)",
    "complex": "(complex(v, 1.0) * complex(v, -1.0)).real",
    "setdef": '{}.setdefault("k", v * v)',
    "dictmerge": '({"a": v} | {"a": v * v})["a"]',
    "chainfrom": "sum(itertools.chain.from_iterable([[v], [v * v]]))",
    "starmap": "sum(itertools.starmap(operator.mul, [(v, v), (v, 2.0)]))",
    "product": "sum(a * b for a, b in itertools.product([v, 2.0], repeat=2))",
    "pairwise": "sum(a * b for a, b in itertools.pairwise([v, v * v, 2.0]))",
    "isl": "sum(itertools.islice([v, v * v, 1.0], 2))",
    "copyl": "copy.copy([v, v * v])[1]",
    "deepcopy": 'copy.deepcopy({"a": [v * v]})["a"][0]',
    "item": "np.array([v * v]).item()",
    "tolist": "np.array([v, v * v]).tolist()[1]",
    "flat": "np.array([[v], [v * v]]).flat[1]",
    "matmul": "(np.array([v, 1.0]) @ np.array([v, 2.0]))",
    "T": "np.array([[v, 1.0], [2.0, v]]).T[0, 1] * v",
}

AROUND_EXPRESSIONS = {
    "plain": "v = x[0]\n    y = {E}\n    return y * x[1]",
    "ret": "v = x[0]\n    return {E}",
    "comp": "return sum([{E} for v in x])",
    "gen": "return sum({E} for v in x)",
    "compif": "return sum([v * v for v in x if {E} > -50.0])",
    "dcomp": "d = {{i: {E} for i, v in enumerate(x)}}\n    return d[0] * d[2]",
    "nestcomp": "return sum(sum({E} for v in row) for row in [x, x[1:]])",
    "lambda": "f = lambda v: {E}\n    return f(x[0]) * f(x[1])",
    "maplam": "return sum(map(lambda v: {E}, x))",
    "iftest": "t = 0.0\n    for v in x:\n        if {E} > 0.4:\n            t += v * v\n        else:\n            t -= v\n    return t",
    "while": "v, n = x[0], 0\n    while {E} > 1e9 or n < 2:\n        v = v * 1.1\n        n += 1\n    return v",
    "aug": "t = 0.0\n    for v in x:\n        t += {E}\n        t *= 0.9\n    return t",
    "store": "o = np.zeros(3)\n    for i in range(3):\n        v = x[i]\n        o[i] = {E}\n    return np.sum(o * x)",
    "augstore": "o = np.ones(3)\n    for i in range(3):\n        v = x[i]\n        o[i] *= {E}\n    return np.sum(o)",
    "append": "o = []\n    for v in x:\n        o.append({E})\n    return np.sum(np.array(o)) + o[0]",
    "dictset": "d = {{}}\n    for i, v in enumerate(x):\n        d[i] = {E}\n    return d[0] * d[1]",
    "kwarg": "v = x[0]\n    return h(x[1], k={E})",
    "tuple": "v = x[0]\n    a, b = {E}, v\n    return a * b",
    "display": "v = x[0]\n    return sum([1.0, {E}, v])",
    "inner": "def g(v):\n        return {E}\n    return g(x[0]) + g(x[1])",
    "try": "v = x[0]\n    try:\n        y = {E}\n    except ValueError:\n        y = v\n    finally:\n        v = v * 2.0\n    return y * v",
    "foriter": "v = x[0]\n    t = 1.0\n    for w in [{E}, v]:\n        t = t * w\n    return t",
    "condexpr": "v = x[0]\n    return ({E} if x[1] > -5.0 else v) * v",
    "attrset": "p = P(x[0])\n    for v in x:\n        p.a = p.a * 0.5 + {E}\n    return p.area()",
    "boolshort": "v = x[0]\n    return (v > -9.0 and {E}) * v",
    "walr": "return sum(y * y for v in x if (y := {E}) > -50.0)",
    "vect": "return np.sum(np.array([{E} for v in x]) * x)",
    "unpack": "(v, *r) = x\n    return {E} * r[0]",
    "early": "for v in x:\n        y = {E}\n        if v < 0.5:\n            break\n    else:\n        y = v\n    return y * y",
    "nonloc": "t = 0.0\n    def add(v):\n        nonlocal t\n        t = t + {E}\n    for v in x:\n        add(v)\n    return t",
}

STATEMENTS = {
    "aug": "b += v",
    "augs": "b[1:] += v * b[:-1]",
    "augself": "b[1:] += b[:-1]",
    "mulrev": "b *= b[::-1]",
    "idx": "b[[0, 2]] = v * b[[1, 1]]",
    "idxdup": "b[[0, 0]] += v",
    "addat": "np.add.at(b, [0, 0, 2], v)",
    "mask": "b[b > 0.5] *= v",
    "maskset": "b[b < 0.6] = v",
    "fill": "b[:2].fill(v)",
    "sort": "b.sort()",
    "flat": "b.flat[1] = v * v",
    "out": "np.multiply(b, v, out=b)",
    "outs": "np.sin(b, b)",
    "where": "np.add(b, v, out=b, where=np.array([True, False, True]))",
    "copyto": "np.copyto(b, v * b[::-1])",
    "swap": "b[0], b[2] = b[2] * v, b[0]",
    "rolled": "b[:] = np.roll(b, 1) * v",
    "viewst": "c = b[1:]\n    c[0] = v * c[1]",
    "viewrev": "c = b[::-1]\n    c[:2] += v",
    "row": "r = b.reshape(3, 1)\n    r[1] = v * v",
    "alias": "c = b\n    c *= v",
    "aliasl": "l = [b, b * 2.0]\n    l[0][1] = v\n    l[1][0] *= l[0][1]\n    b[2] = l[1][0]",
    "dict": 'dd = {"k": b}\n    dd["k"][0] = v\n    dd["k"] = dd["k"] * 2.0\n    b[1] = dd["k"][0]',
    "obj": "o = B(b)\n    o.step(v)\n    b[1] += o.log[0][0]",
    "objview": "o = B(b)\n    o.view()[0] *= v\n    o.half[...] = o.half * v",
    "call": "bump(b, v)",
    "callview": "bump(b[1:], v)",
    "callres": "bump(first(b), v)[0] *= 2.0",
    "calldef": "scale(b[::2])\n    b[0] *= v",
    "diag": "m = np.outer(b, b)\n    np.fill_diagonal(m, v)\n    b[:] = m.sum(axis=0)",
    "T": "m = np.outer(b, b)\n    m.T[0] = v\n    b += m[:, 0]",
    "empty": "e = np.empty(3)\n    e[0], e[1:] = v, b[:2]\n    b = e * b",
    "put": "np.put(b, [2], v)",
    "rebind": "b = b * v\n    b[0] = v",
    "tmp": "t = b.copy()\n    t[0] = v\n    b[1:] = t[:2]",
    "real": "z = b + 1j * v\n    z.real[1] = v * v\n    b[:] = np.abs(z)",
    "nd": "m = np.zeros((2, 3))\n    m[1] = b * v\n    m[0] += m[1]\n    b = m.ravel()[1:4].copy()",
    "loopv": "for row in b.reshape(3, 1):\n        row *= v",
    "enum": "for i, q in enumerate(b):\n        b[i] = q * v + b[i - 1]",
    "whileb": "while b[0] < 2.0:\n        b *= 1.3 + v",
    "cond": "if b[1] > 0.5:\n        b[0] = v\n    else:\n        b[1] = v",
    "try": "try:\n        b[5] = v\n    except IndexError:\n        b[0] = v * v",
    "del": "c = b\n    del b\n    c[0] *= v\n    b = c",
    "comp": "b[:] = [q * v for q in b]",
    "lst": "l = list(b)\n    l[1] = v\n    l += [v * v]\n    b[:] = l[1:]",
    "minat": "np.minimum.at(b, [0, 1], v)",
    "maxi": "np.maximum(b, v, out=b)",
    "clip": "np.clip(b, 0.2, v, out=b)",
    "cum": "np.cumsum(b, out=b)\n    b *= v",
    "bcast": "m = np.ones((2, 3))\n    m *= b\n    m[0] += v\n    b[:] = m.prod(axis=0)",
    "neg": "b[-1] = v * b[-2]",
    "step": "b[::2] = b[1] * v",
    "tup": "b[(0,)] = v",
    "ell": "b[...] = b[..., ::-1] * v",
    "bool1": "b[True] *= v",
    "int0": "i = int(v)\n    b[i] *= v",
    "argm": "b[np.argmax(b)] = v",
    "sel": "b = np.where(b > 0.5, b * v, b)",
    "conc": "b = np.concatenate([b[1:], [v]])",
    "stack": "b = np.stack([b, b * v])[1]",
    "pad": "b = np.pad(b, 1)[1:4] * v",
    "insert": "b = np.insert(b, 1, v)[:3]",
    "delete": "b = np.append(np.delete(b, 0), v)",
}

AROUND_STATEMENTS = {
    "once": "b = x * 1.5\n    v = x[0]\n    {S}\n    return np.sum(b * x)",
    "copy": "b = x.copy()\n    v = x[1]\n    {S}\n    return np.sum(b ** 2)",
    "arg": "b = x\n    v = x[2]\n    {S}\n    return np.sum(b * np.array([1.0, 2.0, 3.0]))",
    "twice": "b = x * 1.5\n    v = x[0]\n    {S}\n    v = b[1]\n    {S}\n    return np.prod(b)",
    "loop": "b = x * 1.5\n    for k in range(2):\n        v = x[k] * b[0]\n        {S8}\n    return np.sum(b * x)",
    "branch": "b = x * 1.5\n    v = x[0]\n    if v > 0.1:\n        {S8}\n    else:\n        b = b * 2.0\n    return np.sum(b * x)",
    "inner": "b = x * 1.5\n    def work(b, v):\n        {S8}\n        return b\n    c = work(b, x[1])\n    return np.sum(b * c) + c[0]",
    "kept": "b = x * 1.5\n    keep = b\n    view = b[1:]\n    v = x[0]\n    {S}\n    return np.sum(b * x) + np.sum(keep ** 2) + view[0]",
    "hist": "b, hist = x * 1.5, []\n    for k in range(2):\n        v = x[k]\n        hist.append(b)\n        {S8}\n        hist.append(b.copy())\n    return sum(np.sum(q * (i + 1)) for i, q in enumerate(hist))",
    "used": "b = x * 1.5\n    y = np.sin(b)\n    s = b[0] * b[1]\n    v = x[0]\n    {S}\n    return np.sum(y * b) * s",
}
