"""What tests of readiness over a real log share: a coach over an empty home."""

from tests.after.conftest import clock, coach

__all__ = ["clock", "coach"]
