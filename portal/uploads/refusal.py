"""Why a file is not taken, in words for the person who sent it."""


class UploadRefused(ValueError):
    """The file named in the message is not taken; `message` is Chinese and says what to do."""

    def __init__(self, name: str, reason: str) -> None:
        self.message = f"“{name}”{reason}"
        super().__init__(self.message)
