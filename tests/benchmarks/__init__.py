"""Figures of srcgrad beside its peers; run by `python -m tests.benchmarks.run`, never by pytest.

One thread everywhere: the variables have to be set before NumPy and JAX are imported, hence here.
"""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
