"""What sharing money means: values and pure functions, in plain Python."""
