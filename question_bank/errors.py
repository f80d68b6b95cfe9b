"""The root error of the whole product, and this package's own errors.

Every error says what happened and what the person can do about it. The command line prints both
on one line; the server puts them into a problem+json body.
"""


class CoachError(Exception):
    """Something a person can do something about.

    Args:
        what_happened: one plain sentence, no jargon.
        what_to_do: one plain sentence with the remedy.
    """

    def __init__(self, what_happened: str, what_to_do: str) -> None:
        super().__init__(f"{what_happened} {what_to_do}")
        self.what_happened = what_happened
        self.what_to_do = what_to_do


class InvalidInputError(CoachError):
    """What was given can't be used as it is."""


class NotFoundError(CoachError):
    """Nothing is stored under that name or id."""


class ConflictError(CoachError):
    """The stored state has moved on, or the request contradicts it."""
