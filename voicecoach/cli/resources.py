"""`voicecoach recover resources`: books, links, courses and people that help."""

import click

from voicecoach.cli.session import Session, json_option, pass_session

KINDS = ("link", "book", "course", "person")
"""`voicecoach.resource_list.ResourceKind`, spelt out so that completion needs no import."""


@click.command("resources")
@click.option("--add", "title", help="Add one of your own.")
@click.option("--kind", type=click.Choice(KINDS), default="link", show_default=True)
@click.option("--place", default="", help="Where it is: an address, a shelf, a number.")
@click.option("--note", default="", help="What it is good for.")
@click.option("--delete", "gone", metavar="ID", help="Delete one of your own, by its full id.")
@json_option
@pass_session
def command(
    session: Session, *, title: str | None, kind: str, place: str, note: str, gone: str | None
) -> None:
    """List what helps: your own, and a few that are free and public. Nothing is fetched."""
    from voicecoach.preparing import preparing  # noqa: PLC0415 - start-up time
    from voicecoach.resource_list import ResourceKind, resources_of_the_coach  # noqa: PLC0415

    with preparing(session.coach) as preparation:
        if gone is not None:
            preparation.resources.delete(gone)
        if title is not None:
            preparation.add_resource(ResourceKind(kind), title, place=place, note=note)
        own = preparation.resources.every()
    listed = (*own, *resources_of_the_coach())
    screen = session.screen
    if screen.as_json:
        screen.data(listed)
        return
    for one in listed:
        where = f": {one.place}" if one.place else ""
        known = f" ({one.id})" if one.id else ""
        screen.item((one.title, "bold"), where, (known, "dim"))
        if one.note:
            screen.line(one.note, indent=4)
