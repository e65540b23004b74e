"""Pictures of every page and state, to be looked at one by one: `python -m tests.screenshots`."""
