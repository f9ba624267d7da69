"""Every error that a user can meet, as one small tree.

Each carries one clear sentence (``str(error)``), a ``hint`` saying what to do about it, and the exit code that the command
line ends with (see the command-line contract in ``docs/cli.md``):

* 2: the request itself is wrong (:class:`UsageError`);
* 3: the input cannot be used (:class:`InputError` and its children);
* 4: something that is needed is missing (:class:`ResourceError` and its children);
* 130: the user cancelled (:class:`Cancelled`).

Anything else that reaches the command line is a bug and ends with 1.
"""

from __future__ import annotations


class LatentEditError(Exception):
    """The root of every error that users can meet.

    Attributes:
        hint: one sentence saying what to do; empty when there is nothing useful to say.
        exit_code: the process exit code that the command line uses for this error.
    """

    exit_code: int = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(LatentEditError):
    """The request contradicts itself or names something that does not exist."""

    exit_code = 2


class ResolutionError(UsageError):
    """A resolution was told that contradicts the generator."""


class InputError(LatentEditError):
    """What the user gave cannot be used."""

    exit_code = 3


class PhotoError(InputError):
    """The photograph cannot be read: no image, damaged, too large, or of an unsupported kind."""


class NoFaceError(InputError):
    """No face was found, or not the one that was asked for."""


class FaceTooSmallError(NoFaceError):
    """The face has too few pixels to be projected."""


class CheckpointError(InputError):
    """A weights file is unsupported, damaged or unsafe."""


class UnknownResolutionError(CheckpointError):
    """A weights file does not tell the size of its images.

    Attributes:
        choices: the sizes that it may be for, in pixels.
    """

    def __init__(self, message: str, *, choices: tuple[int, ...], hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.choices = choices


class ProjectFileError(InputError):
    """A .ledit file is damaged or was written by a newer version."""


class DirectionError(InputError):
    """A direction file is unreadable or does not fit the generator."""


class ResourceError(LatentEditError):
    """Something that the work needs is missing."""

    exit_code = 4


class AssetError(ResourceError):
    """A downloadable weights file is not available."""


class AssetUnreachableError(AssetError):
    """The package index could not be reached or does not have the archive."""


class AssetHashError(AssetError):
    """A downloaded or stored file is not the one that the catalogue names."""


class StorageError(ResourceError):
    """A file cannot be written: no folder, no permission, no room."""


class DeviceError(ResourceError):
    """The requested compute device is not there."""


class Cancelled(LatentEditError):
    """The user stopped the work; what was finished is kept."""

    exit_code = 130
