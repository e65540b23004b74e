"""Attacks and faults, again and again: `make soak` runs the long forms, the tests in tests/faults the short ones."""
