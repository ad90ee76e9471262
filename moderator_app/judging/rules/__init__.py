"""The checks, one per file. To add one: write its file, name it here."""

from collections.abc import Callable

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import CommunityKey
from moderator_app.judging.rules.audio_and_photo import AudioAndPhoto
from moderator_app.judging.rules.blacklist import Blacklist
from moderator_app.judging.rules.emoji import Emoji
from moderator_app.judging.rules.flood import Flood
from moderator_app.judging.rules.foreign_bot import ForeignBot
from moderator_app.judging.rules.forward import Forwarded
from moderator_app.judging.rules.learned_spam import LearnedSpam
from moderator_app.judging.rules.link_attachment import LinkAttachment
from moderator_app.judging.rules.links import Links
from moderator_app.judging.rules.media_spam import MediaSpam
from moderator_app.judging.rules.mentions import Mentions
from moderator_app.judging.rules.mixed_alphabets import MixedAlphabets
from moderator_app.judging.rules.newcomer import Newcomer
from moderator_app.judging.rules.profanity import Profanity
from moderator_app.judging.rules.repeated_media_day import RepeatedMediaDay
from moderator_app.judging.rules.repeated_text import RepeatedText
from moderator_app.judging.rules.repeated_text_day import RepeatedTextDay
from moderator_app.judging.rules.rule import SequenceRule, TextRule
from moderator_app.judging.rules.script import Script
from moderator_app.judging.rules.sender_chat import SenderChat
from moderator_app.judging.rules.sender_chat_rate import SenderChatRate
from moderator_app.judging.rules.spacing import Spacing
from moderator_app.judging.rules.stop_words import StopWords
from moderator_app.judging.rules.thread_spam import ThreadSpam
from moderator_app.judging.rules.toxicity import Toxicity
from moderator_app.judging.rules.video import Video
from moderator_app.judging.rules.vk_links import VkLinks

TEXT_RULES: tuple[Callable[[RuleBook], TextRule], ...] = (
    Blacklist,
    SenderChat,
    ForeignBot,
    StopWords,
    Links,
    VkLinks,
    LinkAttachment,
    Video,
    AudioAndPhoto,
    Forwarded,
    MixedAlphabets,
    Emoji,
    Mentions,
    Script,
    Spacing,
    Profanity,
    LearnedSpam,
    Toxicity,
)

# Those that ask for a learned score, which is computed for many messages at once.
SCORED = (LearnedSpam.id, Toxicity.id)

# In this order; the last ones go by what the others found.
SEQUENCE_RULES: tuple[Callable[[RuleBook, CommunityKey], SequenceRule], ...] = (
    Flood,
    MediaSpam,
    RepeatedText,
    RepeatedTextDay,
    RepeatedMediaDay,
    SenderChatRate,
    ThreadSpam,
    Newcomer,
)
