"""The English words behind text ids; `moderator_app.language` translates and fills them.

A text id reads `subject.case`. A sentence about a finding says what was found; one about an error says what happened
and what to do. A pair (one, many) is chosen by the parameter `count`. Keep sections and their entries sorted.
"""

from collections.abc import Mapping

from moderator_app.file_sentences import FILES
from moderator_app.finding_sentences import FINDINGS
from moderator_app.marking import N_, Sentence
from moderator_app.review_sentences import REVIEW
from moderator_app.telegram_sentences import TELEGRAM
from moderator_app.vk_sentences import VK

SENTENCES: Mapping[str, Sentence] = {
    # actions
    "action.nothing_to_answer": N_("The message was gone already; nothing was sent."),
    "action.already_gone": N_("The message was gone already."),
    "action.edited": N_("The message was edited since the decision. Nothing was done; look at it again."),
    "action.imported_file": N_("This cannot be carried out: the chat was imported from a file."),
    "action.internal": N_("The program failed here; the log says where. Decide again, or act in the chat itself."),
    "action.late": N_("More than 10 minutes late, so it waits for your word. Decide the same again to carry it out."),
    "action.undone": N_("Taken back."),
    # AI
    "ai.budget": N_("The budget of AI is used up ({limit}). Rules go on alone; raise it in the settings or wait."),
    "ai.invalid": N_("The AI server gave an answer that cannot be used."),
    "ai.key": N_("The AI server does not take the key. Give another one: moderator-app login openai"),
    "ai.no_key": N_("There is no key for the AI server. Give one: moderator-app login openai"),
    "ai.no_such_key": N_("This cannot be a key: it has only Latin letters, digits and signs, and no spaces."),
    "ai.paused": N_("The AI server asks to wait {seconds} s. Rules go on alone meanwhile."),
    "ai.refused": N_("The AI server refuses the request ({status}). Check the address and the model in the settings."),
    "ai.silent": N_("The AI server does not answer. Rules go on alone; it is tried again in {seconds} s."),
    # collect
    "collect.held": N_(
        "Another process already holds the sources of this profile: {holder}. End it first, or choose another folder"
        " with --profile."
    ),
    "collect.no_account": N_(
        "There is no account to collect from. Sign in with `moderator-app login`, or give a token in the environment."
    ),
    # credentials
    "credentials.failed": N_("The system keyring failed ({reason}). Run `moderator-app doctor`, then try again."),
    "credentials.locked": N_("The system keyring is locked. Unlock it and try again."),
    "credentials.no_keyring": N_(
        "There is no system keyring to keep secrets in. Install one (GNOME Keyring, KWallet), or give the secrets in "
        "the environment for this run."
    ),
    "credentials.plain_text": N_(
        "The system keyring would keep secrets as plain text, so it is not used. Install GNOME Keyring or KWallet, "
        "or give the secrets in the environment for this run."
    ),
    # database
    "storage.busy": N_("Another process is writing to the data of this profile. Try again in a moment."),
    "storage.damaged": N_(
        "The database {file} is damaged or not one of this program. It is left as it is; move it "
        "away, or put a backup in its place."
    ),
    "storage.failing": N_("The disk fails to read or write {file}. Check the disk, then try again."),
    "storage.full": N_("The disk is full. Nothing already stored is lost; make room and try again."),
    "storage.newer": N_(
        "The database {file} comes from a newer version of this program ({version}). It is left as it "
        "is; install that version, or choose another folder with --profile."
    ),
    "storage.other_version": N_(
        "The database {file} stands at version {version}. Start the console once, so that it is brought up to date."
    ),
    "storage.read_only": N_(
        "The data of this profile cannot be written: {file} is read-only. Change its rights, or "
        "choose another folder with --profile."
    ),
    "storage.unreadable": N_("The database {file} cannot be read. Give it to your user."),
    # lines
    "line.blank": N_("The line is blank."),
    "line.not_json": N_("The line is not valid JSON."),
    "line.not_utf8": N_("The line is not valid UTF-8."),
    "line.too_long": N_("The line is longer than {bytes} bytes."),
    # lists
    "author_note.empty": N_("The note is empty. Write something, or press Esc."),
    "author_note.unknown": N_("This author is not known here any more, so no note can be kept."),
    "lists.author": N_("{entry} is not an author. Write telegram:ID or vk:ID."),
    "lists.bot": N_("{entry} is not the name of a bot. Write it like @some_bot."),
    "lists.channel": N_("{entry} is not a channel. Write telegram:ID or vk:ID, with or without its minus."),
    "lists.channel_status": N_(
        "{entry} is not a channel with its status. Write telegram:ID=STATUS or vk:ID=STATUS; a status is allowed, "
        "pending, suspicious or blocked."
    ),
    "lists.domain": N_("{entry} is not a domain. Write it like example.org, without the rest of an address."),
    "lists.donor": N_(
        "{entry} is not a community on VK. Write its address, short name or number, and =ID behind it where it is for "
        "your community with this number only."
    ),
    "lists.empty": N_("Entry {number} is empty. Write something there, or remove it."),
    "lists.kind_alone": N_("{entry} says only how to search. Write behind it what to search for."),
    "lists.mixed_word": N_("{entry} is not a single word. Write one word an entry."),
    "lists.report_word": N_("{entry} is not a single word. Write one word of letters and digits an entry."),
    "lists.too_long": N_("Entry {number} is longer than {most} characters: {entry}. Shorten or remove it."),
    "on_demand.no_source": N_("No account that is in this chat is connected at the moment."),
    "lists.too_many": N_("These are {entries} entries; a list holds {most} at most. Remove some."),
    # policies
    "policy.no_record": N_(
        "{key} stays off: of {decided} decisions about what this rule found, {confirmed} confirmed it. To act by "
        "itself it needs {least} decisions, and {percent} % of them confirming."
    ),
    # profile
    "profile.no_access": N_(
        "The data folder {path} cannot be used: {reason}. Give it to your user, or choose another with --profile."
    ),
    "profile.shared": N_("{path} is shared with others or your home. Choose a folder for this program alone."),
    "profile.not_a_folder": N_("{path} is a file. Choose a folder with --profile."),
    # queue
    "queue.author_banned": N_("The author was banned on {at}."),
    "queue.author_banned.by": N_("{by} banned the author on {at}."),
    "queue.author_kicked": N_("The author was removed from the chat on {at}."),
    "queue.author_kicked.by": N_("{by} removed the author from the chat on {at}."),
    "queue.author_muted": N_("The author was muted on {at}."),
    "queue.author_muted.by": N_("{by} muted the author on {at}."),
    "queue.gone": N_("The message has been gone from the chat since {at}."),
    "queue.gone.by": N_("{by} deleted the message on {at}."),
    "queue.gone.with_author": N_("The message was deleted together with everything by its author."),
    "queue.not_open": N_(
        "Item {item} is not in the queue: it is unknown, decided, or somebody has seen to it in the chat."
    ),
    "queue.unknown_item": N_("There is no item {item}. The command `queue` lists them."),
    # rights
    "right.delete": N_("The account may not delete messages in this chat. An owner of the chat can give it the right."),
    "right.not_here": N_("The account that is connected cannot do this. Do it in the chat itself."),
    "right.other": N_("The account has no right to do this in this chat. An owner of the chat can give it the right."),
    "right.restrict": N_(
        "The account may not ban or restrict members of this chat. An owner of the chat can give it the right."
    ),
    "right.write": N_("The account may not write in this chat."),
    # search
    "search.no_date": N_(
        "{field}: “{value}” is no day. Write it as 2026-03-04 or 04.03.2026, as today or yesterday, or as 7d for a week"
        " ago."
    ),
    "search.no_value": N_("{field}: needs a value right behind the colon."),
    "search.nothing": N_("There is nothing to search for yet. Write a word, or a field with its value."),
    "search.too_long": N_("This search takes too long. Add a word, an author or a community to it."),
    "search.unknown_value": N_("{field}: “{value}” is not known. Choose one of the values offered."),
    # settings
    "settings.community": N_(
        "{key} names no community. Write communities.telegram:ID or communities.vk:ID, a full stop and the key."
    ),
    "settings.secret": N_(
        "{key} is not set: secrets are not kept in the settings. Give them in the environment of a run; "
        "`moderator-app doctor` names the variables."
    ),
    "settings.unknown_key": N_("There is no setting {key}. There are: {known}."),
    "settings.wrong_in_file": N_(
        "{path}: {key} cannot be {value}. Allowed: {allowed}. Mend the file, or remove {key}."
    ),
    "settings.wrong_value": N_("{key} cannot be {value}. Allowed: {allowed}."),
    # sources
    "source.internal": N_("The program failed here; the log says where. It goes on by itself."),
    # stop words
    "stop_word.pattern": N_("The pattern {pattern} cannot be used: {detail}. Correct it."),
    "stop_word.too_many_patterns": N_(
        "These are {count} patterns; {most} can be searched for. Make words of some, or join them by |."
    ),
    # stories
    "story.lifted": N_("It is lifted as soon as the grace time is over; the history shows it."),
    "story.lifted.telegram": N_(
        "The ban is lifted as soon as the grace time is over. The person is not brought back: they must join again."
    ),
    "story.nothing_stands": N_("Nothing of the kind stands any more: it was lifted, or it ended by itself."),
    "story.unknown": N_("Nobody has met {person} in any chat of this profile."),
    # undo
    "undo.compensated": N_("What was carried out is being taken back on the platform."),
    "undo.deletion_stays": N_("The rest is cancelled; the message was deleted already and stays so."),
    "undo.impossible": N_("It was carried out, and this platform cannot take it back."),
    "undo.impossible.delete": N_("The deletion was carried out, and this platform cannot restore a message."),
    "undo.impossible.warn": N_("The warning was sent and cannot be taken back."),
    "undo.nothing": N_("There is no decision to take back."),
    "undo.running": N_("It is being carried out right now. Try again in a moment."),
    "undo.unban.telegram": N_("The ban is being lifted; the person must join again."),
    "undo.unban.telegram.deleted": N_(
        "The ban is being lifted; the person must join again. The deleted message stays deleted."
    ),
    # views
    "view.no_name": N_("A view needs a name with a letter or a figure in it."),
    "view.too_many": N_("There are {most} views already. Delete one first."),
    # warnings
    "warning.consent": N_(
        "A warning is a reply written in the account's own name, and nobody has agreed to that yet in: {communities}."
    ),
    **FILES,
    **FINDINGS,
    **REVIEW,
    **TELEGRAM,
    **VK,
}
