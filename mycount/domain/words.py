"""Marks sentences for translation where they are written; they are translated where they are shown."""


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Give the message back unchanged; the extraction of translatable strings finds it by this call."""
    return message
