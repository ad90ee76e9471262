"""Knows texts that read like orders to a model: such a text shares its question with no other.

Wide on purpose: an ordinary text that is taken for one costs a request of its own. What is `plain` about it leaves
little doubt, and is told to moderators.
"""

import re
from enum import IntEnum

from moderator_app.judging.folded import fold


class Orders(IntEnum):
    NONE = 0
    POSSIBLE = 1
    PLAIN = 2


# A model, its rules, its prompt or its answer is spoken of.
_MODEL = r"""
\b(?:prompts?|промпт\w*|промт\w*|jailbreak\w*|джейлбрейк\w*|chat\s?gpt|чат\s?гпт|gpt|гпт|openai|llm|нейросет\w*|нейронк\w*|
языков\w+\smодел\w*|language\smodels?|as\san\sai|ai\s(?:model|assistant|moderator|classifier)s?|ии|искусственн\w+\sинтеллект\w*|
classif\w+|классифи\w+|моделир\w*|модел(?:ь|и|ью|ям)|assistants?|ассистент\w*|system|систем\w*|developers?|разработчик\w*|
antispam|anti-spam|антиспам\w*|spam\s(?:filter|check|detector|score)\w*|спам-?\s?фильтр\w*|moderat\w+|модератор\w*|модерац\w*|
robots?|бот(?:у|ом|а)?|инструкц\w*|instructions?|указани\w*|guidelines?|json|schema|схем\w+|verdicts?|вердикт\w*|labels?|
probabilit\w+|вероятност\w*|confidence|оценк\w+|score|output|answers?|отвеча\w+|ответ\w*|ids?|айди|идентификатор\w*)\b
"""
# An order, or a claim about how something is to be judged.
_ORDER = r"""
\b(?:ignor\w*|disregard|forget|overrid\w+|bypass|pretend|act\sas|roleplay|role-play|you\sare\s(?:now|a|an|no)|from\snow\son|
respond|reply|return|print|output|say|set|mark|classify|label|treat|consider|rate|judge|score|translate|repeat|stop|end|begin|
must|should|always|never|only|approve\w*|allow\w*|pass|trust\w*|clean|safe|not\sspam|no\sspam|legit\w*|harmless|whitelist\w*|
игнор\w*|проигнор\w*|забуд\w*|отмени\w*|пропуст\w*|притвор\w*|представь\w*|действуй\w*|ты\sтеперь|ты\s-\s|с\sэтого\sмомента|
отныне|ответь\w*|отвеч\w+|верни\w*|выведи\w*|напиши\w*|напечатай\w*|скажи\w*|поставь\w*|присвой\w*|пометь\w*|отметь\w*|
считай\w*|оцени\w*|установи\w*|назначь\w*|переведи\w*|повтори\w*|должен\w*|обязан\w*|всегда|никогда|только|одобр\w*|разреш\w*|
доверен\w*|чист\w*|безопас\w*|не\sспам\w*|нет\sспама|безвред\w*|замени\w*|измени\w*|поменяй\w*|обнули\w*|соседн\w+|предыдущ\w+|
следующ\w+|остальн\w+|previous|above|earlier|preceding|following|other|neighbou?r\w*|every|all)\b
"""
# What no member writes to another: marks of a conversation with a model, fields closed and opened, forms filled in.
_FORGED = r"""
<\|?/?(?:im_start|im_end|system|assistant|user|developer|message|messages|text|data|instructions?|endoftext|s)\b[^>]{0,40}\|?>|
\[/?(?:inst|sys|system|assistant|user)\]|<<sys>>|
^\W{0,4}(?:system|assistant|developer|user|систем\w*|ассистент|разработчик)\s*(?:prompt|message|сообщение)?\s*[:>\]]|
["'«]?\b(?:spam|kind|verdicts?|answers?|words|base_form|confidence|reason|toxicity|messages|role|content|label|is_spam|flagged)
["'»]?\s*[:=]\s*(?:["'\[{\d]|true|false|none|null|нет|да|no\b|yes\b)|
["'”]\s*\}\s*[,\]}]|\}\s*\]\s*\}|\{\s*["']\w+["']\s*:|```|^\#{2,}\s|^-{3,}\s*(?:end|begin|new|system|конец|начало)|
(?:end|begin|конец|начало)\s+(?:of\s+)?(?:data|input|texts?|messages?|user|данных|ввода|сообщени\w+|текста)
"""
_FLAGS = re.IGNORECASE | re.VERBOSE | re.MULTILINE


def _spaced(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(pattern.split("\n")), _FLAGS & ~re.VERBOSE)


_MODELS, _ORDERS, _FORGERIES = _spaced(_MODEL), _spaced(_ORDER), _spaced(_FORGED)

# Said so, it is meant for a model and nobody else.
_PLAIN = re.compile(
    r"\b(?:ignor\w*|disregard|forget|overrid\w+|игнор\w*|проигнор\w*|забуд\w*|отмени\w*)\b.{0,60}"
    r"\b(?:instructions?|prompts?|rules?|guidelines?|above|previous|инструкц\w*|промпт\w*|промт\w*|указани\w*|правил\w*|"
    r"предыдущ\w*|выше)\b|"
    r"\b(?:not|isn't|no|non|не|нет)[\s-]{0,2}(?:a\s)?(?:spam|спам\w*)\b.{0,80}\b(?:id|json|verdict|вердикт\w*|answer|ответ\w*|ии|"
    r"model|модел\w+|classif\w+|классифи\w+)\b|"
    r"\b(?:spam|спам\w*)\b.{0,30}(?:[:=]|\bis\b|\bto\b|равн\w+|-)\s*(?:0(?:[.,]\d+)?|zero|ноль|нул\w+|false|none)\b|"
    r"\b(?:you\sare\s(?:now|no\slonger)|act\sas|ты\sтеперь|отныне\sты)\b",
    re.IGNORECASE | re.DOTALL,
)


def orders_in(text: str) -> Orders:
    """How much a text reads like orders to the model that is asked about it."""
    readings = (text, fold(text).plain)
    if any(_FORGERIES.search(reading) or _PLAIN.search(reading) for reading in readings):
        return Orders.PLAIN
    if any(_MODELS.search(reading) and _ORDERS.search(reading) for reading in readings):
        return Orders.POSSIBLE
    return Orders.NONE
