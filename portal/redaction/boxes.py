"""A rectangle on a page, in thousandths of its width and height, whatever its size in the end."""

from dataclasses import asdict, dataclass

WHOLE = 1000


@dataclass(frozen=True)
class Box:
    """`page` from 1; `left` and `top` of its corner, `width` and `height`."""

    page: int
    left: int
    top: int
    width: int
    height: int

    @classmethod
    def of(cls, kept: dict) -> "Box":
        """As kept by `as_json`; Raises KeyError and TypeError for anything else."""
        return cls(**{name: int(kept[name]) for name in cls.__annotations__})

    def as_json(self) -> dict[str, int]:
        return asdict(self)

    @property
    def is_inside(self) -> bool:
        """Whether it covers something and does not leave the page."""
        return (
            self.left >= 0 and self.top >= 0 and self.width > 0 and self.height > 0
            and self.left + self.width <= WHOLE and self.top + self.height <= WHOLE
        )  # fmt: skip

    def on(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Its corners in dots of a picture; never narrower than what was marked."""
        right, bottom = self.left + self.width, self.top + self.height
        return (
            self.left * width // WHOLE, self.top * height // WHOLE,
            -(-right * width // WHOLE), -(-bottom * height // WHOLE),
        )  # fmt: skip
