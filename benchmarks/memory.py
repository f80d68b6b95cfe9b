"""Peak memory of each part, each in a process of its own."""

import subprocess
import sys
from typing import Final

from benchmarks.row import Row

NAME: Final = "Peak memory (resident, each in a process of its own)"

PARTS: Final = {
    "voicecoach --help": "from voicecoach.cli import main\nimport sys\nsys.argv = ['v', '--help']\n"
    "try:\n    main()\nexcept SystemExit:\n    pass",
    "transcribing 120 s (espeak-tiny)": "from benchmarks import transcription\n"
    "transcription.RUNS = 1\nfrom benchmarks.spoken_answer import two_minute_answer\n"
    "from voicecoach.settings import Settings, bundled_weights_folders\n"
    "from voicecoach.speech.weights import find_whisper\n"
    "from voicecoach.speech.faster_whisper_transcriber import FasterWhisperTranscriber\n"
    "folder = find_whisper('espeak-tiny', bundled_weights_folders())\n"
    "FasterWhisperTranscriber(folder, name='espeak-tiny', language='en', synthetic=True)"
    ".transcribe(two_minute_answer())",
    "scoring a two-minute answer": "from benchmarks import scoring\nscoring.RUNS = 1\n"
    "scoring._sentence_transformers = lambda: None\nscoring.measure()",
    "readiness, 10,000 questions, 100,000 attempts": "from benchmarks import scale\n"
    "scale.measure()",
}
_REPORT: Final = (
    "\nimport resource, sys\n"
    "from pathlib import Path\n"
    "status = Path('/proc/self/status')\n"
    "if status.exists():\n"  # ru_maxrss would count what the parent held before it started us
    "    line = next(l for l in status.read_text().splitlines() if l.startswith('VmHWM'))\n"
    "    peak = int(line.split()[1]) * 1024\n"
    "else:\n"
    "    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
    "print(peak, file=sys.stderr)"
)


def measure() -> list[Row]:
    """Run each part and read its peak; nothing where the system can't tell (Windows)."""
    if sys.platform == "win32":
        return []
    rows = []
    for what, code in PARTS.items():
        ran = subprocess.run(
            [sys.executable, "-c", code + _REPORT], check=True, capture_output=True, text=True
        )
        peak = int(ran.stderr.strip().splitlines()[-1])
        rows.append(Row(what, peak / 2**20, "MiB", None, None))
    return rows
