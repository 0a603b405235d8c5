"""What the launcher says when it can't go on."""


class LauncherError(Exception):
    """The database can't be used; the text is a sentence that tells a person what to do."""


class UnsafeRole(LauncherError):
    """The connection's role could step around record access, so the service must not start."""
