"""The docker for Krita 5.1 and later: needs the host's PyQt5 and ``krita`` module, and a latentedit somewhere on the machine."""

DOCKER_ID = "latentedit_docker"


def register() -> None:
    """Make the docker known to Krita; to be called when it loads its plug-ins."""
    from krita import DockWidgetFactory, DockWidgetFactoryBase, Krita

    from .docker import LatenteditDocker

    Krita.instance().addDockWidgetFactory(DockWidgetFactory(DOCKER_ID, DockWidgetFactoryBase.DockRight, LatenteditDocker))
