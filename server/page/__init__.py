"""The page people use: a module per part, Jinja templates, small ES modules, no build step."""
