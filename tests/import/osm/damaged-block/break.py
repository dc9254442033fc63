"""Overwrites the content of the last block of a .osm.pbf file, so that its frame stays whole and its content does not."""
import struct
import sys

path = sys.argv[1]
data = bytearray(open(path, "rb").read())
at = 0
while at < len(data):
    (header_length,) = struct.unpack(">I", data[at : at + 4])
    header = data[at + 4 : at + 4 + header_length]
    # BlobHeader: the last field is datasize, tag 0x18, a varint.
    size = shift = 0
    for byte in header[header.rindex(0x18) + 1 :]:
        size |= (byte & 0x7F) << shift
        shift += 7
    begin = at + 4 + header_length
    at = begin + size
# Past the Blob's own first bytes (raw: tag, length; raw_size: tag, length).
for position in range(begin + 12, at):
    data[position] = 0xFF
open(path, "wb").write(data)
