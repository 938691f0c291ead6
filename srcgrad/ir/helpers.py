"""Names of the helpers of emitted code that are read back as what they mean, not as functions."""

RECORD = "srcgrad.runtime.record"
INSTANCE = "srcgrad.runtime.instance"
LINKED = "srcgrad.runtime.linked"
ACCUMULATE = "srcgrad.runtime.accumulate"
ZEROS_LIKE = "srcgrad.runtime.zeros_like"
OWN = "srcgrad.runtime.own"
ADDED = "srcgrad.runtime.added"
KEPT_STATE = "srcgrad.runtime.kept_state"
RESTORED_STATE = "srcgrad.runtime.restored_state"
PRIVATE = "srcgrad.runtime.private"
ADD_INTO = "srcgrad.runtime.add_into"
PUT_BACK = "srcgrad.runtime.put_back"
TAKE_OUT = "srcgrad.runtime.take_out"
REFILL = "srcgrad.runtime.refill"
SLOT = "srcgrad.runtime.slot"
METHOD_OF = "srcgrad.runtime.method_of"
DERIVATIVE_OF = "srcgrad.runtime.derivative_of"
CHANGING = frozenset({ADD_INTO, PUT_BACK, TAKE_OUT, REFILL})
READ_BACK = CHANGING | {
    RECORD, INSTANCE, LINKED, ACCUMULATE, ZEROS_LIKE, OWN, KEPT_STATE, RESTORED_STATE, PRIVATE, SLOT,
}  # fmt: skip
