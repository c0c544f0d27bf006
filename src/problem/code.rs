//! The stable codes of problems.

use std::fmt;

use serde::Serialize;

/// The stable codes. `soukatsu explain` and docs/problems.md know each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    NoReport,
    FileMissing,
    FileUnreadable,
    Encoding,
    TomlSyntax,
    CsvSyntax,
    RowTooLong,
    DuplicateColumn,
    OtherEncoding,
    TitleRow,
    StrayRow,
    Workbook,
    Sheet,
    UnknownKey,
    MissingKey,
    WrongValue,
    UnknownReference,
    DuplicateFigure,
    NoTemplate,
    Palette,
    MissingColumn,
    NotANumber,
    UnknownStatus,
    DuplicateNumber,
    DuplicateName,
    MissingValue,
    UnknownWord,
    NoPeriods,
    PartsNot100,
    DiscouragedForm,
    OtherUnit,
    PeriodOrder,
    WorkbookCell,
    FigureWithoutData,
    FigureNotPlaced,
    UnknownFigure,
    UnsuitableKind,
    BetterKind,
    MarkWithoutPlace,
    Prose,
    UnknownName,
    InitiativePlacement,
    TypstWarning,
    HeadingLevel,
    WrongCall,
    ClaimFalse,
    ClaimNumber,
    UntracedNumeral,
    UnusedConstant,
    PageOverflow,
    WrongSide,
    PrintedBack,
    CharacterNotInFonts,
    FontUnreadable,
    PrivateUse,
    VariationSequence,
    PdfStandard,
    WriteFailed,
    Unsettled,
    NotApproved,
    ImprintNotShown,
    Unintended,
    NotCorrected,
    PagesMoved,
    TimeLimit,
    ContradictedValue,
    CopiedValue,
    PercentForPoints,
    OppositeChange,
    AmountWithoutUnit,
    FigureNotCited,
    FigureOrder,
    CaptionNumber,
    NameDrift,
    StatusDrift,
    TwiceInData,
    InitiativeElsewhere,
    RoundingNote,
    NoBase,
    MixedWords,
    HouseStyle,
}

impl Code {
    /// Every code with its printed form, in order.
    pub const ALL: [(Code, &'static str); 81] = [
        (Code::NoReport, "S101"),
        (Code::FileMissing, "S102"),
        (Code::FileUnreadable, "S103"),
        (Code::Encoding, "S104"),
        (Code::TomlSyntax, "S105"),
        (Code::CsvSyntax, "S106"),
        (Code::RowTooLong, "S107"),
        (Code::DuplicateColumn, "S108"),
        (Code::OtherEncoding, "S109"),
        (Code::TitleRow, "S110"),
        (Code::StrayRow, "S111"),
        (Code::Workbook, "S112"),
        (Code::Sheet, "S113"),
        (Code::UnknownKey, "S201"),
        (Code::MissingKey, "S202"),
        (Code::WrongValue, "S203"),
        (Code::UnknownReference, "S204"),
        (Code::DuplicateFigure, "S205"),
        (Code::NoTemplate, "S206"),
        (Code::Palette, "S207"),
        (Code::MissingColumn, "S301"),
        (Code::NotANumber, "S302"),
        (Code::UnknownStatus, "S303"),
        (Code::DuplicateNumber, "S304"),
        (Code::DuplicateName, "S305"),
        (Code::MissingValue, "S306"),
        (Code::UnknownWord, "S307"),
        (Code::NoPeriods, "S308"),
        (Code::PartsNot100, "S309"),
        (Code::DiscouragedForm, "S310"),
        (Code::OtherUnit, "S311"),
        (Code::PeriodOrder, "S312"),
        (Code::WorkbookCell, "S313"),
        (Code::FigureWithoutData, "S401"),
        (Code::FigureNotPlaced, "S402"),
        (Code::UnknownFigure, "S403"),
        (Code::UnsuitableKind, "S404"),
        (Code::BetterKind, "S405"),
        (Code::MarkWithoutPlace, "S406"),
        (Code::Prose, "S501"),
        (Code::UnknownName, "S502"),
        (Code::InitiativePlacement, "S503"),
        (Code::TypstWarning, "S504"),
        (Code::HeadingLevel, "S505"),
        (Code::WrongCall, "S506"),
        (Code::ClaimFalse, "S507"),
        (Code::ClaimNumber, "S508"),
        (Code::UntracedNumeral, "S509"),
        (Code::UnusedConstant, "S510"),
        (Code::PageOverflow, "S601"),
        (Code::WrongSide, "S602"),
        (Code::PrintedBack, "S603"),
        (Code::CharacterNotInFonts, "S701"),
        (Code::FontUnreadable, "S702"),
        (Code::PrivateUse, "S703"),
        (Code::VariationSequence, "S704"),
        (Code::PdfStandard, "S801"),
        (Code::WriteFailed, "S802"),
        (Code::Unsettled, "S803"),
        (Code::NotApproved, "S804"),
        (Code::ImprintNotShown, "S805"),
        (Code::Unintended, "S806"),
        (Code::NotCorrected, "S807"),
        (Code::PagesMoved, "S808"),
        (Code::TimeLimit, "S809"),
        (Code::ContradictedValue, "S901"),
        (Code::CopiedValue, "S902"),
        (Code::PercentForPoints, "S903"),
        (Code::OppositeChange, "S904"),
        (Code::AmountWithoutUnit, "S905"),
        (Code::FigureNotCited, "S906"),
        (Code::FigureOrder, "S907"),
        (Code::CaptionNumber, "S908"),
        (Code::NameDrift, "S909"),
        (Code::StatusDrift, "S910"),
        (Code::TwiceInData, "S911"),
        (Code::InitiativeElsewhere, "S912"),
        (Code::RoundingNote, "S913"),
        (Code::NoBase, "S914"),
        (Code::MixedWords, "S915"),
        (Code::HouseStyle, "S916"),
    ];

    /// The printed form, `S302`.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(code, _)| *code == self).map_or("S000", |(_, name)| name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_name_of_its_own() {
        assert!(Code::ALL.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
    }
}
