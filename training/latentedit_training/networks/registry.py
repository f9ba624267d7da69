"""All networks of the laboratory, by their names: what a run's configuration may choose from.

Adding a network is adding its two classes to the unions; the tests go through them.
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from latentedit_training.networks.base import DiscriminatorConfig, GeneratorConfig
from latentedit_training.networks.began import BEGANAutoencoder, BEGANGenerator
from latentedit_training.networks.biggan import BigGANDiscriminator, BigGANGenerator
from latentedit_training.networks.biggan_deep import BigGANDeepDiscriminator, BigGANDeepGenerator
from latentedit_training.networks.dcgan import DcganDiscriminator, DcganGenerator
from latentedit_training.networks.infogan import InfoganAutoencoder, InfoganDiscriminator, InfoganGenerator
from latentedit_training.networks.mlp import MlpDiscriminator, MlpGenerator
from latentedit_training.networks.progan import ProGANDiscriminator, ProGANGenerator
from latentedit_training.networks.sagan import SAGANDiscriminator, SAGANGenerator
from latentedit_training.networks.salimans_mnist import SalimansMnistClassifier, SalimansMnistGenerator
from latentedit_training.networks.sngan import (
    SNGANResidualDiscriminator,
    SNGANResidualGenerator,
    SNGANStandardDiscriminator,
    SNGANStandardGenerator,
)
from latentedit_training.networks.srresnet import SRResNetDiscriminator, SRResNetGenerator
from latentedit_training.networks.stylegan2 import StyleGAN2Generator
from latentedit_training.networks.stylegan2_discriminator import StyleGAN2Discriminator

AnyGenerator = Annotated[
    MlpGenerator
    | DcganGenerator
    | InfoganGenerator
    | SalimansMnistGenerator
    | SNGANStandardGenerator
    | SNGANResidualGenerator
    | SAGANGenerator
    | BEGANGenerator
    | SRResNetGenerator
    | ProGANGenerator
    | BigGANGenerator
    | BigGANDeepGenerator
    | StyleGAN2Generator,
    Field(discriminator="name"),
]
AnyDiscriminator = Annotated[
    MlpDiscriminator
    | DcganDiscriminator
    | InfoganDiscriminator
    | SNGANStandardDiscriminator
    | SNGANResidualDiscriminator
    | SAGANDiscriminator
    | SRResNetDiscriminator
    | ProGANDiscriminator
    | BigGANDiscriminator
    | BigGANDeepDiscriminator
    | StyleGAN2Discriminator,
    Field(discriminator="name"),
]

AnyAutoencoder = Annotated[BEGANAutoencoder | InfoganAutoencoder, Field(discriminator="name")]
"""Their modules give a reconstruction of the image, no judgement."""
AnyClassifier = SalimansMnistClassifier

GENERATORS: tuple[type[GeneratorConfig], ...] = get_args(get_args(AnyGenerator)[0])
"""The classes of :data:`AnyGenerator`."""
DISCRIMINATORS: tuple[type[DiscriminatorConfig], ...] = get_args(get_args(AnyDiscriminator)[0])
"""The classes of :data:`AnyDiscriminator`."""
AUTOENCODERS: tuple[type[DiscriminatorConfig], ...] = get_args(get_args(AnyAutoencoder)[0])
"""The classes of :data:`AnyAutoencoder`."""
