"""The child process that talks to the model hub; `weights_download` starts, feeds and kills it.

A process of its own, because the hub's library may wait for ever (name look-up, a hub that accepts
and never answers) and only a process can be stopped for certain. Both sides speak one JSON object a
line. In: what to list; then, once the parent has looked at the disk, what to fetch. Out: "listed",
"progress", "done" or "failed".

Files are appended to partial files with `huggingface_hub`'s own streaming function, since its
`snapshot_download` starts a file anew whenever the process before ended early.
"""

import errno
import io
import json
import sys
from pathlib import Path
from typing import Any, Final

CHUNK_BYTES: Final = 256 * 1024
"""Bytes between two signs of life: a tenth of a second at 20 Mbit/s. The library's own 10 MB would
look like silence on a slow line, and be lost at each interruption."""

HEADERS: Final = {"user-agent": "voicecoach", "accept-encoding": "identity"}
"""All the hub is told about us; no token is ever sent."""


def main() -> int:
    """List, wait for the parent's word, fetch; exit status 0 even where the hub failed."""
    try:
        _serve()
    except Exception as error:  # noqa: BLE001 - whatever breaks goes to the parent as a line
        first_line = str(error).strip().partition("\n")[0]
        _tell(event="failed", kind=failure_kind(error), detail=first_line[:200])
    return 0


def failure_kind(error: BaseException) -> str:
    """Name what went wrong, by the names of the error's classes.

    By name, because the library has changed its HTTP client twice and each brings its own classes.
    """
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "disk_full"
    status = getattr(getattr(error, "response", None), "status_code", None)
    for kind, classes in (
        ("offline", {"OfflineModeIsEnabled"}),
        ("refused", {"GatedRepoError", "DisabledRepoError"}),
        ("not_found", {"RepositoryNotFoundError", "RevisionNotFoundError", "EntryNotFoundError"}),
        ("no_answer", {"TimeoutException", "Timeout", "TimeoutError"}),
    ):
        if names & classes:
            return kind
    if status is not None:
        return {401: "refused", 403: "refused", 404: "not_found"}.get(status, "server")
    if names & {"TransportError", "ConnectionError"}:
        return "no_network"
    return "other"


def _serve() -> None:
    listing = json.loads(sys.stdin.readline())
    from huggingface_hub import HfApi, constants, hf_hub_url  # noqa: PLC0415
    from huggingface_hub.file_download import http_get  # noqa: PLC0415

    if constants.HF_HUB_OFFLINE:
        _tell(event="failed", kind="offline", detail="HF_HUB_OFFLINE is set")
        return
    constants.DOWNLOAD_CHUNK_SIZE = CHUNK_BYTES
    repository = listing["repository"]
    information = HfApi(token=False, user_agent="voicecoach").model_info(
        repository, files_metadata=True, timeout=listing["timeout_seconds"], token=False
    )
    _tell(
        event="listed",
        revision=information.sha,
        files=[
            {
                "name": file.rfilename,
                "size_bytes": file.size,
                "sha256": file.lfs.sha256 if file.lfs else None,
                "git_blob": None if file.lfs else file.blob_id,
            }
            for file in information.siblings or ()
        ],
    )
    order = json.loads(sys.stdin.readline() or "null")
    for file in (order or {}).get("files", ()):
        with _PartialFile(Path(file["partial"]), file["name"]) as partial:
            http_get(
                hf_hub_url(repository, file["name"], revision=information.sha),
                partial,
                resume_size=partial.tell(),
                headers=HEADERS,
                expected_size=file["size_bytes"],
                displayed_filename=file["name"],
            )
    _tell(event="done")


class _PartialFile(io.FileIO):
    """A file that is appended to without a buffer and tells the parent how far it has come."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(path, "ab")
        self._file_name = name
        self.seek(0, io.SEEK_END)

    def write(self, data: Any) -> int:
        """Write all of the data; FileIO alone may write less."""
        rest = memoryview(data)
        while rest:
            rest = rest[super().write(rest) :]
        _tell(event="progress", file=self._file_name, bytes=self.tell())
        return len(data)


def _tell(**message: object) -> None:
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    sys.exit(main())
