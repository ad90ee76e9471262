"""Words for whom a decision reaches."""

from moderator_app.domain.decision import Choice
from moderator_app.domain.reach import Reach
from moderator_app.language import _, choice_name, format_number, ngettext
from moderator_app.ui.names import named, shortened

_EXCERPT = 80


def numbers(reach: Reach) -> str:
    """`37 messages, 12 people, 3 communities, of them 1 admin`."""
    parts = [
        ngettext("{n} message", "{n} messages", reach.items).format(n=format_number(reach.items)),
        ngettext("{n} person", "{n} people", reach.people).format(n=format_number(reach.people)),
    ]
    if reach.communities > 1:
        communities = ngettext("{n} community", "{n} communities", reach.communities)
        parts.append(communities.format(n=format_number(reach.communities)))
    if reach.admins:
        admins = ngettext("among them {n} admin", "among them {n} admins", len(reach.admins))
        parts.append(admins.format(n=format_number(len(reach.admins))))
    if reach.trusted:
        trusted = ngettext("among them {n} trusted person", "among them {n} trusted people", len(reach.trusted))
        parts.append(trusted.format(n=format_number(len(reach.trusted))))
    return ", ".join(parts)


def question(choice: Choice, reach: Reach) -> str:
    return _("{choice}: {numbers}?").format(choice=choice_name(choice), numbers=numbers(reach))


def details(reach: Reach) -> str:
    """Who is exempt, and the first few messages."""
    lines = []
    if reach.admins:
        lines.append(_("Admins: {names}").format(names=_names(reach.admins)))
    if reach.trusted:
        lines.append(_("Trusted: {names}").format(names=_names(reach.trusted)))
    for each in reach.sample:
        said = shortened(each.excerpt, _EXCERPT) or _("(no text)")
        lines.append(f"{named(each.author_name) or _('Unknown author')}: {said}")
    rest = reach.items - len(reach.sample)
    if reach.sample and rest > 0:
        lines.append(ngettext("and {count} more", "and {count} more", rest).format(count=format_number(rest)))
    return "\n".join(lines)


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(named(name) for name in names[:5]) + ("…" if len(names) > 5 else "")
