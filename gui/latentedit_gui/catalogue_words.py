"""The catalogue of weights in a photographer's words."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QObject

from latentedit.assets import Asset


class CatalogueWords(QObject):
    """The catalogue's purposes and limits in the user's language."""

    def purpose(self, asset: Asset) -> str:
        """What weights are for, in a photographer's words; the catalogue's own for those that are new to this list."""
        return self._purposes().get(asset.name, asset.purpose)

    def limits(self, asset: Asset) -> str:
        """What they may not be used for; "" for no limits stated."""
        return self._limits().get(asset.name, asset.restrictions)

    def _purposes(self) -> Mapping[str, str]:
        return {
            "mobilestylegan-ffhq": self.tr("Draws faces"),
            "dlib-68-landmarks": self.tr("Finds eyes, nose and mouth"),
            "dlib-face-descriptor": self.tr("Keeps a face looking like the person"),
            "dlib-cnn-detector": self.tr("Finds faces that are hard to see"),
            "lpips-alexnet": self.tr("Compares pictures the way eyes do, quickly"),
            "lpips-vgg16": self.tr("Compares pictures the way eyes do, closely"),
            "age-gender": self.tr("Helps to find the directions of age and gender"),
        }

    def _limits(self) -> Mapping[str, str]:
        return {
            "mobilestylegan-ffhq": self.tr(
                "Learnt from NVIDIA's StyleGAN2, which was trained on the FFHQ photographs; those are for non-commercial use."
            ),
            "dlib-68-landmarks": self.tr("Trained on the iBUG 300-W photographs, which are for non-commercial use."),
            "dlib-face-descriptor": self.tr("None stated. It compares faces: keep to the law where you are."),
            "lpips-alexnet": self.tr("Its backbone was trained on ImageNet, whose photographs are for non-commercial research."),
            "lpips-vgg16": self.tr("Its backbone was trained on ImageNet, whose photographs are for non-commercial research."),
            "age-gender": self.tr(
                "Repeats the biases of its training photographs: for finding directions, not for judging people."
            ),
        }
