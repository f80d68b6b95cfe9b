"""What tests of readiness over a real log share: a coach over a database migrated once."""

from tests.after.conftest import clock, coach, empty_home

__all__ = ["clock", "coach", "empty_home"]
