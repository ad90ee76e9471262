"""Knows texts that read like orders to a model: such a text shares its question with no other.

Signs of five kinds are counted. Wide on purpose: an ordinary text that is taken for one costs a request of its own.
What is `PLAIN` about it leaves little doubt, and is told to moderators.
"""

import re
from enum import IntEnum

from moderator_app.judging.folded import fold


class Orders(IntEnum):
    NONE = 0
    POSSIBLE = 1
    PLAIN = 2


def _words(*parts: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)


# Who is spoken to, or of.
_MODEL = _words(
    r"prompts?|jailbreak\w*|chat\s?gpt|gpt|openai|llms?|(?:language\s)?models?|ai|assistants?|classif\w+|parser",
    r"(?:anti-?|system\s)spam\w*|spam[\s-](?:filter|detector|check)\w*|system\s(?:message|prompt)|DAN",
    r"промпт\w*|промт\w*|джейлбрейк\w*|чат\s?гпт|гпт|нейросет\w*|нейронк\w*|модел(?:ь|и|ью)|ии|ассистент\w*|классифи\w+",
    r"антиспам\w*|спам[\s-]?фильтр\w*|системн\w+\s(?:сообщени\w+|промпт\w*)|парсер\w*",
)
# What its answer is made of.
_FORM = _words(
    r"json|schema|ids?|verdicts?|kind|label\w*|probabilit\w+|confidence|fields?|answers?|output|instructions?|guidelines?",
    r"spam\s?(?:[:=]|->|is|to|score)?\s?(?:\d(?:[.,]\d+)?|zero|none|false)|none|batch|reason\sfield",
    r"not\s(?:an?\s)?spam|не\sспам\w*|схем[уыае]|айди|вердикт\w*|метк[уаи]|вероятност\w+|уверенност\w+|пол[ея]|инструкц\w+|указани[яе]|ответ(?:а|у|ом)?|вывод",
    r"спам\w*\s?(?:[:=]|->|равн\w+)?\s?(?:\d(?:[.,]\d+)?|ноль|нулю)|пачк[еуи]",
)
# What it is told to do.
_ORDER = _words(
    r"ignore|disregard|forget|override|bypass|pretend|act\sas|you\sare\s(?:now|no\slonger|an?)|from\snow\son|must|should",
    r"respond|reply|return|print|say|set|mark|classify|classifying|treat|rate[d]?|translate|repeat|stop|swap|output|obey",
    r"answers?|expected|asks?\syou|do\sas\si\ssay|is\sto\sbe|real\sinstructions|confirm|add|required",
    r"игнорируй\w*|проигнорируй\w*|забудь\w*|отмени\w*|обойди|притворись|представь|действуй\w*|ты\s(?:теперь|больше\sне)|отныне",
    r"с\sэтого\sмомента|ответь\w*|отвечай\w*|ответить|верни|вернуть|выведи|выводи|напиши|скажи|поставь|поставить|пометь|считай",
    r"оцени|переведи|повтори|поменяй|добавь|хватит|должн[аоы]|должен|обязан\w*|ожидаем\w+|требуем\w+|настоящие\sинструкции",
    r"подтверди|хочет|таков",
)
# What it is to find.
_CLAIM = _words(
    r"not\s(?:an?\s)?spam|no\sspam|clean|safe|ham|harmless|trusted|approve\w*|allow(?:ed|s)?|whitelist\w*|none|fine|empty",
    r"reviewed|(?:spam\s?(?:[:=]|->|is|to)?\s?(?:0(?:[.,]\d+)?|zero))|as\ssafe|example|switched\soff",
    r"не\sспам\w*|чист(?:ое|ый|ые|ым|о)|безопасн\w+|безвредн\w+|доверенн\w+|одобр\w+|разреш\w+|бел\w+\sспис\w+|в\sпорядке|пуст\w+",
    r"проверил\w*|(?:спам\w*\s?(?:[:=]|->|равн\w+)?\s?(?:0(?:[.,]\d+)?|ноль|нулю))|примером|выключен\w*|отключен\w*",
)
# What else it is about.
_OTHERS = _words(
    r"(?:all|every|other|next|previous|first|these|each)\s(?:other\s)?(?:messages?|ids?|of\sthem|everything|answer|instructions)",
    r"the\sone\sbefore|neighbou?r\w*|above|everything|for\sthem",
    r"(?:все|всех|всем|каждо\w+|остальн\w+|следующ\w+|предыдущ\w+|перво\w+)\s(?:остальн\w+\s)?(?:сообщени\w+|id|ответ\w*|инструкци\w+)",
    r"сосед[ауе]?|выше|всему|на\sвсё|предыдущ\w+|всем\sметк\w+|каждый\sid|всех\sid",
)
_KINDS = (_MODEL, _FORM, _ORDER, _CLAIM, _OTHERS)
# One of these is among the signs, or it is talk between people.
_NEEDED = (_MODEL, _FORM)

# What no member writes to another: marks of a conversation with a model, fields closed and opened, forms filled in.
_FORGED = re.compile(
    r"<\|?/?(?:im_start|im_end|system|assistant|user|developer|messages?|text|data|instructions?|endoftext)\b[^>]{0,40}\|?>"
    r"|\[/?(?:inst|sys|system|assistant|user)\]|<<sys>>|<!--\s*(?:system|assistant|developer)"
    r"|(?:^|\#{2,}\s*|[.!?]\s+)(?:system|assistant|developer|систем\w*|ассистент|разработчик)\s*(?:prompt|промпт|message)?\s*:"
    r"|[\"'«]?\b(?:spam|verdicts?|answers?|base_form|confidence|toxicity|is_spam|flagged)[\"'»]?\s*[:=]\s*"
    r"(?:[\"'\[{\d]|true|false|none|null)"
    r"|[\"'”]\s*\}\s*[,\]}]\s*[\]}]|\}\s*\]\s*\}|\{\s*[\"'](?:role|answers|messages|spam|id)[\"']\s*:"
    r"|(?:end|begin|конец|начало)\s+(?:of\s+)?(?:system|data|input|messages?|данных|ввода|сообщени\w+|системн\w+)\b",
    re.IGNORECASE | re.MULTILINE,
)
# A part that only a model can be made to play, and a number that only it would give.
_ROLE = _words(r"you\sare\s(?:now|no\slonger)", r"ты\s(?:теперь|больше\sне)", r"отныне\sты")
_SURE = re.compile(
    r"\b(?:confidence|probability|уверенност\w+|вероятност\w+)\b.{0,40}\b(?:spam|спам\w*)\b"
    r"|\b(?:spam|спам\w*)\b.{0,40}\b(?:confidence|probability|уверенност\w+|вероятност\w+)\b",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN_FROM, _POSSIBLE_FROM = 3, 2


def orders_in(text: str) -> Orders:
    """How much a text reads like orders to the model that is asked about it."""
    return max(map(_in_reading, (text, fold(text).plain)))


def _in_reading(reading: str) -> Orders:
    if _FORGED.search(reading):
        return Orders.PLAIN
    if not any(kind.search(reading) for kind in _NEEDED):
        return Orders.NONE
    signs = sum(kind.search(reading) is not None for kind in _KINDS)
    if signs >= _PLAIN_FROM or _ROLE.search(reading) or (signs >= _POSSIBLE_FROM and _SURE.search(reading)):
        return Orders.PLAIN
    return Orders.POSSIBLE if signs >= _POSSIBLE_FROM else Orders.NONE
