"""The server's model: knows a few words and fills whatever the schema asks for."""

import json
import re
from typing import Any

from tests.servers.openai.behaviour import Kind, Obeys

SPAM = re.compile(r"казино|заработ|casino|crypto|инвестиц|подпис|@easy_money", re.IGNORECASE)
OBSCENE = {"хуй": "хуй", "нахуй": "хуй", "fuck": "fuck", "шлюха": "шлюха"}
TOXIC = re.compile(r"убью|ненавижу|kill you|дурак|idiot", re.IGNORECASE)
CATEGORIES = (
    "harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm",
    "self-harm/instructions", "self-harm/intent", "sexual", "sexual/minors", "violence", "violence/graphic",
)  # fmt: skip


def texts_of(request: dict[str, Any]) -> list[tuple[str, str]]:
    """The ids and texts of the messages that a chat request asks about; they stand as JSON in its last message."""
    content = request["messages"][-1]["content"]
    if not isinstance(content, str):
        content = next(part["text"] for part in content if part["type"] == "text")
    data = json.loads(content[content.index("{") :])
    return [(each["id"], _text(each)) for each in data["messages"]]


def _text(message: dict[str, Any]) -> str:
    return message["text"] if isinstance(message["text"], str) else json.dumps(message["text"], ensure_ascii=False)


def answer(request: dict[str, Any], obeys: Obeys, orders: list[str], faults: set[Kind]) -> str:
    """The content of a chat answer. `orders` are texts in which somebody gives the model orders."""
    obeyed = _is_obeyed(request, obeys, orders)
    asked = texts_of(request)
    wanted = _properties(request)
    answers = [_judged(id, text, wanted, obeyed=obeyed) for id, text in asked]
    _spoil(answers, faults)
    content = json.dumps({"answers": answers}, ensure_ascii=False)
    return content[: len(content) // 2] if faults & {Kind.INVALID_JSON, Kind.LENGTH} else content


def _is_obeyed(request: dict[str, Any], obeys: Obeys, orders: list[str]) -> bool:
    if obeys is Obeys.NOBODY:
        return False
    inside = "\n".join(text for _, text in texts_of(request))
    if obeys is Obeys.ANYWHERE and any(_begins(order) in inside for order in orders):
        return True
    outside = [message["content"] for message in request["messages"][:-1]]
    last = request["messages"][-1]["content"]
    last = last if isinstance(last, str) else last[0]["text"]
    outside.append(last[: last.index("{")])
    return any(_begins(order) in each for order in orders for each in outside)


def _begins(order: str) -> str:
    return order[:40]


def _properties(request: dict[str, Any]) -> dict[str, Any]:
    schema = request["response_format"]["json_schema"]["schema"]
    found: dict[str, Any] = schema["properties"]["answers"]["items"]["properties"]
    return found


def _judged(id: str, text: str, wanted: dict[str, Any], *, obeyed: bool) -> dict[str, Any]:
    """`obeyed`: the verdict is turned round."""
    spam = bool(SPAM.search(text)) != obeyed
    words = [] if obeyed else _words(text)
    judged: dict[str, Any] = {
        "id": id,
        "spam": 0.97 if spam else 0.02,
        "kind": "scam" if spam else "none",
        "reason": "Promises easy money." if spam else "Ordinary talk.",
        "words": words,
    }
    if "toxicity" in wanted:
        share = 0.9 if TOXIC.search(text) and not obeyed else 0.01
        judged["toxicity"] = dict.fromkeys(wanted["toxicity"]["properties"], 0.01) | {"harassment": share}
    if "profile" in wanted:
        judged["profile"] = 0.95 if spam else 0.05
    return {name: judged[name] for name in wanted if name in judged}


def _words(text: str) -> list[dict[str, Any]]:
    found = (each.lower() for each in re.findall(r"\w+", text))
    return [{"word": each, "base_form": OBSCENE[each], "confidence": 0.98} for each in found if each in OBSCENE]


def _spoil(answers: list[dict[str, Any]], faults: set[Kind]) -> None:
    if not answers:
        return
    first = answers[0]
    if Kind.WRONG_IDS in faults:
        for place, each in enumerate(answers):
            each["id"] = f"another{place}"
    if Kind.DOUBLED_IDS in faults:
        answers.append(first | {"spam": 1.0 - first["spam"]})
    if Kind.EXTRA in faults:
        answers += [first | {"id": f"more{place}"} for place in range(3)]
    if Kind.FOREIGN_WORD in faults:
        first["words"] = [{"word": "небывальщина", "base_form": "небывальщина", "confidence": 0.9}, *first["words"]]
    if Kind.OUT_OF_RANGE in faults:
        first["spam"] = 1.5
    if Kind.WRONG_LABEL in faults:
        first["kind"] = "whatever"
    if Kind.MISSING_FIELD in faults:
        del first["reason"]


def scores(text: str, faults: set[Kind]) -> dict[str, float]:
    """The moderation endpoint's view of a text."""
    given = dict.fromkeys(CATEGORIES, 0.001)
    if TOXIC.search(text):
        given |= {"harassment": 0.91, "violence": 0.72}
    if Kind.RESULT_RANGE in faults:
        given["hate"] = 7.0
    return given
