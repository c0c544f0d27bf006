//! What stands around the marks: scales and ticks, names, legend, units, reference lines.

pub(crate) mod cartesian;
pub(crate) mod category_names;
pub(crate) mod header;
pub(crate) mod horizontal;
pub(crate) mod legend;
pub(crate) mod periods;
pub(crate) mod reference;
pub(crate) mod row;
pub(crate) mod scale;
pub(crate) mod vertical;
