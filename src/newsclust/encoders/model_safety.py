"""What a model's folder must not hold: anything that runs code when it is loaded. Looked at before a library reads it.

Newer libraries refuse most of it themselves; sentence-transformers before 6.0 ran the code of a local folder unasked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsclust.errors import ModelError

_PICKLES = (".bin", ".pt", ".pth", ".pkl", ".ckpt")
_NOT_WEIGHTS = frozenset({"training_args.bin"})
_WEIGHTS = "model*.safetensors"
"""What is read instead of a pickle that lies beside it."""

_OWN_MODULES = "sentence_transformers."
_OWN_ACTIVATIONS = "torch.nn."


def refuse_code(folder: Path) -> None:
    """Raise ModelError where the folder has weights as pickles alone, or names classes of its own to be loaded."""
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() and file.is_dir():  # rglob does not look behind it, but a library would
            raise ModelError(f"the model folder {folder} cannot be loaded: {file.relative_to(folder)} is a link")
        if file.suffix.lower() in _PICKLES and file.name not in _NOT_WEIGHTS:
            _refuse_pickle(file)
        elif file.name == "modules.json" or (file.suffix == ".json" and "config" in file.name):
            for what in _code_in(_parsed(file, folder)):
                raise ModelError(
                    f"the model folder {folder} cannot be loaded: {file.relative_to(folder)} asks for {what}, which is "
                    "code of its own; newsclust runs no code that comes with a model"
                )


def _refuse_pickle(file: Path) -> None:
    if not any(file.parent.glob(_WEIGHTS)):
        raise ModelError(
            f"{file} is a pickle, which can run any code when it is loaded; save the model as safetensors: "
            "model.save_pretrained(folder, safe_serialization=True)"
        )


def _parsed(file: Path, folder: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise ModelError(
            f"the model folder {folder} cannot be loaded: {file.relative_to(folder)} is no JSON: {reason}"
        ) from error


def _code_in(config: Any) -> Iterator[str]:
    """The classes that a configuration names and that belong to none of the libraries."""
    if isinstance(config, list):  # modules.json
        for module in config:
            yield from _foreign(module.get("type") if isinstance(module, dict) else module, _OWN_MODULES)
        return
    if not isinstance(config, dict):
        return
    if config.get("auto_map"):
        yield f"auto_map {json.dumps(config['auto_map'])[:100]}"
    routes = config.get("types")  # which module each route of a Router (or Asym) is made of
    for name in routes.values() if isinstance(routes, dict) else ():
        yield from _foreign(name, _OWN_MODULES)
    activation = config.get("activation_function")
    if isinstance(activation, str) and "." in activation:  # a class; transformers' own configurations say "gelu"
        yield from _foreign(activation, _OWN_ACTIVATIONS)


def _foreign(name: Any, own: str) -> Iterator[str]:
    if not (isinstance(name, str) and name.startswith(own)):
        yield repr(name)
