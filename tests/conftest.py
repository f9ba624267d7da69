"""What all tests share."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from latentedit.assets import AssetStore
from latentedit.errors import AssetError
from latentedit.generators.toy import ToyGenerator

# A shared machine may stop a test for a second at any moment; pytest's own timeout catches what hangs.
settings.register_profile("latentedit", deadline=None)
settings.load_profile("latentedit")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Photographs and references that are not part of the repository: ../shared/data, or LATENTEDIT_SHARED_DATA."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("LATENTEDIT_SHARED_DATA", beside))
    if not folder.is_dir():
        pytest.skip(f"no shared data at {folder}")
    return folder


@pytest.fixture(scope="session")
def user_store() -> AssetStore:
    """The user's own store; tests that ask it for weights skip when those cannot be had."""
    return AssetStore.default()


@pytest.fixture(scope="session")
def fetched(user_store: AssetStore) -> AssetStore:
    """The user's store with the weights that projection needs."""
    try:
        for name in ("mobilestylegan-ffhq", "lpips-alexnet", "lpips-vgg16", "dlib-68-landmarks", "dlib-face-descriptor"):
            user_store.ensure(name)
    except AssetError as error:
        pytest.skip(f"the weights cannot be had: {error}")
    return user_store


@pytest.fixture(scope="session")
def toy() -> ToyGenerator:
    """The seeded 32-px generator."""
    return ToyGenerator()


@pytest.fixture(autouse=True)
def no_leaked_threads(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test must end the threads that it starts."""
    before = set(threading.enumerate())
    yield
    if "foreign_threads" in request.keywords:
        return
    leaked = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    assert not leaked, f"threads left behind: {leaked}"
