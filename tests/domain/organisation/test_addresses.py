"""Addresses as others may read them."""

import pytest

from domain.organisation.addresses import without_door


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("红星苑3栋2单元501", "红星苑3栋"),
        ("红星苑３棟501室", "红星苑３棟"),
        ("红星苑三栋501", "红星苑三栋"),
        ("红星苑3号楼501室", "红星苑3号楼"),
        ("红星苑8-2-301", "红星苑"),
        ("煤炭小区二单元302", "煤炭小区"),
        ("幸福路12号", "幸福路"),
        ("煤炭小区", "煤炭小区"),
        ("501室", ""),
        ("", ""),
    ],
)
def test_others_read_of_an_address_no_more_than_the_building(address: str, shown: str) -> None:
    assert without_door(address) == shown
