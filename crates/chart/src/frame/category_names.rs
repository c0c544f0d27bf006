//! The names of categories. Under a vertical chart they are wrapped, smaller, or in the end
//! only some of them.

use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::mark::Anchor;
use crate::space::{SMALLEST, small};
use crate::text_metrics;
use soukatsu_core::model::categories::are_times;
use soukatsu_core::model::figure::is_total;

/// Lines of a name that runs down under its place.
const DEEPEST: usize = 16;

/// The names that are shown, with their lines.
pub(crate) struct Names {
    shown: Vec<(usize, Vec<String>, bool)>,
    lines: usize,
    size: f64,
    /// Every how many categories a name is shown.
    pub every: usize,
    /// Whether every name is shown, and none of them cut.
    pub whole: bool,
}

impl Names {
    /// For slots of `slot` points from `left` on, on a page of `width` points.
    pub fn new(
        categories: &[String],
        led_to: Option<usize>,
        slot: f64,
        left: f64,
        width: f64,
        size: f64,
    ) -> Names {
        // Twice the space that a name has on the narrower side of its middle.
        let room = |every: usize| {
            let last = categories.len().saturating_sub(1) / every * every;
            let first_middle = left + slot / 2.0;
            let last_middle = left + (last as f64 + 0.5) * slot;
            let edge = first_middle.min(width - last_middle);
            (every as f64 * slot / 2.0 - 1.5).min(edge) * 2.0
        };
        for size in [size, small(size), SMALLEST] {
            for most in 1..=3 {
                let em = room(1) / size;
                if categories.iter().all(|name| text_metrics::fits(name, em, most)) {
                    return Names::every(categories, led_to, 1, em, most, size);
                }
            }
        }
        // Of periods some are enough to read the others; of anything else every name is needed,
        // even where it stands nearly upright.
        if !are_times(categories) {
            for size in [size, small(size), SMALLEST] {
                let em = room(1) / size;
                let fit = |most: &usize| {
                    categories.iter().all(|name| text_metrics::fits(name, em, *most))
                };
                if let Some(most) = (4..=DEEPEST).find(fit).filter(|_| em >= 1.0) {
                    let names = Names::every(categories, led_to, 1, em, most, size);
                    // Beside horizontal bars they read better.
                    return Names { whole: false, ..names };
                }
            }
            // Character by character, as long as one has room.
            let em = (slot - 0.5) / SMALLEST;
            let upright = |(index, name): (usize, &String)| {
                let bold = is_total(name) || led_to == Some(index);
                (index, text_metrics::characters(name, em), bold)
            };
            let shown: Vec<_> = categories.iter().enumerate().map(upright).collect();
            let lines = shown.iter().map(|(_, lines, _)| lines.len()).max().unwrap_or(0);
            if em >= 1.0 && lines <= 2 * DEEPEST {
                return Names { shown, lines, size: SMALLEST, every: 1, whole: false };
            }
        }
        let size = small(size);
        let fitting = (2..=categories.len()).find(|&every| {
            let mut shown = categories.iter().step_by(every);
            shown.all(|name| text_metrics::fits(name, room(every) / size, 2))
        });
        let roomy = || (1..=categories.len()).find(|&every| room(every) >= 6.0 * size);
        let every = fitting.or_else(roomy).unwrap_or(1);
        Names::every(categories, led_to, every, room(every) / size, 2, size)
    }

    fn every(
        categories: &[String],
        led_to: Option<usize>,
        every: usize,
        em: f64,
        most: usize,
        size: f64,
    ) -> Names {
        let wrapped = |(index, name): (usize, &String)| {
            let bold = is_total(name) || led_to == Some(index);
            (index, text_metrics::wrap(name, em, most), bold)
        };
        let shown: Vec<_> = categories.iter().enumerate().step_by(every).map(wrapped).collect();
        let lines = shown.iter().map(|(_, lines, _)| lines.len()).max().unwrap_or(0);
        let fits = |name: &String| text_metrics::fits(name, em, most);
        let whole = every <= 1 && categories.iter().all(fits);
        Names { shown, lines, size, every, whole }
    }

    /// Height of all lines in points.
    pub fn height(&self) -> f64 {
        text_metrics::height(self.lines) * self.size
    }

    /// The first and the last name only, where both fit on one line each; else as they are.
    pub fn or_ends(self, categories: &[String], slot: f64, margin: f64) -> Names {
        let last = categories.len().saturating_sub(1);
        // Each may reach as far inwards as to the middle, and outwards over the margin.
        let room = (slot + 2.0 * margin).min((last as f64 * slot - 4.0).max(0.0));
        let ends = [0, last].map(|index| &categories[index]);
        if last == 0 || !ends.iter().all(|name| text_metrics::fits(name, room / self.size, 1)) {
            return self;
        }
        let shown = [0, last]
            .map(|index| (index, vec![categories[index].clone()], is_total(&categories[index])));
        Names { shown: shown.to_vec(), lines: 1, every: last, whole: false, ..self }
    }

    pub fn draw(&self, canvas: &mut Canvas, left: f64, slot: f64, top: f64) {
        self.draw_ranked(canvas, left, slot, top, Rank::Category);
    }

    /// Draws the names; `rank` gives a category's turn in the reading order.
    pub fn draw_ranked(
        &self,
        canvas: &mut Canvas,
        left: f64,
        slot: f64,
        top: f64,
        rank: impl Fn(usize) -> Rank,
    ) {
        for (index, lines, bold) in &self.shown {
            let middle = left + (*index as f64 + 0.5) * slot;
            let style = Label::new("", self.size).bold_if(*bold);
            canvas.lines(rank(*index), &style, lines, Anchor::Middle, middle, top);
        }
    }
}

/// Names in two lines, or in up to five before one of them is cut.
pub(crate) fn wrap_names(names: &[String], em: f64) -> Vec<Vec<String>> {
    let whole = |most: &usize| names.iter().all(|name| text_metrics::fits(name, em, *most));
    let most = (2..=5).find(whole).unwrap_or(3);
    names.iter().map(|name| text_metrics::wrap(name, em, most)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_wrap_before_they_shrink_and_shrink_before_any_is_left_out() {
        let names = |count: usize| vec!["令和6年度".to_string(); count];
        let wide = Names::new(&names(4), None, 50.0, 30.0, 240.0, 8.0);
        assert_eq!((wide.lines, wide.shown.len(), wide.size), (1, 4, 8.0));
        let narrow = Names::new(&names(8), None, 30.0, 30.0, 280.0, 8.0);
        assert_eq!((narrow.lines, narrow.shown.len()), (2, 8));
        let tiny = Names::new(&names(50), None, 4.0, 30.0, 240.0, 8.0);
        assert!(tiny.shown.len() < 50 && tiny.shown.len() > 3);
    }

    #[test]
    fn names_of_anything_but_periods_are_all_shown() {
        let names: Vec<String> =
            (0..14).map(|n| format!("{}〜{}歳のまとまり", n * 5, n * 5 + 4)).collect();
        let narrow = Names::new(&names, None, 9.0, 20.0, 150.0, 8.0);
        assert_eq!((narrow.shown.len(), narrow.every), (14, 1));
        for (index, lines, _) in &narrow.shown {
            assert_eq!(lines.concat(), names[*index]);
        }
    }
}
