"""One sentence of perspective: what an interview says, and what it doesn't, about a person. Pure.

Chosen by facts alone (how many rejections are logged, whether feedback came), never by what
somebody wrote or felt. Nothing is made light of, and nothing is promised.
"""

from typing import Final

FIRST: Final = (
    "This was one conversation on one day. It shows how that hour went, and much less about what "
    "you can do."
)
FIRST_WITH_FEEDBACK: Final = (
    "What they told you is about the answers they heard that day. Answers can be changed; they are "
    "not who you are."
)
SEVERAL: Final = (
    "It is hard to hear it again. Each of them was another room with other people, and none of "
    "them saw all that you can do."
)
SEVERAL_WITH_FEEDBACK: Final = (
    "It is hard to hear it again. This time there is something to go by: a reason that was given "
    "can be worked on, and it is about answers, not about your worth."
)
NO_DECISION: Final = (
    "How it felt from the inside and how it was heard can differ a lot, and an hour that went "
    "badly is still only an hour."
)
"""Where the person says it went badly and nobody has said no."""


def perspective(*, rejections: int, rejected: bool, feedback: bool) -> str:
    """Return the sentence that fits what is known.

    Args:
        rejections: how many rejections are logged up to this interview, itself included.
        rejected: whether this interview ended with one.
        feedback: whether feedback on this interview is noted.
    """
    if not rejected:
        return NO_DECISION
    if rejections > 1:
        return SEVERAL_WITH_FEEDBACK if feedback else SEVERAL
    return FIRST_WITH_FEEDBACK if feedback else FIRST
