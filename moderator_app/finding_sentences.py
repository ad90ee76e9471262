"""The English sentences about what rules and AI found; kept as those of `sentences`."""

from collections.abc import Mapping

from moderator_app.marking import N_, N_plural, Sentence

FINDINGS: Mapping[str, Sentence] = {
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
}

# Hits are counted no further: a text of a megabyte may hold a hundred thousand.
COUNTED = 200

# What the sentences say whose count ends there.
COUNTED_OUT: Mapping[str, str] = {
    "finding.profanity.coarse": N_("A coarse word, {count} times or more: {word}."),
    "finding.profanity.obscene": N_("An obscene word, {count} times or more: {word}."),
}
