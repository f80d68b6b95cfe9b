"""Scoring: timed words -> judgement. Pure: no clock, no disk, no chance."""
