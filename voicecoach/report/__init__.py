"""The printable report of an interview's preparation: what is in it, and how it is drawn."""
