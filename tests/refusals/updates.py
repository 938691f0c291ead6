"""Programs with updates, views, containers and objects that must be refused; `USUAL` and `INPUTS` give arguments."""

import ctypes
import dataclasses
import sys
import weakref

import numpy as np

# whether two names share memory cannot be told


def order_decides(A):
    b = np.ravel(A, order="K")
    b[0] = b[1] ** 2
    return np.sum(A * A)


def copy_if_needed(x):
    b = np.array(x, copy=None)
    b *= 2.0
    return np.sum(x * b)


def as_strided_then_changed(x):
    b = np.lib.stride_tricks.as_strided(x, shape=(2, 2), strides=(8, 8))
    b[0, 1] = 5.0 * x[0]
    return np.sum(x * x)


def writes_through_sliding_windows(x):
    a = x * 1.0
    w = np.lib.stride_tricks.sliding_window_view(a, 2, writeable=True)
    w[0] *= w[1]
    return np.sum(a)


def stores_into_a_broadcast_view(x):
    b = np.broadcast_to(x, (2, 3))
    b.flags.writeable = True
    b[0, 0] = x[1] ** 2
    return np.sum(b)


def stores_into_a_diagonal(x):
    a = np.outer(x, x)
    d = np.diagonal(a)
    d.setflags(write=True)
    d[0] = x[1]
    return np.sum(a * a)


# places that hold no derivative


def active_into_integers(x):
    k = np.zeros(3, dtype=int)
    k[:] = x
    return np.sum(k * x)


def active_added_to_integers(x):
    k = np.arange(3)
    np.add(k, x, out=k, casting="unsafe")
    return np.sum(k * x)


def active_into_bools(x):
    m = np.zeros(3, dtype=bool)
    m[0] = x[0]
    return np.sum(x[m])


def active_into_objects(x):
    a = np.empty(3, dtype=object)
    a[0] = x[0] * x[1]
    return a[0]


def object_array_of_arrays(x):
    a = np.array([x, x[:2]], dtype=object)
    a[0][1] = x[0] ** 2
    return np.sum(a[0])


def structured_array(x):
    a = np.zeros(3, dtype=[("u", float), ("k", int)])
    a["u"] = x * x
    return np.sum(a["u"])


def record_array(x):
    a = np.rec.fromarrays([x, x * x], names="u,v")
    a.u[0] = x[1]
    return np.sum(a.u * a.v)


def active_into_text(x):
    a = np.empty(3, dtype="U8")
    a[:] = x
    return float(a[0]) * x[0]


def bytes_of_an_active_array(x):
    a = np.frombuffer(x.tobytes(), dtype=float).copy()
    a[0] *= 2.0
    return np.sum(a)


def integers_of_the_same_memory(x):
    bits = x.view(np.int64)
    bits[0] += 1
    return np.sum(x)


# memory behind NumPy's back


def through_a_memoryview(x):
    a = x * 1.0
    m = memoryview(a)
    m[0] = x[1] * x[2]
    return np.sum(a * a)


def through_ctypes(x):
    a = x * 1.0
    a.ctypes.data_as(ctypes.POINTER(ctypes.c_double))[0] = x[1]
    return np.sum(a * a)


def through_nditer(x):
    a = x * 1.0
    with np.nditer(a, flags=["multi_index"], op_flags=["readwrite"]) as it:
        for v in it:
            v[...] = v * v
    return np.sum(a)


def masked_array(x):
    a = np.ma.masked_less(x, 0.5)
    a[0] = x[1]
    return a.sum()


# containers and names that change in hidden ways


def dict_changes_while_iterated(x):
    d = {"a": x[0], "b": x[1]}
    for k in list(d):
        for j in d:
            d[j] = d[j] * x[2]
            d.pop(k, None)
            break
    return sum(d.values()) + x[0]


def generator_kept(x):
    state = {"g": (v * v for v in x)}
    x[0] = 5.0 * x[1]
    return sum(state["g"])


def generator_that_is_sent_to(x):
    def running():
        total = 0.0
        while True:
            total += yield total

    g = running()
    next(g)
    return g.send(x[0]) * g.send(x[1])


def set_of_active_values(x):
    seen = set()
    for v in x:
        seen.add(v * v)
    return sum(seen)


def key_from_an_active_value(x):
    d = {}
    d[x[0] * 2.0] = x[1]
    return sum(k * v for k, v in d.items())


TOTAL = np.zeros(3)
HISTORY = []


def writes_into_a_global_array(x):
    TOTAL[:] = x * x
    return np.sum(TOTAL)


def appends_to_a_global_list(x):
    HISTORY.append(x[0] * x[1])
    return HISTORY[-1]


def default_that_is_changed(x, buffer=np.zeros(3)):  # noqa: B008
    buffer += x
    return np.sum(buffer * buffer)


class Holder:
    total = 0.0

    def __init__(self, value):
        self.value = value


def writes_a_class_attribute(x):
    Holder.total = Holder.total + x[0]
    return Holder.total * x[1]


def setattr_with_a_computed_name(x):
    h = Holder(x[0])
    for name in ("value", "other"):
        setattr(h, name[::1], x[1] * x[0])
    return h.value


def writes_the_attribute_dictionary(x):
    h = Holder(x[0])
    h.__dict__["value"] = x[1] * x[2]
    return h.value


def updates_vars(x):
    h = Holder(x[0])
    vars(h).update(value=x[1] ** 2)
    return h.value * x[0]


def class_made_at_run_time(x):
    kind = type("Made", (Holder,), {"scale": x[0]})
    return kind(x[1]).scale * x[2]


def class_with_a_state_defined_inside(x):
    class Box:
        content = x[0]

    Box.content *= x[1]
    return Box.content


class Twice(Holder):
    @property
    def result(self):
        return 2.0 * self.value


def changes_its_class(x):
    h = Holder(x[0])
    h.__class__ = Twice
    return h.result * x[1]


def weak_reference(x):
    h = Holder(x[0] * x[1])
    return weakref.ref(h)().value


def writes_local_names(x):
    frame = sys._getframe()
    frame.f_locals["x"] = x * 2.0
    return np.sum(x)


def executes_an_update(x):
    a = x * 1.0
    exec("a[0] = x[1] * 2.0")
    return np.sum(a)


def dataclass_made_inside(x):
    record = dataclasses.make_dataclass("Record", ["value"])
    return record(x[0]).value * x[1]


# functions whose effect on an array is not known


def effect_of_a_library_function(x):
    a = x * 1.0
    np.random.default_rng(1).random(out=a)
    return a[0]


def writes_into_an_array_by_a_file(x):
    a = x * 1.0
    with open("/dev/null", "rb") as f:
        f.readinto(a)
    return np.sum(a)


async def asynchronous_update(x):
    a = x * 1.0
    a[0] = x[1]
    return np.sum(a)


def ufunc_of_python(x):
    a = np.zeros(3, dtype=object)
    np.frompyfunc(lambda v: v * v, 1, 1)(x, out=a)
    return a[0]


def byte_swapped_in_place(x):
    a = x * 1.0
    a.byteswap(inplace=True)
    return a[0]


def strides_assigned(x):
    a = x * 1.0
    a.strides = (0,)
    a[0] = x[1]
    return np.sum(a)


def dtype_assigned(x):
    a = x * 1.0
    a.dtype = np.int64
    return np.sum(a) * x[0]


def shape_of_an_array_with_two_names(x):
    a = x * 1.0
    b = a
    a.shape = (3, 1)
    return np.sum(a * b)


def shape_seen_through_a_list(x):
    a = x * 1.0
    held = [a]
    a.shape = (1, 3)
    return np.sum(held[0].T * a)


def resized_under_two_names(x):
    a = x * 1.0
    b = a
    a.resize(5, refcheck=False)
    return np.sum(a) * b.size


def resized_element(x):
    rows = [x * 1.0, x * x]
    rows[0].resize(5, refcheck=False)
    return np.sum(rows[0])


def shape_by_a_helper(x):
    def as_column(b):
        b.shape = (3, 1)

    a = x * 1.0
    as_column(a)
    return np.sum(a * x)


def augmented_flat(x):
    a = x * 1.0
    a.flat += x
    return np.sum(a)


def one_of_several_made_arrays(x):
    a = x * 1.0
    b = np.atleast_1d(a, a)[1]
    a *= 2.0
    return np.sum(b * x)


def flat_iterator_sliced(x):
    a = x * 1.0
    f = a.flat
    part = f[1:3]
    a *= 2.0
    return np.sum(part * x[0])


def put_in_an_unknown_mode(x, mode="wrap"):
    a = x * 1.0
    np.put(a, [4], x[0], mode=mode or "clip")
    return np.sum(a)


def ufunc_of_python_at(x):
    a = x * 1.0
    np.frompyfunc(lambda u, v: u * v, 2, 1).at(a, [0, 0], x[1])
    return np.sum(a)


ARRAY = np.array([0.5, 1.5, 2.5])
MATRIX = np.array([[0.5, 1.5, 2.5], [0.7, 1.1, 0.9]])
# SciPy writes into what it is given


def output_of_a_filter(x):
    from scipy import ndimage

    weights = np.ones(len(x))
    y = np.sin(x) * weights
    ndimage.uniform_filter(np.arange(float(len(x))), 3, output=weights)
    return np.sum(y)


def overwritten_matrix(x):
    from scipy import linalg

    a = np.asfortranarray(np.eye(len(x)) + 1.0)
    y = a @ x * x
    linalg.solve(a, np.ones(len(x)), overwrite_a=True)
    return np.sum(y)


INPUTS = {
    "order_decides": MATRIX,
}  # fmt: skip
USUAL = ARRAY
SKIPPED: set[str] = set()
