"""The question bank: interviews, the questions that tripped the person up, outlines, reviews.

Knows nothing of audio, scoring or the web.
"""
