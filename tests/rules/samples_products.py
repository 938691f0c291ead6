"""Sample calls of products and linear algebra: row -> (expression, values of its names)."""

from __future__ import annotations

from samples_values import Samples, calls, complexes, definite, floats, regular

PRODUCTS: Samples = {
    # ----- products -----
    "np.matmul": [
        ("np.matmul(a, b)", {"a": p(*s), "b": q(*t)})
        for s, t in (
            ((3, 4), (4, 2)),
            ((3, 4), (4,)),
            ((3,), (3, 2)),
            ((3,), (3,)),
            ((2, 3, 4), (4, 2)),
            ((2, 3, 4), (2, 4, 5)),
            ((3, 4), (2, 4, 5)),
            ((2, 1, 3, 4), (5, 4, 2)),
            ((4,), (2, 4, 5)),
            ((2, 3, 4), (4,)),
            ((1, 3, 4), (2, 4, 5)),
            ((0, 4), (4, 2)),
        )
        for p, q in ((floats, floats), (complexes, floats), (floats, complexes), (complexes, complexes))
    ],
    "np.dot": [
        ("np.dot(a, b)", {"a": p(*s), "b": q(*t)})
        for s, t in (
            ((3, 4), (4, 2)),
            ((3, 4), (4,)),
            ((3,), (3, 2)),
            ((3,), (3,)),
            ((2, 3, 4), (4, 2)),
            ((2, 3, 4), (5, 4, 2)),
            ((), (3, 2)),
            ((2, 3), ()),
            ((2, 3, 4), (4,)),
            ((4,), (2, 4, 3)),
            ((), ()),
        )
        for p, q in ((floats, floats), (complexes, floats), (floats, complexes))
    ],
    "np.inner": [
        ("np.inner(a, b)", {"a": p(*s), "b": floats(*t)})
        for s, t in (((3,), (3,)), ((2, 3), (4, 3)), ((3,), (4, 3)), ((2, 4, 3), (5, 3)), ((), (3,)), ((2,), ()))
        for p in (floats, complexes)
    ],
    "np.outer": [
        ("np.outer(a, b)", {"a": p(*s), "b": q(*t)})
        for s, t in (((3,), (4,)), ((2, 3), (4,)), ((), (3,)), ((2, 2), (3, 1)))
        for p, q in ((floats, floats), (complexes, floats))
    ],
    "np.vdot": [
        ("np.vdot(a, b)", {"a": p(*s), "b": q(*s)})
        for s in ((3,), (2, 3))
        for p, q in ((floats, floats), (complexes, complexes), (complexes, floats), (floats, complexes))
    ],
    "np.vecdot": [
        (f"np.vecdot(a, b{more})", {"a": p(*s), "b": q(*t)})
        for s, t, more in (
            ((3,), (3,), ""),
            ((2, 3), (3,), ""),
            ((3,), (4, 2, 3), ""),
            ((3, 2), (3, 2), ", axis=0"),
            ((3,), (3, 5), ", axis=0"),
        )
        for p, q in ((floats, floats), (complexes, complexes), (complexes, floats), (floats, complexes))
    ],
    "np.matvec": [
        ("np.matvec(a, b)", {"a": p(*s), "b": q(*t)})
        for s, t in (((2, 3), (3,)), ((4, 2, 3), (3,)), ((2, 3), (4, 3)))
        for p, q in ((floats, floats), (complexes, complexes), (complexes, floats))
    ],
    "np.vecmat": [
        ("np.vecmat(a, b)", {"a": p(*s), "b": q(*t)})
        for s, t in (((2,), (2, 3)), ((2,), (4, 2, 3)), ((4, 2), (2, 3)))
        for p, q in ((floats, floats), (complexes, complexes), (complexes, floats))
    ],
    "np.tensordot": [
        (f"np.tensordot(a, b, {axes})", {"a": p(*s), "b": floats(*t)})
        for s, t, axes in (
            ((2, 3), (3, 4), "1"),
            ((2, 3, 4), (3, 4, 5), "2"),
            ((2, 3), (4,), "0"),
            ((2, 3, 4), (4, 3), "([1, 2], [1, 0])"),
            ((2, 3), (2, 4), "(0, 0)"),
            ((2, 3), (3, 4), "axes=([-1], [-2])"),
            ((2, 3, 4), (5, 2, 4, 3), "axes=((2, 0), (2, 1))"),
            ((2, 3), (2, 3), "2"),
        )
        for p in (floats, complexes)
    ],
    "np.einsum": [
        (
            f"np.einsum('{text}', {', '.join('abc'[: len(shapes)])})",
            {n: make(*s) for n, s in zip("abc", shapes, strict=False)},
        )
        for text, shapes in (
            ("ij,jk->ik", ((2, 3), (3, 4))),
            ("ij,jk", ((2, 3), (3, 4))),
            ("ii", ((3, 3),)),
            ("ii->i", ((3, 3),)),
            ("ij->", ((2, 3),)),
            ("ij->j", ((2, 3),)),
            ("ji", ((2, 3),)),
            ("i,j->ij", ((2,), (3,))),
            ("i,i,i->", ((3,), (3,), (3,))),
            ("...ij,...jk->...ik", ((5, 2, 3), (3, 4))),
            ("i...,i...->...", ((2, 3), (2, 3))),
            ("...i,...i", ((4, 3), (3,))),
            ("iij,jk->ik", ((3, 3, 2), (2, 4))),
            ("ij,kl->il", ((2, 3), (4, 5))),
            ("bij, bjk -> bik", ((2, 3, 4), (1, 4, 5))),
            ("ij,jk,kl->il", ((2, 3), (3, 4), (4, 2))),
            ("i,->i", ((3,), ())),
        )
        for make in (floats, complexes)
    ]
    + calls("np.einsum", [{"a": floats(2, 3), "b": floats(3, 4)}], "'ij,jk->ik', a, b, optimize=True"),
    "np.kron": [
        ("np.kron(a, b)", {"a": p(*s), "b": floats(*t)})
        for s, t in (((2,), (3,)), ((2, 3), (4, 2)), ((3,), (2, 2)), ((2, 1, 3), (2, 2)), ((), (3,)))
        for p in (floats, complexes)
    ],
    "np.cross": [
        (f"np.cross(a, b{more})", {"a": p(*s), "b": floats(*t, shift=0.3)})
        for s, t, more in (
            ((3,), (3,), ""),
            ((4, 3), (3,), ""),
            ((4, 3), (4, 3), ""),
            ((3, 4), (4, 3), ", axisa=0, axisc=0"),
            ((3, 4), (3, 4), ", axis=0"),
            ((3,), (5, 4, 3), ", axisc=1"),
        )
        for p in (floats, complexes)
    ],
    **{
        f"np.{n}.outer": [
            (f"np.{n}.outer(a, b)", {"a": p(*s), "b": floats(*t)})
            for s, t in (((2,), (3,)), ((2, 2), (3,)), ((), (3,)))
            for p in (floats, complexes)
        ]
        for n in ("add", "subtract", "multiply")
    },
    **{
        f"np.{n}": [
            (f"np.{n}(a, b{more})", {"a": p(s), "b": q(t)})
            for s in range(1, 6)
            for t in range(1, 6)
            for more in ("", ", 'same'", ", mode='valid'", ", 'full'")
            for p, q in ((floats, floats), (complexes, complexes))
        ]
        for n in ("convolve", "correlate")
    },
    "np.polyval": calls(
        "np.polyval",
        [
            {"p": floats(4), "x": floats(3)},
            {"p": floats(1), "x": floats(2, 2)},
            {"p": floats(3), "x": 0.5},
            {"p": complexes(3), "x": complexes(2)},
            {"p": floats(3, dtype="float32"), "x": floats(2, dtype="float32")},
        ],
        "p, x",
    )
    + calls("np.polyval", [{"a": 0.5, "x": floats(3)}], "[a, 1.0, 2.0], x"),
    # ----- linear algebra -----
    "np.linalg.solve": [
        ("np.linalg.solve(a, b)", {"a": regular(*s, complex_=c), "b": q(*t)})
        for s, t in (
            ((3, 3), (3,)),
            ((3, 3), (3, 2)),
            ((2, 3, 3), (3,)),
            ((2, 3, 3), (3, 2)),
            ((2, 3, 3), (2, 3, 4)),
            ((3, 3), (5, 3, 2)),
        )
        for c, q in ((False, floats), (True, complexes), (True, floats), (False, complexes))
    ],
    **{
        f"np.linalg.{n}": calls(
            f"np.linalg.{n}",
            [
                {"a": regular(3, 3)},
                {"a": regular(3, 3, complex_=True)},
                {"a": regular(2, 3, 3)},
                {"a": regular(2, 3, 3, complex_=True)},
                {"a": regular(1, 1)},
            ],
            *more,
        )
        for n, more in {
            "inv": ("a",),
            "det": ("a",),
            "slogdet": ("a",),
            "matrix_power": ("a, 2", "a, n=5", "a, 1", "a, 0", "a, -2"),
        }.items()
    },
    "np.linalg.pinv": calls(
        "np.linalg.pinv",
        [
            {"a": floats(4, 2)},
            {"a": floats(2, 4)},
            {"a": complexes(4, 2)},
            {"a": floats(2, 3, 2)},
            {"a": regular(3, 3)},
        ],
        "a",
        "a, rcond=1e-9",
        "a, rtol=1e-10",
    ),
    "np.linalg.multi_dot": calls(
        "np.linalg.multi_dot",
        [
            {"a": floats(2, 3), "b": floats(3, 4), "c": floats(4, 2)},
            {"a": floats(3), "b": floats(3, 4), "c": floats(4)},
            {"a": complexes(2, 3), "b": floats(3, 4), "c": floats(4)},
        ],
        "[a, b, c]",
        "(a, b)",
    ),
    "np.linalg.cholesky": calls(
        "np.linalg.cholesky",
        [{"a": definite(3, 3)}, {"a": definite(3, 3, complex_=True)}, {"a": definite(2, 3, 3)}],
        "a",
        "a, upper=True",
    ),
    "np.linalg.qr": calls(
        "np.linalg.qr",
        [
            {"a": regular(3, 3)},
            {"a": floats(4, 2)},
            {"a": floats(2, 4)},
            {"a": floats(2, 4, 3)},
            {"a": complexes(4, 2)},
            {"a": complexes(2, 4)},
        ],
        "a",
        "a, mode='reduced'",
    ),
    "np.linalg.eigh": calls(
        "np.linalg.eigh", [{"a": definite(3, 3)}, {"a": definite(2, 3, 3)}], "a", "a, 'L'", "a, UPLO='U'"
    ),
    "np.linalg.eigvalsh": calls(
        "np.linalg.eigvalsh",
        [{"a": definite(3, 3)}, {"a": definite(2, 3, 3)}, {"a": definite(3, 3, complex_=True)}],
        "a",
        "a, UPLO='U'",
    ),
    "np.linalg.svd": calls(
        "np.linalg.svd",
        [{"a": regular(3, 3)}, {"a": floats(4, 2)}, {"a": floats(2, 4)}, {"a": floats(2, 4, 3)}],
        "a, False",
        "a, full_matrices=False",
        "a, compute_uv=False",
    )
    + calls("np.linalg.svd", [{"a": regular(3, 3)}], "a")
    + calls("np.linalg.svd", [{"a": complexes(4, 2)}], "a, compute_uv=False"),
    "np.linalg.svdvals": calls(
        "np.linalg.svdvals", [{"a": regular(3, 3)}, {"a": complexes(4, 2)}, {"a": floats(2, 4, 3)}], "a"
    ),
}
