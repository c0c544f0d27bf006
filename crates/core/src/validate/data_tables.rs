//! Tables of any kind, as report.toml declares them: columns chosen and worked out, rows grouped and
//! summed up, totals held against their parts.

use std::collections::{BTreeSet, HashMap, HashSet};

use rust_decimal::Decimal;

use super::limits::{MOST_TABLE_CELLS, MOST_TABLE_LINKS, MOST_TABLE_ROWS, too_many};
use super::reader::Reader;
use super::table_columns::{
    DataColumn, Entry, all_columns, column_named, digits_by_row, is_additive, names_things, needed,
};
use super::table_computations::{
    Operands, basis, computed, place, unit, usual_digits, usual_label,
};
use super::table_declaration::{
    ColumnChoice, ColumnContent, PlacedText, TableDeclaration, unknown_column,
};
use super::table_headings::{HeadingColumn, Level, data_levels, printed, share_label_headings};
use super::table_rows::{RowSource, Rows, SumColumn, find_totals, row_names};
use super::table_sums::{ColumnValues, column_totals, is_rounded_when_printed};
use crate::load::{Cell, Layout, Table};
use crate::model::data_table::{
    Align, Computation, DataTable, MergedLabel, RowKind, TableCell, TableColumn, TableNumber,
    TableRow, alike, table_number,
};
use crate::model::name::{name_key, same_name};
use crate::model::quantity::Quantity;
use crate::model::report::DataSet;
use crate::model::width::half_width;
use crate::problem::{Code, Place, Problem};

impl Reader<'_> {
    /// Reads the data of every table.
    pub(super) fn data_tables(
        &mut self,
        declarations: Vec<TableDeclaration>,
        incomplete: &mut BTreeSet<DataSet>,
    ) -> Vec<DataTable> {
        let mut seen: HashMap<String, Place> = HashMap::new();
        let mut tables = Vec::new();
        for declaration in declarations {
            let (number, place) = declaration.number.clone();
            if let Some(first) = seen.insert(number.clone(), place.clone()) {
                self.problems.push(
                    Problem::error(Code::DuplicateFigure, place)
                        .text(&number)
                        .message(format!("表{number} が重複しています（最初は {first}）"))
                        .expected("表ごとに違う番号")
                        .hint("どちらかの番号を直し、文章の【表】も合わせてください"),
                );
                incomplete.insert(DataSet::Tables);
                continue;
            }
            let before = self.problems.len();
            let table = self.data_table(&declaration);
            if table.is_none() || self.problems[before..].iter().any(Problem::is_error) {
                incomplete.insert(DataSet::Tables);
            }
            tables.extend(table);
        }
        tables
    }

    fn data_table(&mut self, declaration: &TableDeclaration) -> Option<DataTable> {
        let around = [&declaration.title].into_iter().chain(&declaration.source);
        let around = around.chain(&declaration.alt).chain(&declaration.notes);
        for (text, place) in around {
            self.note(text, place);
        }
        let layout = Layout::Table { header_rows: declaration.header_rows };
        let mut table = self.read_source(&declaration.data, layout)?;
        share_label_headings(&mut table);
        self.keep_remarks(&table, Some(&format!("表{}", declaration.number.0)));
        if let Some(problem) = too_large(&table) {
            self.problems.push(problem);
            return None;
        }
        for cell in table.records.iter().flat_map(|record| &record.cells) {
            self.note(&cell.text, &cell.place);
        }
        for heading in &table.headings {
            self.note(&heading.cell.text, &heading.cell.place);
        }
        let before = self.problems.len();
        if table.header.is_empty() || table.records.is_empty() {
            let place = Place::file(table.file.clone());
            self.problems.push(
                Problem::error(Code::FigureWithoutData, place)
                    .message("表にするデータがありません")
                    .expected("見出し行と、その下に1行以上のデータ"),
            );
            return None;
        }
        self.unnamed_columns(&table, declaration);
        let chosen = declaration.columns.is_some();
        let all = all_columns(&table, declaration);
        let choices = declaration.columns.as_ref().unwrap_or(&all);
        let named = self.named_columns(&table, declaration, choices);
        if self.problems[before..].iter().any(Problem::is_error) {
            return None;
        }
        let data = self.read_columns(&table, declaration, choices);
        if self.problems[before..].iter().any(Problem::is_error) {
            return None;
        }
        let remedy = match chosen {
            true => {
                "印刷するなら columns に加え、しないなら [[table]] の left-out に書いてください"
            }
            false => "見出しを書くか、この列を消してください",
        };
        self.tell_unused_columns(&table.header, &|column| named.contains(&column), remedy);
        let mut builder = Builder {
            table: &table,
            declaration,
            choices,
            data,
            problems: vec![],
            links: 0,
            labels: vec![],
        };
        let built = builder.build();
        let problems = std::mem::take(&mut builder.problems);
        let failed = problems.iter().any(Problem::is_error);
        self.problems.extend(problems);
        if failed { None } else { built }
    }

    /// A column with values needs a name: by it the prose and report.toml call it.
    fn unnamed_columns(&mut self, table: &Table, declaration: &TableDeclaration) {
        for (column, header) in table.header.iter().enumerate() {
            let mut cells = table.records.iter().filter_map(|record| record.cells.get(column));
            let filled = cells.find(|cell| !cell.text.is_empty());
            // The corner over the names of the rows may be blank.
            if let (true, true, Some(cell)) = (header.text.is_empty(), column > 0, filled) {
                let hint = match declaration.header_rows {
                    1 => {
                        "見出しの行にこの列の名前を書いてください。見出しが2行なら、[[table]] に header-rows = 2 と書いてください"
                    }
                    _ => "見出しの行にこの列の名前を書いてください",
                };
                self.problems.push(
                    Problem::error(Code::RowTooLong, cell.place.clone())
                        .text(&cell.text)
                        .message("見出しのない列に値があります")
                        .hint(hint),
                );
            }
        }
    }

    /// The columns of the data that report.toml names; those it names wrongly are told.
    fn named_columns(
        &mut self,
        table: &Table,
        declaration: &TableDeclaration,
        choices: &[ColumnChoice],
    ) -> HashSet<usize> {
        let apart = declaration.left_out.iter().chain(&declaration.merge).chain(&declaration.group);
        let mut labels: Vec<&str> = Vec::new();
        let mut used = HashSet::new();
        let names = choices
            .iter()
            .flat_map(|choice| needed(choice).into_iter().map(move |name| (name, Some(choice))));
        let header: Vec<&str> = table.header.iter().map(|cell| cell.text.as_str()).collect();
        let computed = |name: &str| {
            choices.iter().any(|choice| {
                matches!(choice.content, ColumnContent::Computed { .. })
                    && computed_label(choice).is_some_and(|label| same_name(&label, name))
            })
        };
        for (name, choice) in names.chain(apart.map(|name| (name, None))) {
            labels.push(&name.0);
            match column_named(table, &name.0) {
                Some(column) => _ = used.insert(column),
                // A blank corner is named by nothing.
                None if name.0.is_empty() && header.first() == Some(&"") => _ = used.insert(0),
                None if choice.is_some_and(|choice| {
                    matches!(choice.content, ColumnContent::Computed { .. })
                }) && computed(&name.0) => {}
                None => self.problems.push(unknown_column(name, header.iter().copied())),
            }
        }
        used.extend(header.first().filter(|text| text.is_empty()).map(|_| 0));
        used
    }

    /// Every column of the data that is printed or worked with.
    fn read_columns(
        &mut self,
        table: &Table,
        declaration: &TableDeclaration,
        choices: &[ColumnChoice],
    ) -> HashMap<usize, DataColumn> {
        let mut data = HashMap::new();
        for choice in choices {
            if let ColumnContent::Data((name, _)) = &choice.content
                && let Some(column) = column_named(table, name)
                && !data.contains_key(&column)
            {
                let read = self.data_column(table, column, (declaration, Some(choice)));
                data.insert(column, read);
            }
        }
        for name in choices.iter().flat_map(needed) {
            if let Some(column) = column_named(table, &name.0)
                && !data.contains_key(&column)
            {
                data.insert(column, self.data_column(table, column, (declaration, None)));
            }
        }
        let digits_are_chosen = |column: &usize| {
            choices.iter().any(|choice| {
                choice.digits.is_some()
                    && matches!(&choice.content, ColumnContent::Data((name, _)) if column_named(table, name) == Some(*column))
            })
        };
        let left = data.iter_mut().filter(|(column, _)| !digits_are_chosen(column));
        let mut left: Vec<&mut DataColumn> = left
            .filter(|(_, data)| matches!(data, DataColumn::Numbers { .. }))
            .map(|(_, data)| data)
            .collect();
        let rows_have_units = table.header.iter().any(|cell| same_name(&cell.text, "単位"));
        digits_by_row(&mut left, rows_have_units);
        data
    }
}

/// What the heading of a computed column is, where it is known without the data.
fn computed_label(choice: &ColumnChoice) -> Option<String> {
    if let Some((label, _)) = &choice.label {
        return Some(label.clone());
    }
    match &choice.content {
        ColumnContent::Computed { what, .. } => Some(usual_label(*what, "")),
        ColumnContent::Data(_) => None,
    }
}

/// A column on its way to the page.
struct Column<'c> {
    choice: &'c ColumnChoice,
    /// By which the prose calls it.
    name: String,
    /// As the basis of others names it.
    label: String,
    unit: String,
    computation: Option<Computation>,
    /// `None` of texts.
    numbers: Option<(Vec<Entry>, u32)>,
    /// Of texts: the column of the data.
    source: Option<usize>,
    additive: bool,
}

struct Builder<'t> {
    table: &'t Table,
    declaration: &'t TableDeclaration,
    choices: &'t [ColumnChoice],
    data: HashMap<usize, DataColumn>,
    problems: Vec<Problem>,
    /// Cells on which the ranks and shares rest.
    links: usize,
    /// The columns of the data whose cells name the rows.
    labels: Vec<usize>,
}

impl<'t> Builder<'t> {
    fn build(&mut self) -> Option<DataTable> {
        let declaration = self.declaration;
        let group = declaration.group.as_ref().and_then(|name| column_named(self.table, &name.0));
        let mut rows = Rows::new(
            self.table,
            (group, declaration.subtotal.as_ref(), declaration.total.as_ref()),
        );
        self.labels = self.label_columns();
        let labels = self.labels.clone();
        let record_labels = self.labels_of_records(&labels);
        let mut rounded = self.totals_of_rows(&mut rows, &record_labels);
        let columns = self.columns(&rows)?;
        self.names_are_clear(&columns);
        let printed_columns = self.print(&columns, &rows, &labels);
        let values: Vec<ColumnValues<'_>> = columns
            .iter()
            .map(|column| ColumnValues {
                name: &column.name,
                unit: &column.unit,
                computation: column.computation,
                additive: column.additive,
                entries: column
                    .numbers
                    .as_ref()
                    .map(|(entries, digits)| (entries.as_slice(), *digits)),
            })
            .collect();
        let names = self.row_names(&rows, &record_labels);
        let sums = column_totals(&values, &rows.kinds, (&names, declaration.checks_sums));
        self.problems.extend(sums.problems);
        rounded |= sums.is_rounded || is_rounded_when_printed(&values, &rows);
        let mut table_columns = printed_columns;
        for total in sums.totals {
            table_columns[total].is_total = true;
        }
        let heading = |column: &Column<'_>| HeadingColumn {
            levels: self.levels(column),
            unit: self.own_unit(column),
        };
        let headings = printed(&columns.iter().map(heading).collect::<Vec<_>>());
        let merged = self.merged(&columns, &rows, &labels);
        let basis = self.basis(&columns, &rows, &names);
        let table_rows = (0..rows.sources.len()).map(|row| TableRow {
            kind: rows.kinds[row],
            name: names[row].clone(),
            values: alike(&table_columns).iter().map(|column| column.values[row].clone()).collect(),
            group: rows.group_of[row],
            place: self.row_place(&rows.sources[row]),
        });
        let table_rows = table_rows.collect();
        Some(DataTable {
            number: declaration.number.0.clone(),
            title: declaration.title.0.clone(),
            state: declaration.state,
            unit: declaration.unit.clone(),
            headings,
            columns: table_columns,
            rows: table_rows,
            groups: rows.groups,
            merged,
            basis,
            is_rounded: rounded,
            alt: declaration.alt.as_ref().map(|(text, _)| text.clone()),
            source: declaration.source.as_ref().map(|(text, _)| text.clone()),
            notes: declaration.notes.iter().map(|(text, _)| text.clone()).collect(),
            place: declaration.place.clone(),
        })
    }

    /// The printed columns whose cells name the rows: the first of texts, and as many behind it as
    /// are needed.
    fn label_columns(&self) -> Vec<usize> {
        let source = |choice: &ColumnChoice| match &choice.content {
            ColumnContent::Data((name, _)) => self.source_of(name),
            ColumnContent::Computed { .. } => None,
        };
        let texts = |column: Option<usize>| {
            column.filter(|column| matches!(self.data.get(column), Some(DataColumn::Texts)))
        };
        let mut leading: Vec<usize> =
            self.choices.iter().map_while(|choice| texts(source(choice))).collect();
        let is_name = |column: &usize| !names_things(&self.table.header[*column].text);
        let merged = leading.iter().rposition(|column| self.is_merged(*column));
        let least = merged.map_or(0, |last| last + 1);
        let first = leading.iter().skip(least).position(is_name).map_or(least, |at| least + at);
        // As many as it takes to tell the rows apart: 款 and 項, but not a name and an address.
        let enough = (first + 1..=leading.len()).find(|count| {
            let names = leading[..*count].iter().filter(|column| is_name(column));
            let names: Vec<usize> = names.copied().collect();
            let mut seen = HashSet::new();
            self.table.records.iter().all(|record| {
                let name: Vec<String> = names.iter().map(|at| record.cell(*at).text).collect();
                seen.insert(name)
            })
        });
        leading.truncate(enough.unwrap_or(first + 1));
        leading
    }

    fn source_of(&self, name: &str) -> Option<usize> {
        match name.is_empty() {
            true => Some(0),
            false => column_named(self.table, name),
        }
    }

    fn is_merged(&self, column: usize) -> bool {
        let named = self.declaration.merge.iter();
        named.filter_map(|(name, _)| column_named(self.table, name)).any(|own| own == column)
            || self.table.merged.iter().any(|(own, _, _)| *own == column)
    }

    /// What each record is called by the columns of labels; numbers of rows are no names. A blank
    /// under a merged label means the same.
    fn labels_of_records(&self, columns: &[usize]) -> Vec<Vec<String>> {
        let naming: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|column| !names_things(&self.table.header[*column].text))
            .collect();
        let columns = if naming.is_empty() { columns } else { &naming };
        let mut before: Vec<String> = vec![String::new(); columns.len()];
        let mut found = Vec::new();
        for record in &self.table.records {
            let mut labels: Vec<String> =
                columns.iter().map(|column| record.cell(*column).text).collect();
            for (at, column) in columns.iter().enumerate() {
                let carried = labels[at].is_empty() && self.is_merged(*column);
                if carried
                    && at + 1 < columns.len()
                    && labels[at + 1..].iter().any(|l| !l.is_empty())
                {
                    labels[at].clone_from(&before[at]);
                }
            }
            before.clone_from(&labels);
            found.push(labels);
        }
        found
    }

    fn row_names(&self, rows: &Rows, labels: &[Vec<String>]) -> Vec<String> {
        let names = row_names(labels);
        let subtotal = self.declaration.subtotal.as_ref().map_or("", |(name, _)| name.as_str());
        let total = self.declaration.total.as_ref().map_or("", |(name, _)| name.as_str());
        let each = rows.sources.iter().map(|source| match source {
            RowSource::Record(record) => names[*record].clone(),
            RowSource::Subtotal { group } => format!("{} {subtotal}", rows.groups[*group].0),
            RowSource::Total => total.to_owned(),
        });
        each.collect()
    }

    fn row_place(&self, source: &RowSource) -> Place {
        match source {
            RowSource::Record(record) => self.table.records[*record].place.clone(),
            RowSource::Subtotal { .. } | RowSource::Total => self.declaration.place.clone(),
        }
    }

    /// Finds the totals among the rows of the data, and whether rounding explains a difference.
    fn totals_of_rows(&mut self, rows: &mut Rows, labels: &[Vec<String>]) -> bool {
        let mut columns: Vec<(usize, SumColumn<'_>)> = Vec::new();
        for (index, data) in &self.data {
            let name = self.table.header[*index].text.as_str();
            if let DataColumn::Numbers { entries, unit, .. } = data
                && is_additive(name, unit)
            {
                let entries = rows.sources.iter().filter_map(|source| match source {
                    RowSource::Record(record) => Some(&entries[*record]),
                    _ => None,
                });
                columns.push((*index, SumColumn { name, unit, entries: entries.collect() }));
            }
        }
        columns.sort_by_key(|(index, _)| *index);
        let columns: Vec<SumColumn<'_>> = columns.into_iter().map(|(_, column)| column).collect();
        // Without the rows that are worked out, the rows are the records.
        let mut records = Rows {
            sources: (0..labels.len()).map(RowSource::Record).collect(),
            kinds: vec![RowKind::Data; labels.len()],
            groups: rows.groups.clone(),
            group_of: rows
                .sources
                .iter()
                .zip(&rows.group_of)
                .filter(|(source, _)| matches!(source, RowSource::Record(_)))
                .map(|(_, group)| *group)
                .collect(),
        };
        let found = find_totals(&mut records, labels, &columns, self.declaration.checks_sums);
        self.problems.extend(found.problems);
        for (row, source) in rows.sources.iter().enumerate() {
            if let RowSource::Record(record) = source {
                rows.kinds[row] = records.kinds[*record];
            }
        }
        if let Some((name, place)) = &self.declaration.total
            && let Some(own) =
                (0..records.kinds.len()).find(|at| records.kinds[*at] == RowKind::Total)
        {
            self.problems.push(
                Problem::error(Code::WrongValue, place.clone())
                    .text(name)
                    .message(format!(
                        "合計の行がデータにもあるので、合計が2つになります（{}）",
                        self.table.records[own].place
                    ))
                    .hint("データの合計を使うなら、この行（total）を消してください"),
            );
        }
        found.is_rounded
    }

    /// The columns in the order in which they are printed, with the rows that are worked out.
    fn columns(&mut self, rows: &Rows) -> Option<Vec<Column<'t>>> {
        let mut found: Vec<Column<'t>> = Vec::new();
        for choice in self.choices {
            let column = match &choice.content {
                ColumnContent::Data((name, _)) => self.data_column_of(choice, name, rows)?,
                ColumnContent::Computed { what, of, against, total } => self.computed_column(
                    choice,
                    (*what, of, against.as_ref(), total.as_ref()),
                    rows,
                    &found,
                )?,
            };
            found.push(column);
        }
        Some(found)
    }

    fn data_column_of(
        &self,
        choice: &'t ColumnChoice,
        name: &str,
        rows: &Rows,
    ) -> Option<Column<'t>> {
        let source = self.source_of(name)?;
        let header = &self.table.header[source].text;
        let label = choice.label.as_ref().map_or(header, |(label, _)| label).clone();
        let numbers = match self.data.get(&source)? {
            DataColumn::Texts => None,
            DataColumn::Numbers { entries, digits, unit, .. } => {
                Some((spread(entries, rows, is_additive(header, unit)), *digits))
            }
        };
        let unit = match self.data.get(&source)? {
            DataColumn::Numbers { unit, .. } => unit.clone(),
            DataColumn::Texts => String::new(),
        };
        let additive = numbers.is_some() && is_additive(header, &unit);
        Some(Column {
            choice,
            name: header.clone(),
            label,
            unit,
            computation: None,
            numbers,
            source: Some(source),
            additive,
        })
    }

    fn computed_column(
        &mut self,
        choice: &'t ColumnChoice,
        (what, of, against, total): (
            Computation,
            &[PlacedText],
            Option<&PlacedText>,
            Option<&PlacedText>,
        ),
        rows: &Rows,
        before: &[Column<'t>],
    ) -> Option<Column<'t>> {
        let mut operands = Vec::new();
        for name in of.iter().chain(against) {
            operands.push(self.operand(name, rows, before)?);
        }
        let (against, of) = match against {
            Some(_) => operands.split_last().map(|(last, of)| (Some(last), of))?,
            None => (None, operands.as_slice()),
        };
        let first = of.first()?;
        if let Some(other) = of.iter().chain(against).find(|other| other.unit != first.unit)
            && !matches!(what, Computation::Ratio)
        {
            self.problems.push(
                Problem::error(Code::OtherUnit, choice.place.clone())
                    .text(what.name())
                    .message(format!(
                        "「{}」（{}）と「{}」（{}）は単位が違うので、{}を計算できません",
                        first.label,
                        first.unit,
                        other.label,
                        other.unit,
                        what.name()
                    ))
                    .hint("同じ単位の列を選ぶか、columns の unit で列の単位を書いてください"),
            );
            return None;
        }
        let whole = match total {
            Some(total) => Some(self.whole_row(total, rows)?),
            None => rows.kinds.iter().rposition(|kind| *kind == RowKind::Total),
        };
        let is_cell =
            |row: usize| first.entries[row].value().is_some_and(|(_, cells)| cells.len() < 2);
        let of_all = match what {
            Computation::Rank => true,
            Computation::Share => !whole.is_some_and(is_cell),
            _ => false,
        };
        if of_all {
            self.links += rows.kinds.len().pow(2);
            if self.links > MOST_TABLE_LINKS {
                self.problems.push(
                    Problem::error(Code::TooLarge, choice.place.clone())
                        .text(what.name())
                        .message(format!("{}を計算するには、表の行が多すぎます", what.name()))
                        .expected("順位や構成比の列が1つなら1,000行、5つなら440行以内")
                        .hint("表を分けるか、この列を除いてください。構成比は、データに合計の行があれば何行でも計算できます"),
                );
                return None;
            }
        }
        let own_unit = choice.unit.clone().unwrap_or_else(|| unit(what, &first.unit));
        let digits = of.iter().map(|column| column.digits).max().unwrap_or_default();
        let digits = choice.digits.unwrap_or_else(|| usual_digits(what, digits));
        let entries = computed(
            what,
            &Operands {
                of: of.iter().map(|operand| operand.entries.as_slice()).collect(),
                against: against.map(|operand| operand.entries.as_slice()),
                whole,
                kinds: &rows.kinds,
            },
        );
        let label = match &choice.label {
            Some((label, _)) => label.clone(),
            None => usual_label(what, &own_unit),
        };
        let name = match &choice.under {
            Some((under, _)) => format!("{under} {label}"),
            None => label.clone(),
        };
        Some(Column {
            choice,
            name,
            label,
            unit: own_unit,
            computation: Some(what),
            numbers: Some((entries, digits)),
            source: None,
            additive: matches!(what, Computation::Sum | Computation::Change),
        })
    }

    /// A column that a computation names: of the data, or one worked out before it.
    fn operand(
        &mut self,
        named: &PlacedText,
        rows: &Rows,
        before: &[Column<'t>],
    ) -> Option<Operand> {
        let (name, place) = named;
        if let Some(source) = column_named(self.table, name) {
            let header = &self.table.header[source].text;
            let label = before.iter().find(|column| column.source == Some(source));
            let label = label.map_or(header, |column| &column.label).clone();
            return match self.data.get(&source)? {
                DataColumn::Numbers { entries, digits, unit, .. } => Some(Operand {
                    label,
                    unit: unit.clone(),
                    digits: *digits,
                    entries: spread(entries, rows, is_additive(header, unit)),
                }),
                DataColumn::Texts => {
                    self.problems.push(
                        Problem::error(Code::WrongValue, place.clone())
                            .text(name)
                            .message(format!("列「{name}」は数の列でないので、計算に使えません"))
                            .expected("数の列の名前")
                            .hint("数の列なら、columns に { name = \"…\", digits = 0 } のように書いてください"),
                    );
                    None
                }
            };
        }
        let found = before.iter().find(|column| {
            column.computation.is_some()
                && (same_name(&column.name, name) || same_name(&column.label, name))
        });
        match found {
            Some(Column { label, unit, numbers: Some((entries, digits)), .. }) => Some(Operand {
                label: label.clone(),
                unit: unit.clone(),
                digits: *digits,
                entries: entries.clone(),
            }),
            _ => {
                self.problems.push(
                    Problem::error(Code::UnknownName, place.clone())
                        .text(name)
                        .message(format!("計算する列「{name}」は、この列より前に書いてください"))
                        .hint("columns の並びを直してください"),
                );
                None
            }
        }
    }

    /// The row that `total` of 構成比 names.
    fn whole_row(&mut self, (name, place): &PlacedText, rows: &Rows) -> Option<usize> {
        let labels = self.labels_of_records(&self.labels);
        let names = self.row_names(rows, &labels);
        let found = names.iter().position(|known| same_name(known, name));
        if found.is_none() {
            let problem = Problem::error(Code::UnknownName, place.clone())
                .text(name)
                .message(format!("表に行「{name}」がありません"))
                .expected("割合の全体になる行の名前");
            let known = names.iter().map(String::as_str);
            self.problems.push(super::fields::with_suggestion(problem, name, known));
        }
        found
    }

    /// Two columns of one name could not be told apart in the prose.
    fn names_are_clear(&mut self, columns: &[Column<'_>]) {
        let mut seen: HashMap<String, ()> = HashMap::new();
        for column in columns {
            let key = name_key(&column.name).into_owned();
            if seen.insert(key, ()).is_some() {
                self.problems.push(
                    Problem::error(Code::DuplicateColumn, column.choice.place.clone())
                        .text(&column.name)
                        .message(format!("列「{}」が2つあります", column.name))
                        .hint("どちらかに label = \"…\" で別の見出しを付けてください"),
                );
            }
        }
    }

    fn own_unit(&self, column: &Column<'_>) -> Option<String> {
        let rank = column.computation == Some(Computation::Rank);
        let own = column.numbers.is_some()
            && !column.unit.is_empty()
            && column.unit != self.declaration.unit
            && !rank;
        // 執行率（％） says it already.
        let said = half_width(&column.label).contains(&format!("({})", half_width(&column.unit)));
        (own && !said).then(|| column.unit.clone())
    }

    fn levels(&self, column: &Column<'_>) -> Vec<Level> {
        let choice = column.choice;
        let mut levels = match column.source {
            Some(source) => data_levels(&self.table.headings, source),
            None => choice.under.iter().map(|(under, _)| Level::own(under)).collect(),
        };
        match (&choice.label, column.source) {
            (Some((label, _)), Some(_)) => {
                levels.pop();
                levels.push(Level::own(label));
            }
            (_, None) => levels.push(Level::own(&column.label)),
            (None, Some(_)) => {}
        }
        if let (Some((under, _)), Some(_)) = (&choice.under, column.source) {
            let own = levels.pop();
            levels = std::iter::once(Level::own(under)).chain(own).collect();
        }
        levels
    }

    fn print(&self, columns: &[Column<'_>], rows: &Rows, labels: &[usize]) -> Vec<TableColumn> {
        let each = columns.iter().map(|column| {
            let is_label = column.source.is_some_and(|source| labels.contains(&source));
            let cells = self.cells(column, rows);
            let values = cells.iter().map(|cell| match cell {
                TableCell::Number(TableNumber { text, exact, cells, .. }) => Some(Quantity {
                    text: text.clone(),
                    exact: *exact,
                    place: cells.first().cloned().unwrap_or_else(|| column.choice.place.clone()),
                }),
                _ => None,
            });
            let values = values.collect();
            let align = column.choice.align.unwrap_or(match (&column.numbers, column.source) {
                (Some(_), _) => Align::Right,
                (None, Some(source)) if short(self.table, source) && !is_label => Align::Center,
                (None, Some(source)) if names_things(&self.table.header[source].text) => {
                    Align::Center
                }
                (None, _) => Align::Left,
            });
            TableColumn {
                name: column.name.clone(),
                label: printed_name(column),
                unit: column.unit.clone(),
                is_number: column.numbers.is_some(),
                is_label,
                computation: column.computation,
                is_total: column.computation == Some(Computation::Sum),
                align,
                width_mm: column.choice.width_mm,
                cells,
                values,
                place: column.choice.place.clone(),
            }
        });
        each.collect()
    }

    fn cells(&self, column: &Column<'_>, rows: &Rows) -> Vec<TableCell> {
        let sign = self.declaration.sign;
        let data = column.source.and_then(|source| self.data.get(&source));
        let plus = matches!(data, Some(DataColumn::Numbers { plus: true, .. }));
        let signed = column.choice.signed || plus;
        let each = rows.sources.iter().enumerate().map(|(row, source)| match &column.numbers {
            Some((entries, digits)) => match &entries[row] {
                Entry::Value { exact, cells, computed, unsettled, digits: of_row } => {
                    let digits = of_row.unwrap_or(*digits);
                    TableCell::Number(TableNumber {
                        text: table_number(*exact, digits, sign, signed),
                        exact: match computed {
                            true => crate::model::quantity::round_half_up(*exact, digits),
                            false => *exact,
                        },
                        cells: cells.clone(),
                        computed: *computed,
                        unsettled: *unsettled,
                    })
                }
                Entry::Word { text, sign, cells, computed } => TableCell::Word {
                    text: text.clone(),
                    sign: *sign,
                    cells: cells.clone(),
                    computed: *computed,
                },
                Entry::Blank(place) => TableCell::Blank(place.clone()),
            },
            None => self.text_cell(column.source, source),
        });
        each.collect()
    }

    fn text_cell(&self, column: Option<usize>, source: &RowSource) -> TableCell {
        let (declaration, table) = (self.declaration, self.table);
        let given = |name: &Option<PlacedText>| match (name, column) {
            // The name of the row stands under the first label.
            (Some((text, place)), Some(column)) if self.labels.first() == Some(&column) => {
                TableCell::Text { text: text.clone(), place: place.clone() }
            }
            _ => TableCell::Blank(declaration.place.clone()),
        };
        match source {
            RowSource::Record(record) => {
                let Cell { text, place } = table.records[*record].cell(column.unwrap_or_default());
                match text.is_empty() {
                    true => TableCell::Blank(place),
                    false => TableCell::Text { text, place },
                }
            }
            RowSource::Subtotal { .. } => given(&declaration.subtotal),
            RowSource::Total => given(&declaration.total),
        }
    }

    /// Labels over several rows: equal neighbours, under the same label on their left.
    fn merged(&self, columns: &[Column<'_>], rows: &Rows, labels: &[usize]) -> Vec<MergedLabel> {
        let mut found = Vec::new();
        let mut outer: Option<Vec<usize>> = None;
        for (index, column) in columns.iter().enumerate() {
            let Some(source) = column.source.filter(|source| self.is_merged(*source)) else {
                continue;
            };
            let is_label = labels.contains(&source);
            let text = |row: usize| match rows.sources[row] {
                RowSource::Record(record) => Some(self.table.records[record].cell(source).text),
                _ => None,
            };
            let mut starts = Vec::new();
            let mut row = 0;
            while row < rows.sources.len() {
                starts.push(row);
                let Some(first) = text(row) else {
                    row += 1;
                    continue;
                };
                let mut end = row + 1;
                let goes_on = |at: usize| {
                    let same =
                        text(at).is_some_and(|text| text.is_empty() || same_name(&text, &first));
                    let ends = outer.as_ref().is_some_and(|starts| starts.contains(&at));
                    let total = |at: usize| matches!(rows.kinds[at], RowKind::Total);
                    same && !ends
                        && rows.group_of[at] == rows.group_of[row]
                        && !total(at)
                        && !total(row)
                };
                while end < rows.sources.len() && goes_on(end) {
                    end += 1;
                }
                if end > row + 1 && !first.is_empty() {
                    found.push(MergedLabel { column: index, row, rows: end - row });
                }
                row = end;
            }
            if is_label {
                outer = Some(starts);
            }
        }
        found
    }

    /// What the computed columns are, one line each; columns that are the same under several
    /// headings have one.
    fn basis(&self, columns: &[Column<'_>], rows: &Rows, names: &[String]) -> Vec<String> {
        let lines = |named: &dyn Fn(&Column<'_>) -> String| {
            let line =
                |column: &Column<'_>| self.basis_of(column, &named(column), columns, (rows, names));
            let mut lines: Vec<(String, String)> = Vec::new();
            for column in columns {
                let Some(line) = line(column) else { continue };
                let line = (column.label.clone(), line);
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
            lines
        };
        let short = lines(&|column| column.label.clone());
        let mut labels = HashSet::new();
        let clear = short.iter().all(|(label, _)| labels.insert(label));
        let lines = if clear { short } else { lines(&|column| printed_name(column)) };
        lines.into_iter().map(|(_, line)| line).collect()
    }

    fn basis_of(
        &self,
        column: &Column<'_>,
        called: &str,
        columns: &[Column<'_>],
        (rows, names): (&Rows, &[String]),
    ) -> Option<String> {
        let ColumnContent::Computed { what, of, against, total } = &column.choice.content else {
            return None;
        };
        // Under one heading columns are called by their own.
        let above = column.choice.under.as_ref().map(|(under, _)| format!("{under} "));
        let label = |(name, _): &PlacedText| {
            let source = column_named(self.table, name);
            let own = columns.iter().find(|column| {
                source.is_some() && column.source == source || same_name(&column.name, name)
            });
            let whole = own.map_or_else(|| name.clone(), printed_name);
            let within = above.as_ref().and_then(|above| whole.strip_prefix(above.as_str()));
            within.map_or_else(|| whole.clone(), str::to_owned)
        };
        let whole = match total {
            Some((name, _)) => Some(name.clone()),
            None => {
                let row = rows.kinds.iter().rposition(|kind| *kind == RowKind::Total);
                row.map(|row| names[row].split_whitespace().collect::<Vec<_>>().join(""))
            }
        };
        let of: Vec<String> = of.iter().map(label).collect();
        let against = against.as_ref().map(label).unwrap_or_default();
        Some(basis(*what, called, &of, &against, whole.as_deref()))
    }
}

/// A column as a line under the table calls it: with the heading above it.
fn printed_name(column: &Column<'_>) -> String {
    let above = match (&column.choice.under, column.source) {
        (Some((under, _)), _) => Some(under.as_str()),
        (None, Some(_)) => column.name.rsplit_once(' ').map(|(above, _)| above),
        (None, None) => None,
    };
    let own = match (&column.choice.label, column.source) {
        (Some((label, _)), _) => label.as_str(),
        (None, Some(_)) => {
            column.name.rsplit_once(' ').map_or(column.name.as_str(), |(_, own)| own)
        }
        (None, None) => column.label.as_str(),
    };
    above.map_or_else(|| own.to_owned(), |above| format!("{above} {own}"))
}

/// A column that a computation works with.
struct Operand {
    label: String,
    unit: String,
    digits: u32,
    entries: Vec<Entry>,
}

/// The entries of a column of the data, one a printed row: with the sums of the rows that are
/// worked out, where the values may be added up.
fn spread(entries: &[Entry], rows: &Rows, additive: bool) -> Vec<Entry> {
    let each = rows.sources.iter().enumerate().map(|(row, source)| {
        if let RowSource::Record(record) = source {
            return entries[*record].clone();
        }
        let record = |row: &usize| match rows.sources[*row] {
            RowSource::Record(record) => Some(&entries[record]),
            _ => None,
        };
        let parts = rows.parts(row);
        let parts: Vec<&Entry> = parts.iter().filter_map(record).collect();
        let word = |text: &str| Entry::Word {
            text: text.to_owned(),
            sign: None,
            cells: parts.iter().map(|part| place(part)).collect(),
            computed: true,
        };
        if !additive {
            return word("－");
        }
        if parts.iter().any(|part| part.is_unknown()) {
            return word("…");
        }
        let values: Vec<(Decimal, &[Place])> =
            parts.iter().filter_map(|part| part.value()).collect();
        let sum = values.iter().try_fold(Decimal::ZERO, |sum, (exact, _)| sum.checked_add(*exact));
        match (values.is_empty(), sum) {
            (false, Some(exact)) => Entry::Value {
                exact,
                cells: values.iter().flat_map(|(_, cells)| cells.to_vec()).collect(),
                computed: true,
                unsettled: None,
                digits: None,
            },
            _ => word("－"),
        }
    });
    each.collect()
}

/// Whether all cells of a column are so short that they stand in its middle: ○, 済, R6.
fn short(table: &Table, column: usize) -> bool {
    table.records.iter().all(|record| record.cell(column).text.chars().count() <= 4)
}

fn too_large(table: &Table) -> Option<Problem> {
    if let Some(record) = table.records.get(MOST_TABLE_ROWS) {
        let count = table.records.len();
        return Some(too_many("表の行", "行", MOST_TABLE_ROWS, count, &record.place));
    }
    let cells = table.header.len() * table.records.len();
    let place = &table.records.first()?.place;
    (cells > MOST_TABLE_CELLS).then(|| too_many("表のセル", "個", MOST_TABLE_CELLS, cells, place))
}
