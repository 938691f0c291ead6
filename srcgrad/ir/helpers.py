"""Names of the helpers of emitted code that are read back as what they mean, not as functions."""

RECORD = "srcgrad.runtime.record"
INSTANCE = "srcgrad.runtime.instance"
ACCUMULATE = "srcgrad.runtime.accumulate"
ZEROS_LIKE = "srcgrad.runtime.zeros_like"
OWN = "srcgrad.runtime.own"
KEPT_STATE = "srcgrad.runtime.kept_state"
RESTORED_STATE = "srcgrad.runtime.restored_state"
PRIVATE = "srcgrad.runtime.private"
READ_BACK = frozenset({RECORD, INSTANCE, ACCUMULATE, ZEROS_LIKE, OWN, KEPT_STATE, RESTORED_STATE, PRIVATE})
