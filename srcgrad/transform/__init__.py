"""From IR to derivative: reverse and forward mode, and the functions that are emitted."""
