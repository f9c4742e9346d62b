from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsclust.store.ids import succession


def test_the_larger_part_of_a_split_keeps_the_id() -> None:
    found = succession({1: 7, 2: 7, 3: 7}, [[1], [2, 3]])
    assert found.claims == ((), (7,))


def test_a_merge_keeps_the_id_first_opened_whatever_its_size() -> None:
    found = succession({1: 4, 2: 9, 3: 9, 5: 9}, [[1, 2, 3, 5]])
    assert found.claims == ((4, 9),)


def test_a_group_whose_members_are_in_none_has_no_heir() -> None:
    assert succession({1: 4}, [[2, 3]]).heirs == {}


partitions = st.dictionaries(st.integers(1, 30), st.integers(1, 6), max_size=25)


@given(before=partitions, after=partitions)
def test_each_old_group_lives_on_in_one_new_group_that_has_its_largest_part(
    before: dict[int, int], after: dict[int, int]
) -> None:
    groups = [[m for m in sorted(after) if after[m] == label] for label in sorted(set(after.values()))]
    found = succession(before, groups)
    for old, heir in found.heirs.items():
        sizes = [sum(before.get(member) == old for member in group) for group in groups]
        assert sizes[heir] == max(sizes) > 0
        assert [old in claims for claims in found.claims].count(True) == 1
    assert all(list(claims) == sorted(claims) for claims in found.claims)
    gone = set(before.values()) - set(found.heirs)
    assert all(before.get(member) not in gone for group in groups for member in group)
