from moderator_app.domain.canned import MOST, PENALTY_LENGTHS, chosen, lines_of


def test_a_setting_holds_a_text_a_line_or_between_bars() -> None:
    assert lines_of("Спам\n  Реклама \n\nМат") == ("Спам", "Реклама", "Мат")
    assert lines_of("Spam | Fraud") == ("Spam", "Fraud")
    assert len(lines_of("x\n" * 20)) == MOST


def test_the_first_stands_in_for_a_number_that_is_not_there() -> None:
    assert [chosen("a\nb", number) for number in (0, 1, 7)] == ["a", "b", "a"]
    assert chosen("", 0) == ""


def test_every_length_has_a_digit() -> None:
    assert len(PENALTY_LENGTHS) == MOST
