"""Documents beside one another, their edits, and what they leave behind."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from toy_sessions import write_photo

from latentedit.serve.jobs import Job, Jobs, Urgency
from latentedit.serve.protocol import ProtocolError, Request

from .client import FRAME, Client


def drawn(client: Client, document: int) -> np.ndarray:
    picture = client.ask("render", document=document, quality="final")["picture"]
    with Image.open(picture["path"]) as image:
        return np.asarray(image)


def test_two_documents_are_edited_apart_while_one_projects(client: Client, photo: Path, smile: Path) -> None:
    first, second = client.opened(photo), client.opened(photo)
    before = drawn(client, second)
    number = client.send("project", document=first, steps=100_000, preview_every=0)
    assert client.receive()["event"] == "progress"
    client.ask("set", document=second, edits=[f"{smile}=3"])
    assert not client.ask("render", document=second, quality="preview")["stale"]
    client.send("cancel", request=number)
    assert not np.array_equal(drawn(client, second), before)
    assert client.ask("edits", document=first)["undo"] == []
    assert np.array_equal(drawn(client, first), np.asarray(Image.open(photo)))
    client.ask("undo", document=second)
    assert np.array_equal(drawn(client, second), before)


def test_a_slider_that_moves_is_one_undo(client: Client, photo: Path, smile: Path) -> None:
    document = client.opened(photo)
    client.ask("set", document=document, edits=[f"{smile}=1"])
    for amount in (1.5, 2.0, 2.5):
        client.ask("set", document=document, edits=[{"name": "smile", "amount": amount}], seal=False)
    client.ask("set", document=document, edits=[{"name": "smile", "amount": 3}])
    assert client.ask("edits", document=document)["undo"] == ["smile +3", "smile +1"]
    client.ask("undo", document=document)
    assert client.ask("edits", document=document)["redo"] == ["smile +3"]


def test_answers_name_edits_as_changes_take_them(client: Client, photo: Path) -> None:
    document = client.opened(photo)
    (mix,) = client.ask("mix", document=document, source="seed:7", layers="4-7")["edits"]
    (variation,) = client.ask("vary", document=document, seed=3, coarse=0.1, middle=0.1, fine=0.1)["edits"]
    assert client.ask("edits", document=document)["faces"][0]["names"] == [mix, variation]
    assert client.ask("change", document=document, off=[mix], remove=[variation])["changed"]


def test_a_face_that_is_not_projected_is_seen_as_it_is(client: Client, photo: Path) -> None:
    document = client.opened(photo, steps=0)
    told = client.ask("render", document=document, quality="preview", side=120, format="raw")["picture"]
    seen = np.fromfile(told["path"], np.uint8).reshape(120, 120, 4)
    square = np.asarray(Image.open(photo).convert("RGB"), np.int16)[20:140, 20:140]
    assert np.abs(seen[..., :3] - square).max() <= 8 and not seen[..., 3].any()


def test_a_request_that_fails_midway_changes_nothing(client: Client, photo: Path, smile: Path) -> None:
    document = client.opened(photo)
    client.ask("set", document=document, edits=[f"{smile}=1"])
    before = client.ask("edits", document=document)
    assert client.refused("change", document=document, off=["smile"], remove=["absent"])["kind"] == "usage"
    assert client.ask("edits", document=document) == before


def test_another_photograph_is_mixed_in_and_kept_in_the_project(client: Client, photo: Path, tmp_path: Path) -> None:
    document = client.opened(photo)
    other = write_photo(tmp_path / "other.png")
    names = client.ask("mix", document=document, path=str(other), frame=FRAME, layers="4-7", steps=2, preset="fast")["names"]
    assert client.ask("edits", document=document)["faces"][0]["names"][0].startswith("mix")
    assert names and [file.suffix for file in client.folder.iterdir() if file.suffix == ".ledit"] == []
    client.ask("save", document=document, path=str(tmp_path / "kept.ledit"))
    again = client.ask("open", path=str(tmp_path / "kept.ledit"))
    assert again["project"] and np.array_equal(drawn(client, again["document"]), drawn(client, document))


def test_selections_leave_the_faces_whose_middle_they_hold(client: Client, photo: Path, tmp_path: Path) -> None:
    document = client.opened(photo)  # its middle is at 79.5, 79.5
    mask = np.zeros((240, 320), np.uint8)
    mask[75:85, 75:85] = 255
    Image.fromarray(mask).save(tmp_path / "here.png")
    Image.fromarray(255 - mask).save(tmp_path / "elsewhere.png")
    for selection, count in (
        ({"box": [0, 0, 80, 80]}, 1),
        ({"box": [80, 0, 320, 240]}, 0),
        ({"mask": str(tmp_path / "here.png")}, 1),
        ({"mask": str(tmp_path / "elsewhere.png")}, 0),
    ):
        found = client.ask("faces", document=document, selection=selection)["faces"]
        assert len(found) == count, selection
        assert all(face["projected"] for face in found)


def test_only_the_newest_preview_that_waits_is_drawn(client: Client, photo: Path, smile: Path) -> None:
    document = client.opened(photo)
    client.ask("set", document=document, edits=[f"{smile}=1"])
    large = Image.fromarray(np.random.default_rng(0).integers(0, 256, (3000, 4500, 3), dtype=np.uint8))
    large.save(photo.with_name("large.png"), compress_level=1)
    other = client.ask("open", path=str(photo.with_name("large.png")))["document"]
    busy = client.send("render", document=other, quality="final")
    previews = [client.send("render", document=document, quality="preview") for _ in range(5)]
    message, before = client.answer(previews[-1])
    assert message["result"]["stale"] is False
    told = {each["id"]: each["result"]["stale"] for each in before}
    assert all(told[number] for number in previews[1:-1]), told
    assert told.get(busy, False) is False


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="counts what /proc tells")
def test_a_hundred_documents_leave_nothing(client: Client, photo: Path, smile: Path) -> None:
    def cycle() -> None:
        document = client.opened(photo)
        client.ask("set", document=document, edits=[f"{smile}=1"])
        client.ask("render", document=document, quality="preview", format="raw")
        client.ask("layers", document=document)
        client.ask("close", document=document)

    def held() -> tuple[int, float]:
        status = Path(f"/proc/{client.process.pid}/status").read_text()
        kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
        return len(list(Path(f"/proc/{client.process.pid}/fd").iterdir())), kilobytes / 1024

    for _ in range(10):
        cycle()
    descriptors, memory = held()
    for _ in range(100):
        cycle()
    after, memory_after = held()
    assert after == descriptors
    assert memory_after - memory < 25
    assert [file.name for file in client.folder.iterdir()] == [".lock"]


def test_jobs_go_by_urgency_then_age_and_stale_ones_are_handed_back() -> None:
    jobs = Jobs()
    long, quick = Job(Request(1, "project", {}), Urgency.LONG, 1), Job(Request(2, "set", {}), Urgency.QUICK, 1)
    old, new = (Job(Request(number, "render", {}), Urgency.QUICK, 1, (1, 0)) for number in (3, 4))
    assert [jobs.submit(job) for job in (long, quick, old, new)] == [[], [], [], [old]]
    with pytest.raises(ProtocolError, match="not answered"):
        jobs.submit(Job(Request(1, "edits", {}), Urgency.QUICK))
    assert jobs.take() is quick
    jobs.done()
    assert jobs.withdraw(4) is new
    assert jobs.take() is long
    jobs.put_back(long)
    assert jobs.cancel(1) and not jobs.cancel(9)
    late = Job(Request(5, "set", {}), Urgency.QUICK, 1)
    jobs.submit(late)
    assert jobs.take() is long and long.cancelled  # what was cancelled goes first
    jobs.done()
    jobs.stop()
    assert jobs.take() is late and late.cancelled and jobs.take() is None
