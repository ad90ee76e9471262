"""The checks, one per file. To add one: write its file, name it here."""

from collections.abc import Callable

from moderator_app.domain.judgement import RuleBook
from moderator_app.judging.rules.blacklist import Blacklist
from moderator_app.judging.rules.links import Links
from moderator_app.judging.rules.mixed_alphabets import MixedAlphabets
from moderator_app.judging.rules.profanity import Profanity
from moderator_app.judging.rules.repeated_text import RepeatedText
from moderator_app.judging.rules.rule import SequenceRule, TextRule
from moderator_app.judging.rules.stop_words import StopWords
from moderator_app.judging.rules.vk_links import VkLinks

TEXT_RULES: tuple[Callable[[RuleBook], TextRule], ...] = (
    Blacklist,
    StopWords,
    Links,
    VkLinks,
    MixedAlphabets,
    Profanity,
)

SEQUENCE_RULES: tuple[Callable[[RuleBook], SequenceRule], ...] = (RepeatedText,)
