"""Times and days as people read them."""

from datetime import date, datetime


def clock_words(seconds: float) -> str:
    """Return seconds as minutes and seconds: 83.4 is "1:23"."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def seconds_words(seconds: int) -> str:
    """Return a duration in words: 90 is "1 minute and 30 seconds"."""
    minutes, rest = divmod(seconds, 60)
    parts = [
        f"{count} {unit}{'' if count == 1 else 's'}"
        for count, unit in ((minutes, "minute"), (rest, "second"))
        if count or (unit == "second" and not minutes)
    ]
    return " and ".join(parts)


def span_words(start_seconds: float | None, end_seconds: float | None) -> str:
    """Return a span as "0:12–0:15"; empty where the words were typed."""
    if start_seconds is None:
        return ""
    start = clock_words(start_seconds)
    if end_seconds is None:
        return start
    end = clock_words(end_seconds)
    return start if start == end else f"{start}–{end}"


def day_words(day: date, today: date) -> str:
    """Return a day with its distance: "Tuesday 24 November (in 2 days)"."""
    days = (day - today).days
    distance = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(
        days, f"in {days} days" if days > 0 else f"{-days} days ago"
    )
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day:%A} {day.day} {day:%B}{year} ({distance})"


def moment_words(moment: datetime) -> str:
    """Return a moment to the minute, in the zone it is given in."""
    return f"{moment:%Y-%m-%d %H:%M}"


def times_words(count: int) -> str:
    """Return how often: "once", "twice", "3 times"; "no time" for none."""
    return {0: "no time", 1: "once", 2: "twice"}.get(count, f"{count} times")
