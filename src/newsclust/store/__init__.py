"""Memory across runs: one SQLite file that holds articles, their features and pairs, events, stories and runs.

`update` brings articles in: `regroup` groups them with what is there, along `pairs` that are kept and what people said
(`links`), `write` and `describe` write it down under `ids` that last, `read` gives stories back. `file` opens the
store, `schema` holds its tables and views, `rows`, `features` and `packing` are what stands in them.
"""
