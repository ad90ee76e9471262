"""The tables, as SQLAlchemy sees them; `migrations` makes them so."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    text,
    true,
)
from sqlalchemy.types import TypeDecorator

# A row of whatever columns a query names.
AnyRow = Row[*tuple[Any, ...]]

# SQLite gives a growing id only to a column declared INTEGER; other databases need 64 bits said aloud.
Id = BigInteger().with_variant(Integer, "sqlite")


class Utc(TypeDecorator[datetime]):
    """An aware time, stored in UTC as whole milliseconds since 1970: sorts and compares the same in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else stored_time(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


def stored_time(value: datetime) -> int:
    """A time as `Utc` stores it."""
    return round(value.timestamp() * 1000)


metadata = MetaData()

# One row: grows with every transaction that changes what a screen shows.
revision = Table(
    "revision", metadata, Column("id", Integer, primary_key=True), Column("value", BigInteger, nullable=False)
)

community = Table(
    "community",
    metadata,
    Column("id", Id, primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("community", String(64), nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    # Whether a source has ever watched it: a chat that only came from a file cannot be acted upon.
    Column("live", Boolean, nullable=False, server_default=text("0")),
    # The actions that no source may do there, each with a text id that says why; null until that is known.
    Column("obstacles", JSON(none_as_null=True)),
    # Whether a moderator has agreed to have warnings written there in the account's name.
    Column("may_warn", Boolean, nullable=False, server_default=text("0")),
    # The source whose numbers new messages bear, where each account has others.
    Column("numbered_by", String(64), nullable=False, server_default=""),
    UniqueConstraint("platform", "community"),
)

author = Table(
    "author",
    metadata,
    Column("id", Id, primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("author", String(64), nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("username", Text, nullable=False, server_default=""),
    Column("first_seen", Utc, nullable=False),
    UniqueConstraint("platform", "author"),
)

# What moderators write down about somebody.
author_note = Table(
    "author_note",
    metadata,
    Column("id", Id, primary_key=True),
    Column("author_id", ForeignKey("author.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False, server_default=""),
    Column("at", Utc, nullable=False),
    Index("author_note_author", "author_id"),
)

joining = Table(
    "joining",
    metadata,
    Column("community_id", ForeignKey("community.id"), primary_key=True),
    Column("author_id", ForeignKey("author.id"), primary_key=True),
    Column("date", Utc, primary_key=True),
    Column("how", String(32), nullable=False),
)

message = Table(
    "message",
    metadata,
    Column("id", Id, primary_key=True),
    Column("community_id", ForeignKey("community.id"), nullable=False),
    Column("message", String(64), nullable=False),
    Column("author_id", ForeignKey("author.id")),
    Column("date", Utc, nullable=False),
    Column("edited", Utc),
    Column("deleted", Boolean, nullable=False, server_default=text("0")),
    Column("text", Text, nullable=False),
    # Messages of a community that share one, if it is not empty, were sent as one.
    Column("album", String(64), nullable=False, server_default=""),
    # What the checks and the card need besides the text; absent parts are left out.
    Column("details", JSON(none_as_null=True)),
    # Grows with every edit: a verdict counts only for the version it judged. 0: nothing was written, the row stands for
    # its author.
    Column("version", Integer, nullable=False, server_default=text("1")),
    # Null until judged: at the next start these are judged first.
    Column("policy_version", Integer),
    Column("text_hash", BigInteger),
    Column("score", Float),
    Column("flagged", Boolean, nullable=False, server_default=text("0")),
    Column("trusted", Boolean, nullable=False, server_default=text("0")),
    UniqueConstraint("community_id", "message"),
    Index("message_by_date", "community_id", "date"),
    Index("message_by_author", "author_id", "date"),
)
IS_WRITTEN = message.c.version > 0
# Written out: the index is not chosen by what is bound later.
IS_PART = message.c.album != literal_column("''")
Index("message_album", message.c.community_id, message.c.album, sqlite_where=IS_PART, postgresql_where=IS_PART)
Index(
    "message_unjudged",
    message.c.id,
    sqlite_where=message.c.policy_version.is_(None),
    postgresql_where=message.c.policy_version.is_(None),
)
IS_FLAGGED = message.c.flagged == true()
Index("message_flagged_text", message.c.text_hash, sqlite_where=IS_FLAGGED, postgresql_where=IS_FLAGGED)

finding = Table(
    "finding",
    metadata,
    Column("message_id", ForeignKey("message.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("rule", String(32), nullable=False),
    Column("label", String(16), nullable=False),
    Column("score", Float, nullable=False),
    Column("text_id", String(64), nullable=False),
    Column("base_form", Text, nullable=False, server_default=""),
    # spans, parameters, earlier
    Column("details", JSON(none_as_null=True), nullable=False),
)

# Near-equal messages, which are one row of the queue.
campaign = Table(
    "campaign",
    metadata,
    Column("id", Id, primary_key=True),
    # How many of its items are open, and which one stands for them: the first of them in the queue's order.
    Column("waiting", Integer, nullable=False, server_default=text("0")),
    Column("head_id", BigInteger),
    # How many of the open ones stand apart.
    Column("apart", Integer, nullable=False, server_default=text("0")),
    # The revision at which these last changed.
    Column("revision", BigInteger, nullable=False),
    Index("campaign_revision", "revision"),
)

# The message that a campaign began with, as later ones are compared with it; kept for a while.
founder = Table(
    "founder",
    metadata,
    Column("campaign_id", ForeignKey("campaign.id"), primary_key=True),
    Column("date", Utc, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
)

founder_key = Table(
    "founder_key",
    metadata,
    # Of the date, counted since 1970. Keys are as good as random: what is written together stays together by it.
    Column("week", Integer, primary_key=True, autoincrement=False),
    Column("key", BigInteger, primary_key=True),
    Column("date", Utc, primary_key=True),
    Column("campaign_id", ForeignKey("founder.campaign_id", ondelete="CASCADE"), primary_key=True),
    Index("founder_key_campaign", "campaign_id"),
    sqlite_with_rowid=False,
)

# The sets of traits that rows of the queue have: some thousands, each stored once and never changed.
trait_set = Table(
    "trait_set",
    metadata,
    Column("id", Id, primary_key=True),
    # A JSON list, in order.
    Column("traits", Text, nullable=False, unique=True),
)

# Filters of the queue with a name.
saved_view = Table(
    "saved_view",
    metadata,
    Column("id", Id, primary_key=True),
    Column("position", Integer, nullable=False),
    # The id of one that came with the program; its name is empty until somebody gives it another.
    Column("builtin", String(32), nullable=False, server_default=""),
    Column("name", Text, nullable=False, server_default=""),
    Column("required", JSON(none_as_null=True), nullable=False),
    Column("excluded", JSON(none_as_null=True), nullable=False),
)

item = Table(
    "item",
    metadata,
    Column("id", Id, primary_key=True),
    Column("message_id", ForeignKey("message.id", ondelete="CASCADE"), nullable=False, unique=True),
    # The message's, so that what waits is counted by an index alone.
    Column("community_id", ForeignKey("community.id"), nullable=False),
    # Minus the priority: the queue is read in ascending order by (rank, id).
    Column("rank", Float, nullable=False),
    Column("state", String(16), nullable=False),
    # The version of the text it was last judged by.
    Column("version", Integer, nullable=False),
    Column("suggested", String(16), nullable=False),
    # Why the last decision on it could not be carried out: a text id and parameters.
    Column("failure", JSON(none_as_null=True)),
    # Why it left the queue without a decision.
    Column("closing", JSON(none_as_null=True)),
    # The revision at which it entered the queue, and the one at which it last changed.
    Column("opened", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("campaign_id", ForeignKey("campaign.id")),
    # Open, and a row of the queue: by itself, or for its campaign.
    Column("head", Boolean, nullable=False, server_default=text("0")),
    # Not decided together with its campaign: unlike the others, or left out by a moderator.
    Column("apart", Boolean, nullable=False, server_default=text("0")),
    # When a snoozed one comes back.
    Column("snoozed_until", Utc),
    # Who wants a second opinion on it, and since when.
    Column("opinion_by", Text),
    Column("opinion_at", Utc),
    # The message's; no foreign key, which would be a second way from an item to an author.
    Column("author_id", BigInteger),
    # What it can be filtered by; and its row, which may stand for several.
    Column("traits_id", ForeignKey("trait_set.id"), nullable=False),
    Column("row_traits_id", ForeignKey("trait_set.id"), nullable=False),
)
IS_OPEN = item.c.state == "open"
# Nobody has decided about it: open, or snoozed.
IS_UNDECIDED = item.c.state.in_(("open", "snoozed"))
IS_HEAD = item.c.head == true()
# With the traits, by which rows are passed over without a look at them.
Index("item_queue", item.c.rank, item.c.id, item.c.row_traits_id, sqlite_where=IS_HEAD, postgresql_where=IS_HEAD)
Index("item_traits", item.c.row_traits_id, item.c.opened, sqlite_where=IS_HEAD, postgresql_where=IS_HEAD)
Index("item_author", item.c.author_id, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
Index("item_campaign", item.c.campaign_id, item.c.state, item.c.apart, item.c.rank, item.c.id, item.c.traits_id)
Index("item_community", item.c.community_id, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
Index("item_revision", item.c.revision)
IS_SNOOZED = item.c.snoozed_until.is_not(None)
Index("item_snoozed", item.c.snoozed_until, sqlite_where=IS_SNOOZED, postgresql_where=IS_SNOOZED)

decision = Table(
    "decision",
    metadata,
    Column("id", Id, primary_key=True),
    # The id of the first decision made by the same key press.
    Column("case_id", BigInteger, nullable=False),
    Column("item_id", ForeignKey("item.id"), nullable=False),
    Column("choice", String(16), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("by", Text, nullable=False, server_default=""),
    Column("at", Utc, nullable=False),
    Column("undone", Utc),
    Column("revision", BigInteger, nullable=False),
    # The rules whose record it counts in; null for what a rule decided by itself.
    Column("rules", JSON(none_as_null=True)),
    # The state that an undo gives the item back; null for open.
    Column("former", String(16)),
    Index("decision_at", "at"),
    Index("decision_case", "case_id"),
    Index("decision_item", "item_id"),
    Index("decision_revision", "revision"),
)

action = Table(
    "action",
    metadata,
    Column("id", Id, primary_key=True),
    Column("decision_id", ForeignKey("decision.id"), nullable=False),
    # That of the decision's item, or another of its album.
    Column("message_id", ForeignKey("message.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    # Null while a human has to speak first.
    Column("due", Utc),
    # When it was first meant to run: what is late is asked again.
    Column("wanted", Utc, nullable=False),
    Column("length", Integer),
    # What one request carries out for several messages of an author shares one.
    Column("idempotency_key", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    # A text id and parameters.
    Column("note", JSON(none_as_null=True)),
    # The text the moderator saw: an edit since then disarms the action.
    Column("seen_version", Integer, nullable=False),
    # What a warning says.
    Column("text", Text, nullable=False, server_default=""),
    Index("action_decision", "decision_id"),
    Index("action_due", "state", "due"),
    Index("action_key", "idempotency_key"),
)

# Until when a platform wants to see no more actions of a kind; an empty kind stands for all of them.
hold = Table(
    "hold",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("until", Utc, nullable=False),
    # A text id and parameters.
    Column("note", JSON(none_as_null=True)),
)

# A row for each standing decision that says that an author broke the rules.
violation = Table(
    "violation",
    metadata,
    Column("decision_id", ForeignKey("decision.id"), primary_key=True),
    Column("community_id", ForeignKey("community.id"), nullable=False),
    Column("author_id", ForeignKey("author.id"), nullable=False),
    # When the message was written.
    Column("date", Utc, nullable=False),
    Index("violation_author", "author_id", "community_id"),
)

# What humans decided about messages in which a rule had found something.
rule_record = Table(
    "rule_record",
    metadata,
    Column("community_id", ForeignKey("community.id"), primary_key=True),
    Column("rule", String(32), primary_key=True),
    Column("confirmed", Integer, nullable=False, server_default=text("0")),
    Column("dismissed", Integer, nullable=False, server_default=text("0")),
)

activity = Table(
    "activity",
    metadata,
    Column("community_id", ForeignKey("community.id"), primary_key=True),
    # Day and hour in the community's time zone.
    Column("day", String(10), primary_key=True),
    Column("hour", Integer, primary_key=True),
    Column("messages", Integer, nullable=False, server_default=text("0")),
    Column("flagged", Integer, nullable=False, server_default=text("0")),
    Column("decided", Integer, nullable=False, server_default=text("0")),
)

profanity_by_author = Table(
    "profanity_by_author",
    metadata,
    Column("community_id", ForeignKey("community.id"), primary_key=True),
    Column("author_id", ForeignKey("author.id"), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("count", Integer, nullable=False),
)

profanity_by_word = Table(
    "profanity_by_word",
    metadata,
    Column("community_id", ForeignKey("community.id"), primary_key=True),
    Column("word", Text, primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("count", Integer, nullable=False),
)

toxicity_by_label = Table(
    "toxicity_by_label",
    metadata,
    Column("community_id", ForeignKey("community.id"), primary_key=True),
    Column("label", String(32), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("count", Integer, nullable=False),
)

source_cursor = Table(
    "source_cursor",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("cursor", Text, nullable=False),
)

# What an account must show to address somebody again after a restart.
peer = Table(
    "peer",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("access_hash", BigInteger, nullable=False),
    Column("username", Text, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

policy = Table(
    "policy",
    metadata,
    # Every stored change of a policy or a list is a version.
    Column("version", Id, primary_key=True),
    # Whose values `document` holds, null for those of all communities.
    Column("community_id", ForeignKey("community.id")),
    # All values that the scope has of its own from this version on; null where a list was changed.
    Column("document", JSON(none_as_null=True)),
    Column("at", Utc, nullable=False),
    Index("policy_scope", "community_id", "version"),
)

list_entry = Table(
    "list_entry",
    metadata,
    Column("id", Id, primary_key=True),
    Column("list", String(16), nullable=False),
    Column("value", Text, nullable=False),
    Column("kind", String(16), nullable=False, server_default=""),
    Column("label", String(16), nullable=False, server_default=""),
    Column("community_id", ForeignKey("community.id")),
    Column("added", Utc, nullable=False),
    Index("list_entry_list", "list"),
)

# Who is named in donor communities, as a community's sources read it last.
donor_contact = Table(
    "donor_contact",
    metadata,
    Column("community_id", ForeignKey("community.id"), primary_key=True),
    Column("author_id", ForeignKey("author.id"), primary_key=True),
    Column("donor", String(64), primary_key=True),
    Column("donor_name", Text, nullable=False, server_default=""),
    Column("role", String(16), nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("standing", String(16), nullable=False),
    # The message id of actions about the person.
    Column("stand_in", String(64), nullable=False),
)

# One row for each community whose donors were read.
donor_reading = Table(
    "donor_reading",
    metadata,
    Column("community_id", ForeignKey("community.id"), primary_key=True),
    Column("at", Utc, nullable=False),
    # What was listed then, and what of it is not known to the platform.
    Column("donors", JSON(none_as_null=True), nullable=False),
    Column("unread", JSON(none_as_null=True), nullable=False),
)

# What came of asking AI about a message. No row: nobody asked.
ai_check = Table(
    "ai_check",
    metadata,
    Column("message_id", ForeignKey("message.id", ondelete="CASCADE"), primary_key=True),
    # The version of the text that was asked about.
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("at", Utc, nullable=False),
    # What the model was told to do in the text.
    Column("orders", Boolean, nullable=False, server_default=text("0")),
    # The model's answer; null where there is none.
    Column("answer", JSON(none_as_null=True)),
    # The same about the author's profile.
    Column("profile", JSON(none_as_null=True)),
    # What was told of toxicity before the rest was answered.
    Column("toxicity", JSON(none_as_null=True)),
)
_AI_WAITS = ai_check.c.state == "waiting"
Index("ai_check_waiting", ai_check.c.message_id, sqlite_where=_AI_WAITS, postgresql_where=_AI_WAITS)
_AI_OFFERED = ai_check.c.state == "offered"
Index("ai_check_offered", ai_check.c.message_id, sqlite_where=_AI_OFFERED, postgresql_where=_AI_OFFERED)

# What somebody is asking AI about, so that no other process asks the same; outlived by no one for long.
ai_claim = Table(
    "ai_claim",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("owner", String(32), nullable=False),
    Column("until", Utc, nullable=False),
    Index("ai_claim_owner", "owner"),
)

# Answers by what was asked and of whom; the least recently used leave first.
ai_cache = Table(
    "ai_cache",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("answer", JSON, nullable=False),
    Column("at", Utc, nullable=False),
    Column("used", Utc, nullable=False),
    Index("ai_cache_used", "used"),
)

# What AI was asked and what it took, by the day in the machine's time zone.
ai_use = Table(
    "ai_use",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("model", String(100), primary_key=True),
    Column("requests", Integer, nullable=False, server_default=text("0")),
    Column("prompt", BigInteger, nullable=False, server_default=text("0")),
    Column("cached", BigInteger, nullable=False, server_default=text("0")),
    Column("written", BigInteger, nullable=False, server_default=text("0")),
    # US dollars.
    Column("cost", Float, nullable=False, server_default=text("0")),
)

# What came of asking about somebody's profile, and of which state of it.
ai_profile = Table(
    "ai_profile",
    metadata,
    Column("author_id", ForeignKey("author.id"), primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("at", Utc, nullable=False),
    Column("answer", JSON(none_as_null=True)),
)
