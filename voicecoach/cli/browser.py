"""Opens the page in the person's browser, where there is one that has a window of its own."""

import os
import sys
import threading
import webbrowser
from collections.abc import Mapping


def open_browser(address: str, environment: Mapping[str, str] | None = None) -> bool:
    """Open an address; false where no browser with a window can be opened from here.

    It opens in the background: some browsers only return when they are closed.
    """
    if not has_window(os.environ if environment is None else environment):
        return False
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    threading.Thread(target=browser.open, args=(address,), daemon=True).start()
    return True


def has_window(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window can be opened.

    Without a display Python would start a text browser in the terminal that the coach speaks in.
    A browser that the person names in BROWSER is theirs to know.
    """
    if environment.get("BROWSER"):
        return True
    if environment.get("SSH_CONNECTION") and not environment.get("DISPLAY"):
        return False
    if platform in {"darwin", "win32"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
