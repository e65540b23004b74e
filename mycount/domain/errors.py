"""What a person asked for and cannot have, in words for that person."""


class Refusal(Exception):  # noqa: N818 - it is no error: a person asked for something
    """A request that is turned down; nothing was changed.

    `message` is an English sentence that says what to do, with {placeholders} for `values`, so that it can be
    translated where it is shown. `field` names the input that it is about, where there is one.
    """

    def __init__(self, message: str, *, field: str | None = None, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values)


class NotFound(Refusal):
    """It does not exist, or not for whoever asks: the two are not told apart."""


class Invalid(Refusal):
    """What was given cannot be meant."""


class Conflict(Refusal):
    """It was possible a moment ago; somebody else was first."""


class NotAllowed(Invalid):
    """A member may see it, but this member's role does not allow changing it."""


class Unavailable(Refusal):
    """The database does not answer; nothing was lost, and the same request may be made again."""
