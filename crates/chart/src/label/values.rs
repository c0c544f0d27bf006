//! The printed values: for every kind of mark the places where its number may stand.

use crate::canvas::area::Area;
use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::data::table::{Datum, MISSING};
use crate::label::candidates::Owner;
use crate::space::{SMALLEST, small};

/// A number that wants a place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValueLabel {
    pub category: usize,
    pub text: String,
    pub owner: Owner,
    pub bold: bool,
    pub muted: bool,
    /// Nothing is missed when it finds no place at its mark.
    pub optional: bool,
}

impl ValueLabel {
    /// The number of a cell, or the sign for a missing one.
    pub fn new(category: usize, cell: Option<&Datum>, owner: Owner) -> ValueLabel {
        ValueLabel {
            category,
            text: cell.map_or(MISSING, |cell| &cell.text).to_string(),
            owner,
            bold: false,
            muted: cell.is_none(),
            optional: cell.is_none(),
        }
    }

    /// With the sign that the data has for a missing value.
    pub fn or_sign(self, sign: &str) -> ValueLabel {
        let text = if self.text == MISSING { sign.to_owned() } else { self.text };
        // What a sign says is part of the data.
        ValueLabel { text, optional: self.optional && sign == MISSING, ..self }
    }

    /// A number that may be left out: its segment is too small to matter.
    pub fn optional(self, optional: bool) -> ValueLabel {
        ValueLabel { optional: self.optional || optional, ..self }
    }

    pub fn bold_if(self, bold: bool) -> ValueLabel {
        ValueLabel { bold, ..self }
    }

    fn label(&self, size: f64) -> Label<'_> {
        let label = Label::new(&self.text, size).bold_if(self.bold);
        if self.muted { label.muted() } else { label }
    }

    /// Sets the value at the first place that is free and can belong to nothing else;
    /// `only_at` its mark or also near it.
    fn set(&self, canvas: &mut Canvas, size: f64, only_at: bool) -> bool {
        let label = self.label(size);
        let mut places = self.owner.candidates(label.width(), size, only_at);
        match self.owner {
            Owner::Point { at, .. } => places.retain(|place| canvas.nearest_is(at, place)),
            Owner::BarEnd { .. } => {
                // A number behind another one would belong to that; one behind a target line
                // would seem to have passed it, so there it stands only as a last resort.
                let between = |place: &Area| self.owner.gap(place);
                places.retain(|place| !canvas.has_text(&between(place)));
                let (behind, free): (Vec<Area>, Vec<Area>) =
                    places.into_iter().partition(|place| canvas.has_line(&between(place)));
                places = free.into_iter().chain(behind).collect();
            }
            _ => {}
        }
        canvas.text_at_first_free(Rank::Category(self.category), &label, places)
    }
}

/// Sets all values in one size if that can be done, the largest first.
///
/// When some find no place in any size, the fullest try stays if it lacks no more than a
/// tenth; otherwise none is set, since a reader would take the gaps for missing data.
pub(crate) fn set_all(canvas: &mut Canvas, values: &[ValueLabel], size: f64) {
    let before = canvas.text_count();
    let mut best: Option<(usize, Canvas)> = None;
    for size in [size, small(size), SMALLEST] {
        canvas.forget_since(before);
        let missed = |value: &&ValueLabel| !value.set(canvas, size, false) && !value.optional;
        let missed = values.iter().filter(missed).count();
        if missed == 0 {
            return;
        }
        if best.as_ref().is_none_or(|(fewest, _)| missed < *fewest) {
            best = Some((missed, canvas.clone()));
        }
    }
    canvas.forget_since(before);
    if let Some((missed, full)) = best
        && missed * 10 <= values.len()
    {
        *canvas = full;
    }
}

/// Sets the numbers of stacks: each inside its part, the larger size first. Those that do not fit
/// stand beside or above their parts if all of them can; otherwise they are left out, and when
/// that is most of them, all are. Totals have places of their own.
pub(crate) fn set_parts(canvas: &mut Canvas, values: &[ValueLabel], size: f64) {
    let is_part = |value: &&ValueLabel| matches!(value.owner, Owner::Segment { .. });
    let (parts, totals): (Vec<&ValueLabel>, Vec<&ValueLabel>) = values.iter().partition(is_part);
    let set = |canvas: &mut Canvas, value: &ValueLabel, only_at: bool| {
        [size, SMALLEST].into_iter().any(|size| value.set(canvas, size, only_at))
    };
    let before = canvas.text_count();
    let needed = parts.iter().filter(|value| !value.optional).count();
    let missed: Vec<&ValueLabel> =
        parts.into_iter().filter(|value| !set(canvas, value, true) && !value.optional).collect();
    let inside = canvas.text_count();
    if !missed.iter().all(|value| set(canvas, value, false)) {
        let most = missed.len() * 2 > needed;
        canvas.forget_since(if most { before } else { inside });
    }
    let totals: Vec<ValueLabel> = totals.into_iter().cloned().collect();
    set_all(canvas, &totals, size);
}

/// Sets each value as well as it can be: in its mark in any size before near it in any size.
pub(crate) fn set_each(canvas: &mut Canvas, values: &[ValueLabel], size: f64) {
    for value in values {
        let tries = [(size, true), (SMALLEST, true), (size, false), (SMALLEST, false)];
        let allowed = tries.into_iter().filter(|(_, only_at)| *only_at || !value.optional);
        for (size, only_at) in allowed {
            if value.set(canvas, size, only_at) {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mark::Shape;
    use crate::space::Orientation;

    fn value(text: &str, owner: Owner) -> ValueLabel {
        ValueLabel {
            text: text.into(),
            muted: false,
            optional: false,
            ..ValueLabel::new(0, None, owner)
        }
    }

    #[test]
    fn values_are_left_out_together_when_too_many_find_no_place() {
        let mut canvas = Canvas::new(40.0, 40.0);
        let area = Area::new(0.0, 0.0, 4.0, 4.0);
        let orientation = Orientation::Horizontal;
        let owner = Owner::Segment { orientation, area, headroom: 0.0 };
        set_all(&mut canvas, &vec![value("123", owner); 3], 8.0);
        assert_eq!(canvas.text_count(), 0);
    }

    #[test]
    fn a_number_never_stands_nearer_to_the_point_of_another_line() {
        let mut canvas = Canvas::new(100.0, 100.0);
        let (mine, other) = ([50.0, 50.0], [50.0, 38.0]);
        canvas.marker(mine, 2.0, Shape::Disc, None);
        canvas.marker(other, 2.0, Shape::Square, None);
        let owner = Owner::Point { at: mine, r: 2.0, valley: false };
        assert!(value("63.5", owner).set(&mut canvas, 8.0, false));
        assert!(
            canvas.backdrop(&Area::new(42.0, 53.5, 16.0, 8.0))
                == crate::canvas::hit_test::Backdrop::Blocked
        );
    }

    #[test]
    fn a_missing_value_is_shown_by_a_dash_and_is_no_zero() {
        let orientation = Orientation::Vertical;
        let owner = Owner::BarEnd { orientation, middle: 0.0, end: 0.0, base: 0.0 };
        let missing = ValueLabel::new(0, None, owner);
        assert!(missing.text == "－" && missing.muted && missing.optional);
    }
}
