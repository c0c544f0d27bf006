//! Blocks of text under one another: moved apart, each as near to its height as possible.

/// Space between two blocks, in points.
pub(crate) const GAP: f64 = 2.0;

/// A block that wants its middle at `middle` and is `height` points high.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Block {
    pub middle: f64,
    pub height: f64,
}

/// Points that so many blocks need together.
pub(crate) fn needed(blocks: &[Block]) -> f64 {
    let heights: f64 = blocks.iter().map(|block| block.height).sum();
    heights + GAP * blocks.len().saturating_sub(1) as f64
}

/// The tops of the blocks in their order, all between `top` and `bottom` and in the
/// order of their middles from above; `None` when there is no room for them.
pub(crate) fn declutter(blocks: &[Block], top: f64, bottom: f64) -> Option<Vec<f64>> {
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by(|&a, &b| blocks[a].middle.total_cmp(&blocks[b].middle));
    // Blocks that would touch form a cluster, whose members are moved equally far in sum.
    let mut clusters: Vec<Cluster> = Vec::new();
    for &index in &order {
        let Block { middle, height } = blocks[index];
        let mut cluster = Cluster { members: vec![index], wanted: middle - height / 2.0, height };
        while let Some(above) = clusters.pop_if(|above| above.bottom() + GAP > cluster.top()) {
            cluster = above.joined(cluster);
        }
        clusters.push(cluster);
    }
    let mut tops = vec![0.0; blocks.len()];
    let mut lowest = top;
    for cluster in &clusters {
        let mut y = cluster.top().max(lowest);
        for &index in &cluster.members {
            tops[index] = y;
            y += blocks[index].height + GAP;
        }
        lowest = y;
    }
    let mut highest = bottom;
    for &index in order.iter().rev() {
        tops[index] = tops[index].min(highest - blocks[index].height);
        highest = tops[index] - GAP;
    }
    (highest >= top - GAP - 1e-9).then_some(tops)
}

/// Blocks that stand directly under each other.
struct Cluster {
    members: Vec<usize>,
    /// Sum of the tops at which the members would like the cluster to begin.
    wanted: f64,
    height: f64,
}

impl Cluster {
    fn top(&self) -> f64 {
        self.wanted / self.members.len() as f64
    }

    fn bottom(&self) -> f64 {
        self.top() + self.height
    }

    fn joined(mut self, below: Cluster) -> Cluster {
        self.wanted += below.wanted - below.members.len() as f64 * (self.height + GAP);
        self.height += GAP + below.height;
        self.members.extend(below.members);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(middle: f64) -> Block {
        Block { middle, height: 8.0 }
    }

    #[test]
    fn blocks_apart_stay_where_they_want_to_be() {
        assert_eq!(declutter(&[block(20.0), block(60.0)], 0.0, 100.0), Some(vec![16.0, 56.0]));
    }

    #[test]
    fn blocks_at_one_height_are_moved_apart_equally_far() {
        assert_eq!(declutter(&[block(50.0), block(50.0)], 0.0, 100.0), Some(vec![41.0, 51.0]));
    }

    #[test]
    fn blocks_stay_between_both_ends_and_in_order() {
        let tops = declutter(&[block(99.0), block(98.0), block(1.0)], 0.0, 100.0);
        assert_eq!(tops, Some(vec![92.0, 82.0, 0.0]));
    }

    #[test]
    fn blocks_without_room_are_refused() {
        let blocks = [block(5.0), block(5.0)];
        assert_eq!(needed(&blocks), 18.0);
        assert!(declutter(&blocks, 0.0, 17.9).is_none());
        assert!(declutter(&blocks, 0.0, 18.0).is_some());
    }
}
