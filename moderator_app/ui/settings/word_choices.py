"""Fills combo boxes with what can be chosen for a stop word."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox

from moderator_app.domain.lists import WordKind
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.verdict import Label
from moderator_app.language import _, label_name, word_kind_name


def fill_kinds(combo: QComboBox) -> None:
    _fill(combo, [(word_kind_name(kind), kind) for kind in WordKind])


def fill_labels(combo: QComboBox) -> None:
    """The label of lists stands first: most words are unwanted by themselves, whatever they mean."""
    _fill(combo, [(label_name(each), each) for each in (Label.LIST, *(each for each in Label if each != Label.LIST))])


def fill_places(combo: QComboBox, names: Mapping[CommunityKey, str]) -> None:
    _fill(combo, [(_("everywhere"), None), *((name, key) for key, name in names.items())])


def _fill(combo: QComboBox, choices: list[tuple[str, object]]) -> None:
    """Offer `choices`; the place chosen before stays chosen."""
    place = max(0, combo.currentIndex())
    combo.blockSignals(True)
    combo.clear()
    for name, value in choices:
        combo.addItem(name, value)
    combo.setCurrentIndex(min(place, combo.count() - 1))
    combo.blockSignals(False)
