"""How photographs are read and written: file kinds, stored samples, colour, orientation, metadata.

Everything here works on *stored samples*: the numbers as they lie in the file (CMYK, 16-bit, palette indices...), so that an
edited photograph can go back in its own kind with every untouched sample unchanged. :mod:`latentedit.images` is the door.
"""
