"""The notebook of the documentation runs, and an analyst's hour from files to a data frame."""

from __future__ import annotations

import io
import json
import shutil
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from command_line import Command
from samples import DATA

from newsclust import group

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"


@pytest.fixture
def beside_the_sample(built_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(DATA / "articles", tmp_path / "articles")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_cell_of_the_notebook_runs(beside_the_sample: Path) -> None:
    pytest.importorskip("pandas")
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    names: dict[str, Any] = {}
    printed = io.StringIO()
    with redirect_stdout(printed):
        for cell in notebook["cells"]:
            assert not cell.get("outputs")
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), cell["id"], "exec"), names)  # noqa: S102 - our own
    assert (len(names["result"].stories), names["briefing"].count("\n## ")) == (9, 3)
    assert names["frame"]["again"].max() >= 5
    assert printed.getvalue().startswith("# News briefing, ")


def test_an_analysts_hour(beside_the_sample: Path, newsclust: Command) -> None:
    duckdb, pandas = pytest.importorskip("duckdb"), pytest.importorskip("pandas")
    briefing = newsclust("group", "articles", "--format", "md", "--top", "3", "--label-language", "id", "-q").out
    assert briefing.count("\n## ") == 3
    assert briefing.index("Countries: Rusia 13") < briefing.index("Places: Istanbul 6") < briefing.index("## 3.")
    assert newsclust("group", "articles", "-o", "stories.csv", "--with-text", "-q").code == 0
    query = "SELECT story, count(*) FROM 'stories.csv' WHERE countries LIKE '%RU%' GROUP BY story ORDER BY 2 DESC"
    largest = duckdb.sql(query).fetchall()[0]
    frame = pandas.read_csv("stories.csv")
    chosen = frame[frame["story"] == largest[0]]
    assert len(chosen) == largest[1] == 13
    assert set(chosen["language"]) == {"en", "id", "de"}
    assert chosen["text"].str.len().min() > 100
    again = group(chosen[["id", "title", "text", "published"]])
    assert again.labels.tolist() == [0] * 13
