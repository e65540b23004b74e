"""What follows from the settings for the services."""

from datetime import timedelta

from mycount.services.policy import Policy
from mycount.settings import Settings


def policy(settings: Settings) -> Policy:
    """Give the rules of the installation that these settings make."""
    return Policy(
        secret_key=settings.secret_key.get_secret_value().encode(),
        sign_up=settings.sign_up,
        session_idle=timedelta(days=settings.session_days),
        session_life=max(timedelta(days=90), timedelta(days=settings.session_days)),
        invite_life=timedelta(days=settings.invite_days),
    )
