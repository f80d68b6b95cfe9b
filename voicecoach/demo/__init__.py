"""The demo: the whole loop with a synthetic candidate, no microphone and nothing of a person's."""
