"""What others wrote: every locked package has a licence that may be there, and an image's bill names all of it."""

import pytest

from composition import MEMBERS
from ncce_cli import supply


def test_every_package_has_a_licence_that_may_be_where_it_is() -> None:
    images = supply.shipped_in()
    for name in supply.locked():
        allowed = supply.SHIPPED if name in images else supply.AT_HAND
        assert supply.may_be(supply.licence_of(name), allowed), f"{name}: {supply.licence_of(name) or 'no licence'}"


@pytest.mark.parametrize("licence", ["", "AGPL-3.0", "MIT AND GPL-3.0", "Proprietary OR GPL-3.0"])
def test_a_licence_that_may_not_be_in_an_image_is_refused(licence: str) -> None:
    assert not supply.may_be(licence, supply.SHIPPED)


def test_one_of_several_licences_is_enough() -> None:
    assert supply.may_be("GPL-3.0 OR Apache-2.0 AND MIT", supply.SHIPPED)


def test_the_page_of_licences_is_current() -> None:
    assert supply.PAGE.read_text() == supply.page(), "run .venv/bin/python -m ncce_cli.supply"


@pytest.mark.parametrize("member", MEMBERS)
def test_a_bill_names_every_package_of_an_image_and_how_it_is_known(member: str) -> None:
    bill = supply.bill(member)
    components = bill["components"]
    assert isinstance(components, list)
    wanted = supply.locked(f"deploy/requirements/{member}.txt")
    assert {one["name"]: one["version"] for one in components} == {
        name: version for name, (version, _) in wanted.items()
    }
    assert all(one["licenses"][0]["expression"] and one["properties"] for one in components)
