"""Facts about a program: kinds and activity, what is recorded, what has an effect."""
