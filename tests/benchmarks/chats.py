"""Makes up chats of any length: Russian and English lines, none twice, some three in a hundred against the rules."""

import itertools
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

AUTHORS = 3000
FLAGGED = 0.03
EVERY = round(1 / FLAGGED)
LONG = 1_000_000

_BEGAN = datetime(2025, 1, 6, 7, 0, tzinfo=UTC)


def _listed(name: str) -> tuple[str, ...]:
    return tuple((Path(__file__).parent / "words" / f"{name}.txt").read_text(encoding="utf-8").split())


_RUSSIAN, _ENGLISH, _NAMES, _SURNAMES = map(_listed, ("russian", "english", "names", "surnames"))
_WRONG = (
    "{line} да иди ты нахуй",
    "{line} какая же это хуйня",
    "{line} what the fuck {number}",
    "Зaрaботок без вложений {number} рублей в день, пиши: https://t.me/joinchat/dohod{number} и https://bit.ly/x{number}",
    "Кpедит онлайн {number}, заявка http://credit{number}.example.top/go и https://t.me/kredit{number}bot",
)
_SHOPS = ("shop", "kiosk", "stall")


def telegram_messages(count: int, seed: int, long: int = 0) -> Iterator[dict[str, Any]]:
    """Messages as Telegram Desktop writes them; `long` of them, evenly spread, are of a megabyte each."""
    chance = random.Random(seed)
    authors = _authors(chance)
    date = _BEGAN
    for number in range(1, count + 1):
        date += timedelta(seconds=chance.randrange(1, 120))
        who, name = chance.choice(authors)
        megabyte = bool(long) and number % (count // long) == count // long // 2
        text = _long_line(chance, number) if megabyte else _line(chance, number)
        message: dict[str, Any] = {
            "id": number,
            "type": "message",
            "date": date.strftime("%Y-%m-%dT%H:%M:%S"),
            "date_unixtime": str(int(date.timestamp())),
            "from": name,
            "from_id": who,
        }
        if chance.random() < 0.12 and number > 10:
            message["reply_to_message_id"] = number - chance.randrange(1, 10)
        if chance.random() < 0.03:
            edited = date + timedelta(minutes=1)
            message["edited"] = edited.strftime("%Y-%m-%dT%H:%M:%S")
            message["edited_unixtime"] = str(int(edited.timestamp()))
        yield message | {"text": text, "text_entities": [{"type": "plain", "text": text}]}


def write_export(path: Path, count: int, *, chat: int = 1, long: int = 0) -> Path:
    """A whole result.json, indented as Telegram Desktop does it."""
    with path.open("w", encoding="utf-8") as file:
        head = {"name": f"Chat {chat}", "type": "private_supergroup", "id": chat}
        file.write(json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}"))
        file.write(',\n "messages": [')
        for number, message in enumerate(telegram_messages(count, chat, long)):
            file.write(",\n  " if number else "\n  ")
            file.write(json.dumps(message, ensure_ascii=False, indent=1).replace("\n", "\n  "))
        file.write("\n ]\n}")
    return path


def write_lines(path: Path, count: int, *, chat: int = 1) -> Path:
    """The same messages as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for message in telegram_messages(count, chat):
            line = {
                "id": message["id"],
                "platform": "telegram",
                "community": str(chat),
                "author": message["from_id"].removeprefix("user"),
                "author_name": message["from"],
                "date": datetime.fromtimestamp(int(message["date_unixtime"]), UTC).isoformat(),
                "text": message["text"],
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return path


def talk(seed: int, every: int) -> Iterator[str]:
    """Lines without end, every n-th against the rules: each by the same rule and unlike the others."""
    chance = random.Random(seed)
    for number in itertools.count(1):
        line = _words(chance, chance.randrange(6, 16))
        shops = " ".join(f"http://{shop}{number}.top" for shop in _SHOPS)
        yield f"{line} {shops}" if number % every == 0 else f"{line} {number}"


def stop_words(count: int) -> list[str]:
    """Words that no generated line holds, so that only the size of the list differs."""
    chance = random.Random(count)
    syllables = ("брю", "кво", "лын", "мырк", "пру", "стог", "тря", "ухр", "фли", "хвощ", "цап", "шнур", "щук", "ёрш")
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(chance.choices(syllables, k=4))] = None
    return list(words)


def _authors(chance: random.Random) -> list[tuple[str, str]]:
    return [
        (f"user{100_000 + number}", f"{chance.choice(_NAMES)} {chance.choice(_SURNAMES)}") for number in range(AUTHORS)
    ]


def _line(chance: random.Random, number: int) -> str:
    line = _words(chance, chance.randrange(2, 16))
    if chance.random() < FLAGGED:
        return chance.choice(_WRONG).format(line=line, number=number)
    # The number makes every line one of a kind.
    return f"{line} {number}{chance.choice(('', '.', '!', '?', ' :)', ' 👍'))}"


def _long_line(chance: random.Random, number: int) -> str:
    return f"{_words(chance, LONG // 6)} {number}"[:LONG]


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_RUSSIAN if chance.random() < 0.7 else _ENGLISH, k=count)).capitalize()
