"""Sound recordings: known by how they are built. A recording that also has pictures in it is a video."""

import struct
from collections.abc import Iterator

from alongside.foundation.documents.refused import NotAccepted

_SOUND_BRANDS = {b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso2", b"iso5", b"iso6", b"dash", b"3gp4", b"3gp5"}
_PICTURE_BRANDS = {b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif"}
_EBML = b"\x1a\x45\xdf\xa3"
_OGG_SOUNDS = (b"\x01vorbis", b"OpusHead", b"Speex   ", b"\x7fFLAC")
#: Bits of an MPEG frame header: eleven set bits, then version, layer, and a rate that is not 'bad' or 'free'.
_RATES = {  # (version 1?) -> kilobits a second of layer III by index
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def _brand(content: bytes) -> bytes:
    return content[8:12] if content[4:8] == b"ftyp" else b""


def is_heic(content: bytes) -> bool:
    return _brand(content) in _PICTURE_BRANDS


def is_m4a(content: bytes) -> bool:
    return _brand(content) in _SOUND_BRANDS and not is_video(content)


def is_webm(content: bytes) -> bool:
    return content.startswith(_EBML) and b"webm" in content[:64] and not is_video(content)


def is_video(content: bytes) -> bool:
    """Whether it holds moving pictures."""
    if _brand(content):
        return (
            _brand(content) == b"qt  " or b"hdlr" in content and b"vide" in content and _has_handler(content, b"vide")
        )
    if content.startswith(_EBML):
        return any(name in content[:8192] for name in (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG"))
    return content.startswith((b"\x00\x00\x01\xba", b"FLV")) or content[8:12] == b"AVI "


def _has_handler(content: bytes, kind: bytes) -> bool:
    at = content.find(b"hdlr")
    while at >= 0:
        if content[at + 12 : at + 16] == kind:
            return True
        at = content.find(b"hdlr", at + 4)
    return False


def check_m4a(content: bytes) -> bytes:
    """The same bytes: its boxes fill the file, and the one that says how to play it is there."""
    names = [name for name, _ in _boxes(content)]
    if b"moov" not in names or b"mdat" not in names:
        raise NotAccepted("damaged")
    return content


def _boxes(content: bytes) -> Iterator[tuple[bytes, int]]:
    at = 0
    while at < len(content):
        if at + 8 > len(content):
            raise NotAccepted("damaged")
        size, name = struct.unpack(">I4s", content[at : at + 8])
        if size == 1 and at + 16 <= len(content):
            (size,) = struct.unpack(">Q", content[at + 8 : at + 16])
        elif size == 0:
            size = len(content) - at
        if size < 8 or at + size > len(content):
            raise NotAccepted("damaged")
        yield name, size
        at += size


def is_mp3(content: bytes) -> bool:
    return content.startswith(b"ID3") or _frame(content, 0) > 0


def check_mp3(content: bytes) -> bytes:
    """The same bytes: after its notes come frames, one after the other."""
    at = 0
    if content.startswith(b"ID3") and len(content) > 10:
        a, b, c, d = content[6:10]
        at = 10 + (a << 21 | b << 14 | c << 7 | d)
    while at < len(content) and content[at] == 0:
        at += 1
    for _ in range(3):
        size = _frame(content, at)
        if not size or at + size > len(content):
            raise NotAccepted("damaged")
        at += size
    return content


def _frame(content: bytes, at: int) -> int:
    """The length of the layer III frame that begins here; 0 for none."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sample, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer != 1 or rate in (0, 15) or sample == 3:
        return 0
    per_frame = 144 if version == 3 else 72
    return per_frame * _RATES[version == 3][rate] * 1000 // _SAMPLES[version][sample] + padding


def is_ogg(content: bytes) -> bool:
    return content.startswith(b"OggS")


def check_ogg(content: bytes) -> bytes:
    """The same bytes: whole pages to the end, and the first says what kind of sound it is."""
    if not any(name in content[:128] for name in _OGG_SOUNDS):
        raise NotAccepted("video")
    at = 0
    while at < len(content):
        parts = content[at + 26] if at + 27 <= len(content) else 0
        if content[at : at + 4] != b"OggS" or at + 27 + parts > len(content):
            raise NotAccepted("damaged")
        at += 27 + parts + sum(content[at + 27 : at + 27 + parts])
    if at != len(content):
        raise NotAccepted("damaged")
    return content


def check_webm(content: bytes) -> bytes:
    """The same bytes: it says that it is sound, and how it was packed."""
    if not any(name in content[:8192] for name in (b"A_OPUS", b"A_VORBIS")):
        raise NotAccepted("damaged")
    return content
