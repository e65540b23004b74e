"""What is asked of Prometheus, always of the chosen instances of MyCount alone."""

_OURS = 'job="mycount", instance=~"$instance"'


FIRING = 'ALERTS{alertstate="firing", job=~"mycount|prometheus", instance=~"$instance"}'
"""The alerts that fire, those of Prometheus about itself among them."""


def of(metric: str, *matchers: str) -> str:
    """Select a metric as it is."""
    return f"{metric}{{{', '.join((_OURS, *matchers))}}}"


def rate(metric: str, *matchers: str) -> str:
    """Give a counter's growth per second, over a time that always has several samples in it."""
    return f"rate({of(metric, *matchers)}[$__rate_interval])"


def per_minute(expression: str) -> str:
    """Count by the minute what happens too seldom to be counted by the second."""
    return f"60 * {expression}"


def total(expression: str, by: str = "") -> str:
    """Add up what has the same labels `by`, or everything."""
    return f"sum by ({by}) ({expression})" if by else f"sum({expression})"


def share(part: str, whole: str) -> str:
    """Divide two sums; nothing where there is no whole, instead of 0/0."""
    return f"{part} / ({whole} > 0)"


def quantile(q: float, histogram: str, *matchers: str, by: str = "") -> str:
    """Estimate a quantile; the comparison leaves out the NaN of a time in which nothing was measured."""
    labels = f"le, {by}" if by else "le"
    return f"histogram_quantile({q:g}, {total(rate(f'{histogram}_bucket', *matchers), by=labels)}) >= 0"


def active(expression: str) -> str:
    """Leave out what is at zero, where dozens of names would fill the legend."""
    return f"{expression} > 0"


def top(number: int, expression: str) -> str:
    """Keep the largest, at each moment."""
    return f"topk({number}, {expression})"
