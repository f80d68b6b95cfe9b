"""Tests of asking for feedback, of replies, and of positives."""
