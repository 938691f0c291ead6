"""From source text to IR: finding functions, reading them, one exit per block."""
