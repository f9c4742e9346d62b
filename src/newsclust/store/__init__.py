"""Memory across runs: one SQLite file that holds articles, their features, events, stories and runs.

`update` brings articles in: `nearby` finds what they may belong with, `regroup` groups them, `write` and `describe`
write it down under `ids` that last. `read` and `search` give stories back, `maintain` checks and forgets, `transfer`
exports and imports. `file` opens the store, `schema` holds its tables, `rows` and `features` are what stands in them.
"""
