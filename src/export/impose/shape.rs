//! How a page lies among the others of its document.

/// Sizes that differ by less, in points, are the same.
const NEAR: f32 = 4.0;

/// How a page lies, seen from the pages that most of its document are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As most are, or of a size of its own.
    Upright,
    /// The same paper on its side.
    Turned,
    /// As high and twice as wide: a sheet that is folded in.
    Double,
}

/// The shapes of all pages, from their widths and heights in points.
pub fn shapes(sizes: &[[f32; 2]]) -> Vec<Shape> {
    let near = |a: f32, b: f32| (a - b).abs() < NEAR;
    let same = |a: &[f32; 2], b: &[f32; 2]| near(a[0], b[0]) && near(a[1], b[1]);
    let count = |size: &[f32; 2]| sizes.iter().filter(|other| same(size, other)).count();
    let upright = sizes.iter().filter(|[width, height]| width < height);
    // The first of those that are as many.
    let most = upright.rev().max_by_key(|size| count(size));
    let Some([width, height]) = most.copied() else { return vec![Shape::Upright; sizes.len()] };
    let shape = |size: &[f32; 2]| {
        if same(size, &[height, width]) {
            Shape::Turned
        } else if same(size, &[2.0 * width, height]) {
            Shape::Double
        } else {
            Shape::Upright
        }
    };
    sizes.iter().map(shape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const A4: [f32; 2] = [595.28, 841.89];
    const A4_ON_ITS_SIDE: [f32; 2] = [841.89, 595.28];
    const A3: [f32; 2] = [1190.55, 841.89];

    #[test]
    fn pages_are_seen_from_those_that_most_are() {
        use Shape::{Double, Turned, Upright};
        assert_eq!(shapes(&[A4, A4_ON_ITS_SIDE, A3, A4]), [Upright, Turned, Double, Upright]);
        assert_eq!(shapes(&[A4_ON_ITS_SIDE, A3, A4]), [Turned, Double, Upright]);
        assert_eq!(shapes(&[A4, [300.0, 300.0]]), [Upright, Upright]);
    }

    #[test]
    fn where_all_pages_lie_on_their_side_none_is_turned() {
        assert_eq!(shapes(&[A4_ON_ITS_SIDE, A4_ON_ITS_SIDE]), [Shape::Upright; 2]);
        assert_eq!(shapes(&[]), []);
    }
}
