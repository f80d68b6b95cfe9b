"""Has the person pressed Enter? Asked again and again while an answer is being recorded."""

import sys

if sys.platform == "win32":
    import msvcrt

    def enter_pressed() -> bool:
        """Say whether Enter was pressed since it was last asked."""
        while msvcrt.kbhit():
            if msvcrt.getwch() in {"\r", "\n"}:
                return True
        return False

    def forget_typed_ahead() -> None:
        """Drop keys pressed before now."""
        while msvcrt.kbhit():
            msvcrt.getwch()

else:
    import select
    import termios

    def enter_pressed() -> bool:
        """Say whether Enter was pressed since it was last asked."""
        ready, _, _ = select.select([sys.stdin], [], [], 0)
        if not ready:
            return False
        sys.stdin.readline()
        return True

    def forget_typed_ahead() -> None:
        """Drop keys pressed before now."""
        if sys.stdin.isatty():
            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
