"""Refreshes the translations: `python -m tests.catalogue` extracts, updates and compiles.

New messages arrive in the .po without a translation; run it again after translating. Messages no longer in the code
leave the .po. The result depends on the code alone: no dates, no line numbers, nobody's address.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "moderator_app"
TRANSLATIONS = ROOT / "resources" / "translations"
TEMPLATE = TRANSLATIONS / "moderator_app.pot"
LANGUAGES = ("ru",)

_HEADER = "# Translations of the moderator's console."
_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "N_plural": (1, 2)}


def po_file(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "moderator_app.po"


def extracted() -> Catalog:
    """All messages marked in the package."""
    catalogue = _PlainCatalog(header_comment=_HEADER, fuzzy=False)
    found = extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=_KEYWORDS, strip_comment_tags=True)
    for name, _, message, comments, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        location = f"{PACKAGE.name}/{Path(name).as_posix()}"
        catalogue.add(message, locations=[(location, 0)], auto_comments=comments, context=context)
    return catalogue


def stored(language: str) -> Catalog:
    """The translations kept in the .po file; an empty catalogue before the first one."""
    catalogue = _PlainCatalog(locale=language, header_comment=_HEADER, fuzzy=False)
    if po_file(language).exists():
        with po_file(language).open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    catalogue[message.id] = message
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def untranslated(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id and (message.fuzzy or not all(strings(message)))]


def strings(message: Message) -> tuple[str, ...]:
    """The translations of `message`, one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def refresh(language: str, template: Catalog) -> Catalog:
    """Bring the .po and .mo of `language` up to `template`."""
    catalogue = stored(language)
    catalogue.update(template, no_fuzzy_matching=True)
    path = po_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, _po_text(catalogue))
    _replace(path.with_suffix(".mo"), compiled(catalogue))
    return catalogue


def main() -> int:
    template = extracted()
    TRANSLATIONS.mkdir(parents=True, exist_ok=True)
    _replace(TEMPLATE, _po_text(template))
    missing = 0
    for language in LANGUAGES:
        for message in untranslated(refresh(language, template)):
            missing += 1
            sys.stderr.write(f"{language}: to translate: {message.id!r}\n")
    return 1 if missing else 0


class _PlainCatalog(Catalog):
    """A catalogue whose header says only what programs need to read it."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "8bit")]
        if self.locale is None:
            return headers
        return [("Language", str(self.locale)), ("Plural-Forms", self.plural_forms), *headers]

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """The header of a file read is not taken over."""


def _po_text(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    return buffer.getvalue()


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(content)
    fresh.replace(path)


if __name__ == "__main__":
    sys.exit(main())
