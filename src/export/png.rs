//! Pictures of pages: rows of pixels, grey as a copier sees them, encoded as PNG.

use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit};

/// A picture without transparency: three bytes a pixel, red, green and blue, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub rgb: Vec<u8>,
}

/// Weights of red, green and blue in the luminance Y of CIE and Rec. 709, in 1/10000.
const LUMINANCE: [u32; 3] = [2126, 7152, 722];
/// The light of white in steps fine enough to tell the darkest values apart.
const WHITE: f64 = 65_535.0;

impl Picture {
    /// A white picture.
    pub fn white(width: u32, height: u32) -> Self {
        Picture { width, height, rgb: vec![255; width as usize * height as usize * 3] }
    }

    /// From premultiplied red, green, blue and alpha, four bytes a pixel, laid on white.
    ///
    /// In place: a page at the highest resolution would not fit twice.
    pub fn on_white(width: u32, height: u32, mut rgba: Vec<u8>) -> Self {
        for index in 0..rgba.len() / 4 {
            let [red, green, blue, alpha] = std::array::from_fn(|part| rgba[index * 4 + part]);
            let on_white = |part: u8| part.saturating_add(255 - alpha);
            rgba[index * 3..index * 3 + 3].copy_from_slice(&[red, green, blue].map(on_white));
        }
        rgba.truncate(width as usize * height as usize * 3);
        Picture { width, height, rgb: rgba }
    }

    /// Copies a picture onto this one; what stands over the edge is left out.
    pub fn paste(&mut self, other: &Picture, left: u32, top: u32) {
        let columns = other.width.min(self.width.saturating_sub(left)) as usize * 3;
        let rows = other.height.min(self.height.saturating_sub(top)) as usize;
        for row in 0..rows {
            let from = row * other.width as usize * 3;
            let to = ((top as usize + row) * self.width as usize + left as usize) * 3;
            self.rgb[to..to + columns].copy_from_slice(&other.rgb[from..from + columns]);
        }
    }

    /// The picture so many times smaller: each pixel is the mean of a square of pixels, and what of
    /// the last row or column fills no square counts as a whole one.
    pub fn shrunk(self, times: u32) -> Self {
        if times <= 1 {
            return self;
        }
        let [width, height] = [self.width, self.height].map(|side| side.div_ceil(times));
        let mut small = Picture::white(width, height);
        for (index, pixel) in small.rgb.chunks_exact_mut(3).enumerate() {
            let [column, row] = [index as u32 % width, index as u32 / width];
            let (mut sum, mut count) = ([0u32; 3], 0);
            for y in row * times..((row + 1) * times).min(self.height) {
                for x in column * times..((column + 1) * times).min(self.width) {
                    let at = (y as usize * self.width as usize + x as usize) * 3;
                    (0..3).for_each(|part| sum[part] += u32::from(self.rgb[at + part]));
                    count += 1;
                }
            }
            (0..3).for_each(|part| pixel[part] = ((sum[part] + count / 2) / count) as u8);
        }
        small
    }

    /// One byte a pixel: the grey with the light of the colour.
    ///
    /// Light is added up in linear values, as the lamp of a copier does; weighing the stored
    /// values would make colours darker than a copier prints them.
    pub fn grey(self) -> Vec<u8> {
        let light = linear();
        let mut rgb = self.rgb;
        for index in 0..rgb.len() / 3 {
            let pixel: [u8; 3] = std::array::from_fn(|part| rgb[index * 3 + part]);
            rgb[index] = match pixel {
                [red, green, blue] if red == green && green == blue => red,
                pixel => {
                    let parts = pixel.into_iter().zip(LUMINANCE);
                    let sum: u32 =
                        parts.map(|(part, weight)| light[usize::from(part)] * weight).sum();
                    nearest(&light, sum / 10_000)
                }
            };
        }
        rgb.truncate(rgb.len() / 3);
        rgb
    }

    /// The picture as PNG, which says its resolution; `grey` in one channel of 8 bit.
    ///
    /// # Errors
    /// The encoder's words; none is expected.
    pub fn encode(self, grey: bool, dpi: f64) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(if grey { ColorType::Grayscale } else { ColorType::Rgb });
        encoder.set_depth(BitDepth::Eight);
        let per_metre = (dpi / 0.0254).round() as u32;
        let dimensions = PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter };
        encoder.set_pixel_dims(Some(dimensions));
        let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
        let pixels = if grey { self.grey() } else { self.rgb };
        writer.write_image_data(&pixels).map_err(|error| error.to_string())?;
        writer.finish().map_err(|error| error.to_string())?;
        Ok(bytes)
    }
}

/// The light of each stored value of sRGB. Whole numbers, so that every machine rounds alike.
fn linear() -> [u32; 256] {
    std::array::from_fn(|stored| {
        let stored = stored as f64 / 255.0;
        let light = match stored {
            low if low <= 0.04045 => low / 12.92,
            high => ((high + 0.055) / 1.055).powf(2.4),
        };
        (light * WHITE).round() as u32
    })
}

/// The stored value whose light is nearest.
fn nearest(linear: &[u32; 256], light: u32) -> u8 {
    let above = linear.partition_point(|known| *known < light).min(255);
    let below = above.saturating_sub(1);
    let nearer =
        if linear[above].abs_diff(light) <= linear[below].abs_diff(light) { above } else { below };
    nearer as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey_of(rgb: [u8; 3]) -> u8 {
        Picture { width: 1, height: 1, rgb: rgb.to_vec() }.grey()[0]
    }

    #[test]
    fn greys_stay_what_they_are() {
        for value in [0, 1, 77, 128, 254, 255] {
            assert_eq!(grey_of([value; 3]), value);
        }
    }

    #[test]
    fn a_colour_becomes_the_grey_of_its_luminance() {
        // Y of the primaries of sRGB: 0.2126, 0.7152, 0.0722, stored again with its curve.
        assert_eq!([[255, 0, 0], [0, 255, 0], [0, 0, 255]].map(grey_of), [127, 220, 76]);
    }

    #[test]
    fn the_same_picture_is_the_same_file_and_says_its_resolution() {
        let picture = Picture::white(3, 2);
        let file = picture.clone().encode(true, 254.0).unwrap();
        assert_eq!(file, picture.encode(true, 254.0).unwrap());
        let info = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        assert_eq!(info.info().color_type, ColorType::Grayscale);
        assert_eq!(info.info().pixel_dims.unwrap().xppu, 10_000);
    }

    #[test]
    fn a_picture_is_shrunk_by_the_mean_of_squares_with_what_is_left_at_the_edge() {
        let rgb = [[0; 3], [100; 3], [7; 3], [100; 3], [200; 3], [9; 3]].concat();
        let small = Picture { width: 3, height: 2, rgb }.shrunk(2);
        assert_eq!((small.width, small.height, small.rgb), (2, 1, vec![100, 100, 100, 8, 8, 8]));
    }

    #[test]
    fn what_stands_over_the_edge_is_left_out() {
        let mut picture = Picture::white(3, 2);
        picture.paste(&Picture { width: 2, height: 2, rgb: vec![7; 12] }, 2, 1);
        assert_eq!(picture.rgb.iter().filter(|part| **part == 7).count(), 3);
    }
}
