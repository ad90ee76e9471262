"""What Russian words sound like in Latin letters."""

from hypothesis import given
from hypothesis import strategies as st

from moderator_app.judging.sounds import sound_of_latin, sound_of_russian, sounds_of_latin, sounds_of_russian

WORDS = st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєq-", min_size=1)


@given(st.lists(WORDS))
def test_words_sound_together_as_they_do_one_by_one(words: list[str]) -> None:
    assert sounds_of_russian(words) == [sound_of_russian(word) for word in words]


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1)))
def test_words_in_latin_letters_sound_together_as_they_do_one_by_one(words: list[str]) -> None:
    assert sounds_of_latin(words) == [sound_of_latin(word) for word in words]
