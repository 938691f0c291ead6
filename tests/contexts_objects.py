"""More expressions and statements for `contexts`: objects, generators, containers, other statements."""
# ruff: noqa: E501

HEAD = """import contextlib, enum, abc, functools, json, heapq, bisect, statistics
class Base(abc.ABC):
    scale = 2.0
    registry = {}
    def __init__(self, w): self.w = w; self._n = 0
    @abc.abstractmethod
    def f(self, v): ...
    def run(self, v): self._n += 1; return self.f(v) * self.scale
    @classmethod
    def make(cls, w): return cls(w)
    @staticmethod
    def twice(v): return v * 2.0
class Lin(Base):
    def f(self, v): return self.w * v
class Quad(Lin):
    scale = 3.0
    def f(self, v): return super().f(v) * v + self._n
class Vec:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x = x; self.y = y
    def __mul__(self, k): return Vec(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __matmul__(self, o): return self.x * o.x + self.y * o.y
    def __neg__(self): return Vec(-self.x, -self.y)
    def __abs__(self): return (self.x ** 2 + self.y ** 2) ** 0.5
    def __eq__(self, o): return self.x == o.x
    def __iadd__(self, o): self.x += o.x; self.y += o.y; return self
    def __sub__(self, o): return Vec(self.x - o.x, self.y - o.y)
    def __bool__(self): return self.x > 0
    def __enter__(self): self.x = self.x * 2.0; return self
    def __exit__(self, *a): self.y = self.y + self.x; return False
    def __contains__(self, v): return v > self.x
    def __setitem__(self, i, v):
        if i == 0: self.x = v
        else: self.y = v
    def __getitem__(self, i): return self.x if i == 0 else self.y
class Color(enum.Enum):
    RED = 1.5
    BLUE = 2.5
@functools.lru_cache(maxsize=None)
def table(n): return [1.0, 2.0, 3.0][n]
def deco(k):
    def d(f):
        @functools.wraps(f)
        def w(*a, **kw): return f(*a, **kw) * k
        return w
    return d
@deco(3.0)
def deced(v): return v * v
@contextlib.contextmanager
def cm(v):
    yield v * 2.0
def counter(v):
    n = 0
    while n < 3:
        n += 1
        yield v * n
def rec(tree): return tree if not isinstance(tree, list) else sum(rec(t) for t in tree)
def multi(v): return v, [v * 2], {"k": v ** 2}
def opt(v, a=None): return v if a is None else v * a
def poly(v, *c): return sum(k * v ** i for i, k in enumerate(c))
def memo(v, n, m={}): return v ** n
"""

EXPRESSIONS = {
    "abs1": "Lin(v).run(v)",
    "quad": "Quad(v).run(2.0)",
    "quad2": "Quad.make(2.0).run(v)",
    "static": "Base.twice(v)",
    "stat2": "Quad(1.0).twice(v)",
    "clsattr": "Quad.scale * v",
    "vmat": "Vec(v, 1.0) @ Vec(2.0, v)",
    "vabs": "abs(Vec(v, 2.0))",
    "vneg": "(-Vec(v, 2.0)).x",
    "vrmul": "(2.0 * Vec(v, 1.0)).x",
    "veq": "(Vec(v, 1.0) == Vec(v, 2.0)) * v",
    "vsub": "(Vec(v, 1.0) - Vec(2.0, v)).y",
    "vin": "(9.0 in Vec(v, 1.0)) * v",
    "vget": "Vec(v, v * v)[1]",
    "enumv": "Color.BLUE.value * v",
    "lru": "table(2) * v",
    "dec": "deced(v)",
    "gen3": "sum(counter(v))",
    "genl": "[w for w in counter(v)][1]",
    "genz": "sum(a * b for a, b in zip(counter(v), [1.0, v]))",
    "rect": "rec([v, [v * v, [2.0, v]]])",
    "multi": 'multi(v)[2]["k"]',
    "multi1": "multi(v)[1][0]",
    "optn": "opt(v)",
    "opta": "opt(v, v)",
    "poly": "poly(v, 1.0, v, 3.0)",
    "polys": "poly(v, *[1.0, v])",
    "memo": "memo(v, 3)",
    "bis": "[1.0, 2.0][bisect.bisect([0.5], v)] * v",
    "stats": "statistics.mean([v, v * v])",
    "statv": "statistics.fmean([v, 2.0])",
    "heap": "heapq.nsmallest(1, [v, v * v])[0]",
    "jsonl": "len(json.dumps([1])) * v",
    "getd": '{"a": v}.get("b", v * v)',
    "sl": "[v, v * v, 1.0][::-1][1]",
    "chainget": '{"a": [Vec(v, 2.0)]}["a"][0].x',
    "nestobj": "Lin(Lin(v)).w.w",
    "objlist": "[Lin(v), Quad(v)][1].run(v)",
    "objloop": "sum(o.run(v) for o in [Lin(2.0), Quad(v)])",
    "objmap": "sum(map(lambda o: o.f(v), [Lin(v), Lin(2.0)]))",
    "meth": "Lin(v).f(*[v])",
    "methv": "(lambda m: m(v))(Lin(v).f)",
    "ga": 'getattr(Lin(v), "run")(v)',
    "fl": "functools.reduce(lambda a, f: f(a), [np.sin, np.square], v)",
    "pa": "functools.partial(poly, v)(1.0, 2.0)",
    "ops": 'operator.methodcaller("run", v)(Lin(v))',
    "cmpx": "(v + 1j * v).imag",
    "conj": "((v + 2j) * (v + 2j).conjugate()).real",
    "npvec2": "np.array([Lin(v).f(2.0), v]).sum()",
    "argmaxo": "max([Lin(v), Lin(2.0)], key=lambda o: -o.w).w",
    "sorto": "sorted([Lin(v), Lin(2.0)], key=lambda o: o.w)[0].w",
    "isinst": "(v if isinstance(Quad(v), Lin) else 0.0)",
    "typ": "type(Quad(v))(2.0).f(v)",
    "strd": '{"RED": v}[Color.RED.name]',
    "unz": "[a * b for a, b in [(v, 2.0), (v, v)]][1]",
    "ddict": 'dict(a=Vec(v, v))["a"].y',
    "zst": "list(zip([v, 1.0], [v * v, 2.0]))[0][1]",
    "dcs": '{k: Lin(w) for k, w in zip("ab", [v, 2.0])}["a"].w',
}

STATEMENTS = {
    "with": "with Vec(v, b[0]) as q:\n        b[1] = q.x\n    b[0] = q.y",
    "cm": "with cm(v) as q:\n        b[0] += q",
    "iadd": "q = Vec(b[0], b[1])\n    r = q\n    q += Vec(v, v)\n    b[0], b[1] = r.x, r.y",
    "setitem": "q = Vec(b[0], v)\n    q[0] = q[1] * 2.0\n    b[0] = q[0]",
    "objarr": "o = Lin(b)\n    o.w[1] += v\n    o.w = o.w * 2.0\n    o.w[0] = 5.0 * v\n    b[2] = o.w[0] * o.w[1]",
    "two": "o = Lin(b)\n    p = o\n    p.w *= v\n    b[0] += o.w[1]",
    "counterobj": "o = Quad(v)\n    b[0] = o.run(v)\n    b[1] = o.run(v)",
    "gener": "for i, w in enumerate(counter(v)):\n        b[i] *= w",
    "heapq": "hp = list(b)\n    heapq.heapify(hp)\n    b[0] = heapq.heappop(hp) * v",
    "deq": "dq = deque(b)\n    dq.rotate(1)\n    dq.appendleft(v)\n    b[:] = list(dq)[:3]",
    "ddi": "dd = defaultdict(float)\n    for i in range(3):\n        dd[i % 2] += b[i] * v\n    b[0] = dd[0]",
    "nestl": "ll = [[b[0]], [b[1], v]]\n    ll[1].extend(ll[0])\n    ll[0][0] = v * v\n    b[:] = ll[1]",
    "lsort": "ll = [b[2], v, b[0]]\n    ll.sort()\n    b[:] = ll",
    "lrev": "ll = [*b]\n    ll.reverse()\n    ll[0] *= v\n    b[:] = ll",
    "lins": "ll = list(b)\n    ll.insert(1, v)\n    del ll[0]\n    b[:] = ll",
    "lslice": "ll = list(b)\n    ll[1:] = [v, v * v]\n    b[:] = ll",
    "dupd": "dd = {0: b[0]}\n    dd.update({0: v, 1: b[1]})\n    b[1] = dd[0] * dd[1]",
    "dpop": "dd = {0: b[0], 1: v}\n    q = dd.pop(1)\n    b[0] = q * dd[0]",
    "clos": "def add(k):\n        b[k] += v\n    add(0)\n    add(2)",
    "closr": "fs = [lambda: b[0] * v, lambda: b[1] + v]\n    b[2] = fs[0]() * fs[1]()",
    "late": "f = lambda: v * b[0]\n    v = v * 2.0\n    b[1] = f()",
    "glob": "for i in range(3):\n        if i == 1:\n            continue\n        b[i] *= v\n    else:\n        b[1] = v",
    "wh": "n = 0\n    while True:\n        n += 1\n        b[n % 3] *= v\n        if n > 3:\n            break",
    "match": "match [v, b[0]]:\n        case [p, q] if p > 0:\n            b[1] = p * q\n        case _:\n            b[1] = 0.0",
    "assertst": "assert b.shape == (3,)\n    b[0] = v",
    "tryraise": 'try:\n        b[0] *= v\n        raise ValueError("no")\n    except ValueError:\n        b[1] = v\n    finally:\n        b[2] *= 2.0',
    "unp": "p, *q = b\n    b[0] = sum(q) * p * v",
    "swp": "p, q = b[0], b[1]\n    p, q = q * v, p\n    b[0], b[1] = p, q",
    "chain": "p = q = b[0] * v\n    q += 1.0\n    b[0], b[1] = p, q",
    "annot": "p: float = v * 2.0\n    b[0] = p",
    "ternst": "(b if v > 0 else x)[0:1]\n    b[0] = v if v > 0.5 else b[1]",
    "viewlist": "vs = [b[:1], b[1:]]\n    vs[0][0] = v\n    vs[1] *= v",
    "split": "p, q = np.split(b, [1])\n    q *= v\n    p[0] = q[0]",
    "iterview": "for r in [b[:2], b[1:]]:\n        r += v",
    "zipv": "for p, q in zip(range(3), b[::-1]):\n        b[p] += q * v",
    "nd": "m = b[:, None] * b\n    m[1:, 1] = v\n    m[np.arange(3), np.arange(3)] *= 2.0\n    b[:] = m @ b",
    "rs": "m = b.reshape(3, 1)\n    m[1, 0] = v\n    m = m.T\n    m[0, 2] = m[0, 1]",
    "fancy": "b[np.array([2, 0])] = b[np.array([0, 2])] * v",
    "bm": "mk = b > v\n    b[mk] = b[mk] ** 2\n    b[~mk] += v",
    "dt": "c = b.astype(float)\n    c[0] = v\n    b[1] = c[0] * b[0]",
    "cp": "c = b.copy()\n    b[0] = v\n    b[1] = c[0]",
    "ufo": "np.exp(b * v, out=b)",
    "st": "c = np.stack([b, b])\n    c[0, 0] = v\n    b[:] = c[0] * c[1]",
    "mx": "np.maximum.accumulate(b, out=b)\n    b *= v",
    "dot": "np.dot(np.eye(3) * v, b.copy(), out=b)",
    "tk": "b[0] = np.take(b, [1, 2]).prod() * v",
    "mg": 'b[:] = np.convolve(b, [v, 1.0], mode="same")',
    "cs": "b += np.cumsum(b) * v",
    "part": "b[:] = np.partition(b, 1) * v",
    "lin": "b[:] = np.linalg.solve(np.eye(3) + v, b)",
    "ein": 'b[:] = np.einsum("i,j->j", b, b) * v',
    "whr": "b[np.where(b > 0.5)] = v",
    "nz": "b[np.nonzero(b > 0.5)[0][0]] *= v",
    "idxl": "for i in [2, 0, 0]:\n        b[i] = b[i] * v + 1.0",
    "neg2": "b[-2:] = b[:2] * v",
    "stp": "b[::-2] *= v",
    "sc": "s = b[0]\n    s += v\n    b[1] = s",
    "ar0": "s = np.asarray(b[0])\n    s = s + v\n    b[1] = s",
    "it": "s = b.item(0)\n    b[1] = s * v",
    "fl": "for i, q in enumerate(b.flat):\n        b.flat[i] = q * v",
    "nd2": "g = np.zeros((2, 3))\n    for r in g:\n        r += b\n        b[0] *= v\n    b[1] = g.sum()",
    "ret": "b = bump(b.copy(), v) + b",
    "res": "c = np.zeros(3)\n    c[:] = b\n    c *= v\n    b = c if v > 0 else b",
}
