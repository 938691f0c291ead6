"""Running emitted text."""
