"""What the settings say that pages show: where this server is, and what is offered before anybody has chosen."""


class Installation:
    """Set once, when the program is put together, before the first page is asked for.

    Like presence, it is state in a module without a page, so that the reset between page tests does not drop it.
    """

    public_url: str | None = None
    default_language: str = "en"
    default_currency: str = "EUR"
