"""Measured promises: each module has a NAME, a GOAL and measure() -> rows side by side."""
