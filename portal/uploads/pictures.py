"""Pictures are decoded and written anew: upright, bounded, in sRGB, without what the camera knew."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from portal.uploads.refusal import UploadRefused

MAX_PIXELS = 40_000_000
MAX_EDGE = 2400
THUMBNAILS = {"card": (640, 400), "thumb": (240, 150)}
EQUAL_ENDINGS = {"jpg": {"jpg", "jpeg", "jfif", "pjpeg"}, "png": {"png"}, "webp": {"webp"}}
CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
ENDINGS = {"jpg", "jpeg", "jfif", "pjpeg", "png", "gif", "webp"}

_READ = ("JPEG", "PNG", "GIF", "WEBP")
_WRITTEN_AS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "GIF": "png", "WEBP": "webp"}
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, struct.error, zlib.error)
_SRGB = ImageCms.createProfile("sRGB")
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


@dataclass(frozen=True, slots=True)
class SetPicture:
    """A picture ready to be stored: its ending, size in pixels, bytes, and JPEG thumbnails by name."""

    ending: str
    width: int
    height: int
    content: bytes
    thumbnails: dict[str, bytes]


def looks_like_picture(head: bytes) -> bool:
    return head.startswith(_MAGIC) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def set_picture(file: BinaryIO, name: str) -> SetPicture:
    """Decode and write anew; of an animation the first frame. Raises UploadRefused."""
    try:
        file.seek(0)
        with Image.open(file, formats=_READ) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise UploadRefused(name, _too_large(opened.width, opened.height))
            ending = _WRITTEN_AS[opened.format]
            image = _upright(opened)
    except UploadRefused:
        raise
    except _BOMB as error:
        raise UploadRefused(name, f"像素过多，超过 {MAX_PIXELS // 10_000} 万像素：请缩小后再上传") from error
    except _BROKEN as error:
        raise UploadRefused(name, "不是完整的图片，可能已损坏：请重新导出后再上传") from error
    return SetPicture(ending, image.width, image.height, _written(image, ending), _thumbnails(image))


def _too_large(width: int, height: int) -> str:
    return f"有 {width}×{height} 像素，超过 {MAX_PIXELS // 10_000} 万像素：请缩小后再上传"


def _upright(opened: Image.Image) -> Image.Image:
    """Turned as the camera was held, at most MAX_EDGE long, in one of the modes L, LA, RGB, RGBA."""
    opened.draft("RGB", (MAX_EDGE, MAX_EDGE))
    profile = opened.info.get("icc_profile")
    image = ImageOps.exif_transpose(opened)
    if image.mode not in ("L", "LA", "RGB", "RGBA"):
        has_alpha = "transparency" in image.info or image.mode in ("PA", "La", "RGBa")
        image = image.convert("RGBA" if has_alpha else "RGB")
    image = _in_srgb(image, profile)
    image.thumbnail((MAX_EDGE, MAX_EDGE), Image.Resampling.LANCZOS)
    image.info = {}
    return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Phones photograph in wider colours; without their profile those would look dull."""
    if not profile or image.mode not in ("RGB", "RGBA"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, _SRGB, outputMode=image.mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _written(image: Image.Image, ending: str) -> bytes:
    out = BytesIO()
    if ending == "png":
        image.save(out, "PNG", compress_level=6)
    elif ending == "webp":
        image.convert("RGBA" if image.mode in ("LA", "RGBA") else "RGB").save(
            out, "WEBP", quality=86, method=4
        )
    else:
        image.save(out, "JPEG", quality=86, progressive=True)
    return out.getvalue()


def _thumbnails(image: Image.Image) -> dict[str, bytes]:
    """Cut to each shape from the middle; a small picture keeps the shape and is not blown up."""
    flat = _on_white(image)
    written = {}
    for size, (width, height) in THUMBNAILS.items():
        scale = min(1.0, flat.width / width, flat.height / height)
        shape = (max(1, round(width * scale)), max(1, round(height * scale)))
        out = BytesIO()
        ImageOps.fit(flat, shape, Image.Resampling.LANCZOS).save(out, "JPEG", quality=82)
        written[size] = out.getvalue()
    return written


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in ("LA", "RGBA"):
        return image.convert("RGB")
    solid = image.convert("RGBA")
    ground = Image.new("RGBA", solid.size, "white")
    return Image.alpha_composite(ground, solid).convert("RGB")
