"""What is skin, hair, clothes and background in an aligned picture of a face: a small network of this project, its weights shipped with it."""

from latentedit.face_parser.network import PARTS, FaceParser, Part
from latentedit.face_parser.parse import face_parser, parse_face, parts_of_drawing, parts_of_picture

__all__ = ["PARTS", "FaceParser", "Part", "face_parser", "parse_face", "parts_of_drawing", "parts_of_picture"]
