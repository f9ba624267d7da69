"""latentedit inside painting programs: what runs in their own Python, which has neither torch nor latentedit.

``bridge`` is the standard library's alone and speaks to ``latentedit serve``; ``krita`` and ``gimp`` are the panels. Installed by
``latentedit plugins install``, which copies them; Python 3.8 and later.
"""
