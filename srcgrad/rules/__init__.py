"""Derivative rules: tables of declarations, and how a call is matched with its row."""
