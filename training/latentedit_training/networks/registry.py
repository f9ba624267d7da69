"""All networks that a configuration can name."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from latentedit_training.networks.dcgan import DcganDiscriminator, DcganGenerator
from latentedit_training.networks.infogan import InfoganAutoencoder, InfoganDiscriminator, InfoganGenerator
from latentedit_training.networks.mlp import MlpDiscriminator, MlpGenerator
from latentedit_training.networks.salimans_mnist import SalimansMnistClassifier, SalimansMnistGenerator

AnyGenerator = Annotated[MlpGenerator | DcganGenerator | InfoganGenerator | SalimansMnistGenerator, Field(discriminator="name")]
AnyDiscriminator = Annotated[MlpDiscriminator | DcganDiscriminator | InfoganDiscriminator, Field(discriminator="name")]
AnyAutoencoder = InfoganAutoencoder
AnyClassifier = SalimansMnistClassifier
