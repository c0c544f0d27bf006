//! What came of all changes: the table of docs/trust.md and the list of findings.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::proof::change::Change;
use crate::proof::judge::Verdict;

pub struct Score<'c> {
    tried: Vec<(&'c Change, Verdict)>,
    /// Cells of which at least one change shows on the pages or makes check speak.
    used: BTreeSet<(&'c str, &'c str)>,
    /// Cells of which at least one change shows on the pages.
    printed: BTreeSet<(&'c str, &'c str)>,
}

impl<'c> Score<'c> {
    pub fn new(tried: Vec<(&'c Change, Verdict)>) -> Self {
        let cells = |wanted: &dyn Fn(&Verdict) -> bool| {
            let found = tried.iter().filter(|(_, verdict)| wanted(verdict));
            found.map(|(change, _)| (change.file.as_str(), change.cell.as_str())).collect()
        };
        let used = cells(&|verdict| !verdict.is_silent());
        let printed = cells(&|verdict| verdict.shown);
        Score { used, printed, tried }
    }

    /// A change that should show on the pages and neither does nor is told.
    fn is_lost(&self, change: &Change, verdict: &Verdict) -> bool {
        verdict.is_silent() && self.printed.contains(&(change.file.as_str(), change.cell.as_str()))
    }

    fn is_caught(&self, (change, verdict): &(&Change, Verdict)) -> bool {
        verdict.stale.is_empty() && !self.is_lost(change, verdict)
    }

    fn caught(&self) -> usize {
        self.tried.iter().filter(|tried| self.is_caught(tried)).count()
    }

    /// The share of changes that left nothing false on the pages, in whole percent, rounded down.
    pub fn percent(&self) -> usize {
        self.caught() * 100 / self.tried.len().max(1)
    }

    /// The score in one line.
    pub fn summary(&self) -> String {
        let cells: BTreeSet<_> = self.tried.iter().map(|(c, _)| (&c.file, &c.cell)).collect();
        format!(
            "{} of {} changes of {} cells left nothing false on the pages ({:.1}%)",
            self.caught(),
            self.tried.len(),
            cells.len(),
            self.caught() as f64 * 100.0 / self.tried.len().max(1) as f64
        )
    }

    /// The first findings, one change a line.
    pub fn findings(&self, most: usize) -> String {
        let mut text = String::new();
        let bad = self.tried.iter().filter(|tried| !self.is_caught(tried));
        for (change, verdict) in bad.take(most) {
            let Change { file, cell, kind, old, new, .. } = change;
            let what = match verdict.stale.is_empty() {
                true => "ページに出ず、指摘もない".to_owned(),
                false => verdict.stale.join("、"),
            };
            writeln!(text, "{file} {cell} {kind} {old} → {new}: {what}").unwrap();
        }
        text
    }

    /// Findings by how many changes left them, the most first.
    fn holes(&self, findings: fn(&Verdict) -> &[String]) -> Vec<(usize, &str)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, verdict) in &self.tried {
            findings(verdict).iter().for_each(|found| *counts.entry(found).or_default() += 1);
        }
        let mut holes: Vec<_> = counts.into_iter().map(|(found, count)| (count, found)).collect();
        holes.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        holes
    }

    /// The table by file, the stale phrases and the unused cells, as Markdown.
    fn markdown(&self) -> String {
        let mut text = String::from(
            "| ファイル | セル | 変更 | データの誤りとして指摘 | 文の誤りなどを指摘 | ページに表れた | 未使用 | 古い数値・誤った主張が残った |\n|---|--:|--:|--:|--:|--:|--:|--:|\n",
        );
        let files: BTreeSet<&str> = self.tried.iter().map(|(c, _)| c.file.as_str()).collect();
        for file in files {
            self.row(&mut text, file, |change| change.file == file);
        }
        self.row(&mut text, "合計", |_| true);
        let (all, caught) = (self.tried.len(), self.caught());
        let percent = (caught * 1000 / all.max(1)) as f64 / 10.0;
        let statements = crate::proof::statements::all().len();
        write!(
            text,
            "\n**成績：{all}件中{caught}件（{percent:.1}%）**　台帳の文は{statements}件\n"
        )
        .unwrap();
        text.push_str("\n### 古いまま、又は誤ったまま残ったもの\n\n");
        list(&mut text, &self.holes(|verdict| &verdict.stale));
        text.push_str("\n### 2つのセルにある同じ事実の食い違い（成績には数えない）\n\n");
        list(&mut text, &self.holes(|verdict| &verdict.parted));
        text.push_str("\n### 変えても何も変わらないセル\n\n");
        let mut unused: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (change, _) in &self.tried {
            if !self.used.contains(&(change.file.as_str(), change.cell.as_str())) {
                unused.entry(&change.file).or_default().insert(&change.cell);
            }
        }
        for (file, cells) in &unused {
            let cells: Vec<_> = cells.iter().copied().collect();
            writeln!(text, "- `{file}`：{}", cells.join("、")).unwrap();
        }
        if unused.is_empty() {
            text.push_str("ありません。\n");
        }
        text
    }

    fn row(&self, text: &mut String, name: &str, own: impl Fn(&Change) -> bool) {
        let rows: Vec<_> = self.tried.iter().filter(|(change, _)| own(change)).collect();
        let count = |wanted: &dyn Fn(&Verdict) -> bool| {
            rows.iter().filter(|(_, verdict)| wanted(verdict)).count()
        };
        let cells: BTreeSet<_> = rows.iter().map(|(c, _)| (&c.file, &c.cell)).collect();
        let unused = rows.iter().filter(|(c, v)| v.is_silent() && !self.is_lost(c, v)).count();
        let bad = rows.iter().filter(|tried| !self.is_caught(tried)).count();
        writeln!(
            text,
            "| {name} | {} | {} | {} | {} | {} | {unused} | {bad} |",
            cells.len(),
            rows.len(),
            count(&|v| v.refused.is_some()),
            count(&|v| v.refused.is_none() && v.told > 0),
            count(&|v| v.shown),
        )
        .unwrap();
    }

    /// Replaces the generated part of docs/trust.md.
    pub fn write_into_the_docs(&self) {
        const START: &str = "<!-- ここから自動生成 -->\n";
        const END: &str = "<!-- ここまで自動生成 -->";
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/trust.md");
        let old = std::fs::read_to_string(&path).unwrap();
        let (head, rest) = old.split_once(START).unwrap();
        let (_, tail) = rest.split_once(END).unwrap();
        let new = format!("{head}{START}\n{}\n{END}{tail}", self.markdown());
        std::fs::write(&path, new).unwrap();
    }
}

fn list(text: &mut String, holes: &[(usize, &str)]) {
    for (count, found) in holes {
        writeln!(text, "- {found}：{count}件").unwrap();
    }
    if holes.is_empty() {
        text.push_str("ありません。\n");
    }
}
