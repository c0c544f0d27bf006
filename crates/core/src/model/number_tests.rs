use super::*;

fn column(unit: &str) -> Expected {
    Expected { unit: Unit::parse(unit), ..Expected::default() }
}

fn value(text: &str, unit: &str) -> Result<String, Fault> {
    let reading = read(text, &column(unit))?;
    Ok(reading.content.map_or_else(|absence| format!("{absence:?}"), |n| n.exact.to_string()))
}

fn forms(text: &str, unit: &str) -> Vec<Form> {
    read(text, &column(unit)).unwrap().forms
}

#[test]
fn numbers_as_people_type_them() {
    for (text, expected) in [
        ("1234", "1234"),
        ("1,234", "1234"),
        ("１，２３４", "1234"),
        ("１２３４", "1234"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("－5", "-5"),
        ("▲5", "-5"),
        ("▲ 5", "-5"),
        ("△0.5", "-0.5"),
        ("+105", "105"),
        ("76.30", "76.30"),
        ("7.", "fault"),
    ] {
        assert_eq!(value(text, "").unwrap_or("fault".into()), expected, "{text}");
    }
}

#[test]
fn amounts_in_words_and_with_units_are_converted_exactly() {
    for (text, unit, expected) in [
        ("37億6千万", "百万円", "3760"),
        ("37億6千万円", "百万円", "3760"),
        ("3億円", "百万円", "300"),
        ("1.2億円", "百万円", "120"),
        ("2千5百万円", "百万円", "25"),
        ("1兆2,345億円", "億円", "12345"),
        ("1億2345万6789円", "円", "123456789"),
        ("＋105百万円", "百万円", "105"),
        ("▲1億円", "百万円", "-100"),
        ("345千円", "百万円", "0.345"),
        ("76.3%", "%", "76.3"),
        ("76.3％", "%", "76.3"),
        ("259千人", "人", "259000"),
        ("40,304時間", "時間", "40304"),
        ("40,304 時間", "時間", "40304"),
        ("3億", "", "300000000"),
        ("5百分率", "百分率", "5"),
        ("0.5億円", "円", "50000000"),
        ("1.25万円", "円", "12500"),
        ("355万6千円", "円", "3556000"),
        ("2.50千円", "円", "2500"),
        ("1.20億円", "百万円", "120"),
        ("0.00001億円", "千円", "1"),
        ("0.000001億円", "千円", "0.1"),
        ("0.5万人", "人", "5000"),
        ("0.5億", "円", "50000000"),
        ("12.50円", "円", "12.50"),
    ] {
        assert_eq!(value(text, unit), Ok(expected.into()), "{text} in {unit}");
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for text in [
        "abc",
        "1,23",
        "1234,567",
        "1.2.3",
        "1e5",
        "--1",
        "-▲1",
        "5-",
        ".5",
        "5.",
        "1,,234",
        "3億5",
        "3千億2兆",
        "1.5億3千万",
        "12 34",
        "3億円5千万",
        "10〜20",
        "億",
        "#####",
        "1:30",
    ] {
        assert_eq!(value(text, "円"), Err(Fault::NotANumber), "{text}");
    }
}

#[test]
fn a_unit_that_is_not_the_columns_is_named() {
    assert_eq!(value("5人", "円"), Err(Fault::OtherUnit("人".into())));
    assert_eq!(value("5%", ""), Err(Fault::OtherUnit("%".into())));
    assert_eq!(value("3億円", "人"), Err(Fault::OtherUnit("億円".into())));
}

#[test]
fn parentheses_are_negative_only_where_the_column_says_so() {
    assert_eq!(value("(5)", ""), Err(Fault::Parentheses));
    let column = Expected { parentheses: true, ..Expected::default() };
    for text in ["(5)", "（5）", "（５）"] {
        let number = read(text, &column).unwrap().content.unwrap();
        assert_eq!(number.exact, Decimal::from(-5), "{text}");
    }
    assert_eq!(read("(-5)", &column), Err(Fault::NotANumber));
}

#[test]
fn two_values_in_one_cell_are_told_apart() {
    let told = Fault::TwoValues("40,304時間".into(), "26,832".into());
    assert_eq!(value("40,304時間 (26,832)", "時間"), Err(told.clone()));
    assert_eq!(value("40,304時間（26,832）", "時間"), Err(told));
}

#[test]
fn a_bound_is_read_only_for_targets() {
    assert_eq!(value("20億以上", "百万円"), Err(Fault::Bound("以上")));
    let target = Expected { bound: true, ..column("百万円") };
    for (text, bound) in [("20億以上", "以上"), ("20億円未満", "未満"), ("2,000百万円超", "超")]
    {
        let number = read(text, &target).unwrap().content.unwrap();
        assert_eq!((number.exact, number.bound), (Decimal::from(2000), Some(bound)), "{text}");
    }
}

#[test]
fn none_unknown_and_missing_are_three_things_and_never_zero() {
    for (text, absence) in [
        ("", "Missing"),
        ("　", "Missing"),
        ("－", "None"),
        ("-", "None"),
        ("―", "None"),
        ("‐", "None"),
        ("x", "Secret"),
        ("Ｘ", "Secret"),
        ("χ", "Secret"),
        ("‥", "Unknown"),
        ("x", "Secret"),
        ("Ｘ", "Secret"),
        ("χ", "Secret"),
        ("…", "Unknown"),
        ("...", "Unknown"),
    ] {
        assert_eq!(value(text, "円"), Ok(absence.into()), "{text}");
    }
}

#[test]
fn the_forms_that_are_advised_against_are_named_once_each() {
    assert_eq!(forms("１，２３４", ""), [Form::FullWidth, Form::Comma]);
    assert_eq!(forms("1億2,345万6,789円", "円"), [Form::Comma, Form::Unit]);
    assert_eq!(forms("37億6千万", "百万円"), [Form::Words]);
    assert_eq!(forms("▲5", ""), [Form::Triangle]);
    assert_eq!(forms("-5.25", ""), []);
    assert_eq!(forms("", ""), []);
}

#[test]
fn what_cannot_be_held_exactly_is_a_fault_and_no_panic() {
    for text in [
        "9999999999999999999999999999999999",
        "1000000000000000000",
        "0.1234567890123456",
        "99999999兆",
        "79228162514264337593543950335兆円",
    ] {
        assert_eq!(value(text, "円"), Err(Fault::TooLarge), "{text}");
    }
}

#[test]
fn letters_beside_a_number_say_what_it_is() {
    let mark = |text: &str, unit: &str| {
        let number = read(text, &column(unit)).unwrap().content.unwrap();
        (number.exact.to_string(), number.mark)
    };
    for text in ["r123", "123r", "r 123", "123 r", "ｒ１２３"] {
        assert_eq!(mark(text, "人"), ("123".into(), Some(Mark::Revised)), "{text}");
    }
    assert_eq!(mark("p▲1.5", "%"), ("-1.5".into(), Some(Mark::Preliminary)));
    assert_eq!(mark("▼1,234", ""), ("-1234".into(), None));
    assert_eq!(mark("0.0", ""), ("0.0".into(), None));
    assert_eq!(mark("123p", "p"), ("123".into(), None));
    for text in ["r", "p", "rr1", "1rp", "x5", "5x", "xx", "r5人r"] {
        assert!(read(text, &column("人")).is_err(), "{text}");
    }
}
