//! The label strategy: which labels have a choice of places, and in which order that is tried.

/// Where the names of the series stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamePlace {
    /// At the marks themselves: nothing to look up.
    Direct,
    Legend,
}

/// Where the labels of the reference lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReferencePlace {
    /// In the chart, along the line.
    Inside,
    /// Beside the chart, at the end of the line.
    Margin,
    /// In the legend.
    Legend,
}

/// Where the author's notes on single values stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotePlace {
    /// Beside their values.
    Inside,
    /// In rows under the chart.
    Foot,
}

/// One try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Strategy {
    pub names: NamePlace,
    pub references: ReferencePlace,
    pub notes: NotePlace,
}

impl Strategy {
    /// All tries of a chart, the best first. The last one always fits.
    ///
    /// `several`: there are series to be told apart. `margin`: there is room beside the chart.
    pub fn tries(several: bool, margin: bool) -> impl Iterator<Item = Strategy> {
        let all_names: &[NamePlace] = match several {
            true => &[NamePlace::Direct, NamePlace::Legend],
            false => &[NamePlace::Legend],
        };
        all_names.iter().flat_map(move |&names| {
            // The margin is for the names or for the reference lines, not for both.
            let places = [ReferencePlace::Inside, ReferencePlace::Margin, ReferencePlace::Legend]
                .into_iter();
            let places = places.filter(move |place| {
                *place != ReferencePlace::Margin || margin && names == NamePlace::Legend
            });
            places.flat_map(move |references| {
                [NotePlace::Inside, NotePlace::Foot].map(|notes| Strategy {
                    names,
                    references,
                    notes,
                })
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
            let last = Strategy::tries(several, margin).last();
            let wanted = Strategy {
                names: NamePlace::Legend,
                references: ReferencePlace::Legend,
                notes: NotePlace::Foot,
            };
            assert_eq!(last, Some(wanted));
        }
    }
}
