//! Page images as PNG files of sixteen greys (ISO/IEC 15948), four bits to a pixel.

use super::raster::Image;
use flate2::{Compression, Crc};
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Four bits to a pixel, grey; the one way of compressing, filtering and ordering.
const FORM: [u8; 5] = [4, 0, 0, 0, 0];

/// Writes an image.
pub(crate) fn save(image: &Image, path: &Path) {
    let mut rows = Vec::new();
    for row in image.levels.chunks(image.width) {
        // No filter.
        rows.push(0);
        rows.extend(row.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default()));
    }
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&rows).unwrap();
    let mut header = Vec::new();
    for side in [image.width, image.height] {
        header.extend(u32::try_from(side).unwrap().to_be_bytes());
    }
    header.extend(FORM);
    let mut file = SIGNATURE.to_vec();
    for (kind, data) in [(b"IHDR", header), (b"IDAT", packer.finish().unwrap()), (b"IEND", Vec::new())] {
        file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let mut crc = Crc::new();
        for bytes in [&kind[..], &data] {
            file.extend_from_slice(bytes);
            crc.update(bytes);
        }
        file.extend(crc.sum().to_be_bytes());
    }
    fs::write(path, file).unwrap();
}

/// Reads an image that [`save`] wrote.
pub(crate) fn load(path: &Path) -> Image {
    let file = fs::read(path).unwrap();
    let mut rest = file.strip_prefix(SIGNATURE).unwrap_or_else(|| panic!("{} is no PNG file", path.display()));
    let number = |bytes: &[u8]| usize::try_from(u32::from_be_bytes(bytes.try_into().unwrap())).unwrap();
    let (mut width, mut height, mut packed) = (0, 0, Vec::new());
    while let Some((head, body)) = rest.split_at_checked(8) {
        let (data, after) = body.split_at(number(&head[..4]));
        match &head[4..] {
            b"IHDR" => {
                (width, height) = (number(&data[..4]), number(&data[4..8]));
                assert_eq!(data[8..], FORM, "{} was not written by this test", path.display());
            }
            b"IDAT" => packed.extend_from_slice(data),
            _ => {}
        }
        rest = &after[4..];
    }
    let mut rows = Vec::new();
    flate2::read::ZlibDecoder::new(&packed[..]).read_to_end(&mut rows).unwrap();
    let rows = rows.chunks(1 + width.div_ceil(2));
    let levels = rows.flat_map(|row| row[1..].iter().flat_map(|pair| [pair >> 4, pair & 15]).take(width));
    Image { levels: levels.collect(), width, height }
}
