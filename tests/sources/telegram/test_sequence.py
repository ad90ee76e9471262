"""What Telegram numbers is let through in turn, once."""

import random

from moderator_app.sources.telegram.sequence import Sequence


def started(pts: int) -> Sequence[str]:
    sequence: Sequence[str] = Sequence()
    assert sequence.start(pts) == []
    return sequence


def test_what_comes_in_turn_passes() -> None:
    sequence = started(10)
    assert sequence.take(11, 1, "a") == ["a"]
    assert sequence.take(14, 3, "b") == ["b"]
    assert (sequence.pts, sequence.has_gap) == (14, False)


def test_what_is_known_does_not_pass_again() -> None:
    sequence = started(10)
    assert sequence.take(10, 1, "a") == []
    assert sequence.take(11, 1, "b") == ["b"]
    assert sequence.take(11, 1, "b") == []


def test_what_is_early_waits_for_what_is_missing() -> None:
    sequence = started(10)
    assert sequence.take(13, 1, "c") == []
    assert sequence.take(12, 1, "b") == []
    assert sequence.has_gap
    assert sequence.take(11, 1, "a") == ["a", "b", "c"]
    assert (sequence.pts, sequence.has_gap) == (13, False)


def test_a_gap_that_was_filled_elsewhere_lets_the_rest_through() -> None:
    sequence = started(10)
    assert sequence.take(12, 1, "b") == []
    assert sequence.take(15, 1, "e") == []
    assert sequence.take(14, 1, "d") == []
    assert sequence.start(13) == ["d", "e"]
    assert not sequence.has_gap


def test_before_it_has_begun_everything_passes_and_counts() -> None:
    sequence: Sequence[str] = Sequence()
    assert sequence.take(12, 1, "b") == ["b"]
    assert sequence.take(11, 1, "a") == ["a"]
    assert sequence.take(13, 1, "c") == ["c"]
    assert sequence.start(11) == []
    assert sequence.pts == 13
    assert sequence.take(14, 1, "d") == ["d"]


def test_what_has_no_number_passes_always() -> None:
    sequence = started(10)
    assert sequence.take(0, 0, "a") == ["a"]
    assert sequence.take(10, 0, "read up to here") == ["read up to here"]


def test_any_order_with_repetitions_comes_out_in_turn() -> None:
    chance = random.Random(7)
    for _ in range(50):
        sequence = started(100)
        pushes, pts = [], 100
        for number in range(40):
            count = chance.choice((1, 1, 1, 3))
            pts += count
            pushes.append((pts, count, str(number)))
        sent = [*pushes, *chance.choices(pushes, k=10)]
        chance.shuffle(sent)
        passed = [each for push in sent for each in sequence.take(*push)]
        assert passed == [name for _, _, name in pushes]
