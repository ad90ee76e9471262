"""The English words behind text ids and closed choices; `moderator_app.language` translates and fills them.

A text id reads `subject.case`. A sentence about a finding says what was found; one about an error says what happened
and what to do. A pair (one, many) is chosen by the parameter `count`. Keep sections and their entries sorted.
"""

from collections.abc import Mapping
from enum import StrEnum

from moderator_app.domain.ai import SpamKind, Which
from moderator_app.domain.decision import ActionKind, ActionState, Choice
from moderator_app.domain.lists import ChannelStatus, ListKind, WordKind
from moderator_app.domain.message import Platform
from moderator_app.domain.ports import SourceState
from moderator_app.domain.statistics import Period
from moderator_app.domain.verdict import Label
from moderator_app.marking import N_, N_plural, Sentence
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
    # exports
    "export.suffix": N_("{file}: the name must end in .csv or .jsonl."),
    # fields of what is read
    "field.missing": N_("The field {field} is missing."),
    "field.no_zone": N_("The field {field} has no time zone. Write unix seconds, or ISO 8601 with its zone."),
    "field.wrong": N_("The field {field} is not what it should be."),
    # files
    "files.not_json": N_("{path}, line {line}, column {column}: this is not a JSON object. Mend or remove the file."),
    "files.not_read": N_("{path} cannot be read: {reason}. Check that the file is there and that it is yours."),
    "files.not_written": N_("{path} cannot be written: {reason}. Check its folder and the free space on the disk."),
    # findings
    "finding.ai.instructions": N_("It reads like orders to an AI, which was asked about it alone."),
    "finding.ai.profanity": N_plural(
        "AI: an obscene word: {word}, {percent} %.", "AI: an obscene word, {count} times: {word}, {percent} %."
    ),
    "finding.ai.profile": N_("AI: the profile looks made up, {percent} %: {reason}"),
    "finding.ai.spam": N_("AI: spam, {percent} %: {reason}"),
    "finding.ai.toxicity.harassment": N_("AI: harassment, {percent} %."),
    "finding.ai.toxicity.hate": N_("AI: hate, {percent} %."),
    "finding.ai.toxicity.insult": N_("AI: an insult, {percent} %."),
    "finding.ai.toxicity.self_harm": N_("AI: self-harm, {percent} %."),
    "finding.ai.toxicity.sexual": N_("AI: sexual, {percent} %."),
    "finding.ai.toxicity.threat": N_("AI: a threat, {percent} %."),
    "finding.audio_and_photo.together": N_("Audio and a photo are attached together."),
    "finding.blacklist.author": N_("The author is on the blacklist."),
    "finding.blacklist.bot": N_("It came through a bot that is on the blacklist."),
    "finding.blacklist.channel": N_("It was written in the name of a channel that is on the blacklist."),
    "finding.emoji.many": N_plural("{count} emoji in the text.", "{count} emojis in the text."),
    "finding.emoji.mostly": N_plural("Hardly anything but {count} emoji.", "Hardly anything but {count} emojis."),
    "finding.flood.messages": N_plural(
        "{count} message of the author within {seconds} s.", "{count} messages of the author within {seconds} s."
    ),
    "finding.foreign_bot.author": N_("It was written by the bot {bot}, which is not on the list."),
    "finding.foreign_bot.link": N_plural(
        "A link to the bot {bot}, which is not on the list.",
        "Links to {count} bots that are not on the list, the first of them {bot}.",
    ),
    "finding.foreign_bot.via": N_("It came through the bot {bot}, which is not on the list."),
    "finding.forward.blocked": N_("Forwarded from {origin}, which is blocked."),
    "finding.forward.foreign": N_("Forwarded from {origin}."),
    "finding.forward.hidden": N_("Forwarded from a chat that is not told."),
    "finding.forward.suspicious": N_("Forwarded from the suspicious channel {origin}."),
    "finding.learned_spam.whole": N_("Resembles known spam as a whole."),
    "finding.learned_spam.words": N_("Resembles known spam, because of: {words}."),
    "finding.link_attachment.article": N_plural(
        "An article is attached: {card}.", "{count} cards are attached: {card}."
    ),
    "finding.link_attachment.event": N_plural("An event is attached: {card}.", "{count} cards are attached: {card}."),
    "finding.link_attachment.group": N_plural(
        "A community is attached: {card}.", "{count} cards are attached: {card}."
    ),
    "finding.link_attachment.link": N_plural("A link is attached: {card}.", "{count} cards are attached: {card}."),
    "finding.links.hidden": N_plural(
        "A hidden link: {address}.", "{count} links, at least one of them hidden: {address}."
    ),
    "finding.links.link": N_plural("A link: {address}.", "{count} links, the first of them: {address}."),
    "finding.media_spam.albums": N_plural(
        "{count} picture of the author within {seconds} s, all in one or two albums.",
        "{count} pictures of the author within {seconds} s, all in one or two albums.",
    ),
    "finding.media_spam.pictures": N_plural(
        "{count} picture of the author within {seconds} s.", "{count} pictures of the author within {seconds} s."
    ),
    "finding.mentions.many": N_plural("{count} person is mentioned.", "{count} people are mentioned."),
    "finding.mixed_alphabets.words": N_plural(
        "Letters of several alphabets in the word {word}.",
        "Letters of several alphabets in {count} words, one of them {word}.",
    ),
    "finding.newcomer.first": N_("The author's first message, {minutes} min after joining."),
    "finding.newcomer.raid": N_plural(
        "{count} person joined within {seconds} s, the author among them.",
        "{count} people joined within {seconds} s, the author among them.",
    ),
    "finding.profanity.coarse": N_plural("A coarse word: {word}.", "A coarse word, {count} times: {word}."),
    "finding.profanity.obscene": N_plural("An obscene word: {word}.", "An obscene word, {count} times: {word}."),
    "finding.repeated_media_day.media": N_plural(
        "The author posted these attachments {count} time within a day.",
        "The author posted these attachments {count} times within a day.",
    ),
    "finding.repeated_text.author": N_plural(
        "The author posted this text {count} time within a short while.",
        "The author posted this text {count} times within a short while.",
    ),
    "finding.repeated_text.authors": N_plural(
        "{count} author posted this text within a day.", "{count} authors posted this text within a day."
    ),
    "finding.repeated_text_day.texts": N_plural(
        "The author posted this text {count} time within a day.",
        "The author posted this text {count} times within a day.",
    ),
    "finding.reported.completed": N_plural(
        "{count} member by now reports the message that this one answers.",
        "{count} members by now report the message that this one answers.",
    ),
    "finding.reported.members": N_plural(
        "{count} member reported this message.", "{count} members reported this message."
    ),
    "finding.script.arabic": N_plural("{count} Arabic letter.", "{count} Arabic letters."),
    "finding.script.cjk": N_plural(
        "{count} Chinese, Japanese or Korean letter.", "{count} Chinese, Japanese or Korean letters."
    ),
    "finding.script.hebrew": N_plural("{count} Hebrew letter.", "{count} Hebrew letters."),
    "finding.script.other": N_plural(
        "{count} letter of a script that is not written here.", "{count} letters of scripts that are not written here."
    ),
    "finding.sender_chat.blocked": N_("It was written in the name of the blocked channel {channel}."),
    "finding.sender_chat.pending": N_("It was written in the name of the foreign channel {channel}."),
    "finding.sender_chat.rate": N_plural(
        "{count} message in the name of this channel within {minutes} min.",
        "{count} messages in the name of this channel within {minutes} min.",
    ),
    "finding.sender_chat.suspicious": N_("It was written in the name of the suspicious channel {channel}."),
    "finding.spacing.apart": N_plural(
        "A word with its letters set apart: {word}.", "{count} words with their letters set apart, the first: {word}."
    ),
    "finding.spacing.gaps": N_("{percent} % of the text are spaces."),
    "finding.spacing.scraps": N_("{percent} % of the words are scraps of words."),
    "finding.spacing.split": N_plural(
        "A word cut into pieces: {word}.", "{count} words cut into pieces, the first of them: {word}."
    ),
    "finding.stop_words.words": N_plural("A stop word: {words}.", "{count} stop words: {words}."),
    "finding.thread_spam.text": N_plural(
        "This text stands in {count} thread of comments; author {author}, thread {thread}.",
        "This text stands in {count} threads of comments; author {author}, thread {thread}.",
    ),
    "finding.thread_spam.thread": N_("In the comments under a post: author {author}, thread {thread}."),
    "finding.thread_spam.threads": N_plural(
        "The author wrote in {count} thread of comments within an hour; author {author}, thread {thread}.",
        "The author wrote in {count} threads of comments within an hour; author {author}, thread {thread}.",
    ),
    "finding.toxicity.whole": N_("Resembles known toxic comments as a whole."),
    "finding.toxicity.words": N_("Resembles known toxic comments, because of: {words}."),
    "finding.video.clip": N_plural("A clip is attached.", "{count} clips or videos are attached."),
    "finding.video.link": N_plural(
        "A link to a video: {address}.", "{count} links to videos, the first of them: {address}."
    ),
    "finding.video.playlist": N_plural("A playlist is attached.", "{count} playlists or videos are attached."),
    "finding.video.video": N_plural("A video is attached.", "{count} videos are attached."),
    "finding.vk_links.link": N_plural("A link to VK: {address}.", "{count} links to VK, the first of them: {address}."),
    "finding.whitelist.author": N_("The author is trusted."),
    "finding.whitelist.community": N_("The community itself wrote it."),
    "finding.whitelist.linked_channel": N_("A linked channel wrote it."),
    "finding.whitelist.manager": N_("A manager of the community wrote it."),
    # imports
    "import.broken": N_(
        "{file} breaks off or is damaged near byte {position}. What came before is kept; export the chat again and "
        "import the new file."
    ),
    "import.chat_left_out": N_(
        "The chat has no usable id, so its messages cannot be told from those of others and were left out. Export it "
        "again."
    ),
    "import.directory": N_("{file} is a folder. Choose the file in it: result.json, or a file of JSON lines."),
    "import.empty": N_("{file} is empty. Export the chat again."),
    "import.encoding": N_("{file} is written in {encoding}, which is not read here. Save it as UTF-8 and try again."),
    "import.no_chat_id": N_("{file}: a chat has no id, so its messages cannot be told from others. Export it again."),
    "import.not_a_file": N_("{file} is not a file that can be read twice. Write it to the disk first."),
    "import.not_an_export": N_(
        "{file} is neither an export of Telegram Desktop (result.json) nor JSON lines. In Telegram Desktop choose "
        "JSON as the format of the export."
    ),
    "import.not_an_object": N_("This is not a JSON object."),
    "import.unreadable": N_("{file} cannot be read: {detail}. Check that the file is there and that it is yours."),
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
    # scan
    "scan.no_input": N_("The standard input is closed. Name a file, or send the lines through a pipe."),
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
    **REVIEW,
    **TELEGRAM,
    **VK,
}

# Hits are counted no further: a text of a megabyte may hold a hundred thousand.
COUNTED = 200

# What the sentences say whose count ends there.
COUNTED_OUT: Mapping[str, str] = {
    "finding.profanity.coarse": N_("A coarse word, {count} times or more: {word}."),
    "finding.profanity.obscene": N_("An obscene word, {count} times or more: {word}."),
}

NAMES: Mapping[type[StrEnum], Mapping[str, str]] = {
    ActionKind: {
        "delete": N_("delete"),
        "ban": N_("ban"),
        "mute": N_("mute"),
        "warn": N_("warn"),
        "restore": N_("restore"),
        "unban": N_("lift the ban"),
        "unmute": N_("lift the mute"),
        "kick": N_("kick"),
        "restrict": N_("forbid media"),
        "delete_all": N_("delete all by the author"),
        "report": N_("report as spam"),
        "decline": N_("decline the request"),
        "close_comments": N_("close comments"),
        "open_comments": N_("open comments"),
    },
    ActionState: {
        "pending": N_("pending"),
        "running": N_("running"),
        "waiting": N_("waiting"),
        "done": N_("done"),
        "failed": N_("failed"),
        "cancelled": N_("cancelled"),
        "impossible": N_("impossible"),
    },
    Choice: {
        "dismiss": N_("Dismiss"),
        "warn": N_("Warn"),
        "mute": N_("Mute"),
        "warn+mute": N_("Warn and mute"),
        "delete": N_("Delete"),
        "warn+delete": N_("Warn and delete"),
        "delete+mute": N_("Delete and mute"),
        "warn+delete+mute": N_("Warn, delete and mute"),
        "ban": N_("Ban"),
        "delete+ban": N_("Delete and ban"),
    },
    Label: {
        "spam": N_("Spam"),
        "profanity": N_("Profanity"),
        "toxicity": N_("Toxicity"),
        "behaviour": N_("Behaviour"),
        "list": N_("Listed"),
    },
    ListKind: {
        "whitelist": N_("Whitelist"),
    "blacklist": N_("Blacklist"),
        "stop_words": N_("Stop words"),
        "managers": N_("Managers"),
        "linked_channels": N_("Linked channels"),
        "channels": N_("Channels"),
        "domains": N_("Allowed domains"),
        "bots": N_("Allowed bots"),
        "mixed_words": N_("Allowed mixed words"),
        "report_words": N_("Words that report"),
        "donors": N_("Donor communities"),
    },
    ChannelStatus: {
        "allowed": N_("Allowed"),
        "pending": N_("Not decided"),
        "suspicious": N_("Suspicious"),
        "blocked": N_("Blocked"),
    },
    Period: {
        "day": N_("Today"),
        "week": N_("7 days"),
        "month": N_("30 days"),
        "all": N_("All time"),
    },
    Platform: {
        "telegram": N_("Telegram"),
        "vk": N_("VK"),
    },
    SourceState: {
        "connecting": N_("connecting"),
        "catching_up": N_("catching up"),
        "connected": N_("connected"),
        "waiting": N_("waiting"),
        "signed_out": N_("signed out"),
        "stopped": N_("stopped"),
    },
    SpamKind: {
        "none": N_("no spam"),
        "advert": N_("advertising"),
        "scam": N_("a swindle"),
        "job": N_("a dubious job"),
        "crypto": N_("investments or crypto"),
        "gambling": N_("gambling"),
        "adult": N_("adult offers"),
        "drugs": N_("drugs"),
        "phishing": N_("phishing"),
        "other": N_("other spam"),
    },
    Which: {
        "all": N_("All"),
        "flagged": N_("Flagged by rules"),
        "newcomers": N_("Of newcomers"),
        "flagged+newcomers": N_("Flagged and of newcomers"),
        "sample": N_("A sample"),
    },
    WordKind: {
        "word": N_("word in every form"),
        "substring": N_("anywhere in a word"),
        "exact": N_("the whole message"),
        "pattern": N_("pattern"),
    },
}

# What AI tells of toxicity.
TOXICITY: Mapping[str, str] = {
    "harassment": N_("harassment"),
    "hate": N_("hate"),
    "insult": N_("insult"),
    "self_harm": N_("self-harm"),
    "sexual": N_("sexual"),
    "threat": N_("threat"),
}

RULES: Mapping[str, str] = {
    "audio_and_photo": N_("Audio and photo"),
    "blacklist": N_("Blacklist"),
    "emoji": N_("Emoji"),
    "flood": N_("Flood"),
    "foreign_bot": N_("Foreign bot"),
    "forward": N_("Forward"),
    "learned_spam": N_("Resembles spam"),
    "link_attachment": N_("Link attached"),
    "links": N_("Links"),
    "media_spam": N_("Media one after another"),
    "mentions": N_("Mentions"),
    "mixed_alphabets": N_("Mixed alphabets"),
    "newcomer": N_("Newcomer"),
    "profanity": N_("Profanity"),
    "repeated_media_day": N_("The same media within a day"),
    "repeated_text": N_("Repeated text"),
    "repeated_text_day": N_("The same text within a day"),
    "reported": N_("Reported"),
    "script": N_("Foreign script"),
    "sender_chat": N_("Written by a channel"),
    "spacing": N_("Spacing"),
    "spam_bio": N_("Spam in the profile"),
    "spam_image": N_("Spam in a picture"),
    "spam_text": N_("Spam by meaning"),
    "stop_words": N_("Stop words"),
    "suspicious_profile": N_("Suspicious profile"),
    "thread_spam": N_("Spam in a thread"),
    "toxicity": N_("Toxicity"),
    "video": N_("Video"),
    "vk_links": N_("VK links"),
    "whitelist": N_("Whitelist"),
}

# What the machine says of a file or a connection, in the words of os.strerror.
FAULTS = frozenset(
    {
        N_("No such file or directory"),
        N_("Permission denied"),
        N_("Operation not permitted"),
        N_("Is a directory"),
        N_("Not a directory"),
        N_("Read-only file system"),
        N_("No space left on device"),
        N_("Input/output error"),
        N_("File name too long"),
        N_("Connection refused"),
        N_("Network is unreachable"),
    }
)

# What can be set of a policy. Of rules: `name` for all of them, `rule.name` where the number has its own meaning.
POLICY: Mapping[str, str] = {
    "acts": N_("Acts by itself"),
    "ai.enabled": N_("AI is asked"),
    "ai.mask": N_("Names, mentions, phone numbers and links are masked"),
    "ai.pictures": N_("Pictures are sent, too"),
    "ai.profiles": N_("Profiles of new authors are sent, too"),
    "ai.sample_share": N_("Share of a sample"),
    "ai.which": N_("Messages asked about"),
    "emoji.count": N_("Emoji, from"),
    "emoji.share": N_("Share of emoji, from"),
    "enabled": N_("Rule is on"),
    "exemptions.community": N_("The community itself"),
    "exemptions.linked_channel": N_("Linked channel"),
    "exemptions.managers": N_("Managers"),
    "flood.count": N_("Messages of one author, from"),
    "ladder.ban": N_("Ban from violation"),
    "ladder.enabled": N_("Ladder is on"),
    "ladder.mute": N_("Mute from violation"),
    "ladder.seconds": N_("Violations count for"),
    "ladder.warn": N_("Warn from violation"),
    "links.obfuscated": N_("Also “site dot com”"),
    "media_spam.count": N_("Pictures of one author, from"),
    "mentions.count": N_("Mentions, from"),
    "mute_seconds": N_("Length of a mute"),
    "newcomer.raid_joins": N_("A raid: people joining, from"),
    "newcomer.raid_seconds": N_("A raid: within"),
    "newcomer.seconds": N_("A newcomer for"),
    "profanity.mild": N_("Mild words too"),
    "repeated_media_day.count": N_("Equal attachments, from"),
    "repeated_text.authors": N_("By several: authors, from"),
    "repeated_text.authors_seconds": N_("By several: within"),
    "repeated_text.count": N_("By one author: times, from"),
    "repeated_text.seconds": N_("By one author: within"),
    "repeated_text_day.count": N_("Equal texts, from"),
    "script.arabic": N_("Arabic letters"),
    "script.cjk": N_("Chinese, Japanese, Korean"),
    "script.hebrew": N_("Hebrew letters"),
    "script.letters": N_("Foreign letters, from"),
    "script.other": N_("Other scripts"),
    "script.share": N_("Share of foreign letters, from"),
    "seconds": N_("Within"),
    "sender_chat.count": N_("Messages of one channel, more than"),
    "spacing.share": N_("Share of torn words, from"),
    "toxicity.queue_share": N_("Into the queue by itself from a score of"),
    "spacing.words": N_("Words, from"),
    "suggested": N_("Suggests"),
    "threshold": N_("Counts from a score of"),
    "weight": N_("Weight"),
}
