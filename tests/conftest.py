"""What all tests share."""

from hypothesis import settings

# A shared machine may stop a test for a second at any moment; pytest's own timeout catches what hangs.
settings.register_profile("latentedit", deadline=None)
settings.load_profile("latentedit")
