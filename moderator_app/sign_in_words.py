"""What people are told while they sign in, in the window and on the terminal alike."""

from moderator_app.domain.accounts import CodeSent, CodeWay
from moderator_app.language import _, format_number, ngettext

KEYS_ADDRESS = "https://my.telegram.org/apps"


def safety() -> tuple[str, ...]:
    """What signing in means, before anything is asked; a paragraph each."""
    return (
        _(
            "You sign in as yourself, as on one more device: the console sees what your account sees and acts in "
            "your name."
        ),
        _(
            "It reads the chats in which you may delete messages, and carries out there what you decide, or what you "
            "let a rule decide, slowly enough not to endanger the account. It never joins chats, never invites or "
            "writes to anybody by itself, and collects no lists of members. Messages leave this machine only for the "
            "AI service, once you have switched it on."
        ),
        _(
            "Telegram allows such applications under its terms (https://core.telegram.org/api/terms) and watches the "
            "accounts that use them: whoever floods, spams or gathers data is limited or banned, even for ever. New "
            "accounts and rented numbers are at greater risk. Nobody can promise that nothing happens to yours."
        ),
        _(
            "The session is kept in this machine's keyring and nowhere else: whoever gets hold of it has your "
            "account. You can end it at any time, here or in Telegram under Settings, Devices, where it is called "
            "Moderator console."
        ),
    )


def how_to_get_keys() -> str:
    return _(
        "Telegram wants to know which application asks. Open {address}, sign in with your phone number, fill in the "
        "form with any name, and copy api_id and api_hash. They are yours: show them to nobody."
    ).format(address=KEYS_ADDRESS)


def how_to_scan() -> str:
    return _(
        "Open Telegram on your phone: Settings, Devices, Link Desktop Device, and scan this code. It is renewed by "
        "itself."
    )


def code_sent(sent: CodeSent) -> str:
    """Where the code is to be looked for."""
    told = {
        CodeWay.APP: _("Telegram sent a code to your other devices: it is in the chat “Telegram”."),
        CodeWay.SMS: _("Telegram sent a code by SMS."),
        CodeWay.CALL: _("Telegram calls you and says the code."),
        CodeWay.FLASH_CALL: _("Telegram calls you from a number like {hint}: the code is that whole number."),
        CodeWay.MISSED_CALL: _(
            "Telegram calls you from a number that begins with {hint}: do not answer; the code is its last digits."
        ),
        CodeWay.EMAIL: _("Telegram sent a code by e-mail to {hint}."),
        CodeWay.FRAGMENT: _("Telegram sent a code to your anonymous number: it is at {hint}."),
        CodeWay.WORD: _("Telegram sent a secret word by SMS."),
        CodeWay.PHRASE: _("Telegram sent a secret phrase by SMS."),
    }
    sentence = told[sent.way].format(hint=sent.hint or "…")
    if sent.way in (CodeWay.WORD, CodeWay.PHRASE) and sent.hint:
        sentence += " " + _("It begins with “{beginning}”.").format(beginning=sent.hint)
    if sent.length:
        length = ngettext("It has {n} sign.", "It has {n} signs.", sent.length)
        sentence += " " + length.format(n=format_number(sent.length))
    return sentence


def another_code(sent: CodeSent) -> str:
    """What asking for another code does."""
    ways = {
        CodeWay.SMS: _("Send another one by SMS"),
        CodeWay.CALL: _("Have it said by a call"),
        CodeWay.FLASH_CALL: _("Send another one by a call"),
        CodeWay.MISSED_CALL: _("Send another one by a call"),
        CodeWay.FRAGMENT: _("Send another one to the anonymous number"),
    }
    return ways.get(sent.next_way or sent.way, _("Send another one"))
