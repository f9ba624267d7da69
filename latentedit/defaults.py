"""What is used when nobody says otherwise. Imports nothing, so that the command line starts (and completes words) at once."""

DEFAULT_GENERATOR = "mobilestylegan-ffhq"
PROJECT_SUFFIX = ".ledit"
