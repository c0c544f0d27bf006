//! Constants (定数): facts that no data set of the report holds, each declared once with its source.

use rust_decimal::Decimal;

use crate::problem::Place;

/// One constant.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    pub name: String,
    /// As printed, with its unit: `12地区`, `令和3年4月`.
    pub text: String,
    /// The number behind it, when it is one.
    pub exact: Option<Decimal>,
    pub unit: String,
    /// 出典: where the office knows it from.
    pub source: String,
    pub place: Place,
}
