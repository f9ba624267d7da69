"""Image2StyleGAN (Abdal et al., 2019, arXiv:1904.03189): W+ against full-size pixels and VGG16 features."""

from __future__ import annotations

from torch import Tensor

from latentedit.generators.base import Generator
from latentedit.projection.config import Space
from latentedit.projection.descent import Descent
from latentedit.projection.objective import Target, area_resize

NUM_STEPS = 1500
LEARNING_RATE = 0.01


class Image2StyleGan(Descent):
    """Method ``image2stylegan``: ``MSE(full size, [0, 1]) + sum of MSE of relu1_1, relu1_2, relu3_2, relu4_2 at 256 px``.

    ``target.distance`` must be :class:`latentedit.perceptual.vgg_features.VggFeatureDistance` to be the published loss. The paper starts
    from the mean latent for faces (section 3.1), and so does this.
    """

    def __init__(self, generator: Generator, target: Target, *, num_steps: int, space: Space, seed: int) -> None:
        super().__init__(seed=seed, device=generator.device)
        self.generator, self.target, self.num_steps = generator, target, num_steps
        rows = 1 if space == "w" else generator.num_ws
        self.variables["w"] = generator.w_avg.detach().repeat(1, rows, 1)
        self.start(betas=(0.9, 0.999))

    def learning_rate(self, index: int) -> float:
        return LEARNING_RATE

    def objective(self, index: int) -> tuple[Tensor, str, Tensor]:
        image = self.generator.synthesis(self.variables["w"].expand(1, self.generator.num_ws, -1))
        small = area_resize(image, self.target.whole.shape[-1])
        features = self.target.distance.to_features(small, self.target.whole_features).sum()
        # Images are in [-1, 1]; the paper's pixel term is on [0, 1], a quarter of the square.
        pixels = (image - self.target.image).square().mean() / 4
        return pixels + features, "image2stylegan", small

    def w_plus(self) -> Tensor:
        return self.variables["w"].detach().expand(1, self.generator.num_ws, -1).clone()
