"""The few helpers that emitted code may use; each is copied into modules that stand alone.

They are pure NumPy; SciPy is imported where its functions are differentiated.
"""

from .arrays import *  # noqa: F403
from .bases import *  # noqa: F403
from .checkpoints import *  # noqa: F403
from .checks import (  # noqa: F401
    of_result,
    of_shape,
    require_arrays,
    require_c_order,
    require_form,
    require_items,
    require_no_lists,
    require_numbers,
    require_real,
    require_real_items,
    require_scalars,
)
from .containers import *  # noqa: F403
from .cosines import *  # noqa: F403
from .cumulative import *  # noqa: F403
from .decompositions import *  # noqa: F403
from .differences import *  # noqa: F403
from .directions import *  # noqa: F403
from .factors import *  # noqa: F403
from .filters import *  # noqa: F403
from .fourier import *  # noqa: F403
from .given import *  # noqa: F403
from .histograms import *  # noqa: F403
from .joiners import *  # noqa: F403
from .kept import *  # noqa: F403
from .matrices import *  # noqa: F403
from .memory import *  # noqa: F403
from .multivariate import *  # noqa: F403
from .padding import *  # noqa: F403
from .placing import *  # noqa: F403
from .polynomials import *  # noqa: F403
from .products import *  # noqa: F403
from .quantiles import *  # noqa: F403
from .records import *  # noqa: F403
from .reductions import *  # noqa: F403
from .resampled import *  # noqa: F403
from .roots import *  # noqa: F403
from .scalars import *  # noqa: F403
from .shadows import *  # noqa: F403
from .shapes import *  # noqa: F403
from .slots import *  # noqa: F403
from .solutions import *  # noqa: F403
from .statistics import *  # noqa: F403
from .systems import *  # noqa: F403
