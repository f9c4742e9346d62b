from __future__ import annotations

import os
from itertools import permutations
from pathlib import Path

import pytest

from newsclust.errors import UsageError
from newsclust.reading.sources import find_sources


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Žluťoučký kůň.", encoding="utf-8")


def names(*paths: Path | str, follow: bool = False) -> list[str]:
    return [source.name for source in find_sources([str(path) for path in paths], follow_symlinks=follow).sources]


def test_a_folder_is_read_with_all_below_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/ü.md", "a/b/c.JSONL", "a/x.html.gz", "z.CSV")

    assert names(tmp_path) == ["a/b/c.JSONL", "a/x.html.gz", "a/ü.md", "b.txt", "z.CSV"]


def test_hidden_files_are_passed_over_and_other_kinds_named_in_one_note(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", ".hidden.txt", ".git/b.txt", "1.jpg", "2.jpg", "x.dwg", "LICENSE")

    found = find_sources([str(tmp_path)])

    assert [source.name for source in found.sources] == ["LICENSE", "a.txt"]
    assert [note.reason for note in found.notes] == [
        "files of other kinds left out: 3 (.jpg 2, .dwg 1): 1.jpg, 2.jpg, x.dwg; name one to have it read"
    ]


def test_of_many_files_of_other_kinds_ten_are_named(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", *(f"{number:02}-ø.jpg" for number in range(12)))

    (note,) = find_sources([str(tmp_path)]).notes
    assert "12 (.jpg 12): 00-ø.jpg, " in note.reason
    assert note.reason.endswith(", 09-ø.jpg, ...; name one to have it read")


def test_a_file_that_is_named_is_taken_whatever_its_extension(tmp_path: Path) -> None:
    make(tmp_path, "export.dump", ".hidden")

    assert names(tmp_path / "export.dump", tmp_path / ".hidden") == [".hidden", "export.dump"]


def test_neither_order_nor_overlap_of_arguments_matters(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "in/sub/b.txt", "in/sub/c.txt", "other/a.txt")
    given = [
        tmp_path / "in",
        tmp_path / "in" / "sub",
        tmp_path / "in" / "sub" / "b.txt",
        tmp_path / "other",
        tmp_path / "in",
    ]

    found = {tuple(names(*order)) for order in permutations(given)}

    assert found == {("in/a.txt", "other/a.txt", "sub/b.txt", "sub/c.txt")}


def test_files_of_equal_path_get_their_folder_in_front_and_then_a_number(tmp_path: Path) -> None:
    make(tmp_path, "x/news/a.txt", "y/news/a.txt", "z/a.txt", "z/b.txt")

    assert names(tmp_path / "x/news", tmp_path / "y/news", tmp_path / "z") == [
        "b.txt", "news/a.txt", "news/a.txt~2", "z/a.txt",
    ]  # fmt: skip


def test_a_pattern_finds_what_the_shell_would(tmp_path: Path) -> None:
    make(tmp_path, "a/1.txt", "a/2.txt", "b/3.md")

    assert names(f"{tmp_path}/a/*.txt") == ["1.txt", "2.txt"]
    assert names(f"{tmp_path}/**/3.md") == ["3.md"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("**", ["a/1.txt", "a/b/2.txt", "a/b/c/3.md"]),
        ("**/*.txt", ["1.txt", "2.txt"]),
        ("**/**/2.txt", ["2.txt"]),
        ("a/**/b/**/*.md", ["3.md"]),
        ("[a]/**/c", ["3.md"]),
        ("*/b", ["2.txt", "c/3.md"]),
        ("a/**/.*.txt", [".versteckt.txt"]),
    ],
)
def test_two_stars_stand_for_folders_of_any_depth(tmp_path: Path, pattern: str, found: list[str]) -> None:
    make(tmp_path, "a/1.txt", "a/b/2.txt", "a/b/c/3.md", "a/.git/4.txt", "a/.versteckt.txt")

    assert names(f"{tmp_path}/{pattern}") == found


def test_a_pattern_below_the_working_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a/ü.txt")
    monkeypatch.chdir(tmp_path)

    assert names("**/ü.txt") == names("a*/ü.txt") == ["ü.txt"]


def test_a_pattern_is_through_with_links_that_lead_back(tmp_path: Path) -> None:
    make(tmp_path, "a/1.txt")
    for link in ("x", "y", "z"):
        (tmp_path / "a" / link).symlink_to(tmp_path / "a")

    assert names(f"{tmp_path}/**/*.txt") == names(f"{tmp_path}/**/*.txt", follow=True) == ["1.txt"]


def test_links_that_a_pattern_finds_lead_out_only_on_request(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "out/geheim.txt")
    (tmp_path / "in/link.txt").symlink_to(tmp_path / "out/geheim.txt")
    (tmp_path / "in/ordner").symlink_to(tmp_path / "out")

    for pattern in ("in/*", "in/**", "in/**/*.txt", "in/*/*"):
        found = find_sources([f"{tmp_path}/{pattern}", str(tmp_path / "in/a.txt")])
        assert [source.name for source in found.sources] == ["a.txt"], pattern
        wanted = names(f"{tmp_path}/{pattern}", follow=True)
        assert "geheim.txt" in wanted or "link.txt" in wanted, pattern
    found = find_sources([f"{tmp_path}/in/*nk.txt"])
    assert found.sources == ()
    assert [note.reason for note in found.notes] == [
        f"symbolic links out of the folder not followed: 1 ({tmp_path}/in/link.txt)"
    ]


def test_a_link_inside_the_folder_of_a_pattern_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "in/b/a.txt")
    (tmp_path / "in/z.txt").symlink_to(tmp_path / "in/b/a.txt")

    assert len(names(f"{tmp_path}/in/**/*.txt")) == 1


def test_a_file_whose_name_looks_like_a_pattern_is_read(tmp_path: Path) -> None:
    make(tmp_path, "[1].txt", "1.txt")

    assert names(tmp_path / "[1].txt") == ["[1].txt"]


def test_loops_of_links_end(tmp_path: Path) -> None:
    make(tmp_path, "a/b/c.txt")
    (tmp_path / "a/b/up").symlink_to(tmp_path / "a")

    assert names(tmp_path, follow=True) == ["a/b/c.txt"]
    assert names(tmp_path) == ["a/b/c.txt"]


def test_links_out_of_the_folder_are_followed_only_on_request(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "out/secret.txt")
    (tmp_path / "in/link.txt").symlink_to(tmp_path / "out/secret.txt")

    found = find_sources([str(tmp_path / "in")])

    assert [source.name for source in found.sources] == ["a.txt"]
    assert found.notes[0].reason == "symbolic links out of the folder not followed: 1 (link.txt)"
    assert names(tmp_path / "in", follow=True) == ["a.txt", "link.txt"]


def test_names_with_line_breaks_or_bytes_that_are_no_utf8_become_valid_text(tmp_path: Path) -> None:
    for name in (b"line\nbreak.txt", b"caf\xe9.txt"):
        with open(os.path.join(os.fsencode(tmp_path), name), "w") as file:
            file.write("text")

    assert names(tmp_path) == ["caf\\xe9.txt", "line\nbreak.txt"]


def test_a_missing_path_is_an_error_with_the_closest_name(tmp_path: Path) -> None:
    make(tmp_path, "artikel/a.txt")

    with pytest.raises(UsageError, match=r"artikle' does not exist; did you mean '.*artikel'"):
        find_sources([str(tmp_path / "artikle")])
    with pytest.raises(UsageError, match=r"does not exist; the nearest folder there is"):
        find_sources([str(tmp_path / "x" / "y" / "qqq.txt")])
    with pytest.raises(UsageError, match="no file matches the pattern"):
        find_sources([f"{tmp_path}/*.nothing"])


@pytest.mark.parametrize("paths", [[], [""], ["a\0b"]])
def test_no_path_at_all_is_an_error(paths: list[str]) -> None:
    with pytest.raises(UsageError):
        find_sources(paths)


def test_an_empty_folder_is_no_error(tmp_path: Path) -> None:
    assert find_sources([str(tmp_path)]).sources == ()


def test_pipes_and_dangling_links_in_a_folder_are_told_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")

    found = find_sources([str(tmp_path)], follow_symlinks=True)

    assert [(skipped.where, skipped.reason) for skipped in found.skipped] == [
        ("gone.txt", "a link that leads nowhere"),
        ("pipe.txt", "not a regular file"),
    ]
