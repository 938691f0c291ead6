"""Files of the corpus whose programs the engine does not take yet; deleting a name here enables the file."""

PENDING: frozenset[str] = frozenset()
