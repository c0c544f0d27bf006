//! What stands between a report and its official version: problems, data that is not final,
//! approvals that are missing.
//!
//! In: the report, its problems, its content hash. Out: every reason against, as problems.

use soukatsu_core::model::data_table::TableCell;
use soukatsu_core::model::figure::{DataState, Figure};
use soukatsu_core::model::official::APPROVALS;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::{Code, Place, Problem, Severity};

/// Turns the problems that the report calls blocking into errors.
pub fn block(report: &Report, problems: &mut [Problem]) {
    let blocking = &report.official.blocking;
    for problem in problems.iter_mut().filter(|problem| !problem.is_error()) {
        if blocking.stops(problem) {
            problem.severity = Severity::Error;
            problem.message += "（正式版を止めます。report.toml の [official] blocking）";
        }
    }
}

/// The approvals that are missing for this content, or were given for another.
pub fn missing_approvals(report: &Report, content: &str) -> Vec<Problem> {
    let short = crate::record::short(content);
    let problem = |place: &Place, role: &str| {
        Problem::error(Code::NotApproved, place.clone()).text(role).hint(format!(
            "承認を得たら、{APPROVALS} に [[approval]] の行を加え、その下に role、name、date、\
             content = \"{short}\" を1行ずつ書いてください（`soukatsu explain S804` に例があります）"
        ))
    };
    let told = |(role, place): &(String, Place)| {
        let given: Vec<_> =
            report.official.approvals.iter().filter(|given| given.role == *role).collect();
        let fits = |hash: &Option<String>| {
            hash.as_ref().is_none_or(|hash| content.starts_with(hash.as_str()))
        };
        if given.iter().any(|approval| fits(&approval.content)) {
            return None;
        }
        Some(match given.last() {
            None => problem(place, role)
                .message(format!("「{role}」の承認がありません（今の内容の番号は {short}）")),
            Some(old) => {
                let approved = old.content.as_deref().unwrap_or_default();
                // As many digits as it takes to see the difference.
                let now = content.get(..approved.len().max(short.len())).unwrap_or(content);
                problem(&old.place, role).message(format!(
                    "「{role}」の承認は、前の内容 {approved} に対するものです（今の内容の番号は {now}）"
                ))
            }
        })
    };
    report.official.required.iter().filter_map(told).collect()
}

/// A data set, or single values of it, that are not final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsettled {
    /// `指標のデータ`, `図2のデータ`, `図2の「R6」の値`.
    pub name: String,
    /// 図2 or 表1, when it is not final as a whole.
    figure: Option<String>,
    /// What it is now: 仮.
    state: &'static str,
    place: Place,
    hint: &'static str,
}

impl Unsettled {
    /// The reason against the official version.
    pub fn problem(&self) -> Problem {
        Problem::error(Code::Unsettled, self.place.clone())
            .text(self.state)
            .message(format!("{}が確定していないので、正式版にできません", self.name))
            .hint(self.hint)
    }
}

/// Everything in the report that is not final.
pub fn unsettled(report: &Report) -> Vec<Unsettled> {
    const SET: &str = "データを確定させて `state = \"確定\"` にしてください。仮のまま出すなら --accept-provisional を加えます";
    const VALUES: &str = "値を確定させて、`preliminary` と `provisional` から消してください。仮のまま出すなら --accept-provisional を加えます";
    const TABLE_VALUES: &str = "値を確定させて、セルの p を消してください。仮のまま出すなら --accept-provisional を加えます";
    let sets =
        [("指標のデータ", report.indicators_state), ("取組のデータ", report.initiatives_state)];
    let data = sets.into_iter().filter(|(_, state)| *state != DataState::Confirmed);
    let data = data.map(|(name, state)| Unsettled {
        name: name.to_owned(),
        figure: None,
        state: state.name(),
        place: Place::file("report.toml"),
        hint: SET,
    });
    let figures = report.figures.iter().filter_map(|figure| {
        let (what, state, hint) = match figure.state {
            DataState::Confirmed => (single_values(figure)?, "速報又は仮", VALUES),
            state => ("データ".to_owned(), state.name(), SET),
        };
        let name = format!("図{}の{what}", figure.number);
        let whole = (figure.state != DataState::Confirmed).then(|| format!("図{}", figure.number));
        Some(Unsettled { name, figure: whole, state, place: figure.place.clone(), hint })
    });
    let tables = report.tables.iter().filter_map(|table| {
        let unsettled =
            |cell: &TableCell| matches!(cell, TableCell::Number(n) if n.unsettled.is_some());
        let single = || table.columns.iter().flat_map(|column| &column.cells).any(unsettled);
        let (what, state, hint) = match table.state {
            DataState::Confirmed if single() => ("値", "速報", TABLE_VALUES),
            DataState::Confirmed => return None,
            state => ("データ", state.name(), SET),
        };
        let name = format!("{}の{what}", table.called());
        let whole = (table.state != DataState::Confirmed).then(|| table.called());
        Some(Unsettled { name, figure: whole, state, place: table.place.clone(), hint })
    });
    data.chain(figures).chain(tables).collect()
}

/// The line that an official version with such data carries on its cover and in its metadata.
pub fn provisional_notice(unsettled: &[Unsettled]) -> String {
    let numbers: Vec<String> = unsettled.iter().filter_map(|one| one.figure.clone()).collect();
    let parts = unsettled.iter().filter(|one| one.figure.is_none());
    let mut names: Vec<String> = parts.map(|one| one.name.clone()).collect();
    if !numbers.is_empty() {
        names.push(format!("{}のデータ", numbers.join("・")));
    }
    format!("仮データを含む（{}）", names.join("、"))
}

/// The single values of a figure that are not final: 「R6」と「宿泊客：R5」の値.
fn single_values(figure: &Figure) -> Option<String> {
    const MOST_NAMED: usize = 5;
    let data = &figure.data;
    let present = |row| (0..data.series.len()).filter(move |s| data.value(*s, row).is_some());
    let mut names = Vec::new();
    for (row, category) in data.categories.iter().enumerate() {
        let marked: Vec<usize> =
            present(row).filter(|series| data.unsettled.contains_key(&(*series, row))).collect();
        if !marked.is_empty() && marked.len() == present(row).count() {
            names.push(category.clone());
        } else {
            let series = marked.into_iter().filter_map(|series| data.series.get(series));
            names.extend(series.map(|series| format!("{}：{category}", series.name)));
        }
    }
    let more = match names.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!("（ほかに{more}か所）"),
    };
    names.truncate(MOST_NAMED);
    (!names.is_empty()).then(|| format!("「{}」の値{more}", names.join("」「")))
}
