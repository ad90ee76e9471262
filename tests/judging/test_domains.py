import pytest

from moderator_app.judging.domains import Domains


@pytest.mark.parametrize(
    ("host", "held"),
    [
        ("example.org", True),
        ("shop.example.org", True),
        ("badexample.org", False),
        ("пример.рф", True),
        ("xn--e1afmkfd.xn--p1ai", True),
        ("shop.xn--e1afmkfd.xn--p1ai", True),
        ("", False),
        ("xn--.рф", False),
        ("xn--\udcff.рф", False),
    ],
)
def test_a_domain_covers_itself_and_what_stands_below_it(host: str, held: bool) -> None:
    assert Domains({"example.org", "пример.рф"}).hold(host) is held
