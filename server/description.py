"""The description of the API (OpenAPI 3.1) at /schema, its page drawn from our own files."""

from pathlib import Path
from typing import Any, Final

from litestar import Request, Response, Router
from litestar.file_system import BaseLocalFileSystem
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.openapi.spec import Server, Tag
from litestar.static_files import create_static_files_router
from litestar.types import PathType
from litestar.types.file_types import FileInfo

from server.problems import MEDIA_TYPE, problem_of_status
from voicecoach import VERSION

PAGE: Final = Path(__file__).parent / "page"
VENDOR: Final = PAGE / "vendor"
"""Third-party files, put there by `install.py` or carried by the wheel; not in the repository."""

_TAGS: Final = {
    "interviews": "Past interviews, the one everything works towards, and debriefs.",
    "questions": "The bank: questions, their outlines, how they tripped the person up.",
    "attempts": "The log of answers: results, recordings, transcripts.",
    "standing": "Readiness, the plan, what is next, the road back.",
    "mocks": "Mock interviews: chosen, held turn by turn, reported.",
    "skills": "What a person can show, with its stories and proofs; resources.",
    "rubric": "What is judged and why; agreement with the coach, own cut-points.",
    "data": "Everything out, in one archive or as a table.",
    "packs": "Ready-made questions.",
    "health": "Whether the coach works.",
}


class OwnSwaggerPage(OpenAPIRenderPlugin):
    """The page at /schema; where its files are missing it says in a sentence how to get them.

    Args:
        vendor: the folder of third-party files.
    """

    def __init__(self, vendor: Path) -> None:
        super().__init__(path="/")
        self._vendor = vendor

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Return the page; it fetches the description itself."""
        del request, openapi_schema
        there = (self._vendor / "swagger-ui" / "swagger-ui-bundle.js").is_file()
        name = "schema.html" if there else "schema_missing.html"
        return (PAGE / "templates" / name).read_bytes()


def openapi_config(vendor: Path) -> OpenAPIConfig:
    """Return how the API is described, and where."""
    return OpenAPIConfig(
        title="voicecoach",
        version=VERSION,
        summary="A private voice coach for the next job interview, on this machine only.",
        description=(
            "Everything the coach knows, over loopback. Lists are bounded and say their `total`. "
            "An id may be given in full or as any beginning that fits one record only. Every "
            "refusal is a problem (RFC 9457) that says what to do."
        ),
        servers=[Server(url="/")],
        tags=[Tag(name=name, description=description) for name, description in _TAGS.items()],
        use_handler_docstrings=True,
        render_plugins=[OwnSwaggerPage(vendor)],
        openapi_router=Router(
            "/schema",
            route_handlers=[],
            include_in_schema=False,
            after_request=_refuse_as_problem,
        ),
    )


class OwnFolder(BaseLocalFileSystem):
    """The files of one folder; a link that leads out of it leads nowhere.

    Args:
        folder: the folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder.resolve()

    async def info(self, path: PathType, **kwargs: Any) -> FileInfo:
        """Return what is known of a file.

        Raises:
            FileNotFoundError: it is not there, or lies outside the folder.
        """
        if not Path(path).resolve().is_relative_to(self._folder):
            raise FileNotFoundError(path)
        return await super().info(path, **kwargs)


def file_routers(vendor: Path) -> list[Router]:
    """Return what serves our own static files and, where they are, third-party ones."""
    folders = {"/static": PAGE / "static", "/vendor": vendor}
    return [
        create_static_files_router(
            path=path,
            directories=[folder],
            file_system=OwnFolder(folder),
            include_in_schema=False,
        )
        for path, folder in folders.items()
        if folder.is_dir()
    ]


async def _refuse_as_problem(response: Response[Any]) -> Response[Any]:
    """Turn Litestar's own page for an unknown address below /schema into a problem."""
    if response.status_code != 404:
        return response
    return Response(
        problem_of_status(404, "There is no such address here."),
        status_code=404,
        media_type=MEDIA_TYPE,
    )
