"""What people are told about VK's tokens, in the window and on the terminal alike."""

from moderator_app.language import _, sentence
from moderator_app.vk_communities import Checked

DOCUMENTATION = "https://dev.vk.com/ru/api/access-token/getting-started"


def tokens_needed() -> tuple[str, ...]:
    """Which tokens there are and what each is for; a paragraph each."""
    return (
        _(
            "VK knows two kinds of token. The community's own brings new comments and chat messages, deletes in chats "
            "and in discussions, warns, and closes the comments under a post."
        ),
        _(
            "Comments on posts, photos, videos and goods can be deleted, and people banned, only with the token of "
            "somebody's own page who manages the community. Without it the console says so at each message and leads "
            "to it in the browser."
        ),
        _(
            "Tokens are kept in this machine's keyring and nowhere else: whoever gets hold of one can do what it "
            "allows. You can delete them on VK at any time."
        ),
    )


def how_to_make_community_token() -> tuple[str, ...]:
    """The steps, one each."""
    return (
        _("Open your community on vk.com: Manage, Working with API, Access tokens, Create token."),
        _("Tick: allow the application to manage the community, messages, photos, wall. Confirm on your phone."),
        _("Copy the token, which begins with vk1.a., and paste it here."),
        _("For chats: invite the community to the chat and make it an administrator there."),
    )


def how_to_make_user_token() -> tuple[str, ...]:
    return (
        _(
            "You need an application of your own of the kind Standalone on dev.vk.com; VK grants the rights wall and "
            "groups to it on request (devsupport@corp.vk.com). Tokens of VK ID, which begin with vk2.a., cannot "
            "moderate; tokens of other people's applications get pages banned."
        ),
        _(
            "Get the token by the Implicit Flow with the rights wall, groups, photos, video, market and offline; "
            "without offline it is bound to this machine's address and soon expires. Paste the token, or the whole "
            "address that the browser shows afterwards."
        ),
        _("How it is done: {address}").format(address=DOCUMENTATION),
    )


def what_works(checked: Checked) -> tuple[tuple[str, bool], ...]:
    """What can be done with the tokens, each with whether it works."""
    return tuple((sentence(each.name, {}), each.works) for each in checked.abilities)


def remarks(checked: Checked) -> tuple[str, ...]:
    return tuple(sentence(each.text_id, dict(each.parameters)) for each in checked.remarks)


def added(checked: Checked) -> str:
    if checked.person:
        said = _("{name} is watched from now on; {person} moderates there.")
        return said.format(name=checked.account.name, person=checked.person)
    return _("{name} is watched from now on.").format(name=checked.account.name)
