"""`/api/packs`: the ready-made questions."""

from litestar import Controller, get
from litestar.params import FromQuery

from question_bank.pack import Pack, load_packs
from question_bank.question import QuestionKind
from server.routes.documented import LISTING
from server.schemas import Limit, Offset, Page, page_of


class PackController(Controller):
    """Question packs."""

    path = "/packs"
    tags = ("packs",)

    @get(operation_id="listPacks", sync_to_thread=True, responses=LISTING)
    def list_packs(
        self,
        kind: FromQuery[QuestionKind | None] = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Page[Pack]:
        """List the packs with their questions and the points a good answer makes in general."""
        packs = [pack for pack in load_packs() if kind in {None, pack.kind}]
        return page_of(packs, limit, offset)
