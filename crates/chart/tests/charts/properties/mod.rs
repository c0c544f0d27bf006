//! Any data give a chart in which no label touches anything, in which sizes are true, that is
//! told in whole sentences, and the same bytes again.

mod alt;
mod figures;
mod sizes;

use proptest::prelude::*;
use soukatsu_chart::{Frame, draw, draw_row};

use super::checker;
use figures::{figure, frame, told, vertical};

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn no_label_touches_anything_whatever_the_data((figure, frame) in (told(), frame())) {
        let drawing = draw(&figure, frame);
        let faults = checker::faults(&drawing);
        prop_assert!(faults.is_empty(), "{:#?}", faults);
    }

    #[test]
    fn neighbours_are_level_and_no_label_touches_anything(
        (one, other) in (vertical(), vertical()),
        (frame, height) in (frame(), 60.0..260.0),
    ) {
        let row = draw_row(&[(&one, frame), (&other, Frame { default_height: height, ..frame })]);
        let [one, other] = &row[..] else { panic!("two figures are two drawings") };
        prop_assert!((one.height - other.height).abs() < 0.02);
        // Columns with long names are turned to bars, which have no plot to be level with.
        if let (Some(one_plot), Some(other_plot)) = (one.plot, other.plot) {
            for (one, other) in one_plot.into_iter().zip(other_plot) {
                prop_assert!((one - other).abs() < 0.03, "{one_plot:?} and {other_plot:?}");
            }
        }
        for drawing in &row {
            let faults = checker::faults(drawing);
            prop_assert!(faults.is_empty(), "{:#?}", faults);
        }
    }

    #[test]
    fn the_same_figure_gives_the_same_bytes((figure, frame) in (figure(), frame())) {
        let bytes = || serde_json::to_string(&draw(&figure, frame)).unwrap();
        prop_assert_eq!(bytes(), bytes());
    }
}

#[test]
fn no_label_touches_anything_in_the_sample_reports() {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut drawn = 0;
    for name in ["arao-r7", "mihon-r8", "gallery", "kessan-r7"] {
        let folder = soukatsu_core::load::Folder::Disk(data.join(name));
        let (report, _) = soukatsu_core::validate::read_report(&folder);
        for figure in report.into_iter().flat_map(|report| report.figures) {
            for width in [482.0, 236.0] {
                let frame = Frame::new(width, 136.0, 8.0);
                let faults = checker::faults(&draw(&figure, frame));
                assert!(faults.is_empty(), "{name} 図{}: {faults:#?}", figure.number);
                drawn += 1;
            }
        }
    }
    assert!(drawn >= 106, "only {drawn} figures in the sample reports");
}
