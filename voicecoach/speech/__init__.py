"""Speech: question -> sound -> timed words."""
