//! Where labels stand that have a choice of places, and in which order that is tried.

/// Where the names of the series stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// At the marks themselves: nothing to look up.
    Direct,
    Legend,
}

/// Where the labels of the reference lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// In the chart, along the line.
    Inside,
    /// Beside the chart, at the end of the line.
    Margin,
    /// In the legend.
    Legend,
}

/// Where the author's notes on single values stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoteHome {
    /// Beside their values.
    Inside,
    /// In rows under the chart.
    Foot,
}

/// One try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Homes {
    pub naming: Naming,
    pub lines: Home,
    pub notes: NoteHome,
}

impl Homes {
    /// All tries of a chart, the best first. The last one always fits.
    ///
    /// `several`: there are series to be told apart. `margin`: there is room beside the chart.
    pub fn tries(several: bool, margin: bool) -> impl Iterator<Item = Homes> {
        let namings: &[Naming] = match several {
            true => &[Naming::Direct, Naming::Legend],
            false => &[Naming::Legend],
        };
        namings.iter().flat_map(move |&naming| {
            // The margin is for the names or for the reference lines, not for both.
            let homes = [Home::Inside, Home::Margin, Home::Legend].into_iter();
            let homes = homes
                .filter(move |home| *home != Home::Margin || margin && naming == Naming::Legend);
            homes.flat_map(move |lines| {
                [NoteHome::Inside, NoteHome::Foot].map(|notes| Homes { naming, lines, notes })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_try_needs_no_place_in_the_chart() {
        for (several, margin) in [(false, false), (true, false), (true, true)] {
            let last = Homes::tries(several, margin).last();
            let wanted =
                Homes { naming: Naming::Legend, lines: Home::Legend, notes: NoteHome::Foot };
            assert_eq!(last, Some(wanted));
        }
    }
}
