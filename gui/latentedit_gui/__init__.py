"""The desktop editor: a window on :class:`latentedit.session.Session`. It holds no logic that the engine should have."""
