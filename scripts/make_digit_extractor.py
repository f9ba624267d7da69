"""Train the small classifiers that MNIST and Fashion-MNIST are measured by, and write them where the package keeps them.

python scripts/make_digit_extractor.py FOLDER --data mnist
"""

from __future__ import annotations

import argparse
import datetime
import json
from pathlib import Path

import torch
from safetensors.torch import save

from latentedit.atomic_file import replacing
from latentedit_training.data.idx import labels_beside, open_idx
from latentedit_training.metrics.extractors.small_classifier import SmallClassifier, fit_small_classifier

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "training" / "latentedit_training" / "metrics" / "weights"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="of the idx files")
    parser.add_argument("--data", choices=("mnist", "fashion-mnist"), required=True)
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    files = [next(arguments.folder.glob(f"{name}-images*")) for name in ("train", "t10k")]
    train, test = (open_idx(path, labels_beside(path)) for path in files)
    assert train.labels is not None and test.labels is not None
    torch.manual_seed(arguments.seed)
    network = SmallClassifier()
    image_uint8 = train.read(range(len(train)))
    mirrored = arguments.data == "fashion-mnist"
    for step in fit_small_classifier(
        network, image_uint8, train.labels.values, seed=arguments.seed, steps=arguments.steps, mirrored=mirrored
    ):
        if step.step % 200 == 0:
            print(f"step {step.step} of {step.total}: loss {step.loss:.3f}", flush=True)
    state = {key: value.half() if value.is_floating_point() else value for key, value in network.state_dict().items()}
    network.load_state_dict({key: value.float() if value.is_floating_point() else value for key, value in state.items()})
    with torch.no_grad():
        parts = [
            network(test.read(range(start, start + 1000)).float() / 127.5 - 1).logits.argmax(1)
            for start in range(0, len(test), 1000)
        ]
    accuracy = float((torch.cat(parts) == test.labels.values).double().mean())
    card = {
        "data": arguments.data,
        "test_accuracy": accuracy,
        "command": f"python scripts/make_digit_extractor.py FOLDER --data {arguments.data} --steps {arguments.steps} --seed {arguments.seed}",
        "device": "cpu",
        "date": datetime.date.today().isoformat(),
        "licence": "MIT; trained on " + ("MNIST (CC BY-SA 3.0)" if arguments.data == "mnist" else "Fashion-MNIST (MIT)"),
    }
    with replacing(WEIGHTS / f"{arguments.data}.safetensors") as file:
        file.write(save(state, {"card": json.dumps(card)}))
    with replacing(WEIGHTS / f"{arguments.data}.json") as file:
        file.write((json.dumps(card, indent=1) + "\n").encode())
    print(f"test accuracy {100 * accuracy:.2f} %")


if __name__ == "__main__":
    main()
