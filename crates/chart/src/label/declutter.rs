//! Blocks of text under one another: moved apart, each as near to its height as possible.

/// Space between two blocks, in points.
pub(crate) const GAP: f64 = 2.0;

/// A block that wants its middle at `middle` and is `height` points high.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Wish {
    pub middle: f64,
    pub height: f64,
}

/// Points that so many blocks need together.
pub(crate) fn needed(wishes: &[Wish]) -> f64 {
    let heights: f64 = wishes.iter().map(|wish| wish.height).sum();
    heights + GAP * wishes.len().saturating_sub(1) as f64
}

/// The tops of the blocks, in the order of the wishes, all between `top` and `bottom` and in the
/// order of their middles from above; `None` when there is no room for them.
pub(crate) fn spread(wishes: &[Wish], top: f64, bottom: f64) -> Option<Vec<f64>> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|&a, &b| wishes[a].middle.total_cmp(&wishes[b].middle));
    // Blocks that would touch form a pile, whose members are moved equally far in sum.
    let mut piles: Vec<Pile> = Vec::new();
    for &index in &order {
        let Wish { middle, height } = wishes[index];
        let mut pile = Pile { members: vec![index], wanted: middle - height / 2.0, height };
        while let Some(above) = piles.pop_if(|above| above.bottom() + GAP > pile.top()) {
            pile = above.joined(pile);
        }
        piles.push(pile);
    }
    let mut tops = vec![0.0; wishes.len()];
    let mut lowest = top;
    for pile in &piles {
        let mut y = pile.top().max(lowest);
        for &index in &pile.members {
            tops[index] = y;
            y += wishes[index].height + GAP;
        }
        lowest = y;
    }
    let mut highest = bottom;
    for &index in order.iter().rev() {
        tops[index] = tops[index].min(highest - wishes[index].height);
        highest = tops[index] - GAP;
    }
    (highest >= top - GAP - 1e-9).then_some(tops)
}

/// Blocks that stand directly under each other.
struct Pile {
    members: Vec<usize>,
    /// Sum of the tops at which the members would like the pile to begin.
    wanted: f64,
    height: f64,
}

impl Pile {
    fn top(&self) -> f64 {
        self.wanted / self.members.len() as f64
    }

    fn bottom(&self) -> f64 {
        self.top() + self.height
    }

    fn joined(mut self, below: Pile) -> Pile {
        self.wanted += below.wanted - below.members.len() as f64 * (self.height + GAP);
        self.height += GAP + below.height;
        self.members.extend(below.members);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(middle: f64) -> Wish {
        Wish { middle, height: 8.0 }
    }

    #[test]
    fn blocks_apart_stay_where_they_want_to_be() {
        assert_eq!(spread(&[wish(20.0), wish(60.0)], 0.0, 100.0), Some(vec![16.0, 56.0]));
    }

    #[test]
    fn blocks_at_one_height_are_moved_apart_equally_far() {
        assert_eq!(spread(&[wish(50.0), wish(50.0)], 0.0, 100.0), Some(vec![41.0, 51.0]));
    }

    #[test]
    fn blocks_stay_between_both_ends_and_in_order() {
        let tops = spread(&[wish(99.0), wish(98.0), wish(1.0)], 0.0, 100.0);
        assert_eq!(tops, Some(vec![92.0, 82.0, 0.0]));
    }

    #[test]
    fn blocks_without_room_are_refused() {
        let wishes = [wish(5.0), wish(5.0)];
        assert_eq!(needed(&wishes), 18.0);
        assert!(spread(&wishes, 0.0, 17.9).is_none());
        assert!(spread(&wishes, 0.0, 18.0).is_some());
    }
}
