"""Every fault of the client library that was found is cured here; see the table in the facts about VK."""

import asyncio
import time
from pathlib import Path

import pytest

from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded, TryLater
from moderator_app.sources.vk.api import MOST_TOO_FAST, MOST_TRIES, Api, Token, normalised
from moderator_app.sources.vk.transport import Route
from tests.servers.proxies import HttpProxy, Proxy, Socks5Proxy
from tests.servers.vk import VkServer
from tests.sources.vk.conftest import Scene
from tests.sources.vk.running import Seen, make_source, running


def api(server: VkServer, token: str, kind: Token = Token.COMMUNITY, seconds: float = 1.0) -> Api:
    return Api(kind, token, Route(server.address, answer_seconds=seconds))


@pytest.fixture
def community(server: VkServer, scene: Scene) -> Api:
    return api(server, server.world.community_token(scene.community))


async def test_a_call_is_answered(community: Api, scene: Scene) -> None:
    answer = await community.call("groups.getById")
    assert answer["groups"][0]["id"] == scene.community.id


async def test_a_call_that_hangs_ends_and_holds_no_other_up_for_long(community: Api, server: VkServer) -> None:
    server.faults.hang("users.get")
    started = time.monotonic()
    hanging = asyncio.ensure_future(community.call("users.get", user_ids=1))
    other = await community.call("groups.getById")
    assert other
    with pytest.raises(TryLater) as caught:
        await hanging
    assert caught.value.text_id == "vk.unreachable"
    assert time.monotonic() - started < 5


async def test_too_many_requests_are_waited_out_within_bounds(community: Api, server: VkServer) -> None:
    server.faults.fail("groups.getById", 6, times=2)
    assert await community.call("groups.getById")
    assert server.arrived["groups.getById"] == 3


@pytest.mark.parametrize("times", [1000])
async def test_too_many_requests_for_ever_is_an_error(community: Api, server: VkServer, times: int) -> None:
    server.faults.fail("groups.getById", 6, times=times)
    with pytest.raises(TryLater) as caught:
        await community.call("groups.getById")
    assert caught.value.text_id == "vk.too_fast"
    assert server.arrived["groups.getById"] == MOST_TOO_FAST + 1


def test_lists_and_flags_are_written_as_vk_reads_them() -> None:
    values = {"cmids": [1, 2], "delete_for_all": True, "spam": False, "reason": None, "text": "a,b", "flags": (True,)}
    written = {"cmids": "1,2", "delete_for_all": "1", "spam": "0", "text": "a,b", "flags": "1"}
    assert normalised(values) == written


@pytest.mark.parametrize(
    "body", [b"<html>502</html>", b"{}", b"[]", b"null", b'{"error": {}}', b'{"error": 5}', b'{"resp']
)
async def test_an_answer_that_is_none_is_an_error_of_the_domain(community: Api, server: VkServer, body: bytes) -> None:
    server.faults.say("groups.getById", body)
    with pytest.raises(ModeratorError):
        await community.call("groups.getById")
    assert await community.call("groups.getById")


async def test_a_captcha_without_its_fields_is_an_error_of_the_domain(community: Api, server: VkServer) -> None:
    server.faults.say("groups.getById", b'{"error": {"error_code": 14, "error_msg": "Captcha needed"}}')
    with pytest.raises(ModeratorError) as caught:
        await community.call("groups.getById")
    assert caught.value.text_id == "vk.captcha"


@pytest.mark.parametrize("code", [5, 15, 100, 14, 17])
async def test_no_error_tells_the_token(server: VkServer, scene: Scene, code: int) -> None:
    server.faults.echo_tokens = True
    token = server.world.community_token(scene.community)
    server.faults.fail("groups.getById", code, detail=f"of {token}")
    with pytest.raises(ModeratorError) as caught:
        await api(server, token).call("groups.getById")
    error: BaseException | None = caught.value
    while error is not None:
        assert token not in str(error) + repr(error) + repr(vars(error))
        error = error.__cause__


async def test_what_fails_on_the_way_is_asked_again(community: Api, server: VkServer) -> None:
    server.faults.html("groups.getById")
    server.faults.hang_up("groups.getById")
    assert await community.ask("groups.getById")
    assert server.arrived["groups.getById"] == MOST_TRIES
    server.faults.html("groups.getById", times=100)
    with pytest.raises(TryLater):
        await community.ask("groups.getById")


async def test_a_write_is_made_once(community: Api, server: VkServer) -> None:
    server.faults.html("groups.getById")
    with pytest.raises(TryLater):
        await community.call("groups.getById")
    assert server.arrived["groups.getById"] == 1


async def test_a_method_of_which_vk_wants_no_more_today_rests(community: Api, server: VkServer) -> None:
    server.faults.fail("groups.getById", 29)
    for _ in range(3):
        with pytest.raises(TryLater) as caught:
            await community.call("groups.getById")
        assert caught.value.seconds > 60
    assert server.arrived["groups.getById"] == 1
    assert await community.call("utils.getServerTime")


async def test_a_revoked_token_needs_another_sign_in(server: VkServer, scene: Scene) -> None:
    token = server.world.community_token(scene.community)
    server.world.revoke(token)
    with pytest.raises(SignInNeeded):
        await api(server, token).ask("groups.getById")


async def test_what_vk_refuses_is_not_asked_again(community: Api, server: VkServer) -> None:
    with pytest.raises(Refused) as caught:
        await community.ask("wall.get", owner_id=-1)
    assert caught.value.text_id == "vk.not_for_this_token"
    assert server.arrived["wall.get"] == 1


async def test_the_environment_says_nothing_about_the_way(community: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert await community.call("groups.getById")


async def test_nobody_answering_is_said_without_the_address(scene: Scene) -> None:
    nowhere = Api(Token.COMMUNITY, "vk1.a.no-token-at-all", Route("http://127.0.0.1:1"))
    with pytest.raises(TryLater) as caught:
        await nowhere.call("groups.getById")
    assert caught.value.text_id == "vk.unreachable"
    assert "127.0.0.1" not in str(caught.value)


async def test_an_address_may_have_a_path(server: VkServer, scene: Scene) -> None:
    token = server.world.community_token(scene.community)
    there = Api(Token.COMMUNITY, token, Route(server.address + "/nothing-here"))
    with pytest.raises(Refused) as caught:
        await there.call("groups.getById")
    assert caught.value.parameters["code"] == 404


@pytest.mark.parametrize("kind", [Socks5Proxy, HttpProxy])
async def test_a_proxy_leads_there_and_knows_its_user(server: VkServer, scene: Scene, kind: type[Proxy]) -> None:
    token = server.world.community_token(scene.community)
    async with kind("anna", "a:b@c") as proxy:
        well = Route(server.address, proxy.address, "anna:a:b@c", 2.0)
        assert await Api(Token.COMMUNITY, token, well).call("groups.getById")
        assert proxy.led_to == [("127.0.0.1", server.port)]
        badly = Route(server.address, proxy.address, "anna:wrong", 2.0)
        with pytest.raises((TryLater, Refused)) as caught:
            await Api(Token.COMMUNITY, token, badly).call("groups.getById")
        assert "wrong" not in str(caught.value)
        assert proxy.refused == 1


async def test_https_goes_through_a_tunnel_of_the_proxy(server: VkServer, scene: Scene) -> None:
    token = server.world.community_token(scene.community)
    async with HttpProxy("anna", "a:b@c") as proxy:
        secure = server.address.replace("http://", "https://")
        with pytest.raises(TryLater):
            # The server knows no TLS: what counts is that it was led to, and that the token was told to nobody.
            await Api(Token.COMMUNITY, token, Route(secure, proxy.address, "anna:a:b@c", 2.0)).call("groups.getById")
        assert proxy.led_to == [("127.0.0.1", server.port)]
    assert not server.arrived["groups.getById"]


async def test_events_come_through_the_proxy_too(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    seen = Seen()
    async with HttpProxy() as proxy:
        source = make_source(server, scene.community, tmp_path, seen, proxy=proxy.address)
        async with running(source, seen):
            await seen.connected()
            server.world.comment(scene.post, scene.guest, "через прокси")
            await seen.until(lambda: "через прокси" in seen.texts)
    assert set(proxy.led_to) == {("127.0.0.1", server.port)}
    assert len(proxy.led_to) >= 2
