"""What newsclust keeps is for its owner only, and no file is read that was not asked for."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Command
from hostile_rows import LEAD

from newsclust.cache import entries
from newsclust.cache.folder import cache_folder, private_folder
from newsclust.commands.configuration import user_configuration
from newsclust.encoders.builtin import parts as builtin_model
from newsclust.errors import CacheError, ModelError

posix = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")


@pytest.fixture
def no_umask() -> Iterator[None]:
    """What a process makes is for everybody, unless it says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    """The mode of everything in a folder, and of the folder."""
    every = [folder, *folder.rglob("*")]
    return {path.relative_to(folder).as_posix(): oct(stat.S_IMODE(path.stat().st_mode)) for path in every}


def for_the_owner(folder: Path) -> dict[str, str]:
    """The modes that everything in the folder should have."""
    every = [folder, *folder.rglob("*")]
    return {path.relative_to(folder).as_posix(): oct(0o700 if path.is_dir() else 0o600) for path in every}


@posix
def test_cache_and_store_are_for_their_owner_only_whatever_the_umask(
    newsclust: Command, tmp_path: Path, no_umask: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    private_folder(tmp_path / "eigen")
    cache = tmp_path / "eigen" / "noch nicht da" / "önbellek"
    monkeypatch.setenv("NEWSCLUST_CACHE", str(cache))
    seen: list[dict[str, str]] = []
    plain = entries._checksum

    def look(key: bytes, vector: bytes) -> bytes:
        seen.append(modes(cache))  # with the files that SQLite keeps while the cache is open
        return plain(key, vector)

    monkeypatch.setattr(entries, "_checksum", look)
    (tmp_path / "a.json").write_text(json.dumps([{"id": f"{n}", "text": text} for n, text in enumerate(LEAD)]))
    store = tmp_path / "eigen" / "berita.db"

    for more in ((), (), ("--store", str(store))):
        assert newsclust("group", "a.json", "--threads", "1", *more).code == 0
    assert newsclust("stories", "--store", str(store)).code == 0

    assert any(name.endswith("-wal") for found in seen for name in found)
    for found in (*seen, modes(cache)):
        assert set(found.values()) == {"0o700", "0o600"}
    assert modes(tmp_path / "eigen") == for_the_owner(tmp_path / "eigen")
    assert len(modes(cache)) >= 5


@posix
def test_folders_above_the_cache_are_made_for_the_owner_too_and_those_there_left_as_they_are(
    tmp_path: Path, no_umask: None
) -> None:
    tmp_path.chmod(0o755)
    made = private_folder(tmp_path / "a" / "b" / "c")
    assert private_folder(made) == made
    assert modes(tmp_path / "a") == {".": "0o700", "b": "0o700", "b/c": "0o700"}
    assert oct(stat.S_IMODE(tmp_path.stat().st_mode)) == "0o755"


def test_a_file_in_the_place_of_the_cache_folder_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "datei").touch()
    for folder in (tmp_path / "datei", tmp_path / "datei" / "x"):
        with pytest.raises(OSError, match="datei"):
            private_folder(folder)


def test_a_user_without_a_home_folder_is_told_and_gets_no_folder_named_tilde(
    newsclust: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pwd

    def unknown(*_: object) -> None:
        raise KeyError("uid not found")

    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "NEWSCLUST_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.setattr(pwd, "getpwnam", unknown)
    (tmp_path / "a.txt").write_text(LEAD[0])

    outcome = newsclust("group", "a.txt")
    assert outcome.code == 1
    assert outcome.err.splitlines()[-1] == (
        "Error: this user has no home folder to keep a cache in: name a folder with NEWSCLUST_CACHE"
    )
    assert sorted(os.listdir()) == ["a.txt"]
    monkeypatch.setenv("NEWSCLUST_CACHE", str(tmp_path / "cache"))
    assert newsclust("group", "a.txt").code == 0
    assert sorted(os.listdir()) == ["a.txt", "cache"]


def test_the_home_folder_is_asked_for_where_the_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "NEWSCLUST_CACHE"):
        monkeypatch.delenv(name, raising=False)
    assert cache_folder().is_absolute()


def test_a_tilde_of_nobody_is_a_plain_name(newsclust: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCLUST_CACHE", "~niemand/cache")
    assert cache_folder() == Path("~niemand/cache")
    outcome = newsclust("stories", "--store", "~niemand/berita.db")
    assert outcome.code == 1
    assert "there is no store here" in outcome.err


def test_a_library_that_does_not_say_that_there_is_no_home_is_seen_through(monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs

    monkeypatch.delenv("NEWSCLUST_CACHE", raising=False)
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: "~/.cache/newsclust")
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_, **__: Path("~/.config/newsclust"))
    with pytest.raises(CacheError, match="no home folder"):
        cache_folder()
    assert user_configuration() is None


@pytest.mark.parametrize("way", ["berkas", "artikel", "artikel/*", "artikel/**"])
def test_a_secret_behind_a_link_is_not_read(newsclust: Command, tmp_path: Path, way: str) -> None:
    (tmp_path / "rahasia").mkdir()
    (tmp_path / "rahasia" / "kunci.txt").write_text("Kata sandi yang tidak boleh dibaca siapa pun.")
    (tmp_path / "artikel").mkdir()
    (tmp_path / "artikel" / "a.txt").write_text(LEAD[0])
    (tmp_path / "artikel" / "satu.txt").symlink_to(tmp_path / "rahasia" / "kunci.txt")
    (tmp_path / "artikel" / "dua").symlink_to(tmp_path / "rahasia")
    (tmp_path / "artikel" / "lagi").symlink_to(tmp_path / "artikel")
    (tmp_path / "berkas").symlink_to(tmp_path / "artikel")  # a link that is named is followed, those in it are not

    outcome = newsclust("group", way, "--effort", "fast", "--format", "json")
    assert "sandi" not in outcome.out
    assert json.loads(outcome.out)["summary"]["articles"] == 1
    assert "symbolic links out of the folder not followed" in outcome.err
    followed = newsclust("group", way, "--effort", "fast", "--format", "json", "--follow-symlinks")
    assert json.loads(followed.out)["summary"]["articles"] == 2


def test_weights_that_are_not_the_known_ones_are_refused_by_every_command(
    newsclust: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builtin_model, "KNOWN_SHA256", "0" * 64)
    monkeypatch.setenv("NEWSCLUST_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.txt").write_text(LEAD[0])
    outcome = newsclust("group", "a.txt")
    assert outcome.code == ModelError.exit_code
    assert "SHA-256" in outcome.err
    assert not (tmp_path / "cache").exists()
