"""A clock for tests of what takes time."""


class Clock:
    """A clock that stands until it is put forward."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now
