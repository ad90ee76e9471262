"""Whether a message enters the queue under the default policy."""

from typing import Any

from moderator_app.domain.policy import judge
from moderator_app.judging.engine import Engine
from tests.builders import message
from tests.judging.looking import PLAIN


def flagged(text: str, engine: Engine = PLAIN, **overrides: Any) -> bool:
    written = message(text, **overrides)
    return judge(engine.judge(written).findings, engine.book.policy(written.key.community_key)).flagged
