"""What is asked of a store, and done to it, beside bringing articles in.

`search` finds, `corrections` are what people say of stories, `maintain` checks and forgets, `transfer` exports and
imports. `api` is the class that has all of it.
"""
