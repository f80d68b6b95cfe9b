"""The part of the settings where speech models are fetched, stopped and chosen."""

from typing import Any, Final

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw, wants_part
from server.weights_fetching import FetchState, WeightsFetching
from voicecoach.settings_desk import SettingsDesk
from voicecoach.weights_overview import weights_overview

PLACE: Final = "/settings#weights"

_WHOLE: Final = {"HX-Retarget": "#weights", "HX-Reselect": "#weights", "HX-Reswap": "outerHTML"}


class WeightsPart(Controller):
    """Speech models."""

    path = "/settings/weights"
    include_in_schema = False

    @get(sync_to_thread=True)
    def weights(
        self,
        request: Request[Any, Any, Any],
        desk: NamedDependency[SettingsDesk],
        fetching: NamedDependency[WeightsFetching],
    ) -> Template:
        """Show what is there and how far a download has come; asked for each second meanwhile.

        The page takes the progress out of it, and the whole once there is no more progress.
        """
        fetch = fetching.latest
        ended = fetch is None or fetch.state is not FetchState.RUNNING
        return draw(
            request,
            "weights_part.html",
            headers=_WHOLE if ended and wants_part(request) else None,
            weights=weights_overview(desk.settings),
            fetch=fetch,
            overruled=desk.overruled,
            synthetic=desk.settings.synthetic,
        )

    @post("/fetch", sync_to_thread=True)
    def fetch(self, fetching: NamedDependency[WeightsFetching], data: FormBody) -> Redirect:
        """Begin to fetch a model."""
        fetching.start(Typed(data).one("name"))
        return see(PLACE)

    @post("/stop", sync_to_thread=True)
    def stop(self, fetching: NamedDependency[WeightsFetching]) -> Redirect:
        """Stop the download; what has arrived is kept."""
        fetching.stop()
        return see(PLACE)

    @post("/use", sync_to_thread=True)
    def use(self, desk: NamedDependency[SettingsDesk], data: FormBody) -> Redirect:
        """Transcribe with another model from now on."""
        desk.change({"whisper_model": Typed(data).one("name")})
        return see(PLACE)
