"""Scores by weights, and what is laid upon them."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator_app.judging.folded import fold
from moderator_app.judging.learned import SPAM, TOXICITY
from moderator_app.judging.learned.grams import ROWS
from moderator_app.judging.learned.model import MOST_WINDOWS, WINDOW, Added, Learned, shipped
from moderator_app.judging.learned.training import added
from moderator_app.paths import resources

ANYTHING = st.text(st.characters(exclude_categories=()))
SPAM_TEXT = "ищу людей на удаленный заработок, от 300$ в день, опыт не нужен, пиши в личку"
CHAT = ("а кто завтра идет на речку? воду и бутерброды берем с собой", "спасибо, все заработало после перезагрузки")


def score(text: str, learned: Learned | None = None) -> list[float]:
    return [float(value) for value in (learned or shipped()).scores([text])[0]]


@settings(deadline=None)
@given(st.lists(ANYTHING, max_size=5))
def test_any_texts_have_scores_and_the_same_alone_as_in_a_batch(texts: list[str]) -> None:
    together = shipped().scores(texts)
    assert together.shape == (len(texts), 2)
    assert ((together >= 0) & (together <= 1)).all()
    alone = np.array([score(text) for text in texts]).reshape(-1, 2)
    assert np.allclose(alone, together, atol=1e-6)


def test_blank_texts_resemble_nothing() -> None:
    assert shipped().scores(["", " \n "]).tolist() == [[0, 0], [0, 0]]


def test_an_advert_resembles_spam_and_chat_does_not() -> None:
    assert score(SPAM_TEXT)[SPAM] > 0.5
    assert all(value < 0.5 for text in CHAT for value in score(text))


def test_an_insult_resembles_toxic_comments() -> None:
    assert score("да ты просто тупой баран, закрой рот и вали отсюда")[TOXICITY] > 0.5


def test_an_advert_is_found_behind_a_long_text() -> None:
    chat = "вчера гуляли в парке, кормили уток и говорили про ремонт на кухне. " * 20
    assert score(chat)[SPAM] < 0.5
    assert score(f"{chat}\n{SPAM_TEXT}, занятость пару часов, оплата каждую неделю, набор в команду открыт")[SPAM] > 0.5


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.77, 0.95])
def test_an_advert_is_found_anywhere_in_a_text_of_twenty_thousand_signs(place: float) -> None:
    chat = "вчера гуляли в парке, кормили уток и говорили про ремонт на кухне. " * 300
    at = int(len(chat) * place)
    advert = f"{SPAM_TEXT}, занятость пару часов, оплата каждую неделю, набор в команду открыт"
    assert score(chat)[SPAM] < 0.5
    assert score(f"{chat[:at]}\n{advert}\n{chat[at:]}")[SPAM] > 0.5


def test_windows_of_a_very_long_text_are_spread_over_all_of_it() -> None:
    text = "пиши в личку " * 80_000
    page, _ = shipped().read([text]).window(0, SPAM)
    starts = [window.start for window in page.windows]
    gaps = np.diff(starts)
    assert (starts[0], starts[-1]) == (0, len(text) - WINDOW)
    assert gaps.max() - gaps.min() <= 1


@pytest.mark.parametrize("text", ["\U0001f44d\U0001f3fb" * 9, "🔥🔥🔥🔥", "+", "300$ !!!", "100 200 300", "))))", "Я"])
def test_what_has_no_word_is_not_toxic(text: str) -> None:
    assert score(fold(text).text)[TOXICITY] == 0


@pytest.mark.parametrize("text", ["а" * 1_000_000, "пиши в личку " * 80_000])
def test_a_megabyte_is_judged_by_some_windows(text: str) -> None:
    page, number = shipped().read([text]).window(0, SPAM)
    _, start, window = page.windows[number]
    assert len(page.windows) == MOST_WINDOWS
    assert len(window) == WINDOW
    assert text[start : start + WINDOW] == window


def test_the_weights_are_numbers_and_nothing_else() -> None:
    weights = np.load(resources() / "learned" / "weights.npy", allow_pickle=False)
    assert (weights.shape, weights.dtype) == ((ROWS, 2), np.float16)
    assert np.isfinite(weights).all()


def test_weights_of_other_n_grams_are_refused(tmp_path: Path) -> None:
    shipped().save(tmp_path)
    card = tmp_path / "weights.json"
    card.write_text(card.read_text().replace('"version": ', '"version": 9'))
    with pytest.raises(ValueError, match="version 9"):
        Learned.load(tmp_path)


def test_what_is_saved_scores_the_same(tmp_path: Path) -> None:
    shipped().save(tmp_path)
    assert score(SPAM_TEXT, Learned.load(tmp_path)) == pytest.approx(score(SPAM_TEXT))


def test_an_added_table_changes_the_score_and_is_kept(tmp_path: Path) -> None:
    text = fold("продам гараж у реки, недорого, торг").text
    before = score(text)
    learnt = added(shipped(), [text], np.array([1.0]), SPAM)
    learnt.save(tmp_path / "added.npz")
    kept = Added.load(tmp_path / "added.npz")
    assert kept is not None
    after = score(text, shipped().with_added(kept))
    assert after[SPAM] > 0.5 > before[SPAM]
    assert after[TOXICITY] == pytest.approx(before[TOXICITY])
    assert score(CHAT[0], shipped().with_added(kept))[SPAM] < 0.5


def test_an_added_table_for_other_n_grams_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "added.npz"
    np.savez(path, version=0, rows=np.zeros(1, np.uint32), weights=np.zeros((1, 2)), intercepts=np.zeros(2))
    assert Added.load(path) is None
