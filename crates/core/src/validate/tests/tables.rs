//! Tables of any kind: columns of data and worked out, totals held against their parts.

use std::collections::BTreeMap;

use crate::load::Folder;
use crate::model::data_table::{DataTable, RowKind, TableHeading};
use crate::problem::{Code, Problem};
use crate::validate::read_report;

fn read(keys: &str, csv: &str) -> (Vec<DataTable>, Vec<Problem>) {
    let toml = format!(
        "format = 1\n[report]\ntitle = \"甲\"\nauthor = \"乙市\"\ncouncil = \"会議\"\ndate = 2026-07-16\n[[page]]\nchapter = \"章\"\nprose = \"a.typ\"\n[[table]]\nnumber = \"1\"\ntitle = \"表題\"\ncsv = \"a.csv\"\n{keys}"
    );
    let files = [
        ("report.toml", toml.as_str()),
        ("a.csv", csv),
        ("a.typ", "#import \"/template/author.typ\": *\n#表(\"表1\")\n"),
    ];
    let files: BTreeMap<String, Vec<u8>> =
        files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into();
    let (report, problems) = read_report(&Folder::Memory(files));
    (report.unwrap().tables, problems)
}

fn table(keys: &str, csv: &str) -> DataTable {
    let (mut tables, problems) = read(keys, csv);
    assert!(!problems.iter().any(Problem::is_error), "{problems:#?}");
    tables.remove(0)
}

/// The cells of each row, joined.
fn rows(table: &DataTable) -> Vec<String> {
    let cells = |row: usize| {
        let cells = table.columns.iter().map(|column| column.cells[row].text());
        cells.collect::<Vec<_>>().join("|")
    };
    (0..table.rows.len()).map(cells).collect()
}

fn errors(keys: &str, csv: &str) -> Vec<(Code, String)> {
    let (_, problems) = read(keys, csv);
    let errors = problems.into_iter().filter(Problem::is_error);
    errors.map(|problem| (problem.code, problem.message)).collect()
}

fn kinds(csv: &str) -> Vec<RowKind> {
    table("unit = \"千円\"\n", csv).rows.iter().map(|row| row.kind).collect()
}

const REVENUE: &str = "款,R5,R6,R7\n市税,1000,1100,1210\n地方交付税,500,400,500\n寄附金,0,0,3\n";

#[test]
fn all_columns_stand_in_their_order_and_numbers_have_the_same_digits() {
    let table = table("", "区分,件数,率（％）\n窓口,1234,5\n電話,56,7.25\n");
    assert_eq!(rows(&table), ["窓口|1,234|5.00", "電話|56|7.25"]);
    assert_eq!(table.own_unit(&table.columns[2]), Some("％"));
}

#[test]
fn computed_columns_are_exact_and_rounded_half_up() {
    let keys = "unit = \"千円\"\ntotal = \"合計\"\ncolumns = [\"款\", { name = \"R7\", label = \"令和7年度\" }, \
        { compute = \"構成比\", of = \"R7\" }, { compute = \"増減\", of = \"R7\", from = \"R6\" }, \
        { compute = \"増減率\", of = \"R7\", from = \"R6\" }, { compute = \"前年度比\", of = \"R7\", from = \"R6\" }, \
        { compute = \"順位\", of = \"R7\" }, { compute = \"合計\", of = [\"R5\", \"R6\", \"R7\"], label = \"3年計\" }]\n";
    let table = table(keys, REVENUE);
    assert_eq!(
        rows(&table),
        [
            "市税|1,210|70.6|110|10.0|110.0|1|3,310",
            "地方交付税|500|29.2|100|25.0|125.0|2|1,400",
            "寄附金|3|0.2|3|皆増|－|3|3",
            "合計|1,713|100.0|213|14.2|114.2||4,713",
        ]
    );
    assert_eq!(table.basis[0], "構成比は「合計」に対する割合");
    assert_eq!(table.basis[1], "増減額は「令和7年度」から「R6」を引いた差");
}

#[test]
fn negative_numbers_have_the_sign_of_the_table_and_gains_may_have_a_plus() {
    let keys = "sign = \"▲\"\ncolumns = [\"款\", { compute = \"増減\", of = \"R6\", from = \"R5\", sign = \"+\" }]\n";
    assert_eq!(rows(&table(keys, REVENUE)), ["市税|+100", "地方交付税|▲100", "寄附金|0"]);
}

#[test]
fn a_computed_column_may_work_with_one_before_it() {
    let keys = "columns = [\"会計\", { compute = \"合計\", of = [\"当初\", \"補正\"], label = \"予算現額\" }, \
        { compute = \"比率\", of = \"支出\", by = \"予算現額\", label = \"執行率\" }]\n";
    let table = table(keys, "会計,当初,補正,支出\n一般会計,90,10,95\n");
    assert_eq!(rows(&table), ["一般会計|100|95.0"]);
    assert_eq!(table.basis[1], "執行率は「予算現額」に対する「支出」の割合");
}

#[test]
fn headings_of_several_rows_name_their_columns() {
    let table = table(
        "header-rows = 2\ncolumns = [\"会計\", \"令和7年度 予算\", \"令和7年度 決算\", { compute = \"比率\", of = \"令和7年度 決算\", by = \"令和7年度 予算\", label = \"執行率\", under = \"令和7年度\" }]\n",
        "会計,令和6年度,,令和7年度,\n,予算,決算,予算,決算\n一般会計,9,8,10,9\n",
    );
    let areas: Vec<String> = table
        .headings
        .iter()
        .map(|h| format!("{}@{},{} {}x{}", h.text, h.x, h.y, h.columns, h.rows))
        .collect();
    assert_eq!(
        areas,
        ["会計@0,0 1x2", "令和7年度@1,0 3x1", "予算@1,1 1x1", "決算@2,1 1x1", "執行率@3,1 1x1"]
    );
    assert_eq!(table.columns[3].name, "令和7年度 執行率");
}

#[test]
fn totals_that_the_data_brings_are_known_by_name_and_sum() {
    use RowKind::{Data, OfWhich, Subtotal, Total};
    assert_eq!(kinds("款,R6\n甲,1\n乙,2\n合　計,3\n"), [Data, Data, Total]);
    assert_eq!(kinds("款,R6\n総　数,3\n甲,1\n乙,2\n"), [Total, Data, Data]);
    assert_eq!(
        kinds("款,R6\n市税,1\n交付税,2\n小計,3\n国庫,4\n県,5\n小計,9\n歳入合計,12\n"),
        [Data, Data, Subtotal, Data, Data, Subtotal, Total]
    );
    assert_eq!(
        kinds("款,R6\n市税,6\n（うち個人）,4\nうち法人,2\n交付税,2\n計,8\n"),
        [Data, OfWhich, OfWhich, Data, Total]
    );
    assert_eq!(kinds("款,R6\n会計,1\n計画,2\n統計費,3\n"), [Data, Data, Data]);
    // Subtotals under labels over several rows.
    assert_eq!(
        kinds("款,項,R6\n甲,a,1\n甲,b,2\n甲,計,3\n乙,c,4\n乙,計,4\n合計,,7\n"),
        [Data, Data, Subtotal, Data, Subtotal, Total]
    );
}

#[test]
fn a_total_that_is_not_the_sum_is_told_with_its_cells() {
    let told = errors("unit = \"人\"\n", "区,男,女\n東,10,11\n西,20,21\n計,31,32\n");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, Code::TotalNotSum);
    assert_eq!(
        told[0].1,
        "行「計」が、行の和と合いません。列「男」（B4）は 31 ですが、2行の和は 30 です"
    );
    let told = errors("unit = \"人\"\n", "区,男,女,計\n東,10,11,21\n西,20,21,40\n");
    assert_eq!(
        told[0].1,
        "列「計」が、列の和と合いません。行「西」（D3）は 40 ですが、2列の和は 41 です"
    );
    assert!(errors("unit = \"人\"\nsums = false\n", "区,男\n東,10\n西,20\n計,31\n").is_empty());
}

#[test]
fn rounding_is_noted_where_it_explains_a_difference_and_nowhere_else() {
    let csv = "款,R6\n甲,10\n乙,20\n丙,30\n計,61\n";
    assert!(table("unit = \"千円\"\n", csv).is_rounded);
    assert_eq!(errors("unit = \"人\"\n", csv).len(), 1);
    assert!(!table("unit = \"千円\"\n", "款,R6\n甲,10\n乙,20\n計,30\n").is_rounded);
    // Printed digits may part what is exact.
    let keys = "total = \"計\"\ncolumns = [\"款\", { name = \"R6\", digits = 0 }]\n";
    assert!(table(keys, "款,R6\n甲,1.4\n乙,1.4\n").is_rounded);
}

#[test]
fn rates_are_never_added_up() {
    let table = table("total = \"計\"\n", "区,件数,達成率\n東,10,50\n西,20,70\n");
    assert_eq!(rows(&table)[2], "計|30|－");
}

#[test]
fn columns_that_are_not_used_are_told_unless_they_are_left_out_on_purpose() {
    let unused = |keys: &str| {
        let (_, problems) = read(keys, "款,R6,備考\n甲,1,x\n");
        let unused = problems.into_iter().filter(|problem| problem.code == Code::UnusedColumn);
        unused.map(|problem| problem.text.unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(unused("columns = [\"款\", \"R6\"]\n"), ["備考"]);
    assert!(unused("columns = [\"款\", \"R6\"]\nleft-out = [\"備考\"]\n").is_empty());
    assert!(unused("").is_empty());
}

#[test]
fn texts_stay_texts_whatever_they_look_like() {
    let table = table(
        "",
        "番号,氏名,任期,電話番号,出席\n1,市民 太郎,令和7年4月1日,0968-63-1111,3\n2,市民 花子,令和7年4月1日,0968-63-2222,4\n",
    );
    let numbers: Vec<bool> = table.columns.iter().map(|column| column.is_number).collect();
    assert_eq!(numbers, [false, false, false, false, true]);
    assert_eq!(table.rows[0].name, "市民 太郎");
}

#[test]
fn a_cell_that_is_no_number_among_numbers_is_told() {
    let told = errors("", "款,R6\n甲,1\n乙,2\n丙,約3\n");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, Code::NotANumber);
}

#[test]
fn wrong_names_and_computations_are_told() {
    for (keys, code) in [
        ("columns = [\"款\", \"R9\"]\n", Code::UnknownName),
        ("columns = [{ compute = \"増減\", of = \"R7\" }]\n", Code::WrongValue),
        ("columns = [{ compute = \"増加\", of = \"R7\" }]\n", Code::WrongValue),
        ("columns = [{ compute = \"順位\", of = \"款\" }]\n", Code::WrongValue),
        ("columns = [\"R6\", \"R6\"]\n", Code::DuplicateColumn),
        ("subtotal = \"小計\"\n", Code::MissingKey),
        ("columns = [\"款\", { name = \"R6\", digits = 9 }]\n", Code::WrongValue),
        (
            "columns = [\"款\", { compute = \"構成比\", of = \"R7\", total = \"総額\" }]\n",
            Code::UnknownName,
        ),
    ] {
        let told = errors(keys, REVENUE);
        assert_eq!(told.first().map(|(code, _)| *code), Some(code), "{keys}: {told:?}");
    }
}

#[test]
fn two_totals_and_a_column_without_a_name_are_told() {
    let told = errors("total = \"合計\"\n", "款,R6\n甲,1\n乙,2\n計,3\n");
    assert_eq!(told[0].0, Code::WrongValue);
    let told = errors("", "款,令和6年度,,R7\n,予算,決算,\n甲,1,2,3\n");
    assert_eq!(told[0].0, Code::RowTooLong);
}

#[test]
fn rows_that_count_different_things_keep_their_digits() {
    let years = "指標,R6,R7\n財政力指数,0.49,0.48\n経常収支比率,93.5,94.1\n人口,48233,47786\n";
    assert_eq!(
        rows(&table(
            "columns = [\"指標\", \"R6\", \"R7\", { compute = \"増減\", of = \"R7\", from = \"R6\" }]\n",
            years
        )),
        ["財政力指数|0.49|0.48|△0.01", "経常収支比率|93.5|94.1|0.6", "人口|48,233|47,786|△447"]
    );
    let limits =
        "比率,R7,基準\n実質赤字比率,－,12.93\n実質公債費比率,7.2,25.0\n将来負担比率,41.3,350.0\n";
    assert_eq!(
        rows(&table("unit = \"%\"\n", limits)),
        ["実質赤字比率|－|12.93", "実質公債費比率|7.2|25.0", "将来負担比率|41.3|350.0"]
    );
    let goals = "指標,単位,目標値\n待機児童,人,0\n受診率,%,60.5\n";
    assert_eq!(rows(&table("", goals)), ["待機児童|人|0", "受診率|%|60.5"]);
}

#[test]
fn a_column_of_one_kind_has_the_same_digits_though_a_program_dropped_a_zero() {
    let rates = "税目,R6,R7\n市民税,93,94.1\n固定資産税,92.5,95\n軽自動車税,90,91.2\n";
    assert_eq!(
        rows(&table("unit = \"%\"\n", rates)),
        ["市民税|93.0|94.1", "固定資産税|92.5|95.0", "軽自動車税|90.0|91.2"]
    );
    assert_eq!(rows(&table("", "区分,率\n甲,5\n乙,7.2\n")), ["甲|5.0", "乙|7.2"]);
}

#[test]
fn words_stand_in_columns_of_numbers_and_are_told() {
    let csv = "指標,R6,R7\n会員数,調査中,301\n受診者,1234,1301\n催し,未実施,12\n計,2000,1614\n";
    let (mut tables, problems) = read("", csv);
    assert_eq!(
        rows(&tables.remove(0)),
        ["会員数|調査中|301", "受診者|1,234|1,301", "催し|未実施|12", "計|2,000|1,614"]
    );
    let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(told, ["数の列「R6」に、数でない語があります（ほかに1か所）"]);
    let slip = "指標,R7\n会員数,3〇1\n受診者,1301\n催し,12\n";
    assert_eq!(errors("", slip)[0].0, Code::NotANumber);
}

#[test]
fn what_tables_are_usually_written_with_is_not_told() {
    let csv = "款,決算額,増減額,執行率\n民生費,\"9,912,478\",△5,98.7%\n総務費,\"４,021,553\",－,97.0%\n土木費,\"2,318,205\",▲12,100.0%\n";
    let (mut tables, problems) = read("unit = \"千円\"\n", csv);
    assert_eq!(problems, []);
    assert_eq!(rows(&tables.remove(0))[2], "土木費|2,318,205|△12|100.0");
}

#[test]
fn percentages_that_say_so_are_in_percent_under_any_heading() {
    let table =
        table("unit = \"千円\"\n", "款,決算額,前年との比\n民生費,120,102.3%\n総務費,80,98.1％\n");
    assert_eq!(rows(&table), ["民生費|120|102.3", "総務費|80|98.1"]);
    assert_eq!(table.own_unit(&table.columns[2]), Some("%"));
}

#[test]
fn one_heading_stands_over_several_columns_of_labels() {
    let heads = |table: &DataTable| -> Vec<String> {
        let area =
            |h: &TableHeading| format!("{}@{},{} {}x{}", h.text, h.x, h.y, h.columns, h.rows);
        table.headings.iter().map(area).collect()
    };
    let one =
        table("merge = [\"部門\"]\n", "部門,,R6,R7\n一般行政,議会,5,5\n,税務,24,23\n合計,,29,28\n");
    assert_eq!(heads(&one), ["部門@0,0 2x1", "R6@2,0 1x1", "R7@3,0 1x1"]);
    assert_eq!(one.columns[1].name, "部門 2");
    assert_eq!(one.rows[1].name, "税務");
    let two = table(
        "header-rows = 2\n",
        "区分,,職員数,,理由\n,,R6,R7,\n一般行政,議会,5,5,\n,税務,24,23,統合\n",
    );
    assert_eq!(
        heads(&two),
        ["区分@0,0 2x2", "職員数@2,0 2x1", "理由@4,0 1x2", "R6@2,1 1x1", "R7@3,1 1x1"]
    );
    // Over numbers a heading is missing.
    let missing = errors("", "款,R6,,R7\n民生費,1,2,3\n");
    assert_eq!(missing[0].0, Code::RowTooLong);
}

#[test]
fn a_subtotal_may_sum_up_the_rows_right_above_it() {
    let csv = "会計,歳入,歳出\n一般会計,900,800\n国保,50,40\n介護,70,60\n特別会計　小計,120,100\n合計,1020,900\n";
    let expected = [RowKind::Data, RowKind::Data, RowKind::Data, RowKind::Subtotal, RowKind::Total];
    assert_eq!(kinds(csv), expected);
    assert_eq!(kinds(&csv.replace("特別会計　小計", "特別会計計")), expected);
    let alone = "会計,歳入\n一般会計,900\n国保,50\n特別会計　小計,50\n合計,950\n";
    assert_eq!(kinds(alone)[2..], [RowKind::Subtotal, RowKind::Total]);
}

#[test]
fn rows_that_others_below_them_make_are_no_parts_of_the_total_twice() {
    let csv = "款項,R6,R7\n総務費,100,120\n　総務管理費,80,95\n　徴税費,20,25\n民生費,200,210\n　社会福祉費,150,155\n　児童福祉費,50,55\n公債費,40,30\n合計,340,360\n";
    use RowKind::{Data, OfWhich, Total};
    assert_eq!(kinds(csv), [Data, OfWhich, OfWhich, Data, OfWhich, OfWhich, Data, Total]);
    let wrong = csv.replace("合計,340,360", "合計,340,361");
    assert_eq!(errors("unit = \"人\"\n", &wrong)[0].0, Code::TotalNotSum);
}

#[test]
fn a_unit_in_brackets_is_that_of_the_column_and_is_printed_once() {
    let table = table(
        "unit = \"千円\"\n",
        "地区,人口（人）,決算額（A）,率(%)\n中央,1234,56,7.5\n東部,98,7,6.1\n",
    );
    let units: Vec<&str> = table.columns.iter().map(|column| column.unit.as_str()).collect();
    assert_eq!(units[1..], ["人", "千円", "%"]);
    assert!(table.headings.iter().all(|heading| heading.unit.is_none()), "{:?}", table.headings);
}

#[test]
fn a_plus_of_the_data_is_printed() {
    let csv = "地区,人口,増減\n中央,100,+12\n東部,200,-5\n西部,300,0\n";
    assert_eq!(rows(&table("", csv)), ["中央|100|+12", "東部|200|△5", "西部|300|0"]);
}

#[test]
fn a_total_of_what_its_name_says_at_the_end_is_held_against_its_parts() {
    let csv = "款,R7\n総務費,100\n　総務管理費,60\n　徴税費,40\n民生費,200\n歳出合計,300\n";
    use RowKind::{Data, OfWhich, Total};
    assert_eq!(kinds(csv), [Data, OfWhich, OfWhich, Data, Total]);
    let wrong = errors("unit = \"人\"\n", "款,R7\n総務費,100\n民生費,200\n歳出合計,310\n");
    assert_eq!(wrong[0].0, Code::TotalNotSum);
}
