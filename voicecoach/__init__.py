"""voicecoach: a private voice coach for the next job interview."""

from typing import Final

VERSION: Final = "0.1.0"
