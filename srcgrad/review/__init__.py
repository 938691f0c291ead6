"""Looking at derivatives: numerical checks."""
