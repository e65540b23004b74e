"""E-mail addresses in the one form in which they are stored and compared, however they were typed."""

from email_validator import EmailNotValidError, validate_email

from mycount.domain.errors import Invalid
from mycount.domain.words import N_


def checked(typed: str) -> str:
    """Give an e-mail as it is stored; refuses what is none."""
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise Invalid(N_("This does not look like an e-mail address."), field="email") from error


def plain(typed: str) -> str:
    """Bring an e-mail into the form that is stored; nonsense stays nonsense and is found nowhere.

    >>> plain(" Ann@Mail.com") == plain("ann@ｍail。com") != plain("nobody")
    True
    """
    try:
        return checked(typed)
    except Invalid:
        return ""
