"""Drawing 1024-pixel faces: our torch module against OpenVINO on the same weights, and the preview against the whole.

    python benchmarks/synthesis.py [--json]

Needs openvino (latentedit[dev]). Floor: a drawing is 14.6 GFLOP and moves about 1.9 GB through memory; the preview is 1.6 GFLOP.
"""

from __future__ import annotations

import torch
from measuring import Row, arguments, compare, tell

from latentedit.assets import AssetStore
from latentedit.generators import load_generator

REPEATS = 15


@torch.inference_mode()
def main() -> None:
    options = arguments(__doc__).parse_args()
    generator = load_generator("mobilestylegan-ffhq", options.device)
    w_plus = generator.mapping(torch.randn(1, generator.z_dim, generator=torch.Generator().manual_seed(0)).to(generator.device))
    rows: list[Row] = []
    if options.device == "cpu":
        import openvino

        store = AssetStore.default()
        core = openvino.Core()
        network = core.read_model(store.path("mobilestylegan-ffhq", "SynthesisNetwork.xml"))
        # Some processors would run in bfloat16 otherwise, which differs by up to a tenth of the range.
        compiled = core.compile_model(network, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        w = w_plus[:, 0].numpy()
        peer = f"openvino {openvino.__version__.split('-')[0]}"
        rows.append(compare("1024 px, fp32", lambda: generator.synthesis(w_plus), peer, lambda: compiled([w]), repeats=REPEATS))
    rows.append(
        compare(
            "256 px preview",
            lambda: generator.preview(w_plus),
            "ours, 1024 px",
            lambda: generator.synthesis(w_plus),
            repeats=REPEATS,
            note="bar: 60 ms on two cores",
        )
    )
    tell("synthesis", rows, device=options.device, packages=("openvino",), as_json=options.json)


if __name__ == "__main__":
    main()
