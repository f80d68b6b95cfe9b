"""The API and web page on loopback."""
