"""The command `login vk`: adds a community with its tokens on the terminal."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from moderator_app import log, settings
from moderator_app.app import SETTINGS
from moderator_app.cli import terminal
from moderator_app.credentials import Credentials
from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded, TryLater
from moderator_app.language import _, explain_error
from moderator_app.vk_communities import Checked, VkCommunities, VkTokens, require_token
from moderator_app.vk_words import (
    added,
    how_to_make_community_token,
    how_to_make_user_token,
    remarks,
    tokens_needed,
    what_works,
)


def login(profile: Path, kept: Credentials) -> int:
    """Raises SignInNeeded where the person gives up."""
    if not terminal.is_there():
        raise Refused("sign_in.no_terminal")
    chosen = settings.for_this_run(settings.load(profile / SETTINGS), os.environ)
    communities = VkCommunities(profile / SETTINGS, kept, lambda: chosen.vk)
    handler = log.start(profile)
    try:
        with terminal.tidy():
            asyncio.run(_add(communities))
    except EOFError:
        _say("")
        raise SignInNeeded("vk.not_added") from None
    finally:
        log.stop(handler)
    return 0


async def _add(communities: VkCommunities) -> None:
    await communities.require_keyring()
    for paragraph in (*tokens_needed(), *how_to_make_community_token()):
        _say(paragraph + "\n")
    tokens, checked = await _asked(communities, _("The community's token (not shown): "), VkTokens)
    _say(_("The community: {name}").format(name=checked.account.name) + "\n")
    for paragraph in how_to_make_user_token():
        _say(paragraph + "\n")
    question = _("The token of a moderator's page (not shown; Enter alone: without it): ")
    community = tokens.community
    tokens, checked = await _asked(communities, question, lambda user: VkTokens(community, user), may_be_empty=True)
    if checked.events_off:
        checked = await _offer_events(communities, tokens, checked)
    await communities.keep(checked.account, tokens)
    _say_what_works(checked)


async def _asked(
    communities: VkCommunities, question: str, tokens: Callable[[str], VkTokens], *, may_be_empty: bool = False
) -> tuple[VkTokens, Checked]:
    """Tokens that VK knows, with what it says of them."""
    while True:
        typed = await terminal.ask_secret(question)
        try:
            token = "" if may_be_empty and not typed.strip() else require_token(typed)
            checked = await communities.check(tokens(token))
        except (SignInNeeded, Refused, TryLater) as error:
            if error.text_id.startswith("credentials."):
                raise
            _say(explain_error(error))
            continue
        refused = [text for note, text in zip(checked.remarks, remarks(checked), strict=True) if note.text_id in _WRONG]
        if token and refused:
            _say(refused[0])
            continue
        return tokens(token), checked


# Of the moderator's token: another one is asked for.
_WRONG = frozenset({"vk.user_token_refused"})


async def _offer_events(communities: VkCommunities, tokens: VkTokens, checked: Checked) -> Checked:
    for remark in remarks(checked):
        _say(remark)
    answer = await terminal.ask(_("Switch on in the community what is missing? [y/n] "))
    if answer[:1].lower() not in ("y", "д"):
        return checked
    try:
        await communities.switch_events_on(tokens, checked.account)
        return await communities.check(tokens)
    except ModeratorError as error:
        _say(explain_error(error))
        return checked


def _say_what_works(checked: Checked) -> None:
    _say(added(checked))
    for name, works in what_works(checked):
        _say(f"{'+' if works else '-'} {name}")
    for remark in remarks(checked):
        _say(remark)


def _say(text: str) -> None:
    newlines = len(text) - len(text.rstrip("\n"))
    terminal.say(terminal.wrapped(text) + "\n" * newlines)
