"""Run by tests in processes of its own: train the toy, and print each step's losses as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch
from toy_runs import toy_config, toy_images

from latentedit_training.run import train

if __name__ == "__main__":
    torch.set_num_threads(1)
    out, game, *overrides = sys.argv[1:]
    for step in train(toy_config(*overrides, game=game), toy_images(), out=Path(out), device=torch.device("cpu"), resume=True):
        print(json.dumps({"step": step.step, **{name: value.item() for name, value in step.losses.items()}}), flush=True)
    if torch.distributed.is_initialized():
        torch.distributed.destroy_process_group()
