//! What the codes of problems mean, from docs/problems.md itself.

/// The page that people read in the repository is the one that the program quotes.
const PAGE: &str = include_str!("../../docs/problems.md");

/// What a code means and how to mend the problem.
pub struct Explanation {
    pub code: &'static str,
    pub title: &'static str,
    /// The whole section, with the title.
    pub text: &'static str,
}

/// The explanation of a code, in either case.
pub fn explanation(code: &str) -> Option<Explanation> {
    explanations().find(|known| known.code.eq_ignore_ascii_case(code))
}

/// All explanations in the order of the codes.
pub fn explanations() -> impl Iterator<Item = Explanation> {
    PAGE.split("\n### ").skip(1).filter_map(|section| {
        // Without the heading of the next chapter.
        let text = section.split("\n## ").next()?.trim_end();
        let code = text.split_whitespace().next()?;
        let title = text.lines().next().unwrap_or_default();
        let title = title.trim_start_matches(code).trim();
        Some(Explanation { code, title, text })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use soukatsu_core::problem::Code;

    #[test]
    fn every_code_is_explained_and_nothing_else() {
        let explained: Vec<&str> = explanations().map(|known| known.code).collect();
        let known: Vec<&str> = Code::ALL.iter().map(|(_, name)| *name).collect();
        assert_eq!(explained, known);
    }
}
