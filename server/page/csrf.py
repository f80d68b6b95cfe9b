"""Forms carry a token: what another site can make a browser send does not.

The Gate refuses foreign origins already; the token is the second lock. Its secret lies in the
home, so that a form left open over a restart still works, and names the cookie, since browsers
share cookies among all ports of a machine.
"""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

from litestar.config.csrf import CSRFConfig

from voicecoach.errors import SettingError

_FILE_NAME: Final = "page.secret"


def csrf_config(home: Path) -> CSRFConfig:
    """Return how forms are guarded; `/api` takes no forms and is left out."""
    secret = _secret(home / _FILE_NAME)
    return CSRFConfig(
        secret=secret,
        cookie_name="voicecoach-" + hashlib.sha256(secret.encode()).hexdigest()[:12],
        cookie_httponly=True,
        cookie_samesite="strict",
        exclude=["^/api/"],
    )


def _secret(path: Path) -> str:
    """Return the secret kept in the home; made at the first look, for its owner only.

    Raises:
        SettingError: it can't be read or made.
    """
    try:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            kept = path.read_text(encoding="ascii").strip()
            if kept:
                return kept
            descriptor = os.open(path, os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            secret = secrets.token_hex(32)
            file.write(secret)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"The file {path} can't be used: {error}.", "Delete it, and it is made anew."
        ) from error
    return secret
