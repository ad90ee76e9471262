"""The English sentences about Telegram accounts and what Telegram answers; kept as those of `sentences`."""

from collections.abc import Mapping

from moderator_app.marking import N_, N_plural, Sentence

TELEGRAM: Mapping[str, Sentence] = {
    "proxy.host": N_(
        "Write the name or number of the proxy's server alone, or paste a link like tg://proxy?server=..."
    ),
    "proxy.port": N_("The port of the proxy is a number from 1 to 65535."),
    "proxy.secret": N_("The secret of an MTProxy has 32 digits from 0 to f, with or without dd before them."),
    "proxy.user": N_("There is a password without a user. Write the user, too."),
    "proxy.user_colon": N_("The name of the proxy's user cannot have a colon in it."),
    "sign_out.given": N_(
        "The session comes from the environment and is not kept here. End it in Telegram: Settings, Devices."
    ),
    "sign_out.nobody": N_("No Telegram account is signed in on this machine."),
    "sign_out.unknown": N_("There is no account {id} here. Signed in are: {accounts}."),
    "sign_out.which": N_("Several accounts are signed in. Say which: {accounts}."),
    "sign_in.no_terminal": N_("Signing in asks questions, so it needs a terminal. Start it in one."),
    "sign_in.trouble": N_("Telegram has trouble of its own. Try again in a moment."),
    "sign_in.unreachable": N_(
        "Telegram does not answer. Check the network, and the proxy if there is one; then try again."
    ),
    "sign_in.wait": N_("Telegram asks to wait {seconds} s before the next try."),
    "sign_in.wait.hours": N_plural(
        "Telegram asks to wait {count} hour before the next try.",
        "Telegram asks to wait {count} hours before the next try.",
    ),
    "sign_in.wait.minutes": N_plural(
        "Telegram asks to wait {count} minute before the next try.",
        "Telegram asks to wait {count} minutes before the next try.",
    ),
    "telegram.account_deactivated": N_(
        "Telegram has closed this account. Write to Telegram from its own application, or sign in with another one."
    ),
    "telegram.account_frozen": N_(
        "Telegram has frozen this account: it can read, but nothing else. Telegram's own application says "
        "how to appeal."
    ),
    "telegram.account_limited": N_(
        "Telegram has limited this account because of complaints or too much haste. @SpamBot in Telegram says how long."
    ),
    "telegram.admin_needed": N_(
        "The account lacks the admin right for this in the chat. Ask the chat's owner for it, then try again."
    ),
    "telegram.admin_spared": N_("This is an admin of the chat. Take the admin rights away first, or ask the owner."),
    "telegram.api_keys": N_(
        "Telegram does not know this api_id with this api_hash. Copy both anew from https://my.telegram.org/apps."
    ),
    "telegram.api_keys_public": N_(
        "Telegram refuses this api_id because it is known to the public. Make one of your own on "
        "https://my.telegram.org/apps."
    ),
    "telegram.basic_group": N_(
        "In a basic group messages can be deleted and people removed, nothing more. Its owner can turn it into a "
        "supergroup."
    ),
    "telegram.chat_closed": N_(
        "The account cannot enter this chat any more: it is closed, or the account was removed."
    ),
    "telegram.code_empty": N_("The code is empty. Type the digits that Telegram sent."),
    "telegram.code_expired": N_("This code is not valid any more. Ask for a new one."),
    "telegram.code_not_sent": N_(
        "Telegram has no further way to send a code. Wait for the last one, or sign in by QR code."
    ),
    "telegram.other_account": N_(
        "Another account has read this message; this one cannot tell it from others. Delete it in Telegram itself."
    ),
    "telegram.before_upgrade": N_(
        "The message was written before the group became a supergroup: it can be deleted, and its author banned, but "
        "not be answered or reported."
    ),
    "telegram.code_paid": N_("Telegram wants to be paid for sending a code to this number. Sign in by QR code."),
    "telegram.code_wrong": N_("This is not the code that Telegram sent. Type it again."),
    "telegram.delete_forbidden": N_("The account may not delete this message. It needs the right to delete messages."),
    "telegram.email_needed": N_(
        "Telegram wants to know an e-mail address of this account first. Sign in once in Telegram's own application."
    ),
    "telegram.flood": N_("Telegram asks to wait {seconds} s; then it will be tried again by itself."),
    "telegram.flood.hours": N_plural(
        "Telegram asks to wait {count} hour; then it will be tried again by itself.",
        "Telegram asks to wait {count} hours; then it will be tried again by itself.",
    ),
    "telegram.flood.minutes": N_plural(
        "Telegram asks to wait {count} minute; then it will be tried again by itself.",
        "Telegram asks to wait {count} minutes; then it will be tried again by itself.",
    ),
    "telegram.garbled": N_("What came from Telegram was damaged on its way. It will be tried again by itself."),
    "telegram.let_in": N_("Somebody has let this person in already. Remove the person from the chat instead."),
    "telegram.login_outdated": N_("Telegram takes no sign-in from this version any more. Install a newer one."),
    "telegram.message_gone": N_("The message is not there any more."),
    "telegram.newer": N_("Telegram sent something that this version does not know. Install a newer one."),
    "telegram.no_api_keys": N_(
        "There is no api_id and api_hash for Telegram. Get them from https://my.telegram.org/apps and sign in anew."
    ),
    "telegram.no_request": N_("There is no request to join any more: it was answered, or taken back."),
    "telegram.not_member": N_("The person is not in the chat any more."),
    "telegram.not_signed_in": N_(
        "No Telegram account is signed in. Sign in under Settings, or by `moderator-app login telegram`."
    ),
    "telegram.password_empty": N_("The password is empty. Type the password of two-step verification."),
    "telegram.password_flood": N_(
        "Too many wrong passwords or sign-ins. Telegram takes none for this number for a while."
    ),
    "telegram.password_needed": N_("The account has two-step verification: its password is needed."),
    "telegram.password_wrong": N_("This is not the password of two-step verification. Type it again."),
    "telegram.person_gone": N_("This account was deleted; nothing can be done to it."),
    "telegram.phone_banned": N_("Telegram has banned this phone number. Write to Telegram, or use another account."),
    "telegram.phone_flood": N_("Codes were asked for too often with this number. Sign in by QR code, or try tomorrow."),
    "telegram.phone_unknown": N_(
        "There is no Telegram account with this number. Make one in Telegram's own application."
    ),
    "telegram.phone_wrong": N_("This is no phone number. Write it with its country code: +44 20 7946 0000."),
    "telegram.proxy_fake_tls": N_(
        "The secret of this MTProxy begins with ee: it wants connections that look like those to a web site, which "
        "this program cannot make. Take a proxy whose secret begins with dd, or has 32 characters."
    ),
    "telegram.proxy_secret": N_("The secret of the proxy cannot be used. {kind} needs: {needed}."),
    "telegram.public_key": N_(
        "{path} holds no public key of a Telegram server. A PKCS#1 file is needed: BEGIN RSA PUBLIC KEY."
    ),
    "telegram.qr_expired": N_("This QR code is not valid any more. Scan the new one."),
    "telegram.read_only": N_("This account is set to read only, so nothing is carried out with it."),
    "telegram.refused": N_("Telegram refused this: {code}."),
    "telegram.server_address": N_("The address {server} of the Telegram server cannot be used. Write HOST:PORT."),
    "telegram.session_duplicated": N_(
        "The session was used from two places at once, so Telegram has ended it. Sign in anew, on each "
        "machine by itself."
    ),
    "telegram.session_ended": N_("The session was ended, here or from another device. Sign in anew."),
    "telegram.session_unreadable": N_("The stored session cannot be read. Sign in anew."),
    "telegram.slow_mode": N_("The chat is in slow mode: the next message may follow in {seconds} s, by itself."),
    "telegram.trouble": N_("Telegram has trouble of its own ({code}). It will be tried again by itself."),
    "telegram.unknown_peer": N_(
        "Telegram does not tell this account who that is. Open the chat or the profile in Telegram once, "
        "then try again."
    ),
    "telegram.unreachable": N_(
        "Telegram does not answer. Check the network, and the proxy if there is one. It will be tried again by itself."
    ),
    "telegram.write_forbidden": N_("The account may not write in this chat."),
}
