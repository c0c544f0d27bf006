//! The names of roles in the theme: `series-2`, `on-unsettled-0`, `line-3`.

use std::fmt;

use serde::{Serialize, Serializer};

use super::mark::{Ink, Paint, Stroke};

impl fmt::Display for Paint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Paint::Series(slot) => write!(f, "series-{slot}"),
            Paint::Unsettled(slot) => write!(f, "unsettled-{slot}"),
        }
    }
}

impl Serialize for Paint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Ink {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Ink::Normal => serializer.serialize_str("normal"),
            Ink::Muted => serializer.serialize_str("muted"),
            Ink::On(paint) => serializer.collect_str(&format_args!("on-{paint}")),
        }
    }
}

impl Serialize for Stroke {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Stroke::Grid => serializer.serialize_str("grid"),
            Stroke::Axis => serializer.serialize_str("axis"),
            Stroke::Target => serializer.serialize_str("target"),
            Stroke::Baseline => serializer.serialize_str("baseline"),
            Stroke::Period => serializer.serialize_str("period"),
            Stroke::Leader => serializer.serialize_str("leader"),
            Stroke::Highlight => serializer.serialize_str("highlight"),
            Stroke::Thin => serializer.serialize_str("thin"),
            Stroke::Line(slot) => serializer.collect_str(&format_args!("line-{slot}")),
        }
    }
}
