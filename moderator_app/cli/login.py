"""The command `login`: signs an account in on the terminal."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from moderator_app import log, settings
from moderator_app.accounts import TelegramAccounts
from moderator_app.ai_access import AiAccess
from moderator_app.app import SETTINGS
from moderator_app.cli import terminal, vk_login
from moderator_app.cli.qr_blocks import drawn
from moderator_app.credentials import Credentials
from moderator_app.domain.accounts import ApplicationKeys, CodeSent, PasswordAsked, QrShown, SignedIn, SignInStep
from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded
from moderator_app.domain.ports import SignIn
from moderator_app.language import _, current, explain_error
from moderator_app.sign_in_words import another_code, code_sent, how_to_get_keys, how_to_scan, safety

# Typing something else helps against none of these.
_FINAL = frozenset({"telegram.api_keys", "telegram.api_keys_public", "telegram.login_outdated", "telegram.newer"})


def of(where: str) -> Callable[[Path, Credentials], int]:
    return {"openai": openai, "telegram": telegram, "vk": vk_login.login}[where]


def openai(profile: Path, kept: Credentials) -> int:
    """Ask for the key of the AI server and keep it in the keyring. Raises SignInNeeded where the person gives up."""
    if not terminal.is_there():
        raise Refused("sign_in.no_terminal")
    chosen = settings.for_this_run(settings.load(profile / SETTINGS), os.environ)
    access = AiAccess(kept, lambda: chosen.openai)
    handler = log.start(profile)
    try:
        with terminal.tidy():
            asyncio.run(_give_key(access, chosen.openai.base_url))
    except EOFError:
        terminal.say("")
        raise SignInNeeded("ai.no_key") from None
    finally:
        log.stop(handler)
    return 0


async def _give_key(access: AiAccess, address: str) -> None:
    where = _("The key is for the AI server at {address}; the setting openai.base_url names another one.")
    terminal.say(terminal.wrapped(where.format(address=address)))
    while True:
        key = await terminal.ask_secret(_("{name} (not shown): ").format(name=_("Key")))
        try:
            taken = await access.give_key(key)
        except (SignInNeeded, Refused) as error:
            if error.text_id not in ("ai.key", "ai.no_such_key"):
                raise
            terminal.say(terminal.wrapped(explain_error(error)))
            continue
        break
    if not taken:
        terminal.say(terminal.wrapped(_("The server could not be asked whether the key is right.")))
    terminal.say(terminal.wrapped(_("The key is kept in the keyring of this machine.")))


def telegram(profile: Path, kept: Credentials) -> int:
    """Raises SignInNeeded where the person gives up."""
    if not terminal.is_there():
        raise Refused("sign_in.no_terminal")
    chosen = settings.for_this_run(settings.load(profile / SETTINGS), os.environ)
    accounts = TelegramAccounts(profile / SETTINGS, kept, lambda: chosen.telegram, current)
    handler = log.start(profile)
    try:
        with terminal.tidy():
            asyncio.run(_sign_in(accounts))
    except EOFError:
        terminal.say("")
        raise SignInNeeded("telegram.not_signed_in") from None
    finally:
        log.stop(handler)
    return 0


async def _sign_in(accounts: TelegramAccounts) -> None:
    for paragraph in safety():
        terminal.say(terminal.wrapped(paragraph) + "\n")
    keys = await _keys(accounts)
    sign_in = await accounts.begin(keys)
    try:
        account = await accounts.keep(keys, await _signed_in(sign_in))
    finally:
        await sign_in.close()
    signed_in = _("Signed in as {name} {phone}. The session is kept in the keyring of this machine.")
    terminal.say(terminal.wrapped(signed_in.format(name=account.name, phone=account.phone)))


async def _keys(accounts: TelegramAccounts) -> ApplicationKeys:
    if (known := await accounts.keys()) is not None:
        return known
    terminal.say(terminal.wrapped(how_to_get_keys()) + "\n")
    return ApplicationKeys(
        await terminal.ask("api_id: "),
        (await terminal.ask_secret(_("{name} (not shown): ").format(name="api_hash"))).strip(),
    )


async def _signed_in(sign_in: SignIn) -> SignedIn:
    step: SignInStep | None = None
    while not isinstance(step, SignedIn):
        try:
            step = await _next(sign_in, step)
        except ModeratorError as error:
            if error.text_id in _FINAL:
                raise
            terminal.say(terminal.wrapped(explain_error(error)))
            # A code that cannot be scanned any more is no step to go on from.
            step = None if isinstance(step, QrShown) else step
    return step


async def _next(sign_in: SignIn, step: SignInStep | None) -> SignInStep:
    match step:
        case CodeSent():
            terminal.say(terminal.wrapped(code_sent(step)))
            asked = _("Code (Enter alone: {other}): ").format(other=another_code(step))
            code = await terminal.ask(asked)
            return await (sign_in.give_code(code) if code else sign_in.resend_code())
        case PasswordAsked():
            hint = _(" (hint: {hint})").format(hint=step.hint) if step.hint else ""
            asked = _("Password of two-step verification{hint}, not shown: ").format(hint=hint)
            return await sign_in.give_password(await terminal.ask_secret(asked))
        case QrShown():
            return await _scanned(sign_in, step)
    phone = await terminal.ask(_("Phone number with country code (Enter alone: QR code): "))
    return await (sign_in.send_code(phone) if phone else sign_in.show_qr())


async def _scanned(sign_in: SignIn, shown: QrShown) -> SignInStep:
    """Draw codes, each over the one before, until one is scanned."""
    terminal.say(terminal.wrapped(how_to_scan()))
    step: SignInStep = shown
    lines = 0
    while isinstance(step, QrShown):
        coloured = terminal.has_colours()
        picture = f"{drawn(step.url, coloured=coloured)}\n{step.url}"
        terminal.say((f"\x1b[{lines}F\x1b[J" if lines and coloured else "") + picture)
        lines = picture.count("\n") + -(-len(step.url) // terminal.columns())
        step = await sign_in.after_qr(step)
    return step
