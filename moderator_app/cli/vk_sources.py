"""Makes a source of each VK community that was added on this machine, or given by the environment."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from moderator_app.app import App
from moderator_app.domain.accounts import Account
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import AuthorKey
from moderator_app.domain.ports import Source
from moderator_app.vk_communities import VkTokens

if TYPE_CHECKING:
    from moderator_app.sources.vk.transport import Route


async def vk_sources(app: App) -> Sequence[Source]:
    """Those that run already stay the same. Raises Refused (keyring locked) and Unreadable."""
    accesses = await app.vk.accesses()
    if not accesses:
        return []
    route = await app.vk.route()
    return [_source(app, account, tokens, route) for account, tokens in accesses]


def _source(app: App, account: Account | None, tokens: VkTokens, route: "Route") -> Source:
    from moderator_app.sources.vk.bans import Bans
    from moderator_app.sources.vk.source import Bounds, VkSource

    # The same with a new token, so that nothing is missed where an old one was revoked.
    id = account.id if account is not None else "environment"
    name, both = f"vk:{id}", (tokens.community, tokens.user)
    read_only = account is not None and account.read_only
    same = [one for one in app.sources if isinstance(one, VkSource) and one.name == name]
    if same and same[0].is_of(both, route, read_only=read_only):
        return same[0]

    def bounds() -> Bounds:
        chosen = app.preferences.current.reading
        return Bounds(chosen.first_days, chosen.first_messages)

    async def exempt(managers: Collection[AuthorKey]) -> None:
        """Add them to the list of managers, where everybody sees them and may take them out again."""
        listed = (await app.lists.read()).managers
        if not listed.issuperset(managers):
            await app.lists.set_authors(ListKind.MANAGERS, sorted(listed | set(managers)))

    return VkSource(
        name, both, route, app.archive, app.states.report,
        bans=Bans(app.profile / f"vk-{id}.json", lambda: app.preferences.current.vk.bans_per_day),
        gap=lambda: app.vk.settings.write_gap, bounds=bounds, managers=exempt, read_only=read_only,
    )  # fmt: skip
