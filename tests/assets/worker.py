"""Fetches one asset from the index of a test, in a process of its own: ``python worker.py ROOT URL DESCRIPTION.json``."""

import json
import sys
from pathlib import Path

from latentedit.assets import Archive, Asset, AssetStore, Member
from latentedit.assets.pip_settings import IndexSettings

root, url, description = sys.argv[1:]
told = json.loads(Path(description).read_text())
archive = Archive(**told["archive"])
asset = Asset("model", (Member(archive, told["path"], told["sha256"]),), "testing", "made by a test", "MIT")
store = AssetStore(Path(root), {"model": asset}, settings=IndexSettings((url,)))
for step in store.fetch_steps("model"):
    print(step.phase, step.done_bytes, flush=True)
