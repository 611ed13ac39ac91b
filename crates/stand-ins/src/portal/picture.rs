//! The portal's pictures: small PNG drawings of sea and sky, different for every story.

use std::io::Write;

use flate2::{Compression, Crc, write::ZlibEncoder};

/// A PNG of this size; `number` decides its colours.
pub(super) fn png(number: u32, width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    // Two bits a pixel from a palette, nothing interlaced.
    header.extend([2, 3, 0, 0, 0]);
    chunk(&mut file, b"IHDR", &header);
    let shade = |step: u32| u8::try_from(96 + (number * 37 + step * 61) % 144).unwrap_or(u8::MAX);
    let palette = [shade(0), 200, 250, 250, 240, shade(1), 20, 90 + shade(2) / 4, shade(2), 240, 225, 190];
    chunk(&mut file, b"PLTE", &palette);
    let pixels = draw(width, height);
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&pixels).expect("writing into memory never fails");
    chunk(&mut file, b"IDAT", &packed.finish().expect("writing into memory never fails"));
    chunk(&mut file, b"IEND", &[]);
    file
}

/// Rows of palette numbers, four to a byte, a filter byte in front: sky 0, sun 1, sea 2, beach 3.
fn draw(width: u32, height: u32) -> Vec<u8> {
    let radius = height / 6;
    let mut pixels = Vec::new();
    for y in 0..height {
        pixels.push(0);
        for x in (0..width).step_by(4) {
            let colour = |x: u32| {
                let (dx, dy) = (x.abs_diff(width / 4), y.abs_diff(height / 3));
                match () {
                    () if y > height * 5 / 6 => 3,
                    () if y > height / 2 => 2,
                    () if dx * dx + dy * dy < radius * radius => 1,
                    () => 0,
                }
            };
            pixels.push((0..4).fold(0, |byte, offset| byte << 2 | colour(x + offset)));
        }
    }
    pixels
}

fn chunk(file: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    let length = u32::try_from(data.len()).expect("a drawing is small");
    file.extend(length.to_be_bytes());
    let mut sum = Crc::new();
    sum.update(name);
    sum.update(data);
    file.extend_from_slice(name);
    file.extend_from_slice(data);
    file.extend(sum.sum().to_be_bytes());
}
